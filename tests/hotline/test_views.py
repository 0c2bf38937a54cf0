"""The survivor's app's calls (docs/protocol.md §7): what is answered, and each way in which they are refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from backend.core.clock import system_clock
from backend.core.tokens import b64_encode, id_new, token_new
from backend.hotline import limits, services
from backend.hotline.models import HelpRequest, ReturnPlace
from tests.hotline.calls import call, refused
from tests.hotline.conftest import Desk, desk_made
from tests.hotline.samples import Asker, asker_sample, place_sample, request_json, sealed_json, sealed_sample

Spoil = Callable[[dict[str, Any]], None]


@pytest.fixture
def desk(db: None) -> Desk:
    """Views read the real clock."""
    return desk_made(system_clock())


@pytest.fixture
def asker(desk: Desk) -> Asker:
    return desk.ask()


def request_path(asker: Asker, *more: str) -> str:
    return "/".join(("help-requests", b64_encode(asker.request_id), *more))


def body_of(desk: Desk, spoil: Spoil | None = None) -> dict[str, Any]:
    body = request_json(asker_sample(slug=desk.house.slug, intake_key=desk.intake_key).draft)
    if spoil is not None:
        spoil(body)
    return body


def test_the_organisations_are_listed_in_both_languages(client: Client, desk: Desk) -> None:
    services.shift_set(user=desk.one.user, on=True, now=desk.now)
    (one,) = call(client, "GET", "organisations").json()["organisations"]
    assert set(one) == {"slug", "name", "languages", "exceptions", "on_shift"}
    assert (one["slug"], one["languages"], one["on_shift"]) == ("casa-clara", ["en", "es"], True)
    assert set(one["name"]) == set(one["exceptions"]) == {"en", "es"}


def test_a_request_is_created_and_answered_as_its_status(client: Client, desk: Desk) -> None:
    answer = call(client, "POST", "help-requests", body=body_of(desk))
    assert answer.status_code == 201
    told = answer.json()
    assert set(told) == {"state", "on_shift", "ahead", "seat", "tag"}
    assert (told["state"], told["on_shift"], told["ahead"], told["seat"]) == ("waiting", False, 0, None)
    assert not answer.cookies


def test_the_same_request_again_is_answered_alike(client: Client, desk: Desk) -> None:
    body = body_of(desk)
    first, second = (call(client, "POST", "help-requests", body=body) for _ in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert HelpRequest.objects.count() == 1


def _set(name: str, value: object) -> Spoil:
    return lambda body: body.update({name: value})


def _in_package(name: str, value: object) -> Spoil:
    return lambda body: body["packages"][0].update({name: value})


SPOILS: dict[str, Spoil] = {
    "an unknown field": _set("phone", "none"),
    "an unknown field in a package": _in_package("name", "x"),
    "no level": lambda body: body.pop("level"),
    "a level that is none": _set("level", "panic"),
    "a level that is a number": _set("level", 0),
    "a topic that is none": _set("topics", ["weather"]),
    "a topic twice": _set("topics", ["need_legal", "need_legal"]),
    "six topics": _set("topics", ["need_legal", "need_medical", "need_shelter", "need_money", "stalking_monitoring", "image_abuse"]),
    "topics that are a text": _set("topics", "need_legal"),
    "a language that is none": _set("language", "English"),
    "a language with a space": _set("language", " en"),
    "a language with a line end": _set("language", "en\n"),
    "a language that is a number": _set("language", 12),
    "a region that is none": _set("region", "Texas"),
    "a region that is null": _set("region", None),
    "an id that is too short": _set("id", b64_encode(bytes(15))),
    "an id with padding": _set("id", b64_encode(bytes(16)) + "=="),
    "an id that is a number": _set("id", 7),
    "a verifier that is too long": _set("verifier", b64_encode(bytes(33))),
    "a note of another size": _set("note", b64_encode(bytes(100))),
    "a note that is no base64url": _set("note", "+/+/"),
    "one package": lambda body: body.update(packages=body["packages"][:1]),
    "nine packages": lambda body: body.update(packages=body["packages"] * 3),
    "a package twice": lambda body: body.update(packages=[body["packages"][0]] * 2),
    "packages that are none": _set("packages", {}),
    "a package that is too large": _in_package("package", b64_encode(bytes(limits.PACKAGE_BYTES + 1))),
    "a package that is empty": _in_package("package", ""),
    "a seat that is too short": _in_package("seat", b64_encode(bytes(31))),
    "an organisation with a zero byte": _set("organisation", "casa\x00clara"),
}


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS)
def test_a_request_that_says_something_impossible_is_refused_and_leaves_nothing(client: Client, desk: Desk, spoil: Spoil) -> None:
    refused(call(client, "POST", "help-requests", body=body_of(desk, spoil)), 400, "request.invalid")
    assert not HelpRequest.objects.exists()


@pytest.mark.parametrize("body", [None, [], "text", 7, {}])
def test_a_body_that_is_no_request_is_refused(client: Client, desk: Desk, body: object) -> None:
    refused(call(client, "POST", "help-requests", body=body), 400, "request.invalid")


@pytest.mark.parametrize(("data", "kind"), [(b"{", "application/json"), (b'{"a": NaN}', "application/json"), (b"id=1", "text/plain")])
def test_a_body_that_is_not_json_is_refused(client: Client, desk: Desk, data: bytes, kind: str) -> None:
    refused(client.generic("POST", "/api/v1/help-requests", data, content_type=kind), 400, "request.invalid")


def test_an_unknown_organisation_is_not_found(client: Client, desk: Desk) -> None:
    refused(call(client, "POST", "help-requests", body=body_of(desk, _set("organisation", "nowhere"))), 404, "request.not_found")


def test_a_stale_intake_key_and_a_taken_id_say_so(client: Client, desk: Desk, asker: Asker) -> None:
    stale = body_of(desk, _set("intake_key", b64_encode(id_new())))
    refused(call(client, "POST", "help-requests", body=stale), 409, "hotline.intake_key_stale")
    taken = body_of(desk, _set("id", b64_encode(asker.request_id)))
    refused(call(client, "POST", "help-requests", body=taken), 409, "hotline.id_taken")


def test_a_full_queue_says_when_to_come_again(client: Client, desk: Desk, asker: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WAITING_MOST", 1)
    answer = call(client, "POST", "help-requests", body=body_of(desk))
    refused(answer, 503, "hotline.queue_full")
    assert answer["Retry-After"] == "120"


def test_the_status_is_told_to_the_token_and_names_itself(client: Client, desk: Desk, asker: Asker) -> None:
    waiting = call(client, "POST", request_path(asker, "status"), token=asker.token).json()
    claim = desk.claim(asker)
    claimed = call(client, "POST", request_path(asker, "status"), token=asker.token).json()
    assert (waiting["state"], waiting["seat"]) == ("waiting", None)
    assert (claimed["state"], claimed["seat"]) == ("claimed", b64_encode(claim.seat))
    assert waiting["tag"] != claimed["tag"]


CALLS: dict[str, Callable[[Desk], tuple[str, str, object]]] = {
    "status": lambda desk: ("POST", "status", None),
    "replace": lambda desk: ("PUT", "", sealed_json(sealed_sample(intake_key=desk.intake_key))),
    "withdraw": lambda desk: ("DELETE", "", None),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_missing_and_a_foreign_request_are_answered_byte_for_byte_alike(client: Client, desk: Desk, asker: Asker, name: str) -> None:
    method, more, body = CALLS[name](desk)
    own = request_path(asker, *filter(None, [more]))
    missing = "/".join(["help-requests", b64_encode(id_new()), *filter(None, [more])])
    malformed = "/".join(["help-requests", "no-id", *filter(None, [more])])
    answers = [
        call(client, method, own, body=body, token=token_new()),
        call(client, method, missing, body=body, token=asker.token),
        call(client, method, malformed, body=body, token=asker.token),
        call(client, method, own, body=body),
        call(client, method, own, body=body, headers={"Authorization": "Bearer nonsense"}),
        call(client, method, own, body=body, headers={"Authorization": f"Basic {b64_encode(asker.token)}"}),
    ]
    for answer in answers:
        refused(answer, 404, "request.not_found")
    assert len({answer.content for answer in answers}) == 1
    assert HelpRequest.objects.count() == 1


@pytest.mark.parametrize("query", ["wait=26", "wait=-1", "wait=x", "wait=", "wait=0.5", "wait=0025", "wait=٣", "more=1"])
def test_a_wait_that_is_none_is_refused(client: Client, asker: Asker, query: str) -> None:
    refused(call(client, "POST", f"{request_path(asker, 'status')}?{query}", token=asker.token), 400, "request.invalid")


def test_a_status_call_carries_no_body(client: Client, asker: Asker) -> None:
    refused(call(client, "POST", request_path(asker, "status"), token=asker.token, body={"a": 1}), 400, "request.invalid")


def test_a_request_is_replaced_while_it_waits_and_not_later(client: Client, desk: Desk, asker: Asker) -> None:
    sealed = sealed_sample(intake_key=desk.intake_key)
    answer = call(client, "PUT", request_path(asker), token=asker.token, body=sealed_json(sealed))
    assert (answer.status_code, answer.json()["state"]) == (200, "waiting")
    assert desk.claim(asker).note == sealed.note
    answer = call(client, "PUT", request_path(asker), token=asker.token, body=sealed_json(sealed))
    refused(answer, 409, "hotline.not_waiting")


def test_a_replacement_with_an_unknown_field_or_a_stale_key_is_refused(client: Client, desk: Desk, asker: Asker) -> None:
    body = sealed_json(sealed_sample(intake_key=desk.intake_key)) | {"level": "now"}
    refused(call(client, "PUT", request_path(asker), token=asker.token, body=body), 400, "request.invalid")
    body = sealed_json(sealed_sample(intake_key=id_new()))
    refused(call(client, "PUT", request_path(asker), token=asker.token, body=body), 409, "hotline.intake_key_stale")


def test_a_withdrawn_request_is_gone(client: Client, asker: Asker) -> None:
    answer = call(client, "DELETE", request_path(asker), token=asker.token)
    assert (answer.status_code, answer.content) == (204, b"")
    refused(call(client, "POST", request_path(asker, "status"), token=asker.token), 404, "request.not_found")


def _place(token: bytes, **change: object) -> dict[str, object]:
    draft = place_sample(token)
    return {"verifier": b64_encode(draft.verifier), "sealed": b64_encode(draft.sealed), "expires_in": 3600, **change}


def test_a_return_place_is_kept_opened_and_erased(client: Client, desk: Desk) -> None:
    path, token = f"return-places/{b64_encode(id_new())}", token_new()
    body = _place(token)
    assert call(client, "PUT", path, token=token, body=body).status_code == 204
    assert call(client, "POST", f"{path}/open", token=token).json() == {"sealed": body["sealed"]}
    assert call(client, "DELETE", path, token=token).status_code == 204
    refused(call(client, "POST", f"{path}/open", token=token), 404, "request.not_found")


@pytest.mark.parametrize(
    "change",
    [
        {"expires_in": 0},
        {"expires_in": 604801},
        {"expires_in": "60"},
        {"expires_in": True},
        {"expires_in": 1.5},
        {"sealed": b64_encode(bytes(4095))},
        {"verifier": b64_encode(bytes(32))},
        {"words": "six of them"},
    ],
)
def test_a_return_place_that_cannot_be_is_refused(client: Client, desk: Desk, change: dict[str, object]) -> None:
    token = token_new()
    answer = call(client, "PUT", f"return-places/{b64_encode(id_new())}", token=token, body=_place(token, **change))
    refused(answer, 400, "request.invalid")
    assert not ReturnPlace.objects.exists()


def test_the_eleventh_guess_must_wait(client: Client, desk: Desk) -> None:
    path = f"return-places/{b64_encode(id_new())}/open"
    for _ in range(10):
        refused(call(client, "POST", path, token=token_new()), 404, "request.not_found")
    answer = call(client, "POST", path, token=token_new())
    refused(answer, 429, "request.slow_down")
    assert answer["Retry-After"] == "3600"


@pytest.mark.parametrize("path", ["help-requests", "organisations", "return-places/x/open"])
def test_another_method_is_refused(client: Client, desk: Desk, path: str) -> None:
    assert call(client, "PATCH", path, body={}).status_code in (400, 404, 405)


def test_refusals_speak_the_language_of_the_browser(client: Client, desk: Desk) -> None:
    english = call(client, "POST", "help-requests", body={}).json()
    spanish = call(client, "POST", "help-requests", body={}, headers={"Accept-Language": "es-MX"}).json()
    assert english["code"] == spanish["code"]
    assert english["message"] != spanish["message"]
