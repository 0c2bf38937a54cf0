"""A new root takes over on the server."""

from datetime import datetime

import pytest

from backend.core.errors import NotFound
from backend.staff import trust
from backend.staff.models import Organisation
from backend.staff.selectors import device_certified, trust_answer
from backend.staff.services import root_rotate
from backend.staff.trust.errors import WrongContent, WrongOrganisation, WrongSignature
from tests.staff import cast
from tests.staff.people import House, Member, organisation_made

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(now: datetime) -> House:
    return organisation_made(now=now)


@pytest.fixture
def dana(house: House) -> Member:
    return house.advocate("dana")


def rotation(house: House, *, old: str = "root", new: str = "second root", by: str = "", organisation: str = "") -> bytes:
    return cast.rotation(
        old=house.key(old), new=house.key(new), by=house.key(by) if by else "", at=house.at, organisation=organisation or house.slug
    )


def signing_again(house: House, *, by: str = "second root") -> bytes:
    return cast.signing_certificate(now=house.at, by=house.key(by), organisation=house.slug, device=house.key("signing"))


def test_with_the_new_roots_certificates_work_goes_on(house: House, dana: Member, now: datetime) -> None:
    house.intake_key(dana)
    root_rotate(slug=house.slug, signed=rotation(house), certificates=[signing_again(house)], now=now)
    assert device_certified(dana.device_id, now) is not None
    told = trust_answer(Organisation.objects.get(), now=now)
    old, new = (trust.public_of(cast.ed25519(house.key(name))) for name in ("root", "second root"))
    assert trust.verify_rotations(told.rotations, first_root=old, organisation=house.slug, now=house.at) == told.root == new
    assert told.intake is not None
    trust.verify_signing_certificate(told.intake.signing_certificate, root=new, organisation=house.slug, now=house.at)


def test_without_them_nobody_is_believed(house: House, dana: Member, now: datetime) -> None:
    root_rotate(slug=house.slug, signed=rotation(house), certificates=[], now=now)
    assert device_certified(dana.device_id, now) is None
    assert trust_answer(Organisation.objects.get(), now=now).signing_certificates == ()


def test_only_the_present_root_names_the_next(house: House, now: datetime) -> None:
    with pytest.raises(WrongSignature):
        root_rotate(slug=house.slug, signed=rotation(house, by="stranger"), certificates=[], now=now)
    with pytest.raises(WrongContent):
        root_rotate(slug=house.slug, signed=rotation(house, old="stranger"), certificates=[], now=now)
    with pytest.raises(WrongOrganisation):
        root_rotate(slug=house.slug, signed=rotation(house, organisation="another"), certificates=[], now=now)
    with pytest.raises(NotFound):
        root_rotate(slug="nobody", signed=rotation(house), certificates=[], now=now)


def test_a_root_that_was_replaced_does_not_return(house: House, now: datetime) -> None:
    root_rotate(slug=house.slug, signed=rotation(house), certificates=[], now=now)
    with pytest.raises(WrongContent):
        root_rotate(slug=house.slug, signed=rotation(house, old="second root", new="root"), certificates=[], now=now)
    with pytest.raises(WrongContent):
        root_rotate(slug=house.slug, signed=rotation(house), certificates=[], now=now)


def test_a_certificate_that_is_not_the_new_roots_leaves_everything_as_it_was(house: House, dana: Member, now: datetime) -> None:
    with pytest.raises(WrongSignature):
        root_rotate(slug=house.slug, signed=rotation(house), certificates=[signing_again(house, by="root")], now=now)
    assert device_certified(dana.device_id, now) is not None


def test_rotations_are_kept_in_order(house: House, now: datetime) -> None:
    root_rotate(slug=house.slug, signed=rotation(house), certificates=[], now=now)
    root_rotate(slug=house.slug, signed=rotation(house, old="second root", new="third root"), certificates=[], now=now)
    told = trust_answer(Organisation.objects.get(), now=now)
    first = trust.public_of(cast.ed25519(house.key("root")))
    assert trust.verify_rotations(told.rotations, first_root=first, organisation=house.slug, now=house.at) == told.root
