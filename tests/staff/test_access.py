"""The one door to staff."""

from datetime import datetime, timedelta

import pytest
from django.http import HttpRequest

from backend.core.errors import NotFound
from backend.staff import access, limits
from backend.staff.errors import LoginRequired
from backend.staff.models import Role, StaffSession, StaffUser
from backend.staff.sessions import SessionStore, key_hash
from tests.staff.people import organisation_made

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(now: datetime) -> StaffUser:
    return organisation_made(now=now).person("dana")


def session_for(user: StaffUser, now: datetime) -> str:
    request = HttpRequest()
    request.session = SessionStore()
    access.session_begin(request, user=user, now=now)
    return request.session.session_key or ""


def test_a_session_opens_until_it_was_idle_too_long(user: StaffUser, now: datetime) -> None:
    key = session_for(user, now)
    almost = now + limits.SESSION_IDLE - timedelta(seconds=1)
    assert access.staff_for_key(key, now=almost) == user
    assert access.staff_for_key(key, now=almost + limits.SESSION_IDLE - timedelta(seconds=1)) == user
    with pytest.raises(LoginRequired):
        access.staff_for_key(key, now=almost + limits.SESSION_IDLE * 3)


def test_a_session_ends_after_half_a_day_however_busy(user: StaffUser, now: datetime) -> None:
    key, end = session_for(user, now), now + limits.SESSION_ABSOLUTE
    while now < end:
        assert access.staff_for_key(key, now=now) == user
        now += limits.SESSION_IDLE / 2
    with pytest.raises(LoginRequired):
        access.staff_for_key(key, now=end)
    assert not StaffSession.objects.exists()


@pytest.mark.parametrize("key", [None, "", "made up", "0" * 64])
def test_no_session_opens_nothing(key: str | None, now: datetime) -> None:
    with pytest.raises(LoginRequired):
        access.staff_for_key(key, now=now)


def test_the_hash_that_a_copied_database_holds_opens_nothing(user: StaffUser, now: datetime) -> None:
    key = session_for(user, now)
    with pytest.raises(LoginRequired):
        access.staff_for_key(key_hash(key), now=now)


def test_being_seen_is_written_once_a_minute_at_most(user: StaffUser, now: datetime) -> None:
    key = session_for(user, now)
    access.staff_for_key(key, now=now + timedelta(seconds=59))
    assert StaffSession.objects.get().seen_at == now
    access.staff_for_key(key, now=now + timedelta(seconds=60))
    assert StaffSession.objects.get().seen_at == now + timedelta(seconds=60)


def test_a_role_that_one_has_not_makes_the_thing_not_there(user: StaffUser) -> None:
    access.require_role(user, Role.ADVOCATE)
    with pytest.raises(NotFound):
        access.require_role(user, Role.SUPERVISOR)
