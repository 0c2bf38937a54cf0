"""Passkeys: discoverable WebAuthn credentials that verify the person by themselves, so that no name and no password is typed.

A challenge is good once and for five minutes; the edge keeps it in the session. ``origin`` is the page's, one of the deployment's own; the
relying party is its host.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import parse_authentication_credential_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from backend.core import log
from backend.core.errors import Refusal
from backend.core.tokens import token_new
from backend.staff import limits
from backend.staff.errors import LoginFailed, PasskeyRefused
from backend.staff.models import Passkey, StaffUser
from backend.staff.totp import ISSUER

CREDENTIAL_ID_BYTES_MAX: Final = 1023


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What one ceremony is bound to."""

    challenge: bytes = field(repr=False)
    origin: str

    @property
    def rp_id(self) -> str:
        """The relying party: the origin's host."""
        return urlsplit(self.origin).hostname or ""


def ceremony_new(origin: str) -> Ceremony:
    """A ceremony with a fresh challenge."""
    return Ceremony(challenge=token_new(), origin=origin)


def passkey_options(*, user: StaffUser, ceremony: Ceremony) -> dict[str, Any]:
    """What the browser needs to make a passkey (PublicKeyCredentialCreationOptionsJSON). Raises PasskeyRefused where there are too many."""
    there = [PublicKeyCredentialDescriptor(id=bytes(one.credential_id)) for one in user.passkeys.all()]
    if len(there) >= limits.PASSKEYS_MAX:
        raise PasskeyRefused
    options = generate_registration_options(
        rp_id=ceremony.rp_id,
        rp_name=ISSUER,
        user_id=bytes(user.handle),
        user_name=user.username,
        user_display_name=user.shown_name,
        challenge=ceremony.challenge,
        exclude_credentials=there,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return _plain(options)


def passkey_add(*, user: StaffUser, ceremony: Ceremony, credential: Mapping[str, Any]) -> None:
    """Keep a passkey that was made in this ceremony. Raises PasskeyRefused."""
    with _foreign_bytes(PasskeyRefused):
        made = verify_registration_response(
            credential=dict(credential),
            expected_challenge=ceremony.challenge,
            expected_rp_id=ceremony.rp_id,
            expected_origin=ceremony.origin,
            require_user_verification=True,
        )
    if len(made.credential_id) > CREDENTIAL_ID_BYTES_MAX:
        raise PasskeyRefused
    try:
        with transaction.atomic():
            # One at a time for each person, or two could pass the limit together.
            StaffUser.objects.select_for_update().get(pk=user.pk)
            if user.passkeys.count() >= limits.PASSKEYS_MAX:
                raise PasskeyRefused
            user.passkeys.create(credential_id=made.credential_id, public_key=made.credential_public_key, sign_count=made.sign_count)
    except IntegrityError:
        raise PasskeyRefused from None


def passkey_login_options(*, ceremony: Ceremony) -> dict[str, Any]:
    """What the browser needs to log in with whatever passkey it finds (PublicKeyCredentialRequestOptionsJSON). The same for everybody."""
    options = generate_authentication_options(
        rp_id=ceremony.rp_id, challenge=ceremony.challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    return _plain(options)


def passkey_login(*, ceremony: Ceremony, credential: Mapping[str, Any]) -> StaffUser:
    """The person whose passkey answered in this ceremony. Raises LoginFailed for every cause."""
    try:
        return _passkey_check(ceremony, credential)
    except LoginFailed:
        log.event("staff.login_failed")
        raise


def _passkey_check(ceremony: Ceremony, told: Mapping[str, Any]) -> StaffUser:
    with _foreign_bytes(LoginFailed):
        credential = parse_authentication_credential_json(dict(told))
    passkey = Passkey.objects.select_related("user").filter(credential_id=credential.raw_id, user__is_active=True).first()
    if passkey is None or credential.response.user_handle != bytes(passkey.user.handle):
        raise LoginFailed
    with _foreign_bytes(LoginFailed):
        checked = verify_authentication_response(
            credential=credential,
            expected_challenge=ceremony.challenge,
            expected_rp_id=ceremony.rp_id,
            expected_origin=ceremony.origin,
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    # Where the authenticator counts, a copy of it that answers at the same moment is not let in as well.
    if not Passkey.objects.filter(pk=passkey.pk, sign_count=passkey.sign_count).update(sign_count=checked.new_sign_count):
        raise LoginFailed
    return passkey.user


@contextmanager
def _foreign_bytes(refusal: type[Refusal]) -> Iterator[None]:
    """Whatever py_webauthn and the parsers below it raise over bytes that a stranger chose means no."""
    try:
        yield
    except Exception:
        raise refusal from None


def _plain(options: Any) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(options_to_json(options))
    return told
