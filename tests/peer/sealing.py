"""Sealed boxes of docs/protocol.md §5: HPKE base mode, X-Wing, HKDF-SHA256, ChaCha20-Poly1305."""

import hashlib
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey, Suite

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class Unopenable(Exception):
    """Another key, another context, or changed bytes."""


@dataclass(frozen=True, slots=True)
class SealingKeys:
    """X-Wing: a seed of 32 bytes, a public key of 1216."""

    seed: bytes = field(repr=False)

    @classmethod
    def new(cls) -> "SealingKeys":
        return cls(secrets.token_bytes(32))

    @property
    def public(self) -> bytes:
        lattice, curve = self._halves()
        return lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()

    def open(self, sealed: bytes, *, info: bytes) -> bytes:
        """Raises Unopenable."""
        try:
            return bytes(SUITE.decrypt(sealed, MLKEM768X25519PrivateKey(*self._halves()), info))
        except (InvalidTag, ValueError):
            raise Unopenable from None

    def _halves(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        expanded = hashlib.shake_256(self.seed).digest(96)
        return MLKEM768PrivateKey.from_seed_bytes(expanded[:64]), X25519PrivateKey.from_private_bytes(expanded[64:])


def seal(plaintext: bytes, *, public: bytes, info: bytes) -> bytes:
    """enc (1120) ‖ ciphertext."""
    key = MLKEM768X25519PublicKey(MLKEM768PublicKey.from_public_bytes(public[:1184]), X25519PublicKey.from_public_bytes(public[1184:]))
    return bytes(SUITE.encrypt(plaintext, key, info))


def note_info(organisation: str, request_id: bytes) -> bytes:
    return b"quietline note v1\0" + organisation.encode() + b"\0" + request_id


def intake_info(organisation: str, *, key_id: bytes, device_id: bytes) -> bytes:
    return b"quietline intake v1\0" + organisation.encode() + b"\0" + key_id + device_id
