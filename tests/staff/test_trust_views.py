"""The chain over HTTP: who may do what, to whose organisation, and what a refusal tells."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.core.clock import system_clock
from backend.core.tokens import b64_decode, b64_encode
from backend.staff import limits, trust
from backend.staff.models import IntakeKey, RevocationList, Role, SigningCertificate
from tests.staff import cast
from tests.staff.browsing import refused
from tests.staff.people import House, Member, advocate_logged_in, half_for, log_in, organisation_made

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Caller:
    client: Client

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1/staff/{path}")

    def post(self, path: str, body: Any) -> Any:
        return self.client.post(f"/api/v1/staff/{path}", json.dumps(body), "application/json")


@pytest.fixture
def supervisor(house: House) -> Caller:
    client = Client()
    log_in(client, house.supervisor)
    return Caller(client)


@pytest.fixture
def dana(house: House) -> tuple[Caller, Member]:
    client = Client()
    return Caller(client), advocate_logged_in(client, house, "dana")


@pytest.fixture
def stranger() -> Caller:
    """A supervisor of another organisation."""
    client = Client()
    log_in(client, organisation_made(now=system_clock(), slug="another").supervisor)
    return Caller(client)


def made(answer: Any) -> None:
    assert (answer.status_code, answer.json()) == (201, {})


def half(member: Member, name: str = "intake") -> dict[str, str]:
    one = half_for(member, name)
    return {"device": b64_encode(one.device), "sealed": b64_encode(one.sealed)}


def test_everybody_reads_the_public_answer_without_a_cookie(house: House, dana: tuple[Caller, Member]) -> None:
    house.intake_key(dana[1])
    client = Client()
    told = client.get(f"/api/v1/organisations/{house.slug}/trust").json()
    assert told.keys() == {"root", "rotations", "revocation_list", "signing_certificates", "intake", "time"}
    assert told["intake"].keys() == {"key", "device_certificate", "signing_certificate"}
    assert b64_decode(told["root"]) == trust.public_of(cast.ed25519(house.key("root")))
    assert abs(told["time"] - house.at) < 600
    assert not client.cookies


def test_an_organisation_that_is_not_there_is_not_found(house: House) -> None:
    refused(Client().get("/api/v1/organisations/nobody/trust"), 404, "request.not_found")


def test_an_organisation_without_a_list_and_a_key_says_null() -> None:
    bare = organisation_made(now=system_clock(), slug="bare", lists=False)
    told = Client().get(f"/api/v1/organisations/{bare.slug}/trust").json()
    assert (told["revocation_list"], told["intake"], told["rotations"]) == (None, None, [])


def test_staff_read_their_own_organisation(house: House, dana: tuple[Caller, Member], stranger: Caller) -> None:
    told = dana[0].get("trust").json()
    (device,) = told["devices"]
    assert device.keys() == {"device", "role", "shown_name", "certificate", "hpke_key", "not_after", "revoked", "mine"}
    assert (device["device"], device["mine"], device["revoked"]) == (b64_encode(dana[1].device_id), True, False)
    assert stranger.get("trust").json()["devices"] == []


def test_enrolment_from_the_request_to_the_certificate(house: House, supervisor: Caller) -> None:
    user = house.person("eva")
    client = Client()
    log_in(client, user)
    eva, name = Caller(client), house.key("eva")
    request = cast.device_request(device=name, name="Eva", organisation=house.slug)
    made(eva.post("devices", {"request": b64_encode(request), "hpke_key": b64_encode(cast.hpke_public(name))}))
    (waiting,) = supervisor.get("trust").json()["requests"]
    assert waiting.keys() == {"device", "request", "hpke_key", "username", "mine"}
    assert (waiting["username"], waiting["request"], waiting["mine"]) == ("eva", b64_encode(request), False)
    made(supervisor.post(f"devices/{waiting['device']}/certificate", {"certificate": b64_encode(house.certificate(user))}))
    told = eva.get("trust").json()
    assert told["requests"] == []
    assert [one["mine"] for one in told["devices"]] == [True]


def test_a_revoked_device_is_out_with_its_next_call(house: House, supervisor: Caller, dana: tuple[Caller, Member]) -> None:
    caller, member = dana
    house.intake_key(member)
    assert caller.get(f"intake-keys?device={b64_encode(member.device_id)}").status_code == 200
    made(supervisor.post("revocation-lists", {"list": b64_encode(house.revocation_list(number=2, revoked=[member]))}))
    refused(caller.get("trust"), 401, "staff.login_required")
    log_in(caller.client, member.user)
    refused(caller.get(f"intake-keys?device={b64_encode(member.device_id)}"), 404, "request.not_found")


def test_who_revokes_a_lost_device_of_their_own_stays_logged_in_there_and_nowhere_else(house: House) -> None:
    lead = house.person("lead", roles=(Role.ADVOCATE, Role.SUPERVISOR))
    house.request(lead)
    house.certify(lead)
    here, there = Client(), Client()
    log_in(here, lead)
    log_in(there, lead)
    lost = Member(lead, house.key("lead"))
    made(Caller(here).post("revocation-lists", {"list": b64_encode(house.revocation_list(number=2, revoked=[lost]))}))
    assert Caller(here).get("trust").status_code == 200
    refused(Caller(there).get("trust"), 401, "staff.login_required")


def test_a_list_that_is_not_newer_is_said(house: House, supervisor: Caller) -> None:
    house.revoke(number=4)
    for number in (3, 4):
        later = datetime.fromtimestamp(house.at + 5, tz=house.now.tzinfo)
        told = supervisor.post("revocation-lists", {"list": b64_encode(house.revocation_list(number=number, now=later))})
        refused(told, 409, "staff.list_not_newer")


def test_the_roots_certificate_arrives(house: House, supervisor: Caller) -> None:
    signed = cast.signing_certificate(now=house.at, by=house.key("root"), organisation=house.slug, device=house.key("second"))
    made(supervisor.post("signing-certificates", {"certificate": b64_encode(signed)}))
    assert b64_encode(signed) in supervisor.get("trust").json()["signing_certificates"]


def test_intake_keys_from_making_to_sharing(house: House, dana: tuple[Caller, Member]) -> None:
    caller, member = dana
    made(caller.post("intake-keys", {"key": b64_encode(house.intake_key_signed(member)), "sealed": [half(member)]}))
    eva = house.advocate("eva")
    told = caller.get(f"intake-keys?device={b64_encode(member.device_id)}").json()
    (key,) = told["keys"]
    assert key.keys() == {"key", "issuer", "sealed"}
    assert key["sealed"] == half(member)["sealed"]
    key_id = b64_encode(house.intake_key_id())
    assert told["missing"] == [{"key_id": key_id, "device": b64_encode(eva.device_id)}]
    made(caller.post(f"intake-keys/{key_id}/sealed", {"sealed": [half(eva)]}))
    client = Client()
    log_in(client, eva.user)
    told = Caller(client).get(f"intake-keys?device={b64_encode(eva.device_id)}").json()
    assert [one["sealed"] for one in told["keys"]] == [half(eva)["sealed"]]


PATHS = (
    "setup",
    "setup/confirm",
    "login",
    "passkey",
    "passkey/login",
    "devices",
    "devices/AAAAAAAAAAAAAAAAAAAAAA/certificate",
    "signing-certificates",
    "revocation-lists",
    "intake-keys",
    "intake-keys/AAAAAAAAAAAAAAAAAAAAAA/sealed",
)
WORDS = (
    "token",
    "password",
    "totp",
    "username",
    "id",
    "rawId",
    "response",
    "type",
    "request",
    "hpke_key",
    "certificate",
    "list",
    "key",
    "sealed",
    "device",
)
ADVOCATES_ONLY_ASK = ("devices/{id}/certificate", "signing-certificates", "revocation-lists")


@pytest.mark.parametrize("path", ADVOCATES_ONLY_ASK)
def test_what_supervisors_do_is_not_there_for_advocates(dana: tuple[Caller, Member], house: House, path: str) -> None:
    caller, member = dana
    body = {"list": "AAAA"} if path == "revocation-lists" else {"certificate": "AAAA"}
    refused(caller.post(path.format(id=b64_encode(member.device_id)), body), 404, "request.not_found")


def test_another_organisations_supervisor_reaches_nothing_here(house: House, dana: tuple[Caller, Member], stranger: Caller) -> None:
    member = dana[1]
    key_id = b64_encode(house.intake_key(member))
    device = b64_encode(member.device_id)
    before = (RevocationList.objects.count(), SigningCertificate.objects.count(), IntakeKey.objects.count())
    refused(
        stranger.post(f"devices/{device}/certificate", {"certificate": b64_encode(house.certificate(member.user))}),
        404,
        "request.not_found",
    )
    refused(stranger.post("revocation-lists", {"list": b64_encode(house.revocation_list(number=9))}), 400, "trust.issuer")
    signed = cast.signing_certificate(now=house.at, by=house.key("root"), organisation=house.slug, device="x")
    refused(stranger.post("signing-certificates", {"certificate": b64_encode(signed)}), 400, "trust.signature")
    refused(stranger.post("intake-keys", {"key": b64_encode(house.intake_key_signed(member)), "sealed": []}), 404, "request.not_found")
    refused(stranger.post(f"intake-keys/{key_id}/sealed", {"sealed": [half(member)]}), 404, "request.not_found")
    refused(stranger.get(f"intake-keys?device={device}"), 404, "request.not_found")
    assert before == (RevocationList.objects.count(), SigningCertificate.objects.count(), IntakeKey.objects.count())
    told = stranger.get("trust").content.decode()
    for ours in (house.slug, device, b64_encode(house.certificate(member.user)), "Dana"):
        assert ours not in told


@pytest.mark.parametrize("path", ["trust", "intake-keys?device=AA"])
def test_nothing_is_read_without_a_session(path: str) -> None:
    refused(Client().get(f"/api/v1/staff/{path}"), 401, "staff.login_required")


@pytest.mark.parametrize(
    "path", ["devices", "devices/AA/certificate", "signing-certificates", "revocation-lists", "intake-keys", "intake-keys/AA/sealed"]
)
def test_nothing_is_written_without_a_session(path: str) -> None:
    refused(Client().post(f"/api/v1/staff/{path}", "{}", "application/json"), 401, "staff.login_required")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("devices", {"request": "AAAA"}),
        ("devices", {"request": "AAAA", "hpke_key": "AAAA"}),
        ("devices", {"request": "AAAA", "hpke_key": b64_encode(bytes(1216)), "role": "supervisor"}),
        ("signing-certificates", {}),
        ("revocation-lists", {"list": 5}),
        ("revocation-lists", {"list": "A==="}),
        ("intake-keys", {"key": "AAAA"}),
        ("intake-keys", {"key": "AAAA", "sealed": [{"device": "AAAA", "sealed": "AAAA"}]}),
        ("intake-keys", {"key": "AAAA", "sealed": [{}] * (limits.DEVICES_PER_UPLOAD_MAX + 1)}),
        ("intake-keys", {"key": "AAAA", "sealed": {"device": "AAAA"}}),
    ],
)
def test_what_is_unknown_or_misshapen_is_refused(supervisor: Caller, path: str, body: Any) -> None:
    refused(supervisor.post(path, body), 400, "request.invalid")


@pytest.mark.parametrize("path", ["devices", "signing-certificates", "revocation-lists", "intake-keys"])
def test_what_is_no_signed_object_is_refused(supervisor: Caller, path: str) -> None:
    body = {
        "devices": {"request": "AAAA", "hpke_key": b64_encode(bytes(1216))},
        "signing-certificates": {"certificate": "AAAA"},
        "revocation-lists": {"list": "AAAA"},
        "intake-keys": {"key": "AAAA", "sealed": []},
    }[path]
    refused(supervisor.post(path, body), 400, "trust.malformed")


@pytest.mark.parametrize("query", ["", "?device=", "?device=AA", "?device=AA&more=1", "?other=1"])
def test_a_query_says_exactly_which_device(supervisor: Caller, query: str) -> None:
    assert supervisor.get(f"intake-keys{query}").status_code in (400, 404)


def test_an_id_that_is_none_is_not_there(supervisor: Caller) -> None:
    refused(supervisor.post("devices/x/certificate", {"certificate": "AAAA"}), 404, "request.not_found")
    refused(supervisor.post("intake-keys/x/sealed", {"sealed": []}), 404, "request.not_found")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.binary(max_size=40).map(b64_encode),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(path=st.sampled_from(PATHS), body=JSON)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_json_makes_any_call_stumble(supervisor: Caller, path: str, body: Any) -> None:
    assert supervisor.post(path, body).status_code < 500
