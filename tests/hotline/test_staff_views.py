"""The console's calls (docs/protocol.md §9): who may make them, what is answered, and each way in which they are refused."""

import pytest
from django.test import Client

from backend.core.clock import system_clock
from backend.core.tokens import b64_encode, id_new, token_new
from backend.hotline import limits, services
from backend.hotline.states import State
from tests.hotline.calls import call, refused
from tests.hotline.conftest import Desk, desk_made
from tests.hotline.samples import Asker
from tests.staff.people import Member, log_in

CALLS = ("shift", "queue", "requests/{id}/claim", "requests/{id}/return", "requests/{id}/talking", "requests/{id}/close")


@pytest.fixture
def desk(db: None) -> Desk:
    """Views read the real clock."""
    return desk_made(system_clock())


@pytest.fixture
def asker(desk: Desk) -> Asker:
    return desk.ask()


@pytest.fixture
def client(desk: Desk) -> Client:
    """The first advocate's console. Whether changes carry their proof is tested on its own."""
    console = Client()
    log_in(console, desk.one.user)
    return console


def path_of(asker: Asker, act: str) -> str:
    return f"staff/requests/{b64_encode(asker.request_id)}/{act}"


def claim_body(member: Member, owner: bytes | None = None) -> dict[str, object]:
    return {"device": b64_encode(member.device_id), "owner": b64_encode(owner or token_new())}


def body_for(path: str, desk: Desk) -> dict[str, object] | None:
    if path.endswith("claim"):
        return claim_body(desk.one)
    return {"reason": "lost"} if path.endswith("return") else {"on": True} if path == "shift" else None


@pytest.mark.parametrize("path", CALLS)
def test_nobody_calls_without_a_session(desk: Desk, asker: Asker, path: str) -> None:
    body = body_for(path, desk)
    answer = call(Client(), "GET" if path == "queue" else "POST", f"staff/{path.format(id=b64_encode(asker.request_id))}", body=body)
    refused(answer, 401, "staff.login_required")
    assert desk.status(asker).state is State.WAITING


@pytest.mark.parametrize("path", [path for path in CALLS if path != "queue"])
def test_no_change_is_made_without_its_proof(desk: Desk, asker: Asker, path: str) -> None:
    console = Client(enforce_csrf_checks=True)
    log_in(console, desk.one.user)
    answer = call(console, "POST", f"staff/{path.format(id=b64_encode(asker.request_id))}", body=body_for(path, desk))
    refused(answer, 403, "request.forbidden")
    assert desk.status(asker).state is State.WAITING


def test_a_shift_is_set_and_the_queue_shows_it(client: Client, desk: Desk, asker: Asker) -> None:
    assert call(client, "POST", "staff/shift", body={"on": True}).json() == {"on": True}
    queue = call(client, "GET", "staff/queue").json()
    assert set(queue) == {"requests", "mine", "on_shift", "shift"}
    assert (queue["on_shift"], queue["shift"], queue["mine"]) == (1, True, [])
    assert queue["requests"] == [
        {
            "id": b64_encode(asker.request_id),
            "state": "waiting",
            "level": "soon",
            "language": "en",
            "topics": ["need_shelter", "stalking_monitoring"],
            "region": "US-TX",
            "since": int(desk.now.timestamp()),
            "reopened": 0,
        }
    ]
    assert call(client, "POST", "staff/shift", body={"on": False}).json() == {"on": False}


@pytest.mark.parametrize("body", [{}, {"on": 1}, {"on": "true"}, {"on": None}, {"on": True, "who": "me"}, [], None])
def test_a_shift_that_is_neither_on_nor_off_is_refused(client: Client, body: object) -> None:
    refused(call(client, "POST", "staff/shift", body=body), 400, "request.invalid")


def test_a_claim_is_answered_with_all_that_the_browser_needs(client: Client, desk: Desk, asker: Asker) -> None:
    first = asker.draft.sealed.packages[0]
    body = claim_body(desk.one)
    answer = call(client, "POST", path_of(asker, "claim"), body=body)
    assert answer.status_code == 200
    assert answer.json() == {
        "id": b64_encode(asker.request_id),
        "note": b64_encode(asker.draft.sealed.note),
        "intake_key": b64_encode(desk.intake_key),
        "package": b64_encode(first.package),
        "seat": b64_encode(first.seat),
        "language": "en",
        "level": "soon",
    }
    assert call(client, "POST", path_of(asker, "claim"), body=body).content == answer.content
    refused(call(client, "POST", path_of(asker, "claim"), body=claim_body(desk.one)), 409, "hotline.already_claimed")


