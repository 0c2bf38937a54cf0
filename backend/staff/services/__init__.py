"""What this room decides. Each rule of the trust chain that the server can check is checked here; clients check all of them again."""

from backend.staff.services.devices import device_certify, device_request, signing_certify
from backend.staff.services.intake import SealedHalf, intake_key_add, intake_key_seal, intake_keys_for
from backend.staff.services.lists import revocation_list_keep
from backend.staff.services.login import password_login, setup_begin, setup_confirm
from backend.staff.services.passkeys import passkey_add, passkey_login, passkey_login_options, passkey_options
from backend.staff.services.people import organisation_create, staff_invite, staff_reinvite, staff_switch_off
from backend.staff.services.roots import root_rotate

__all__ = [
    "SealedHalf",
    "device_certify",
    "device_request",
    "intake_key_add",
    "intake_key_seal",
    "intake_keys_for",
    "organisation_create",
    "passkey_add",
    "passkey_login",
    "passkey_login_options",
    "passkey_options",
    "password_login",
    "revocation_list_keep",
    "root_rotate",
    "setup_begin",
    "setup_confirm",
    "signing_certify",
    "staff_invite",
    "staff_reinvite",
    "staff_switch_off",
]
