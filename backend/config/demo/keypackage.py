"""Key packages of people who do not exist: RFC 9420 §10, suite 1, encoded by hand, because the running server has no MLS library.

Nobody keeps the private halves: such a package can be claimed and added to a group, and nobody ever answers.
"""

import secrets
from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

MLS10: Final = (1).to_bytes(2)
KEY_PACKAGE: Final = (5).to_bytes(2)
SUITE: Final = (1).to_bytes(2)
BASIC: Final = (1).to_bytes(2)
SOURCE_KEY_PACKAGE: Final = (1).to_bytes(1)
PSEUDONYM: Final = 2
LIFETIME: Final = timedelta(days=14)
BACKDATED: Final = timedelta(hours=1)


def key_package_new(*, now: datetime) -> bytes:
    """A fresh MLSMessage (KeyPackage) of a random pseudonym, valid for 14 days. Its private keys are forgotten at once."""
    signer = Ed25519PrivateKey.generate()
    init_key, leaf_key = _public_new(), _public_new()
    leaf = _leaf(signer, leaf_key, now)
    unsigned = MLS10 + SUITE + vector(init_key) + leaf + vector(b"")
    return MLS10 + KEY_PACKAGE + unsigned + vector(signature(signer, "KeyPackageTBS", unsigned))


def vector(content: bytes) -> bytes:
    """A variable-length vector: RFC 9420 §2.1.2."""
    length = len(content)
    if length < 1 << 6:
        return length.to_bytes(1) + content
    if length < 1 << 14:
        return (length | 1 << 14).to_bytes(2) + content
    return (length | 1 << 31).to_bytes(4) + content


def signature(signer: Ed25519PrivateKey, label: str, content: bytes) -> bytes:
    """SignWithLabel: RFC 9420 §5.1.2."""
    return signer.sign(vector(b"MLS 1.0 " + label.encode()) + vector(content))


def _leaf(signer: Ed25519PrivateKey, leaf_key: bytes, now: datetime) -> bytes:
    identity = PSEUDONYM.to_bytes(1) + secrets.token_bytes(16)
    capabilities = vector(MLS10) + vector(SUITE) + vector(b"") + vector(b"") + vector(BASIC)
    lifetime = _seconds(now - BACKDATED) + _seconds(now + LIFETIME)
    unsigned = vector(leaf_key) + vector(signer.public_key().public_bytes_raw()) + BASIC + vector(identity)
    unsigned += capabilities + SOURCE_KEY_PACKAGE + lifetime + vector(b"")
    return unsigned + vector(signature(signer, "LeafNodeTBS", unsigned))


def _public_new() -> bytes:
    return X25519PrivateKey.generate().public_key().public_bytes_raw()


def _seconds(moment: datetime) -> bytes:
    return int(moment.timestamp()).to_bytes(8)
