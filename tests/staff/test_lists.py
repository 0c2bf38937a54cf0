"""Revocation lists: only ever newer, only ever longer, and at once."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from backend.core.clock import system_clock
from backend.core.errors import NotFound
from backend.staff import trust
from backend.staff.access import staff_for_key
from backend.staff.errors import ListIncomplete, ListNotNewer, LoginRequired
from backend.staff.models import RevocationList, SealedIntakeKey
from backend.staff.selectors import trust_answer
from backend.staff.services import revocation_list_keep
from backend.staff.standing import standing_of
from backend.staff.trust.errors import ListStale, Revoked, WrongIssuer, WrongOrganisation
from tests.staff import cast
from tests.staff.people import House, Member, log_in, organisation_made

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(now: datetime) -> House:
    return organisation_made(now=now)


def session_of(member: Member) -> str:
    """The key of a new session of this person."""
    client = Client()
    log_in(client, member.user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def alive(key: str, now: datetime) -> bool:
    try:
        staff_for_key(key, now=now)
    except LoginRequired:
        return False
    return True


def test_a_newer_list_replaces_the_one_before(house: House, now: datetime) -> None:
    signed = house.revocation_list(number=2)
    revocation_list_keep(user=house.supervisor, signed=signed, now=now)
    assert trust_answer(house.organisation, now=now).revocation_list == signed
    assert RevocationList.objects.count() == 1


@pytest.mark.parametrize("number", [0, 1, 4, 5])
def test_a_list_that_is_not_newer_is_refused(house: House, now: datetime, number: int) -> None:
    house.revoke(number=5)
    later = now + timedelta(hours=1)
    signed = house.revocation_list(number=number, now=later)
    with pytest.raises(ListNotNewer):
        revocation_list_keep(user=house.supervisor, signed=signed, now=later)


def test_the_same_list_again_changes_nothing(house: House, now: datetime) -> None:
    for _ in range(2):
        house.revoke(number=5)
    assert RevocationList.objects.count() == 1


def test_nobody_is_cleared_again_in_silence(house: House, now: datetime) -> None:
    marisol, dana = house.advocate("marisol"), house.advocate("dana")
    house.revoke(marisol, number=2)
    with pytest.raises(ListIncomplete):
        house.revoke(dana, number=3)
    house.revoke(marisol, dana, number=3)


def test_a_list_comes_from_a_signing_device_of_this_root(house: House, now: datetime) -> None:
    other = organisation_made(now=now, slug="another")
    foreign = cast.revocation_list(now=house.at, by=other.key("signing"), number=2, organisation=house.slug)
    with pytest.raises(WrongIssuer):
        revocation_list_keep(user=house.supervisor, signed=foreign, now=now)
    misnamed = cast.revocation_list(now=house.at, by=house.key("signing"), number=2, organisation="another")
    with pytest.raises(WrongOrganisation):
        revocation_list_keep(user=house.supervisor, signed=misnamed, now=now)
    stale = house.revocation_list(number=2, now=now - timedelta(days=7, seconds=trust.TOLERANCE + 1))
    with pytest.raises(ListStale):
        revocation_list_keep(user=house.supervisor, signed=stale, now=now)


def test_a_signing_device_can_neither_revoke_nor_clear_itself(house: House, now: datetime) -> None:
    itself = (house.key("signing"),)
    signed = cast.revocation_list(now=house.at, by=house.key("signing"), number=2, revoked=itself, organisation=house.slug)
    with pytest.raises(Revoked):
        revocation_list_keep(user=house.supervisor, signed=signed, now=now)


def test_only_supervisors_bring_lists_and_only_at_home(house: House, now: datetime) -> None:
    signed = house.revocation_list(number=2)
    with pytest.raises(NotFound):
        revocation_list_keep(user=house.person("dana"), signed=signed, now=now)
    with pytest.raises(WrongIssuer):
        revocation_list_keep(user=organisation_made(now=now, slug="another").supervisor, signed=signed, now=now)


def test_who_lost_a_device_is_logged_out_everywhere_at_once_and_nobody_else(house: House) -> None:
    marisol, dana = house.advocate("marisol"), house.advocate("dana")
    here, there, colleague = session_of(marisol), session_of(marisol), session_of(dana)
    now = system_clock()
    assert alive(here, now)
    house.revoke(marisol)
    assert [alive(key, now) for key in (here, there, colleague)] == [False, False, True]


def test_a_list_that_is_only_renewed_logs_nobody_out(house: House) -> None:
    marisol = house.advocate("marisol")
    house.revoke(marisol)
    again = session_of(marisol)
    house.revoke(marisol, number=3)
    assert alive(again, system_clock())


def test_what_was_sealed_for_a_revoked_device_is_not_kept(house: House, now: datetime) -> None:
    marisol, dana = house.advocate("marisol"), house.advocate("dana")
    house.intake_key(marisol, sealed_for=[dana])
    house.revoke(dana)
    assert [bytes(half.device.device_id) for half in SealedIntakeKey.objects.all()] == [marisol.device_id]


@given(numbers=st.lists(st.integers(min_value=0, max_value=6), max_size=8))
@hypothesis_settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_the_number_only_rises(house: House, now: datetime, numbers: list[int]) -> None:
    for step, number in enumerate(numbers):
        before = standing_of(house.organisation, now=now).newest
        signed = house.revocation_list(number=number, now=now + timedelta(seconds=step))
        if before is not None and number <= before.number and signed != standing_of(house.organisation, now=now).newest_signed:
            with pytest.raises(ListNotNewer):
                revocation_list_keep(user=house.supervisor, signed=signed, now=now)
        else:
            revocation_list_keep(user=house.supervisor, signed=signed, now=now)
        after = standing_of(house.organisation, now=now).newest
        assert after is not None
        assert after.number == max(number, before.number if before else 0)
