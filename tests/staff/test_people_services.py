"""Organisations and people are made carefully."""

from datetime import datetime
from typing import Any

import pytest

from backend.core.errors import Invalid, NotFound, Refusal
from backend.core.tokens import verifier_of
from backend.staff import trust
from backend.staff.errors import AlreadyThere
from backend.staff.models import Device, Invitation, Organisation, Role, StaffSession, StaffUser
from backend.staff.services import organisation_create, staff_invite, staff_switch_off
from backend.staff.services.people import Bilingual
from backend.staff.trust.errors import WrongKey
from tests.staff import cast
from tests.staff.people import EXCEPTIONS, House, organisation_made

pytestmark = pytest.mark.django_db
ROOT = trust.public_of(cast.ed25519("root"))
NAME = Bilingual(en="Clear House", es="Casa Clara")


def made(**changed: Any) -> Organisation:
    told = {"slug": "casa-clara", "name": NAME, "languages": ["en", "es", "fr"], "exceptions": EXCEPTIONS, "root_key": ROOT}
    return organisation_create(**{**told, **changed})


def test_an_organisation_keeps_what_it_said() -> None:
    made()
    kept = Organisation.objects.get()
    assert (kept.slug, kept.name_en, kept.name_es, kept.languages) == ("casa-clara", "Clear House", "Casa Clara", ["en", "es", "fr"])
    assert (kept.exceptions_en, kept.exceptions_es, bytes(kept.root_key)) == (EXCEPTIONS.en, EXCEPTIONS.es, ROOT)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"slug": "Casa"}, Invalid),
        ({"slug": "-casa"}, Invalid),
        ({"slug": ""}, Invalid),
        ({"slug": "a" * 41}, Invalid),
        ({"name": Bilingual(en="Clear House", es=" ")}, Invalid),
        ({"name": Bilingual(en="x" * 121, es="x")}, Invalid),
        ({"exceptions": Bilingual(en="", es="algo")}, Invalid),
        ({"languages": []}, Invalid),
        ({"languages": ["English"]}, Invalid),
        ({"root_key": bytes(32)}, WrongKey),
        ({"root_key": ROOT[:31]}, WrongKey),
    ],
)
def test_an_organisation_that_could_not_work_is_refused(changed: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        made(**changed)
    assert not Organisation.objects.exists()


def test_there_are_no_two_of_one_name(now: datetime) -> None:
    first = made()
    with pytest.raises(AlreadyThere):
        made()
    staff_invite(organisation=first, username="dana", shown_name="Dana", roles=[Role.ADVOCATE], now=now)
    with pytest.raises(AlreadyThere):
        staff_invite(organisation=made(slug="another"), username="dana", shown_name="Dana", roles=[Role.ADVOCATE], now=now)


@pytest.mark.parametrize(
    "changed",
    [
        {"username": "Dana"},
        {"username": "dana dana"},
        {"username": ""},
        {"username": "d" * 41},
        {"shown_name": ""},
        {"shown_name": " Dana"},
        {"shown_name": "Da\u202ena"},
        {"shown_name": "ñ" * 31},
        {"roles": []},
    ],
)
def test_a_name_that_cannot_be_shown_is_refused(now: datetime, changed: dict[str, Any]) -> None:
    told = {"organisation": made(), "username": "dana", "shown_name": "Dana", "roles": [Role.ADVOCATE], "now": now}
    with pytest.raises(Invalid):
        staff_invite(**{**told, **changed})


def test_of_a_link_only_the_hash_is_kept(now: datetime) -> None:
    token = staff_invite(organisation=made(), username="dana", shown_name="Dana", roles=[Role.ADVOCATE, Role.ADVOCATE], now=now)
    assert bytes(Invitation.objects.get().verifier) == verifier_of(token)
    user = StaffUser.objects.get()
    assert user.roles == ["advocate"]
    assert not user.has_usable_password()


def test_who_is_switched_off_has_no_sessions_invitations_or_waiting_requests(now: datetime) -> None:
    house: House = organisation_made(now=now)
    dana = house.advocate("dana")
    house.request(dana.user, device="second browser")
    StaffSession.objects.create(session_key="0" * 64, session_data="", expire_date=now, user=dana.user, started_at=now, seen_at=now)
    staff_switch_off(username="dana")
    assert not StaffSession.objects.exists()
    assert not Invitation.objects.filter(user=dana.user).exists()
    assert [bytes(one.device_id) for one in Device.objects.all()] == [dana.device_id]


def test_nobody_cannot_be_switched_off() -> None:
    with pytest.raises(NotFound):
        staff_switch_off(username="nobody")
