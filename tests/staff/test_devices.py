"""Devices ask, and are certified: every rule that the server can check."""

import hashlib
from datetime import datetime, timedelta

import pytest

from backend.core.errors import NotFound, Refusal
from backend.staff import limits, trust
from backend.staff.errors import CertificateNotNewer, RequestMismatch
from backend.staff.models import Device, Role, SigningCertificate
from backend.staff.selectors import device_certified, trust_answer
from backend.staff.services import device_certify, device_request, signing_certify
from backend.staff.standing import seconds_of
from backend.staff.trust.errors import Malformed, NotNow, Revoked, WrongContent, WrongIssuer, WrongOrganisation, WrongSignature
from tests.staff import cast
from tests.staff.people import House, organisation_made

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(now: datetime) -> House:
    return organisation_made(now=now)


def asked(house: House, **changed: str) -> bytes:
    told = {"device": house.key("dana"), "role": "advocate", "name": "Dana", "organisation": house.slug, **changed}
    return cast.device_request(**told)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"organisation": "another"}, WrongOrganisation),
        ({"by": "somebody else"}, WrongSignature),
        ({"name": "Marisol"}, RequestMismatch),
        ({"role": "supervisor"}, RequestMismatch),
        ({"role": "signing"}, RequestMismatch),
    ],
)
def test_a_request_speaks_for_its_sender_only(house: House, now: datetime, changed: dict[str, str], refusal: type[Refusal]) -> None:
    user = house.person("dana")
    with pytest.raises(refusal):
        device_request(user=user, signed=asked(house, **changed), hpke_key=cast.hpke_public(house.key("dana")), now=now)
    assert not Device.objects.exists()


def test_a_request_names_the_key_that_comes_with_it(house: House, now: datetime) -> None:
    with pytest.raises(WrongContent):
        device_request(user=house.person("dana"), signed=asked(house), hpke_key=cast.hpke_public("another"), now=now)


def test_a_supervisor_may_ask_for_a_signing_device(house: House, now: datetime) -> None:
    house.request(house.supervisor, device="signing two", role="signing")
    assert Device.objects.get().role == "signing"


def test_a_request_sent_again_changes_nothing(house: House, now: datetime) -> None:
    user = house.person("dana")
    house.request(user)
    house.certify(user)
    house.request(user)
    assert Device.objects.count() == 1
    assert device_certified(cast.ident(house.key("dana")), now) is not None


def test_nobody_takes_over_a_device_id(house: House, now: datetime) -> None:
    house.request(house.person("dana"))
    namesake = house.person("second.dana", shown_name="Dana")
    with pytest.raises(RequestMismatch):
        device_request(user=namesake, signed=asked(house), hpke_key=cast.hpke_public(house.key("dana")), now=now)
    other = organisation_made(now=now, slug="another")
    stranger = other.person("dana.there", shown_name="Dana")
    with pytest.raises(RequestMismatch):
        device_request(user=stranger, signed=asked(house, organisation="another"), hpke_key=cast.hpke_public(house.key("dana")), now=now)


def test_a_device_does_not_change_its_sealing_key(house: House, now: datetime) -> None:
    user = house.person("dana")
    house.request(user)
    name, other_key = house.key("dana"), cast.hpke_public("another")
    body = trust.DeviceRequest(
        organisation=house.slug,
        device_id=cast.ident(name),
        signature_key=trust.public_of(cast.ed25519(name)),
        hpke_hash=hashlib.sha256(other_key).digest(),
        shown_name="Dana",
        role="advocate",
    )
    with pytest.raises(RequestMismatch):
        device_request(user=user, signed=trust.sign(body, cast.ed25519(name)), hpke_key=other_key, now=now)


def test_a_revoked_device_does_not_ask_again(house: House) -> None:
    dana = house.advocate("dana")
    house.revoke(dana)
    Device.objects.all().delete()
    with pytest.raises(Revoked):
        house.request(dana.user)


def test_of_many_requests_the_newest_few_wait(house: House, now: datetime) -> None:
    user = house.person("dana")
    ids = [house.request(user, device=f"browser {number}") for number in range(limits.REQUESTS_PENDING_MAX + 2)]
    assert [bytes(one.device_id) for one in Device.objects.order_by("pk")] == ids[2:]


def test_a_certificate_says_what_was_asked_for(house: House, now: datetime) -> None:
    user = house.person("dana")
    device_id = house.request(user)
    other = house.request(house.person("eva"))
    for wrong in (
        house.certificate(user, role="supervisor"),
        house.certificate(house.person("dora", shown_name="Dora"), device="dana"),
        cast.device_certificate(now=house.at, by=house.key("signing"), device=house.key("eva"), name="Dana", organisation=house.slug),
    ):
        with pytest.raises(RequestMismatch):
            device_certify(user=house.supervisor, device_id=device_id, signed=wrong, now=now)
    with pytest.raises(RequestMismatch):
        device_certify(user=house.supervisor, device_id=other, signed=house.certificate(user), now=now)
    assert device_certified(device_id, now) is None


