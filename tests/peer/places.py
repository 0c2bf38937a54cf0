"""Return words: what six words lead to (docs/protocol.md §7)."""

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from tests.peer.sealing import Unopenable
from tests.peer.wire import pad, sha256, unpad

PLACE, NONCE, TAG = 4096, 12, 16
INNER = (PLACE - NONCE - TAG,)


@dataclass(frozen=True, slots=True)
class ReturnKeys:
    """Where a place lies, what opens it at the server, and what opens it here."""

    id: bytes
    token: bytes = field(repr=False)
    key: bytes = field(repr=False)

    def seal(self, content: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        return nonce + AESGCM(self.key).encrypt(nonce, pad(content, INNER), None)

    def open(self, sealed: bytes) -> bytes:
        """Raises Unopenable."""
        try:
            return unpad(AESGCM(self.key).decrypt(sealed[:NONCE], sealed[NONCE:], None), INNER)
        except InvalidTag:
            raise Unopenable from None


def return_keys(words: Sequence[str], *, host: str) -> ReturnKeys:
    """``host`` as it stands in the page's address."""
    spoken = unicodedata.normalize("NFKD", " ".join(words).lower()).encode()
    salt = sha256(b"quietline return words v1\0", host.encode())[:16]
    stretched = Argon2id(salt=salt, length=80, iterations=3, lanes=1, memory_cost=64 * 1024).derive(spoken)
    return ReturnKeys(stretched[:16], stretched[16:48], stretched[48:])
