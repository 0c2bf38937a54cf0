"""Ed25519 keys and the signatures of signed objects, as strict as docs/protocol.md §4 demands."""

import base64
import hashlib
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from backend.staff.trust.errors import WrongKey, WrongSignature

KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64
CONTEXT: Final = b"quietline signed object v1\x00"
FINGERPRINT_CONTEXT: Final = b"quietline root v1\x00"
FINGERPRINT_BYTES: Final = 20
DEVICE_CONTEXT: Final = b"quietline device v1\x00"

_P: Final = 2**255 - 19
_Y_MASK: Final = 2**255 - 1
# The y coordinates of the eight points whose order divides 8. The library accepts such keys, and then anybody can make signatures for them.
_SMALL_ORDER_Y: Final = frozenset(
    {
        0,
        1,
        _P - 1,
        int.from_bytes(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little") & _Y_MASK,
        int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little") & _Y_MASK,
    }
)


def key_check(key: bytes) -> bytes:
    """``key`` itself, if it is a 32-byte Ed25519 public key in canonical form and not of small order. Raises WrongKey."""
    if len(key) != KEY_BYTES:
        raise WrongKey
    y = int.from_bytes(key, "little") & _Y_MASK
    if y >= _P or y in _SMALL_ORDER_Y:
        raise WrongKey
    return key


def public_of(private: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of the public half."""
    return private.public_key().public_bytes_raw()


def signature_make(private: Ed25519PrivateKey, *, body: bytes) -> bytes:
    """The signature of a signed object's body, 64 bytes."""
    return private.sign(CONTEXT + body)


def signature_check(*, key: bytes, body: bytes, signature: bytes) -> None:
    """Raises WrongSignature unless ``key`` signed ``body``, and WrongKey for a key that must not be believed."""
    try:
        Ed25519PublicKey.from_public_bytes(key_check(key)).verify(signature, CONTEXT + body)
    except InvalidSignature as error:
        raise WrongSignature from error


def fingerprint(root: bytes) -> bytes:
    """The 20 bytes by which a root key is pinned and compared."""
    return hashlib.sha256(FINGERPRINT_CONTEXT + root).digest()[:FINGERPRINT_BYTES]


def fingerprint_groups(root: bytes) -> str:
    """The fingerprint for people: eight groups of four base32 letters, joined by spaces."""
    letters = base64.b32encode(fingerprint(root)).decode("ascii")
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def device_fingerprint_groups(*, device_id: bytes, signature_key: bytes, hpke_hash: bytes) -> str:
    """What two people read to each other before a device is certified: six groups of five digits, joined by spaces."""
    digest = hashlib.sha256(DEVICE_CONTEXT + device_id + signature_key + hpke_hash).digest()
    numbers = (int.from_bytes(digest[start : start + 4]) % 100_000 for start in range(0, 24, 4))
    return " ".join(f"{number:05}" for number in numbers)
