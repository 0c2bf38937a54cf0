"""HPKE with X-Wing as docs/protocol.md §5 uses it, for the demonstration's own keys."""

import hashlib
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey, Suite

SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
SEED: Final = 32
MLKEM_SEED: Final = 64
MLKEM_PUBLIC: Final = 1184


@dataclass(frozen=True, slots=True)
class SealingKeys:
    """An X-Wing key pair: the 32-byte seed, and the 1216 bytes of the public half."""

    seed: bytes = field(repr=False)
    public: bytes = field(repr=False)


def sealing_keys_from(seed: bytes) -> SealingKeys:
    """The pair that a 32-byte seed stands for."""
    kem, curve = _expand(seed)
    return SealingKeys(seed=seed, public=kem.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw())


def seal(plain: bytes, *, to: bytes, info: bytes) -> bytes:
    """``plain`` sealed to a public key: enc (1120) ‖ ciphertext."""
    kem = MLKEM768PublicKey.from_public_bytes(to[:MLKEM_PUBLIC])
    key = MLKEM768X25519PublicKey(kem, X25519PublicKey.from_public_bytes(to[MLKEM_PUBLIC:]))
    return bytes(SUITE.encrypt(plain, key, info))


def opened(sealed: bytes, *, keys: SealingKeys, info: bytes) -> bytes:
    """What was sealed. Raises InvalidTag."""
    return bytes(SUITE.decrypt(sealed, MLKEM768X25519PrivateKey(*_expand(keys.seed)), info))


def note_info(*, slug: str, request_id: bytes) -> bytes:
    """What a note is bound to."""
    return b"quietline note v1\x00" + slug.encode() + b"\x00" + request_id


def intake_info(*, slug: str, key_id: bytes, device_id: bytes) -> bytes:
    """What a sealed intake key is bound to."""
    return b"quietline intake v1\x00" + slug.encode() + b"\x00" + key_id + device_id


def _expand(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    expanded = hashlib.shake_256(seed).digest(MLKEM_SEED + SEED)
    return MLKEM768PrivateKey.from_seed_bytes(expanded[:MLKEM_SEED]), X25519PrivateKey.from_private_bytes(expanded[MLKEM_SEED:])
