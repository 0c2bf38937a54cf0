"""Invitations, passwords, second factors."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from backend.core.errors import NotFound
from backend.core.tokens import token_new
from backend.staff import limits, throttle, totp
from backend.staff.errors import CodeWrong, InvitationOver, LoginFailed, LoginTooOften, PasswordWeak
from backend.staff.models import Invitation, Passkey, Role, StaffSession, StaffUser
from backend.staff.services import password_login, setup_begin, setup_confirm, staff_invite, staff_reinvite, staff_switch_off
from tests.staff.people import House, organisation_made

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet place by the river"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who has set everything up, and their authenticator's key in hex."""

    user: StaffUser
    key: str

    def code(self, now: datetime) -> str:
        return code_of(self.key, now)


def code_of(key: str, now: datetime) -> str:
    clock = TOTP(bytes.fromhex(key))
    clock.time = now.timestamp()
    return f"{clock.token():06d}"


@pytest.fixture
def house(now: datetime) -> House:
    return organisation_made(now=now)


@pytest.fixture
def token(house: House, now: datetime) -> bytes:
    return staff_invite(organisation=house.organisation, username="dana", shown_name="Dana", roles=[Role.ADVOCATE], now=now)


def pending() -> Invitation:
    return Invitation.objects.get(user__username="dana")


def confirmed(token: bytes, now: datetime, *, password: str = PASSWORD) -> Account:
    setup_begin(token=token, password=password, now=now)
    key = pending().pending_totp
    return Account(setup_confirm(token=token, code=code_of(key, now), now=now), key)


def login(account: Account, now: datetime, *, password: str = PASSWORD, code: str | None = None, username: str = "dana") -> StaffUser:
    told = account.code(now) if code is None else code
    return password_login(username=username, password=password, code=told, source="192.0.2.7", known=None, now=now)


def test_an_invited_person_sets_up_and_logs_in(token: bytes, now: datetime) -> None:
    dana = confirmed(token, now)
    later = now + timedelta(minutes=1)
    assert login(dana, later) == dana.user
    assert not Invitation.objects.filter(user=dana.user).exists()


def test_the_secret_that_is_shown_is_the_one_that_counts(token: bytes, now: datetime) -> None:
    shown = setup_begin(token=token, password=PASSWORD, now=now)
    key = pending().pending_totp
    assert shown == totp.secret_of(key, username="dana")
    assert "dana" in shown.uri
    assert shown.secret not in repr(shown)


def test_nothing_counts_before_the_second_factor_is_confirmed(token: bytes, now: datetime) -> None:
    setup_begin(token=token, password=PASSWORD, now=now)
    user = StaffUser.objects.get(username="dana")
    assert not user.has_usable_password()
    assert totp.device_of(user) is None


def test_a_link_works_once(token: bytes, now: datetime) -> None:
    confirmed(token, now)
    with pytest.raises(InvitationOver):
        setup_begin(token=token, password=PASSWORD, now=now)
    with pytest.raises(InvitationOver):
        setup_confirm(token=token, code="123456", now=now)


@pytest.mark.parametrize("cause", ["too old", "unknown", "switched off", "replaced"])
def test_a_link_that_is_over_opens_nothing(token: bytes, now: datetime, cause: str) -> None:
    when = now + limits.INVITATION_LIFE if cause == "too old" else now
    if cause == "switched off":
        staff_switch_off(username="dana")
    if cause == "replaced":
        staff_reinvite(username="dana", now=now)
    used = token_new() if cause == "unknown" else token
    with pytest.raises(InvitationOver):
        setup_begin(token=used, password=PASSWORD, now=when)


def test_confirming_needs_a_beginning(token: bytes, now: datetime) -> None:
    with pytest.raises(InvitationOver):
        setup_confirm(token=token, code="123456", now=now)


@pytest.mark.parametrize("password", ["short", "1234567890123", "x" * (limits.PASSWORD_CHARACTERS_MAX + 1), "marisol.rivera.1"])
def test_a_weak_password_is_refused(house: House, now: datetime, password: str) -> None:
    token = staff_invite(organisation=house.organisation, username="marisol.rivera", shown_name="Marisol", roles=[Role.ADVOCATE], now=now)
    with pytest.raises(PasswordWeak):
        setup_begin(token=token, password=password, now=now)
    assert not Invitation.objects.get(user__username="marisol.rivera").pending_password


