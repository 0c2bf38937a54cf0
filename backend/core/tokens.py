"""Capability tokens: 32 random bytes that open one thing; the server keeps their SHA-256 only.

The tokens are uniformly random, so a plain hash cannot be guessed back and needs neither salt nor stretching.
"""

import base64
import binascii
import hashlib
import hmac
import secrets

from backend.core.errors import Invalid

TOKEN_BYTES = 32
ID_BYTES = 16


def token_new() -> bytes:
    """A new token: 32 bytes from the system's random source."""
    return secrets.token_bytes(TOKEN_BYTES)


def id_new() -> bytes:
    """A new unguessable id: 16 bytes."""
    return secrets.token_bytes(ID_BYTES)


def verifier_of(token: bytes) -> bytes:
    """What the server keeps of a token: its SHA-256, 32 bytes. For a relay seat this is the seat's address."""
    return hashlib.sha256(token).digest()


def token_matches(*, token: bytes, verifier: bytes) -> bool:
    """Whether ``token`` is the one that ``verifier`` was made of, in constant time."""
    return hmac.compare_digest(verifier_of(token), verifier)


def b64_encode(raw: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def b64_decode(text: str, *, length: int | None = None) -> bytes:
    """The bytes of canonical base64url without padding. Raises Invalid for anything else, or for another length than ``length`` bytes."""
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise Invalid from error
    if b64_encode(raw) != text or (length is not None and len(raw) != length):
        raise Invalid
    return raw
