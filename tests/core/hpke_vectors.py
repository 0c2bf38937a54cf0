"""Makes Python's half of tests/vectors/hpke.json: ``python -m tests.core.hpke_vectors``.

Sealing draws fresh randomness, so each run gives other bytes; the file was made once and is kept. Cases with ``"by": "typescript"`` were
sealed by the browser's code and are carried over. Every byte string is base64url without padding.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey, Suite

from backend.core.padding import pad
from backend.core.tokens import b64_decode, b64_encode

PATH: Final = Path(__file__).resolve().parent.parent / "vectors" / "hpke.json"
SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
NOTE_BUCKETS: Final = (4096, 16384)
SLUG: Final = "casa-clara"
TEXTS: Final = {"en": "Something doesn't feel right.", "es": "Algo no está bien. ¿Puedo hablar con alguien?", "long": "más y más " * 700}


def seed(name: str) -> bytes:
    return hashlib.sha256(f"quietline hpke vector {name}".encode()).digest()


def halves(private: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    """The two keys that an X-Wing seed stands for."""
    expanded = hashlib.shake_256(private).digest(96)
    return MLKEM768PrivateKey.from_seed_bytes(expanded[:64]), X25519PrivateKey.from_private_bytes(expanded[64:])


def public_of(private: bytes) -> bytes:
    lattice, curve = halves(private)
    return lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()


def seal(plaintext: bytes, *, public: bytes, info: bytes) -> bytes:
    lattice, curve = MLKEM768PublicKey.from_public_bytes(public[:1184]), X25519PublicKey.from_public_bytes(public[1184:])
    return SUITE.encrypt(plaintext, MLKEM768X25519PublicKey(lattice, curve), info)


def unseal(sealed: bytes, *, private: bytes, info: bytes) -> bytes:
    """Raises InvalidTag."""
    return SUITE.decrypt(sealed, MLKEM768X25519PrivateKey(*halves(private)), info)


def note_info(organisation: str, request: bytes) -> bytes:
    return b"quietline note v1\0" + organisation.encode() + b"\0" + request


def intake_info(organisation: str, *, key_id: bytes, device_id: bytes) -> bytes:
    return b"quietline intake v1\0" + organisation.encode() + b"\0" + key_id + device_id


def note_case(name: str, text: str) -> dict[str, Any]:
    request = seed(f"{name} request")[:16]
    packages = [{"hash": b64_encode(seed(f"{name} package {at}")), "seat": b64_encode(seed(f"{name} seat {at}"))} for at in range(3)]
    note = {
        "v": 1,
        "request": b64_encode(request),
        "organisation": SLUG,
        "root": b64_encode(seed("root hash")),
        "packages": packages,
        "rejoin": b64_encode(seed(f"{name} rejoin")),
        "language": "en" if name == "en" else "es",
        "text": text,
    }
    plaintext = pad(json.dumps(note).encode(), buckets=NOTE_BUCKETS)
    sealed = seal(plaintext, public=public_of(seed("intake")), info=note_info(SLUG, request))
    return {"by": "python", "name": name, "note": note, "sealed": b64_encode(sealed)}


def intake_case() -> dict[str, Any]:
    key_id, device_id = seed("key id")[:16], seed("device id")[:16]
    info = intake_info(SLUG, key_id=key_id, device_id=device_id)
    sealed = seal(seed("intake"), public=public_of(seed("device")), info=info)
    names = {"organisation": SLUG, "key_id": b64_encode(key_id), "device_id": b64_encode(device_id)}
    return {"by": "python", **names, "sealed": b64_encode(sealed)}


def made(carried: dict[str, Any]) -> dict[str, Any]:
    def of_typescript(kind: str) -> list[dict[str, Any]]:
        return [case for case in carried.get(kind, []) if case["by"] == "typescript"]

    keys = {name: {"seed": b64_encode(seed(name)), "public": b64_encode(public_of(seed(name)))} for name in ("intake", "device")}
    return {
        "about": "Sealed notes and intake keys of docs/protocol.md §5, to be opened by every client. Bytes are base64url.",
        "keys": keys,
        "notes": [*(note_case(name, text) for name, text in TEXTS.items()), *of_typescript("notes")],
        "intake": [intake_case(), *of_typescript("intake")],
    }


def keys_of(file: dict[str, Any], name: str) -> tuple[bytes, bytes]:
    """(seed, public key)."""
    return b64_decode(file["keys"][name]["seed"], length=32), b64_decode(file["keys"][name]["public"], length=1216)


if __name__ == "__main__":
    kept = json.loads(PATH.read_text()) if PATH.exists() else {}
    PATH.write_text(json.dumps(made(kept), indent=1, ensure_ascii=False) + "\n")
