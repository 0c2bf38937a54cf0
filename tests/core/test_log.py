"""The log takes names and numbers of things, never of people."""

import json
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core import log
from backend.core.log import UnsafeLogField
from backend.core.tokens import b64_encode


def test_an_event_is_one_line_of_json(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="quietline")
    log.event("relay.refused", code="relay.no_seat", count=3, seconds=0.5)
    assert json.loads(caplog.messages[-1]) == {"event": "relay.refused", "code": "relay.no_seat", "count": 3, "seconds": 0.5}


@pytest.mark.parametrize("field", ["address", "ip", "number", "token", "body", "user", "name", "request", "text"])
def test_a_field_that_could_tell_who_somebody_is_does_not_exist(field: str) -> None:
    with pytest.raises(UnsafeLogField):
        log.event("x", **{field: "y"})


@pytest.mark.parametrize(
    "value",
    ["two words", "", "línea", "a" * 65, "new\nline", "192.168.10.20", "+18883737888", "18883737888", "someone@example.org", "0" * 32],
)
def test_a_value_that_is_no_short_word_is_refused(value: str) -> None:
    with pytest.raises(UnsafeLogField):
        log.event("x", reason=value)


@pytest.mark.parametrize("size", [16, 32])
def test_an_id_or_a_token_is_refused_wherever_it_shows_a_digit(size: int) -> None:
    for text in [b64_encode(secrets.token_bytes(size)) for _ in range(200)]:
        if any(letter.isdigit() for letter in text):
            with pytest.raises(UnsafeLogField):
                log.event("x", reason=text)


@given(st.binary(min_size=16, max_size=32))
def test_a_hash_in_hex_is_refused(raw: bytes) -> None:
    text = raw.hex()
    if any(letter.isdigit() for letter in text):
        with pytest.raises(UnsafeLogField):
            log.event("x", reason=text)


@pytest.mark.parametrize(
    "value", ["hotline.intake_key_stale", "TIMED_OUT", "/api/v1/help-requests/{request_id}/status", "OperationalError", 7, True]
)
def test_the_words_of_the_house_pass(value: str | int) -> None:
    log.event("x", reason=value)


def test_a_failure_tells_where_it_happened_and_not_what_was_said(caplog: pytest.LogCaptureFixture) -> None:
    def fails(secret: str) -> None:
        raise ValueError(f"cannot read {secret}")

    try:
        fails("what somebody wrote")
    except ValueError as error:
        log.failure("room.failed", error, kind="room.act")
    told = json.loads(caplog.messages[-1])
    assert (told["event"], told["error"], told["kind"]) == ("room.failed", "ValueError", "room.act")
    assert told["trace"][-1].endswith(":fails")
    assert "somebody" not in caplog.text


def test_a_failure_with_a_field_that_is_not_allowed_is_refused() -> None:
    with pytest.raises(UnsafeLogField):
        log.failure("x", ValueError(), body="y")