def test_codes_are_not_guessed_without_end(token: bytes, now: datetime) -> None:
    setup_begin(token=token, password=PASSWORD, now=now)
    right = code_of(pending().pending_totp, now)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _ in range(limits.INVITATION_TRIES):
        with pytest.raises(CodeWrong):
            setup_confirm(token=token, code=wrong, now=now)
    with pytest.raises(InvitationOver):
        setup_confirm(token=token, code=right, now=now)


@pytest.mark.parametrize(
    "wrong",
    [{"password": "another quiet place"}, {"code": "000000"}, {"username": "nobody"}, {"code": ""}, {"code": "abcdef"}, {"code": "١٢٣٤٥٦"}],
    ids=["password", "code", "name", "no code", "letters", "other digits"],
)
def test_every_cause_of_failure_answers_alike(token: bytes, now: datetime, wrong: dict[str, str]) -> None:
    dana = confirmed(token, now)
    with pytest.raises(LoginFailed):
        login(dana, now + timedelta(minutes=1), **wrong)


def test_who_is_switched_off_or_never_set_up_does_not_log_in(token: bytes, house: House, now: datetime) -> None:
    dana = confirmed(token, now)
    house.person("eva")
    later = now + timedelta(minutes=1)
    with pytest.raises(LoginFailed):
        login(dana, later, username="eva", password="")
    staff_switch_off(username="dana")
    with pytest.raises(LoginFailed):
        login(dana, later)


def test_a_code_is_good_once(token: bytes, now: datetime) -> None:
    dana = confirmed(token, now)
    with pytest.raises(LoginFailed):
        login(dana, now)
    later = now + timedelta(minutes=1)
    login(dana, later)
    with pytest.raises(LoginFailed):
        login(dana, later)
    with pytest.raises(LoginFailed):
        login(dana, later, code=dana.code(later - timedelta(seconds=30)))


def test_guessing_is_slowed_down_and_a_right_password_is_too(token: bytes, now: datetime) -> None:
    dana, later = confirmed(token, now), now + timedelta(minutes=1)
    for _ in range(5):
        with pytest.raises(LoginFailed):
            login(dana, later, password="wrong")
    with pytest.raises(LoginTooOften):
        login(dana, later)
    assert login(dana, later + throttle.WAIT_MAX) == dana.user


def test_an_overlong_password_costs_no_more_than_a_short_one(token: bytes, now: datetime) -> None:
    dana = confirmed(token, now)
    with pytest.raises(LoginFailed):
        login(dana, now + timedelta(minutes=1), password="x" * 1_000_000)


def test_a_lost_second_factor_is_replaced_and_what_was_before_is_gone(token: bytes, house: House, now: datetime) -> None:
    before = confirmed(token, now)
    Passkey.objects.create(user=before.user, credential_id=b"found in a lost bag", public_key=b"")
    StaffSession.objects.create(session_key="0" * 64, session_data="", expire_date=now, user=before.user, started_at=now, seen_at=now)
    again = staff_reinvite(username="dana", now=now)
    later = now + timedelta(minutes=1)
    assert login(before, later) == before.user
    after = confirmed(again, later, password="another place by the sea")
    assert after.user == before.user
    assert not Passkey.objects.exists()
    assert not StaffSession.objects.exists()
    assert TOTPDevice.objects.count() == 1
    soon = later + timedelta(minutes=1)
    with pytest.raises(LoginFailed):
        login(before, soon)
    assert login(after, soon, password="another place by the sea") == after.user


def test_nobody_and_who_is_switched_off_is_not_invited_again(token: bytes, now: datetime) -> None:
    with pytest.raises(NotFound):
        staff_reinvite(username="nobody", now=now)
    staff_switch_off(username="dana")
    with pytest.raises(NotFound):
        staff_reinvite(username="dana", now=now)
