"""The rows of this room. Outside of it they are reached through selectors, services and access only."""

from backend.staff.models.people import Invitation, Organisation, Passkey, Role, RootRotation, StaffSession, StaffUser
from backend.staff.models.trust import Device, IntakeKey, RevocationList, SealedIntakeKey, SigningCertificate

__all__ = [
    "Device",
    "IntakeKey",
    "Invitation",
    "Organisation",
    "Passkey",
    "RevocationList",
    "Role",
    "RootRotation",
    "SealedIntakeKey",
    "SigningCertificate",
    "StaffSession",
    "StaffUser",
]
