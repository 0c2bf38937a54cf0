"""Periodic work: each room lists its jobs, one worker process runs them and says that it is alive.

A job must do no harm when two workers run it at the same time, and must finish what it can in one short transaction after another: the
worker may be killed at any moment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event
from typing import Final

from django.db import close_old_connections

from backend.core import log
from backend.core.clock import Clock
from backend.core.models import WorkerBeat

BEAT_EVERY: Final = timedelta(seconds=5)
ALIVE_FOR: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to run ``every`` so often. ``name`` is room and act, for instance ``relay.sweep``."""

    name: str
    every: timedelta
    run: Callable[[datetime], None]


class Schedule:
    """When each job is due next. Every job is due at once when the worker starts: what waited while no worker ran has waited enough."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self.jobs = tuple(jobs)
        self._next: dict[str, datetime] = {}

    def due(self, now: datetime) -> list[Job]:
        """The jobs to run now. Each is then due again after its interval, counted from ``now``: missed turns are not made up for."""
        found = [job for job in self.jobs if self._next.get(job.name, now) <= now]
        self._next.update({job.name: now + job.every for job in found})
        return found

    def wait(self, now: datetime) -> timedelta:
        """How long nothing is due."""
        return max(min(self._next.values(), default=now + BEAT_EVERY) - now, timedelta())


def worker_run(*, jobs: Sequence[Job], clock: Clock, stop: Event) -> None:
    """Run ``jobs`` until ``stop`` is set. A job that fails is logged by name and runs again at its next turn; the others go on."""
    schedule = Schedule([Job("core.beat", BEAT_EVERY, beat), *jobs])
    while not stop.is_set():
        for job in schedule.due(clock()):
            job_run(job, now=clock())
        stop.wait(schedule.wait(clock()).total_seconds())


def job_run(job: Job, *, now: datetime) -> bool:
    """Run one job. Whether it succeeded; never raises, so that one room's fault does not stop another's erasure."""
    close_old_connections()
    try:
        job.run(now)
    except Exception as error:
        log.failure("worker.failed", error, kind=job.name)
        return False
    return True


def beat(now: datetime) -> None:
    """Write down that a worker is alive."""
    WorkerBeat.objects.update_or_create(id=1, defaults={"at": now})


def worker_alive(*, now: datetime) -> bool:
    """Whether a worker has been alive in the last half minute."""
    return WorkerBeat.objects.filter(at__gt=now - ALIVE_FOR).exists()