def test_a_certificate_comes_from_a_signing_device_of_this_root(house: House, now: datetime) -> None:
    user = house.person("dana")
    device_id = house.request(user)
    other = organisation_made(now=now, slug="another")
    name = house.key("dana")
    signed = cast.device_certificate(now=house.at, by=other.key("signing"), device=name, name="Dana", organisation=house.slug)
    with pytest.raises(WrongIssuer):
        device_certify(user=house.supervisor, device_id=device_id, signed=signed, now=now)
    signed = cast.device_certificate(now=house.at, by=house.key("signing"), device=name, name="Dana", organisation="another")
    with pytest.raises(WrongOrganisation):
        device_certify(user=house.supervisor, device_id=device_id, signed=signed, now=now)
    early = house.certificate(user, now=now + timedelta(days=1))
    with pytest.raises(NotNow):
        device_certify(user=house.supervisor, device_id=device_id, signed=early, now=now)
    with pytest.raises(Malformed):
        device_certify(user=house.supervisor, device_id=device_id, signed=b"nothing", now=now)


def test_only_supervisors_certify_and_only_at_home(house: House, now: datetime) -> None:
    user = house.person("dana")
    device_id = house.request(user)
    stranger = organisation_made(now=now, slug="another").supervisor
    for nobody in (user, stranger):
        with pytest.raises(NotFound):
            device_certify(user=nobody, device_id=device_id, signed=house.certificate(user), now=now)
    with pytest.raises(NotFound):
        device_certify(user=house.supervisor, device_id=cast.ident("nobody"), signed=house.certificate(user), now=now)


def test_a_newer_certificate_replaces_an_older_one_and_never_the_other_way_round(house: House, now: datetime) -> None:
    dana = house.advocate("dana")
    later = now + timedelta(minutes=5)
    newer = house.certificate(dana.user, now=later)
    device_certify(user=house.supervisor, device_id=dana.device_id, signed=newer, now=later)
    with pytest.raises(CertificateNotNewer):
        device_certify(user=house.supervisor, device_id=dana.device_id, signed=house.certificate(dana.user), now=later)
    assert bytes(Device.objects.get().certificate or b"") == newer


def test_a_revoked_device_is_not_certified_again(house: House, now: datetime) -> None:
    dana = house.advocate("dana")
    house.revoke(dana)
    with pytest.raises(Revoked):
        house.certify(dana.user)


def test_the_root_certifies_the_signing_device_that_asked(house: House, now: datetime) -> None:
    house.request(house.supervisor, device="second", role="signing")
    signed = cast.signing_certificate(now=house.at, by=house.key("root"), organisation=house.slug, device=house.key("second"))
    for _ in range(2):
        signing_certify(user=house.supervisor, signed=signed, now=now)
    assert SigningCertificate.objects.filter(device_id=cast.ident(house.key("second"))).count() == 1
    assert bytes(Device.objects.get().certificate or b"") == signed


def test_a_signing_certificate_is_the_own_roots_word(house: House, now: datetime) -> None:
    other = organisation_made(now=now, slug="another")
    signed = cast.signing_certificate(now=house.at, by=other.key("root"), organisation=house.slug, device="x")
    with pytest.raises(WrongSignature):
        signing_certify(user=house.supervisor, signed=signed, now=now)
    signed = cast.signing_certificate(now=house.at, by=house.key("root"), organisation="another", device="x")
    with pytest.raises(WrongOrganisation):
        signing_certify(user=house.supervisor, signed=signed, now=now)
    signed = cast.signing_certificate(now=house.at, by=house.key("root"), organisation=house.slug, device="x")
    with pytest.raises(NotFound):
        signing_certify(user=house.person("dana"), signed=signed, now=now)


def test_a_signing_certificate_for_the_id_of_an_ordinary_device_is_refused(house: House, now: datetime) -> None:
    dana = house.advocate("dana")
    signed = cast.signing_certificate(now=house.at, by=house.key("root"), organisation=house.slug, device=dana.device)
    with pytest.raises(RequestMismatch):
        signing_certify(user=house.supervisor, signed=signed, now=now)


def test_a_supervisor_certifies_supervisors_devices_too(house: House, now: datetime) -> None:
    lead = house.person("lead", roles=(Role.SUPERVISOR,))
    device_id = house.request(lead, role="supervisor")
    house.certify(lead, role="supervisor")
    assert device_certified(device_id, now) is not None


def test_nobody_takes_the_public_id_of_a_signing_device(house: House, now: datetime) -> None:
    insider, other = house.person("dana"), organisation_made(now=now, slug="another")
    stranger = other.person("dana.there", shown_name="Dana")
    for user, slug in ((insider, house.slug), (stranger, "another")):
        body = trust.DeviceRequest(
            organisation=slug,
            device_id=cast.ident(house.key("signing")),
            signature_key=trust.public_of(cast.ed25519("thief")),
            hpke_hash=hashlib.sha256(cast.hpke_public("thief")).digest(),
            shown_name="Dana",
            role="advocate",
        )
        with pytest.raises(RequestMismatch):
            device_request(user=user, signed=trust.sign(body, cast.ed25519("thief")), hpke_key=cast.hpke_public("thief"), now=now)


def test_a_signing_device_asks_again_before_its_certificate_runs_out(house: House, now: datetime) -> None:
    house.request(house.supervisor, device="signing", role="signing")
    later = now + timedelta(days=390)
    signed = cast.signing_certificate(now=seconds_of(later), by=house.key("root"), organisation=house.slug, device=house.key("signing"))
    signing_certify(user=house.supervisor, signed=signed, now=later)
    assert trust_answer(house.organisation, now=later).signing_certificates[0] == signed
