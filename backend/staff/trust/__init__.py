"""The trust chain (docs/protocol.md §4 and §6): root → signing device → device → intake key. Pure: no Django, no clock, no database."""

from backend.staff.trust.errors import Untrusted
from backend.staff.trust.identity import (
    StaffMember,
    pseudonym_identity,
    staff_identity,
    staff_identity_split,
    verify_staff_identity,
)
from backend.staff.trust.keys import device_fingerprint_groups, fingerprint, fingerprint_groups, key_check, public_of
from backend.staff.trust.objects import (
    DeviceCertificate,
    DeviceRequest,
    IntakeKey,
    Rejoin,
    RevocationList,
    RootRotation,
    Signed,
    SigningCertificate,
    decode,
    sign,
)
from backend.staff.trust.verify import (
    TOLERANCE,
    cleared,
    verify_device_certificate,
    verify_device_request,
    verify_intake_key,
    verify_rejoin,
    verify_revocation_list,
    verify_rotations,
    verify_signing_certificate,
)

__all__ = [
    "TOLERANCE",
    "DeviceCertificate",
    "DeviceRequest",
    "IntakeKey",
    "Rejoin",
    "RevocationList",
    "RootRotation",
    "Signed",
    "SigningCertificate",
    "StaffMember",
    "Untrusted",
    "cleared",
    "decode",
    "device_fingerprint_groups",
    "fingerprint",
    "fingerprint_groups",
    "key_check",
    "pseudonym_identity",
    "public_of",
    "sign",
    "staff_identity",
    "staff_identity_split",
    "verify_device_certificate",
    "verify_device_request",
    "verify_intake_key",
    "verify_rejoin",
    "verify_revocation_list",
    "verify_rotations",
    "verify_signing_certificate",
    "verify_staff_identity",
]
