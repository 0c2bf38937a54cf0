"""The organisation's root key, as the person who keeps it uses it: on a machine of their own, without a server, a database or a network."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from backend.core.errors import Invalid
from backend.core.tokens import b64_decode
from backend.staff import trust
from backend.staff.sealedkey import NotOpened, key_open, key_seal

PASSPHRASE_CHARACTERS_MIN: Final = 16
SIGNING: Final = "signing"
LIFE_MAX: Final = timedelta(days=400)


class RootKeyRefused(Exception):
    """What was asked for is not done. Its text is for the person at the keyboard."""


def root_key_new(path: Path, *, passphrase: str) -> bytes:
    """Make a key and keep it in a new file that only its owner can read; its public half. Raises RootKeyRefused."""
    if len(passphrase) < PASSPHRASE_CHARACTERS_MIN:
        raise RootKeyRefused(f"The passphrase needs at least {PASSPHRASE_CHARACTERS_MIN} characters. Five or six random words are good.")
    private = Ed25519PrivateKey.generate()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise RootKeyRefused(f"{path}: the file exists or cannot be made here. No key is ever overwritten.") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(key_seal(private, passphrase=passphrase))
        file.flush()
        os.fsync(file.fileno())
    return trust.public_of(private)


def root_key_open(path: Path, *, passphrase: str) -> Ed25519PrivateKey:
    """The key in the file. Raises RootKeyRefused."""
    try:
        return key_open(path.read_bytes(), passphrase=passphrase)
    except OSError as error:
        raise RootKeyRefused(f"{path}: there is no such file, or it cannot be read.") from error
    except NotOpened:
        raise RootKeyRefused(f"{path}: not opened. The passphrase is another one, or this is no root key.") from None


def request_read(text: str) -> trust.DeviceRequest:
    """The request of a signing device, as its console shows it. Raises RootKeyRefused for anything else."""
    try:
        request = trust.decode(b64_decode("".join(text.split())), trust.DeviceRequest)
        body = request.signature_check(request.body.signature_key)
    except (Invalid, trust.Untrusted):
        raise RootKeyRefused("This is no request of a signing device. Copy all of it from the console.") from None
    if body.role != SIGNING:
        raise RootKeyRefused("This is the request of an ordinary device. A supervisor certifies those in the console.")
    return body


def request_certify(private: Ed25519PrivateKey, request: trust.DeviceRequest, *, days: int, now: datetime) -> bytes:
    """The root's word for a signing device whose keeper was asked, and whose fingerprint was compared. Raises RootKeyRefused."""
    if not timedelta(days=1) <= timedelta(days=days) <= LIFE_MAX:
        raise RootKeyRefused(f"A certificate lasts from 1 to {LIFE_MAX.days} days.")
    body = trust.SigningCertificate(
        organisation=request.organisation,
        device_id=request.device_id,
        signature_key=request.signature_key,
        not_before=int(now.timestamp()),
        not_after=int((now + timedelta(days=days)).timestamp()),
    )
    return trust.sign(body, private)


def root_rotation(old: Ed25519PrivateKey, new: Ed25519PrivateKey, *, organisation: str, now: datetime) -> bytes:
    """The old root's word for the new one. Raises RootKeyRefused."""
    if trust.public_of(old) == trust.public_of(new):
        raise RootKeyRefused("These are the same key.")
    body = trust.RootRotation(
        organisation=organisation, old_key=trust.public_of(old), new_key=trust.public_of(new), at=int(now.timestamp())
    )
    try:
        return trust.sign(body, old)
    except trust.Untrusted:
        raise RootKeyRefused("There is no organisation by this name.") from None
