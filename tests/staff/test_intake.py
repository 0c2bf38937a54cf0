"""Intake keys and their sealed halves."""

from datetime import datetime, timedelta

import pytest

from backend.core.errors import NotFound
from backend.staff import limits, trust
from backend.staff.errors import KeyIdTaken, MarkStale, RequestMismatch
from backend.staff.models import IntakeKey, SealedIntakeKey
from backend.staff.services import SealedHalf, intake_key_add, intake_key_seal, intake_keys_for, staff_switch_off
from backend.staff.services.intake import IntakeKeysAnswer
from backend.staff.standing import revocation_mark
from backend.staff.trust.errors import NotNow, WrongSignature
from tests.staff import cast
from tests.staff.people import DAY, House, Member, half_for, organisation_made

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(now: datetime) -> House:
    return organisation_made(now=now)


@pytest.fixture
def marisol(house: House) -> Member:
    return house.advocate("marisol")


@pytest.fixture
def dana(house: House) -> Member:
    return house.advocate("dana")


def seen_by(member: Member, now: datetime) -> IntakeKeysAnswer:
    return intake_keys_for(user=member.user, device_id=member.device_id, now=now)


def test_each_device_gets_its_own_half_and_nobody_elses(house: House, marisol: Member, dana: Member, now: datetime) -> None:
    house.intake_key(marisol, sealed_for=[dana])
    assert [one.sealed for one in seen_by(marisol, now).keys] == [half_for(marisol, "intake").sealed]
    assert [one.sealed for one in seen_by(dana, now).keys] == [half_for(dana, "intake").sealed]


def test_a_device_that_came_later_is_told_to_those_who_can_help(house: House, marisol: Member, dana: Member, now: datetime) -> None:
    key = house.intake_key(marisol)
    missing = seen_by(marisol, now).missing
    assert [(one.key_id, one.device) for one in missing] == [(key, dana.device_id)]
    assert seen_by(dana, now).missing == ()
    assert [one.sealed for one in seen_by(dana, now).keys] == [None]
    intake_key_seal(user=marisol.user, key_id=key, halves=[half_for(dana, "intake")], now=now)
    assert [one.sealed for one in seen_by(dana, now).keys] == [half_for(dana, "intake").sealed]
    assert seen_by(marisol, now).missing == ()


def test_only_who_can_open_a_key_seals_it_for_others(house: House, marisol: Member, dana: Member, now: datetime) -> None:
    key = house.intake_key(marisol)
    with pytest.raises(NotFound):
        intake_key_seal(user=dana.user, key_id=key, halves=[half_for(dana, "intake")], now=now)
    pilar = organisation_made(now=now, slug="another").advocate("pilar")
    with pytest.raises(NotFound):
        intake_key_seal(user=pilar.user, key_id=key, halves=[half_for(pilar, "intake")], now=now)


def test_a_half_that_is_there_is_not_replaced(house: House, marisol: Member, dana: Member, now: datetime) -> None:
    key = house.intake_key(marisol, sealed_for=[dana])
    intake_key_seal(user=marisol.user, key_id=key, halves=[half_for(dana, "something else")], now=now)
    assert [one.sealed for one in seen_by(dana, now).keys] == [half_for(dana, "intake").sealed]


def test_halves_are_kept_for_devices_of_the_house_only(house: House, marisol: Member, now: datetime) -> None:
    pilar = organisation_made(now=now, slug="another").advocate("pilar")
    short = SealedHalf(device=marisol.device_id, sealed=bytes(limits.SEALED_INTAKE_BYTES - 1))
    for halves in ([half_for(pilar, "intake")], [SealedHalf(cast.ident("nobody"), bytes(limits.SEALED_INTAKE_BYTES))], [short]):
        with pytest.raises(RequestMismatch):
            intake_key_add(user=marisol.user, signed=house.intake_key_signed(marisol), halves=halves, now=now)
    assert not IntakeKey.objects.exists()


def test_a_half_for_a_device_that_holds_no_more_is_dropped(house: House, marisol: Member, dana: Member, now: datetime) -> None:
    staff_switch_off(username="dana")
    house.intake_key(marisol, sealed_for=[dana])
    assert SealedIntakeKey.objects.count() == 1