@pytest.mark.parametrize("spoilt", [{"device": "x"}, {"owner": b64_encode(bytes(31))}, {"owner": None}, {"name": "x"}])
def test_a_claim_that_says_something_impossible_is_refused(client: Client, desk: Desk, asker: Asker, spoilt: dict[str, object]) -> None:
    refused(call(client, "POST", path_of(asker, "claim"), body=claim_body(desk.one) | spoilt), 400, "request.invalid")


def test_a_claim_by_a_device_that_is_not_certified_for_the_caller_is_refused(client: Client, desk: Desk, asker: Asker) -> None:
    refused(call(client, "POST", path_of(asker, "claim"), body=claim_body(desk.other)), 403, "hotline.device_not_certified")


@pytest.mark.parametrize("act", ["claim", "return", "talking", "close"])
def test_what_is_missing_and_what_is_not_the_callers_are_answered_alike(client: Client, desk: Desk, asker: Asker, act: str) -> None:
    elsewhere = desk_made(desk.now, slug="elsewhere")
    theirs = elsewhere.ask()
    if act != "claim":
        elsewhere.claim(theirs)
        desk.claim(asker, desk.other)
    ids = [b64_encode(theirs.request_id), b64_encode(id_new()), "no-id"]
    ids += [b64_encode(asker.request_id)] if act != "claim" else []
    answers = [call(client, "POST", f"staff/requests/{one}/{act}", body=body_for(act, desk)) for one in ids]
    for answer in answers:
        refused(answer, 404, "request.not_found")
    assert len({answer.content for answer in answers}) == 1


def test_a_request_is_talked_in_given_back_claimed_again_and_closed(client: Client, desk: Desk, asker: Asker) -> None:
    assert call(client, "POST", path_of(asker, "claim"), body=claim_body(desk.one)).status_code == 200
    assert call(client, "POST", path_of(asker, "talking")).status_code == 204
    assert call(client, "POST", path_of(asker, "talking")).status_code == 204
    assert [card["state"] for card in call(client, "GET", "staff/queue").json()["mine"]] == ["talking"]
    assert call(client, "POST", path_of(asker, "return"), body={"reason": "mistake"}).json() == {"state": "waiting"}
    assert call(client, "POST", path_of(asker, "claim"), body=claim_body(desk.one)).status_code == 200
    assert call(client, "POST", path_of(asker, "close")).status_code == 204
    assert desk.status(asker).state is State.CLOSED


def test_a_request_whose_packages_are_used_up_is_closed_when_it_is_given_back(client: Client, desk: Desk) -> None:
    asker = desk.ask(packages=2)
    for state in ("waiting", "closed"):
        call(client, "POST", path_of(asker, "claim"), body=claim_body(desk.one))
        assert call(client, "POST", path_of(asker, "return"), body={"reason": "note_mismatch"}).json() == {"state": state}


@pytest.mark.parametrize("body", [{}, {"reason": "bored"}, {"reason": "timed_out"}, {"reason": None}, {"reason": "lost", "why": "x"}])
def test_a_reason_that_is_none_is_refused(client: Client, desk: Desk, asker: Asker, body: dict[str, object]) -> None:
    desk.claim(asker)
    refused(call(client, "POST", path_of(asker, "return"), body=body), 400, "request.invalid")


@pytest.mark.parametrize("act", ["talking", "close"])
def test_a_call_without_a_body_carries_none(client: Client, desk: Desk, asker: Asker, act: str) -> None:
    desk.claim(asker)
    refused(call(client, "POST", path_of(asker, act), body={"a": 1}), 400, "request.invalid")
    assert desk.status(asker).state is State.CLAIMED


def test_a_supervisor_closes_what_an_advocate_answers_and_cannot_close_what_waits(desk: Desk, asker: Asker) -> None:
    console = Client()
    log_in(console, desk.house.supervisor)
    refused(call(console, "POST", path_of(asker, "close")), 409, "hotline.wrong_state")
    desk.claim(asker)
    assert call(console, "POST", path_of(asker, "close")).status_code == 204


def test_a_supervisor_who_is_no_advocate_sees_the_queue_and_takes_no_shift_and_no_request(desk: Desk, asker: Asker) -> None:
    console = Client()
    log_in(console, desk.house.supervisor)
    assert len(call(console, "GET", "staff/queue").json()["requests"]) == 1
    refused(call(console, "POST", "staff/shift", body={"on": True}), 404, "request.not_found")
    refused(call(console, "POST", path_of(asker, "claim"), body=claim_body(desk.one)), 404, "request.not_found")


def test_reading_the_queue_counts_as_being_heard_of(client: Client, desk: Desk, asker: Asker) -> None:
    long_ago = desk.now - limits.SHIFT_SEEN
    services.shift_set(user=desk.one.user, on=True, now=long_ago)
    assert not desk.status(asker).on_shift
    call(client, "GET", "staff/queue")
    assert desk.status(asker, now=system_clock()).on_shift
