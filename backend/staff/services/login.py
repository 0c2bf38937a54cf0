"""Passwords with a second factor: set by an invitation's link, and used to log in."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django_otp.plugins.otp_totp.models import TOTPDevice

from backend.core import log
from backend.core.tokens import verifier_of
from backend.staff import limits, totp
from backend.staff.errors import CodeWrong, InvitationOver, LoginFailed, PasswordWeak
from backend.staff.gate import HASHING
from backend.staff.models import Invitation, Passkey, StaffSession, StaffUser
from backend.staff.throttle import LOGIN, lanes_for


def setup_begin(*, token: bytes, password: str, now: datetime) -> totp.TotpSecret:
    """Keep the password for the moment when the second factor is confirmed, and give the secret to confirm. May be repeated.

    Raises InvitationOver, PasswordWeak.
    """
    invitation = _invitation_for(token, now=now)
    _password_check(password, invitation.user)
    key = totp.key_new()
    with HASHING.passed():
        hashed = make_password(password)
    kept = Invitation.objects.filter(pk=invitation.pk).update(pending_password=hashed, pending_totp=key)
    if not kept:
        raise InvitationOver
    return totp.secret_of(key, username=invitation.user.username)


def setup_confirm(*, token: bytes, code: str, now: datetime) -> StaffUser:
    """Make the password and the second factor the account's own, and give its owner. The link is used up.

    Whatever the person logged in with before is gone: other second factors, passkeys, sessions. Raises InvitationOver, CodeWrong.
    """
    with transaction.atomic():
        invitation = _invitation_for(token, now=now, lock=True)
        if not invitation.pending_totp:
            raise InvitationOver
        step = totp.code_step(invitation.pending_totp, code, now=now)
        if step is not None:
            return _credentials_replace(invitation, step=step)
    Invitation.objects.filter(pk=invitation.pk).update(tries=F("tries") + 1)
    raise CodeWrong


def password_login(*, username: str, password: str, code: str, source: str | None, known: str | None, now: datetime) -> StaffUser:
    """The person whose name, password and code these are.

    ``source`` is where the try came from (None: unknown), ``known`` the random part of a known browser's cookie; both only slow down guessing. Raises
    LoginFailed for every cause, after the same work, and LoginTooOften.
    """
    lanes = lanes_for(username=username, source=source, known=known)
    LOGIN.attempt(lanes, now=now)
    user = StaffUser.objects.filter(username=username, is_active=True).first()
    if not _password_right(user, password) or user is None or not _code_use(user, code, now=now):
        log.event("staff.login_failed")
        raise LoginFailed
    LOGIN.succeed(lanes)
    return user


def _invitation_for(token: bytes, *, now: datetime, lock: bool = False) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)) if lock else Invitation.objects.all()
    living = rows.filter(expires_at__gt=now, tries__lt=limits.INVITATION_TRIES, user__is_active=True)
    invitation = living.select_related("user").filter(verifier=verifier_of(token)).first()
    if invitation is None:
        raise InvitationOver
    return invitation


def _password_check(password: str, user: StaffUser) -> None:
    if len(password) > limits.PASSWORD_CHARACTERS_MAX:
        raise PasswordWeak
    try:
        validate_password(password, user)
    except ValidationError:
        raise PasswordWeak from None


def _credentials_replace(invitation: Invitation, *, step: int) -> StaffUser:
    user = invitation.user
    user.password = invitation.pending_password
    user.save(update_fields=["password"])
    TOTPDevice.objects.filter(user=user).delete()
    # The code that was just shown is used up.
    TOTPDevice.objects.create(user=user, name="", confirmed=True, key=invitation.pending_totp, last_t=step)
    Passkey.objects.filter(user=user).delete()
    StaffSession.objects.filter(user=user).delete()
    Invitation.objects.filter(user=user).delete()
    return user


def _password_right(user: StaffUser | None, password: str) -> bool:
    with HASHING.passed():
        if user is None or not user.has_usable_password() or len(password) > limits.PASSWORD_CHARACTERS_MAX:
            # The same work as for a real account, so that the time tells nothing.
            make_password(password[: limits.PASSWORD_CHARACTERS_MAX])
            return False
        return user.check_password(password)


def _code_use(user: StaffUser, code: str, *, now: datetime) -> bool:
    device = totp.device_of(user)
    step = totp.code_step(device.key, code, now=now) if device is not None else None
    return device is not None and step is not None and totp.code_use(device, step)
