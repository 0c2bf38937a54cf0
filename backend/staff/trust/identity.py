"""The credential identity by which a member of staff enters an MLS group (docs/protocol.md §6)."""

from dataclasses import dataclass
from typing import Final

from backend.staff.trust.errors import Malformed, WrongContent
from backend.staff.trust.objects import DeviceCertificate, RevocationList, SigningCertificate
from backend.staff.trust.verify import cleared, verify_device_certificate, verify_signing_certificate

STAFF: Final = 1
PSEUDONYM: Final = 2
PSEUDONYM_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A verified member of staff: who vouched, and for which device."""

    signing: SigningCertificate
    device: DeviceCertificate


def staff_identity(*, signing_certificate: bytes, device_certificate: bytes) -> bytes:
    """``0x01 ‖ u16 length ‖ signing device certificate ‖ u16 length ‖ device certificate``."""
    return bytes((STAFF,)) + _prefixed(signing_certificate) + _prefixed(device_certificate)


def pseudonym_identity(random: bytes) -> bytes:
    """``0x02 ‖ 16 random bytes``. Raises Malformed for another length."""
    if len(random) != PSEUDONYM_BYTES:
        raise Malformed
    return bytes((PSEUDONYM,)) + random


def staff_identity_split(identity: bytes) -> tuple[bytes, bytes]:
    """The two certificates of a staff identity, unverified. Raises Malformed."""
    if identity[:1] != bytes((STAFF,)):
        raise Malformed
    parts = []
    rest = identity[1:]
    for _ in range(2):
        length = int.from_bytes(rest[:2])
        if len(rest) < 2 + length:
            raise Malformed
        parts.append(rest[2 : 2 + length])
        rest = rest[2 + length :]
    if rest:
        raise Malformed
    return parts[0], parts[1]


def verify_staff_identity(
    identity: bytes, *, signature_key: bytes, root: bytes, organisation: str, newest: RevocationList, now: int
) -> StaffMember:
    """Who a group member is, if ``root`` vouches for them and ``signature_key`` is the leaf's and the certified one. Raises Untrusted."""
    signing_signed, device_signed = staff_identity_split(identity)
    signing = verify_signing_certificate(signing_signed, root=root, organisation=organisation, now=now)
    device = verify_device_certificate(device_signed, issuer=signing, now=now)
    cleared(newest, now=now, ids=(signing.device_id, device.device_id))
    if device.signature_key != signature_key:
        raise WrongContent
    return StaffMember(signing, device)


def _prefixed(raw: bytes) -> bytes:
    return len(raw).to_bytes(2) + raw
