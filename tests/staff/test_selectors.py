"""What may be read of a trust chain, and when it stops holding."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from backend.core.errors import NotFound
from backend.staff import trust
from backend.staff.models import Role
from backend.staff.selectors import (
    device_certified,
    intake_key_valid,
    organisation_for,
    organisations_all,
    staff_trust_answer,
    trust_answer,
)
from backend.staff.services import revocation_list_keep, signing_certify, staff_switch_off
from tests.staff import cast
from tests.staff.people import DAY, House, Member, organisation_made

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(now: datetime) -> House:
    return organisation_made(now=now)


@pytest.fixture
def marisol(house: House) -> Member:
    return house.advocate("marisol")


def list_renewed(house: House, now: datetime, *, number: int = 2) -> None:
    """A fresh list at a later moment."""
    revocation_list_keep(user=house.supervisor, signed=house.revocation_list(number=number, now=now), now=now)


def test_organisations_are_found_by_slug_and_a_missing_one_is_not(house: House, now: datetime) -> None:
    other = organisation_made(now=now, slug="another")
    assert organisation_for(house.slug) == house.organisation
    assert organisations_all() == [other.organisation, house.organisation]
    with pytest.raises(NotFound):
        organisation_for("nobody")


def test_a_certified_device_is_found_until_its_certificate_runs_out(house: House, marisol: Member, now: datetime) -> None:
    found = device_certified(marisol.device_id, now)
    assert found is not None
    assert found.user == marisol.user
    list_renewed(house, now + timedelta(days=6))
    end = now + timedelta(days=7, seconds=trust.TOLERANCE)
    assert device_certified(marisol.device_id, end) is not None
    assert device_certified(marisol.device_id, end + timedelta(seconds=1)) is None


def test_nobody_is_certified_without_a_list_or_by_a_stale_one(now: datetime) -> None:
    house = organisation_made(now=now, lists=False)
    marisol = house.advocate("marisol")
    assert device_certified(marisol.device_id, now) is None
    house.revoke(number=1)
    assert device_certified(marisol.device_id, now) is not None
    house.certify(marisol.user)
    later = now + timedelta(days=7, seconds=trust.TOLERANCE + 1)
    assert device_certified(marisol.device_id, later) is None


def test_a_device_that_only_asked_is_not_certified(house: House, now: datetime) -> None:
    assert device_certified(house.request(house.person("dana")), now) is None


def test_a_revoked_device_is_not_certified_and_its_colleagues_are(house: House, marisol: Member, now: datetime) -> None:
    dana = house.advocate("dana")
    house.revoke(marisol)
    assert device_certified(marisol.device_id, now) is None
    assert device_certified(dana.device_id, now) is not None


def test_a_revoked_signing_device_takes_all_whom_it_certified_with_it(house: House, marisol: Member, now: datetime) -> None:
    second = house.key("second signing")
    signing = cast.signing_certificate(now=house.at, by=house.key("root"), organisation=house.slug, device=second)
    signing_certify(user=house.supervisor, signed=signing, now=now)
    signed = cast.revocation_list(now=house.at, by=second, number=2, revoked=(house.key("signing"),), organisation=house.slug)
    revocation_list_keep(user=house.supervisor, signed=signed, now=now)
    assert device_certified(marisol.device_id, now) is None


def test_a_list_whose_issuers_certificate_ran_out_clears_nobody(house: House, now: datetime) -> None:
    brief = house.key("brief signing")
    short = cast.signing_certificate(now=house.at, days=1, by=house.key("root"), organisation=house.slug, device=brief)
    signing_certify(user=house.supervisor, signed=short, now=now)
    dana = house.advocate("dana")
    signed = cast.revocation_list(now=house.at, by=brief, number=2, organisation=house.slug)
    revocation_list_keep(user=house.supervisor, signed=signed, now=now)
    end = now + timedelta(days=1, seconds=trust.TOLERANCE)
    assert device_certified(dana.device_id, end) is not None
    assert device_certified(dana.device_id, end + timedelta(seconds=1)) is None


def test_a_person_who_is_switched_off_has_no_certified_device(marisol: Member, now: datetime) -> None:
    staff_switch_off(username="marisol")
    assert device_certified(marisol.device_id, now) is None


def test_an_intake_key_is_valid_in_its_own_organisation_on_its_day(house: House, marisol: Member, now: datetime) -> None:
    key = house.intake_key(marisol)
    assert intake_key_valid(house.organisation, key, now)
    assert not intake_key_valid(organisation_made(now=now, slug="another").organisation, key, now)
    assert not intake_key_valid(house.organisation, cast.ident("no such key"), now)
    midnight = datetime.fromtimestamp(house.at - house.at % DAY + DAY, tz=now.tzinfo)
    assert intake_key_valid(house.organisation, key, midnight + timedelta(seconds=trust.TOLERANCE))
    assert not intake_key_valid(house.organisation, key, midnight + timedelta(seconds=trust.TOLERANCE + 1))


def test_the_key_made_last_is_served_and_the_others_of_the_day_still_hold(house: House, marisol: Member, now: datetime) -> None:
    first, second = house.intake_key(marisol, name="first"), house.intake_key(marisol, name="second")
    served = trust_answer(house.organisation, now=now).intake
    assert served is not None
    assert trust.decode(served.key, trust.IntakeKey).body.key_id == second
    assert intake_key_valid(house.organisation, first, now)


def test_close_to_midnight_the_key_of_the_day_is_served(house: House, marisol: Member, now: datetime) -> None:
    today = house.intake_key(marisol, name="today")
    house.intake_key(marisol, name="tomorrow", day=1)
    midnight = datetime.fromtimestamp(house.at - house.at % DAY + DAY, tz=now.tzinfo)
    served = trust_answer(house.organisation, now=midnight - timedelta(seconds=5)).intake
    assert served is not None
    assert trust.decode(served.key, trust.IntakeKey).body.key_id == today


def test_a_revocation_replaces_the_key_as_soon_as_a_console_made_another_and_not_before(
    house: House, marisol: Member, now: datetime
) -> None:
    dana = house.advocate("dana")
    before = house.intake_key(marisol, name="before")
    house.revoke(dana)
    assert intake_key_valid(house.organisation, before, now)
    after = house.intake_key(marisol, name="after")
    assert intake_key_valid(house.organisation, after, now)
    assert not intake_key_valid(house.organisation, before, now)


def test_a_key_made_by_a_revoked_device_is_never_served(house: House, marisol: Member, now: datetime) -> None:
    key = house.intake_key(marisol)
    house.revoke(marisol)
    assert not intake_key_valid(house.organisation, key, now)
    assert trust_answer(house.organisation, now=now).intake is None


def test_the_public_answer_is_a_chain_that_a_client_can_verify(house: House, marisol: Member, now: datetime) -> None:
    house.intake_key(marisol)
    told = trust_answer(house.organisation, now=now)
    assert told.intake is not None
    assert told.revocation_list is not None
    signing = trust.verify_signing_certificate(told.intake.signing_certificate, root=told.root, organisation=house.slug, now=told.time)
    device = trust.verify_device_certificate(told.intake.device_certificate, issuer=signing, now=told.time)
    trust.verify_intake_key(told.intake.key, issuer=device, now=told.time)
    newest = trust.verify_revocation_list(told.revocation_list, issuer=signing, now=told.time)
    trust.cleared(newest, now=told.time, ids=(signing.device_id, device.device_id))
    assert told.intake.signing_certificate in told.signing_certificates


def test_certificates_that_ran_out_or_were_revoked_are_not_served(house: House, now: datetime) -> None:
    old = cast.signing_certificate(
        now=house.at - 3 * DAY, days=3, by=house.key("root"), organisation=house.slug, device=house.key("old signing")
    )
    signing_certify(user=house.supervisor, signed=old, now=now)
    assert old in trust_answer(house.organisation, now=now).signing_certificates
    assert old not in trust_answer(house.organisation, now=now + timedelta(seconds=trust.TOLERANCE + 1)).signing_certificates


def test_staff_see_their_colleagues_devices_and_whose_are_theirs(house: House, marisol: Member, now: datetime) -> None:
    dana = house.advocate("dana")
    house.revoke(dana)
    seen = {one.device: one for one in staff_trust_answer(marisol.user, now=now).devices}
    assert seen.keys() == {marisol.device_id, dana.device_id}
    assert (seen[marisol.device_id].mine, seen[marisol.device_id].revoked) == (True, False)
    assert (seen[dana.device_id].mine, seen[dana.device_id].revoked) == (False, True)
    assert seen[marisol.device_id].hpke_key == cast.hpke_public(marisol.device)
    assert seen[marisol.device_id].shown_name == "Marisol"


def test_supervisors_see_every_request_and_advocates_their_own(house: House, marisol: Member, now: datetime) -> None:
    theirs = house.request(marisol.user, device="second browser")
    waiting = house.request(house.person("dana"))
    all_of_them = {one.device: one for one in staff_trust_answer(house.supervisor, now=now).requests}
    assert all_of_them.keys() == {theirs, waiting}
    assert all_of_them[waiting].username == "dana"
    assert [one.device for one in staff_trust_answer(marisol.user, now=now).requests] == [theirs]


def test_nothing_of_another_organisation_is_ever_in_an_answer(house: House, marisol: Member, now: datetime) -> None:
    other = organisation_made(now=now, slug="another")
    pilar = other.advocate("pilar")
    other.intake_key(pilar)
    other.request(other.person("quim", roles=(Role.ADVOCATE,)))
    ours, theirs = staff_trust_answer(house.supervisor, now=now), staff_trust_answer(other.supervisor, now=now)
    assert {one.device for one in ours.devices} == {marisol.device_id}
    assert ours.requests == ()
    assert ours.public.intake is None
    assert {one.device for one in theirs.devices} == {pilar.device_id}
    assert ours.public.root != theirs.public.root
    assert not set(ours.public.signing_certificates) & set(theirs.public.signing_certificates)


def test_the_public_answer_costs_the_same_however_many_devices_and_keys_there_are(
    house: House, marisol: Member, now: datetime, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        house.intake_key(house.advocate(f"advocate-{number}"), name=f"key {number}")
    with django_assert_max_num_queries(4):
        assert trust_answer(house.organisation, now=now).intake is not None
