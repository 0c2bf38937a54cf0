"""The cookie of a browser in which a person has logged in before: a random value and its proof, no name.

It opens nothing. It only gives the browser a lane of its own when passwords are slowed down (throttle.py).
"""

import hashlib
import hmac
import secrets
from typing import Final

from django.conf import settings

from backend.core.tokens import b64_encode

NONCE_BYTES: Final = 16
CONTEXT: Final = b"quietline known browser v1\x00"


def cookie_name() -> str:
    """The cookie's name, with the prefix that binds it to this host where there is TLS."""
    return "__Host-known" if settings.SESSION_COOKIE_SECURE else "known"


def known_value(username: str) -> str:
    """A new cookie value for the browser of this person."""
    nonce = b64_encode(secrets.token_bytes(NONCE_BYTES))
    return f"{nonce}.{_proof(username, nonce)}"


def known_check(value: str, *, username: str) -> str | None:
    """The random part of a value that was made for this person, None for any other value."""
    nonce, _, proof = value.partition(".")
    return nonce if hmac.compare_digest(proof.encode(), _proof(username, nonce).encode()) else None


def _proof(username: str, nonce: str) -> str:
    return b64_encode(hmac.digest(settings.SECRET_KEY.encode(), CONTEXT + nonce.encode() + b"\x00" + username.encode(), hashlib.sha256))
