"""Time-based codes (RFC 6238) with the clock passed in. Each code is good once."""

from base64 import b32encode
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode

from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from backend.staff.models import StaffUser

SECRET_BYTES: Final = 20
TOLERANCE_STEPS: Final = 1
DIGITS: Final = 6
ISSUER: Final = "Console"
"""What an authenticator app shows: it must not name the service to whoever looks at an advocate's telephone."""


@dataclass(frozen=True, slots=True)
class TotpSecret:
    """What a person's authenticator app is given, as base32 and as the address that a QR code holds."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


def key_new() -> str:
    """A new secret, in hex."""
    return str(random_hex(SECRET_BYTES))


def secret_of(key: str, *, username: str) -> TotpSecret:
    """How ``key`` is shown to the person, once."""
    secret = b32encode(bytes.fromhex(key)).decode("ascii")
    return TotpSecret(secret, f"otpauth://totp/{quote(f'{ISSUER}:{username}')}?{urlencode({'secret': secret, 'issuer': ISSUER})}")


def code_step(key: str, code: str, *, now: datetime) -> int | None:
    """The time step that ``code`` belongs to, if it is this key's code now or one step earlier or later."""
    if len(code) != DIGITS or not code.isascii() or not code.isdigit():
        return None
    totp = TOTP(bytes.fromhex(key), digits=DIGITS)
    totp.time = now.timestamp()
    return int(totp.t()) if totp.verify(int(code), tolerance=TOLERANCE_STEPS) else None


def code_use(device: TOTPDevice, step: int) -> bool:
    """Mark the code of ``step`` as used. False where it, or a later one, was used before."""
    return bool(TOTPDevice.objects.filter(pk=device.pk, last_t__lt=step).update(last_t=step))


def device_of(user: StaffUser) -> TOTPDevice | None:
    """The person's confirmed authenticator app."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).order_by("-pk").first()
