"""Periodic work: when each job is due, what a failing one costs the others, and the sign of life."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core import worker
from backend.core.models import WorkerBeat
from backend.core.worker import ALIVE_FOR, BEAT_EVERY, Job, Schedule, beat, job_run, worker_alive, worker_run

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def idle(_: datetime) -> None:
    """A job that does nothing."""


def job(name: str, seconds: int, run: Callable[[datetime], None] = idle) -> Job:
    return Job(name, timedelta(seconds=seconds), run)


def names(jobs: list[Job]) -> list[str]:
    return [one.name for one in jobs]


def test_everything_is_due_at_the_start_and_then_after_its_own_interval() -> None:
    schedule = Schedule([job("a", 10), job("b", 15)])
    assert names(schedule.due(NOW)) == ["a", "b"]
    assert names(schedule.due(NOW)) == []
    assert schedule.wait(NOW) == 10 * SECOND
    assert names(schedule.due(NOW + 10 * SECOND)) == ["a"]
    assert schedule.wait(NOW + 12 * SECOND) == 3 * SECOND
    assert names(schedule.due(NOW + 20 * SECOND)) == ["a", "b"]


def test_missed_turns_are_not_made_up_for() -> None:
    schedule = Schedule([job("a", 10)])
    schedule.due(NOW)
    assert names(schedule.due(NOW + 95 * SECOND)) == ["a"]
    assert schedule.wait(NOW + 95 * SECOND) == 10 * SECOND


def test_a_clock_that_went_on_leaves_nothing_to_wait_for() -> None:
    schedule = Schedule([job("a", 10)])
    schedule.due(NOW)
    assert schedule.wait(NOW + 60 * SECOND) == timedelta()
    assert Schedule([]).wait(NOW) == BEAT_EVERY


@given(st.lists(st.integers(1, 100), min_size=1, max_size=5), st.lists(st.integers(0, 50), max_size=20))
def test_no_job_runs_more_often_than_its_interval_and_none_is_forgotten(intervals: list[int], pauses: list[int]) -> None:
    schedule = Schedule([job(str(place), seconds) for place, seconds in enumerate(intervals)])
    now, last = NOW, dict.fromkeys(range(len(intervals)), NOW)
    assert len(schedule.due(now)) == len(intervals)
    for pause in pauses:
        now += pause * SECOND
        for one in schedule.due(now):
            assert now - last[int(one.name)] >= one.every
            last[int(one.name)] = now
        assert all(now - last[place] < seconds * SECOND for place, seconds in enumerate(intervals))


@pytest.mark.django_db(transaction=True)
def test_a_job_that_fails_is_logged_by_name_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: datetime) -> None:
        raise RuntimeError("a secret that nobody may read")

    ran: list[datetime] = []
    assert not job_run(job("room.fails", 1, fail), now=NOW)
    assert job_run(job("room.works", 1, ran.append), now=NOW)
    assert ran == [NOW]
    assert '"event":"worker.failed"' in caplog.text
    assert "room.fails" in caplog.text
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_what_is_due_with_the_clock_it_was_given_until_it_is_told_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, moments = Event(), iter([NOW + turn * SECOND for turn in range(100)])
    ran: list[datetime] = []

    def run(now: datetime) -> None:
        ran.append(now)
        if len(ran) == 3:
            stop.set()

    monkeypatch.setattr(stop, "wait", lambda _: stop.is_set())
    worker_run(jobs=[job("a", 1, run)], clock=lambda: next(moments), stop=stop)
    assert len(ran) == 3
    assert WorkerBeat.objects.count() == 1


@pytest.mark.django_db
def test_a_worker_that_was_not_heard_of_for_half_a_minute_is_not_alive() -> None:
    assert not worker_alive(now=NOW)
    beat(NOW)
    beat(NOW + SECOND)
    assert WorkerBeat.objects.count() == 1
    assert worker_alive(now=NOW + ALIVE_FOR)
    assert not worker_alive(now=NOW + SECOND + ALIVE_FOR)


def test_the_beat_comes_several_times_within_what_counts_as_alive() -> None:
    assert worker.ALIVE_FOR >= 3 * worker.BEAT_EVERY
