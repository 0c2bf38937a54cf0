"""Guessing is slow for the guesser and hardly for the person."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.staff import throttle
from backend.staff.errors import LoginTooOften
from backend.staff.known import known_check, known_value
from backend.staff.throttle import Throttle, lanes_for

ATTACKER = lanes_for(username="dana", source="203.0.113.9", known=None)
ELSEWHERE = lanes_for(username="dana", source="192.0.2.7", known=None)
KNOWN = lanes_for(username="dana", source="192.0.2.7", known="her browser")


def tried(counts: Throttle, lanes: tuple[throttle.Lane, ...], times: int, now: datetime) -> None:
    for _ in range(times):
        counts.attempt(lanes, now=now)


def waits(counts: Throttle, lanes: tuple[throttle.Lane, ...], now: datetime) -> bool:
    try:
        counts.attempt(lanes, now=now)
    except LoginTooOften:
        return True
    return False


def test_five_tries_are_free_and_then_each_waits_longer(now: datetime) -> None:
    counts = Throttle()
    tried(counts, ATTACKER, 5, now)
    for wait in (1, 2, 4, 8, 16, 32, 60, 60):
        assert waits(counts, ATTACKER, now + timedelta(seconds=wait - 1))
        now += timedelta(seconds=wait)
        assert not waits(counts, ATTACKER, now)


def test_hammering_does_not_prolong_the_wait(now: datetime) -> None:
    counts = Throttle()
    tried(counts, ATTACKER, 5, now)
    for _ in range(100):
        assert waits(counts, ATTACKER, now)
    assert not waits(counts, ATTACKER, now + timedelta(seconds=1))


def test_a_guesser_somewhere_else_slows_neither_a_new_browser_nor_a_known_one(now: datetime) -> None:
    counts = Throttle()
    tried(counts, ATTACKER, 5, now)
    assert waits(counts, ATTACKER, now)
    assert not waits(counts, ELSEWHERE, now)
    assert not waits(counts, KNOWN, now)


def test_a_guesser_with_many_sources_slows_new_browsers_and_never_a_known_one(now: datetime) -> None:
    counts = Throttle()
    for number in range(30):
        counts.attempt(lanes_for(username="dana", source=f"source {number}", known=None), now=now)
    assert waits(counts, ELSEWHERE, now)
    assert not waits(counts, ELSEWHERE, now + throttle.WAIT_MAX)
    assert not waits(counts, KNOWN, now)


def test_one_source_does_not_try_many_names(now: datetime) -> None:
    counts = Throttle()
    for number in range(30):
        counts.attempt(lanes_for(username=f"name {number}", source="203.0.113.9", known=None), now=now)
    assert waits(counts, lanes_for(username="one more", source="203.0.113.9", known=None), now)


def test_getting_in_frees_the_name_and_not_the_source(now: datetime) -> None:
    counts = Throttle()
    tried(counts, ATTACKER, 5, now)
    counts.succeed(ATTACKER)
    assert not waits(counts, ATTACKER, now)
    for number in range(24):
        counts.attempt(lanes_for(username=f"name {number}", source="203.0.113.9", known=None), now=now)
    assert waits(counts, lanes_for(username="one more", source="203.0.113.9", known=None), now)


def test_everything_is_forgotten_after_a_quarter_of_an_hour(now: datetime) -> None:
    counts = Throttle()
    tried(counts, ATTACKER, 5, now)
    later = now + throttle.FORGET
    tried(counts, ATTACKER, 5, later)
    assert waits(counts, ATTACKER, later)


def test_no_name_and_no_source_is_kept_readable(now: datetime) -> None:
    counts = Throttle()
    counts.attempt(ATTACKER, now=now)
    assert "dana" not in repr(counts._counts)
    assert "203.0.113.9" not in repr(counts._counts)


def test_memory_has_an_end(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "LANES_MAX", 50)
    counts = Throttle()
    for number in range(200):
        counts.attempt(lanes_for(username=f"{number}", source=f"{number}", known=None), now=now)
    assert len(counts._counts) <= 50 + 3


@given(username=st.text(max_size=40), other=st.text(max_size=40))
def test_a_known_browsers_cookie_is_for_one_person_and_names_nobody(username: str, other: str) -> None:
    value = known_value(username)
    assert known_check(value, username=username) is not None
    if other != username:
        assert known_check(value, username=other) is None
    assert known_value(username) != value


@given(value=st.text(max_size=200))
def test_a_made_up_cookie_makes_no_browser_known(value: str) -> None:
    assert known_check(value, username="dana") is None


def test_behind_a_proxy_one_guesser_does_not_slow_everybody(now: datetime) -> None:
    counts = Throttle()
    tried(counts, lanes_for(username="dana", source=None, known=None), 30, now)
    assert waits(counts, lanes_for(username="dana", source=None, known=None), now)
    assert not waits(counts, lanes_for(username="marisol", source=None, known=None), now)