def test_a_key_comes_from_the_callers_own_certified_device(house: House, marisol: Member, dana: Member, now: datetime) -> None:
    signed = house.intake_key_signed(dana)
    with pytest.raises(NotFound):
        intake_key_add(user=marisol.user, signed=signed, halves=[], now=now)
    house.request(marisol.user, device="not certified")
    other = Member(marisol.user, house.key("not certified"))
    with pytest.raises(NotFound):
        intake_key_add(user=marisol.user, signed=house.intake_key_signed(other), halves=[], now=now)
    forged = cast.intake_key(now=house.at, by=marisol.device, organisation=house.slug, signer=dana.device)
    with pytest.raises(WrongSignature):
        intake_key_add(user=marisol.user, signed=forged, halves=[], now=now)


def test_keys_are_made_for_the_next_days_and_no_further(house: House, marisol: Member, now: datetime) -> None:
    house.intake_key(marisol, name="in six days", day=6)
    with pytest.raises(NotNow):
        house.intake_key(marisol, name="in eight days", day=8)
    with pytest.raises(NotNow):
        house.intake_key(marisol, name="yesterday", day=-2)


def test_a_key_made_under_an_older_list_comes_too_late(house: House, marisol: Member, dana: Member, now: datetime) -> None:
    before = house.intake_key_signed(marisol, mark=revocation_mark(()))
    house.revoke(dana)
    with pytest.raises(MarkStale):
        intake_key_add(user=marisol.user, signed=before, halves=[half_for(marisol, "intake")], now=now)


def test_a_key_id_is_taken_once_and_the_same_key_may_come_again(house: House, marisol: Member, dana: Member, now: datetime) -> None:
    signed = house.intake_key_signed(marisol)
    for _ in range(2):
        intake_key_add(user=marisol.user, signed=signed, halves=[half_for(marisol, "intake")], now=now)
    assert IntakeKey.objects.count() == 1
    with pytest.raises(KeyIdTaken):
        intake_key_add(user=dana.user, signed=house.intake_key_signed(dana), halves=[], now=now)


def test_keys_stay_until_no_note_can_wait_for_them(house: House, marisol: Member, now: datetime) -> None:
    key = house.intake_key(marisol)
    midnight = datetime.fromtimestamp(house.at - house.at % DAY + DAY, tz=now.tzinfo)
    last = midnight + limits.NOTE_WAIT + timedelta(seconds=trust.TOLERANCE)
    assert [trust.decode(one.key, trust.IntakeKey).body.key_id for one in seen_by(marisol, last).keys] == [key]
    assert seen_by(marisol, last + timedelta(seconds=1)).keys == ()


@pytest.mark.parametrize("whose", ["a colleague's", "nobody's", "revoked", "another house's"])
def test_keys_are_told_to_the_own_certified_device_only(house: House, marisol: Member, dana: Member, now: datetime, whose: str) -> None:
    house.intake_key(marisol, sealed_for=[dana])
    if whose == "revoked":
        house.revoke(dana)
    device = {
        "a colleague's": marisol.device_id,
        "nobody's": cast.ident("nobody"),
        "revoked": dana.device_id,
        "another house's": organisation_made(now=now, slug="another").advocate("pilar").device_id,
    }[whose]
    with pytest.raises(NotFound):
        intake_keys_for(user=dana.user, device_id=device, now=now)


def test_the_issuers_certificate_comes_with_the_key(house: House, marisol: Member, dana: Member, now: datetime) -> None:
    house.intake_key(marisol, sealed_for=[dana])
    (seen,) = seen_by(dana, now).keys
    signing = trust.decode(
        cast.signing_certificate(now=house.at, device=house.key("signing"), organisation=house.slug), trust.SigningCertificate
    )
    issuer = trust.verify_device_certificate(seen.issuer, issuer=signing.body, now=house.at)
    assert trust.verify_intake_key(seen.key, issuer=issuer, now=house.at).issuer == marisol.device_id
