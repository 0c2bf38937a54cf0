"""A synthetic organisation with fixed keys: everything that tests and vectors of the trust chain are made of."""

import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from backend.staff import trust

SLUG = "casa-clara"
NOW = 1_790_000_000
DAY = 86400


def ed25519(name: str) -> Ed25519PrivateKey:
    """The signature key of the one called ``name``; its seed is SHA-256 of the name."""
    return Ed25519PrivateKey.from_private_bytes(seed(name))


def seed(name: str) -> bytes:
    """32 bytes that belong to ``name``."""
    return hashlib.sha256(f"quietline vector {name}".encode()).digest()


def ident(name: str) -> bytes:
    """A 16-byte id that belongs to ``name``."""
    return seed(f"{name} id")[:16]


def hpke_public(name: str) -> bytes:
    """The X-Wing public key whose 32-byte private key is ``seed(name + " hpke")``."""
    expanded = hashlib.shake_256(seed(f"{name} hpke")).digest(96)
    lattice = MLKEM768PrivateKey.from_seed_bytes(expanded[:64]).public_key().public_bytes_raw()
    return lattice + X25519PrivateKey.from_private_bytes(expanded[64:]).public_key().public_bytes_raw()


def signing_certificate(*, now: int = NOW, by: str = "root", organisation: str = SLUG, days: int = 400, device: str = "signing") -> bytes:
    body = trust.SigningCertificate(
        organisation=organisation,
        device_id=ident(device),
        signature_key=trust.public_of(ed25519(device)),
        not_before=now,
        not_after=now + days * DAY,
    )
    return trust.sign(body, ed25519(by))


def device_certificate(
    *,
    now: int = NOW,
    by: str = "signing",
    device: str = "advocate",
    role: str = "advocate",
    name: str = "Marisol",
    organisation: str = SLUG,
    seconds: int = 7 * DAY,
) -> bytes:
    body = trust.DeviceCertificate(
        organisation=organisation,
        device_id=ident(device),
        signature_key=trust.public_of(ed25519(device)),
        hpke_hash=hashlib.sha256(hpke_public(device)).digest(),
        role=role,
        shown_name=name,
        not_before=now,
        not_after=now + seconds,
        issuer=ident(by),
    )
    return trust.sign(body, ed25519(by))


def revocation_list(
    *,
    now: int = NOW,
    by: str = "signing",
    number: int = 12,
    revoked: tuple[str, ...] = (),
    organisation: str = SLUG,
    seconds: int = 7 * DAY,
) -> bytes:
    body = trust.RevocationList(
        organisation=organisation,
        number=number,
        issued_at=now,
        expires_at=now + seconds,
        revoked=tuple(sorted(ident(one) for one in revoked)),
        issuer=ident(by),
    )
    return trust.sign(body, ed25519(by))


def intake_key(
    *, now: int = NOW, by: str = "advocate", key: str = "intake", organisation: str = SLUG, seconds: int = DAY, signer: str = ""
) -> bytes:
    body = trust.IntakeKey(
        organisation=organisation,
        key_id=ident(key),
        hpke_key=hpke_public(key),
        not_before=now,
        not_after=now + seconds,
        issuer=ident(by),
    )
    return trust.sign(body, ed25519(signer or by))


def rotation(*, old: str = "root", new: str = "next root", by: str = "", at: int = NOW, organisation: str = SLUG) -> bytes:
    body = trust.RootRotation(
        organisation=organisation, old_key=trust.public_of(ed25519(old)), new_key=trust.public_of(ed25519(new)), at=at
    )
    return trust.sign(body, ed25519(by or old))


def device_request(
    *, device: str = "advocate", role: str = "advocate", name: str = "Marisol", organisation: str = SLUG, by: str = ""
) -> bytes:
    body = trust.DeviceRequest(
        organisation=organisation,
        device_id=ident(device),
        signature_key=trust.public_of(ed25519(device)),
        hpke_hash=hashlib.sha256(hpke_public(device)).digest(),
        shown_name=name,
        role=role,
    )
    return trust.sign(body, ed25519(by or device))


def rejoin(*, package: bytes = b"a key package", counter: int = 3, by: str = "rejoin") -> bytes:
    return trust.sign(trust.Rejoin(package_hash=hashlib.sha256(package).digest(), counter=counter), ed25519(by))
