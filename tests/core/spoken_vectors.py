"""Makes tests/vectors/spoken.json: ``python -m tests.core.spoken_vectors``. What people say, write down or compare aloud: return words
(docs/protocol.md §7) and safety numbers (§6). Nothing is random, so the file never changes by itself. Bytes are base64url.
"""

import hashlib
import json
import unicodedata
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from backend.core.tokens import b64_encode

PATH: Final = Path(__file__).resolve().parent.parent / "vectors" / "spoken.json"
WORDS: Final = (
    ("en", "clear.example", "river lamp onion second quote zoo"),
    ("es", "clara.example:8443", "corazón lámpara cebolla siete río niñez"),
)


def return_keys(words: str, *, host: str) -> dict[str, str]:
    canonical = unicodedata.normalize("NFKD", words)
    salt = hashlib.sha256(b"quietline return words v1\0" + host.encode()).digest()[:16]
    keys = Argon2id(salt=salt, length=80, iterations=3, lanes=1, memory_cost=64 * 1024).derive(canonical.encode())
    return {"id": b64_encode(keys[:16]), "token": b64_encode(keys[16:48]), "key": b64_encode(keys[48:])}


def member(name: str, *, pseudonym: bool) -> tuple[bytes, bytes]:
    """(identity, signature key), as a group's tree has them. What an identity of staff holds does not matter here."""
    drawn = hashlib.shake_256(f"quietline member {name}".encode()).digest(300)
    return (b"\x02" + drawn[:16] if pseudonym else b"\x01" + drawn[:267], drawn[268:300])


def safety_number(members: list[tuple[bytes, bytes]]) -> str:
    parts = sorted(len(identity).to_bytes(2) + identity + key for identity, key in members)
    digest = hashlib.sha512(b"quietline safety number v1\0" + b"".join(parts)).digest()
    return " ".join(f"{int.from_bytes(digest[at : at + 5]) % 100_000:05}" for at in range(0, 60, 5))


def number_case(name: str, members: list[tuple[bytes, bytes]]) -> dict[str, Any]:
    shown = [{"identity": b64_encode(identity), "key": b64_encode(key)} for identity, key in members]
    return {"name": name, "members": shown, "number": safety_number(members)}


def made() -> dict[str, Any]:
    advocate, survivor, friend = member("advocate", pseudonym=False), member("survivor", pseudonym=True), member("friend", pseudonym=True)
    return {
        "about": "Return words of docs/protocol.md §7 and safety numbers of §6.",
        "return_words": [
            {"language": language, "host": host, "words": words, **return_keys(words, host=host)} for language, host, words in WORDS
        ],
        "safety_numbers": [
            number_case("an advocate and a survivor", [advocate, survivor]),
            number_case("the same two in another order", [survivor, advocate]),
            number_case("with a third", [advocate, survivor, friend]),
            number_case("alone", [survivor]),
        ],
    }


def written(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PATH.write_text(written(made()))
