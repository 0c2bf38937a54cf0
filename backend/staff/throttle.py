"""Slows down whoever guesses passwords, without locking the person out and without keeping an address.

A try is counted in lanes before the password is looked at. Each lane is the keyed hash of something, in this process's memory, forgotten 15
minutes after the last try; the key is made at start and never leaves the process.

- A browser where this person has logged in before (a cookie says so, known.py) has a lane of its own: nobody else's tries slow it down.
- Any other try counts in the lane of name and source, in that of the source, and in that of the name. Behind a proxy on the same machine the
  source is not known, and only the name counts: a lane for the proxy would be everybody's. What an attacker with many sources can fill is the
  lane of a name: a person on a new browser then has to try again a minute later, or uses a passkey, which is never slowed down.
"""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from backend.staff.errors import LoginTooOften

FORGET: Final = timedelta(minutes=15)
WAIT_MAX: Final = timedelta(seconds=60)
LANES_MAX: Final = 20_000


@dataclass(frozen=True, slots=True)
class Lane:
    """What tries are counted by, and how many are free before waiting begins."""

    name: str
    values: tuple[str, ...]
    free: int


@dataclass(slots=True)
class _Count:
    tries: int
    last: datetime


def lanes_for(*, username: str, source: str | None, known: str | None) -> tuple[Lane, ...]:
    """The lanes of one try. ``known`` is the known browser's own random value, None for any other browser; ``source`` None where unknown."""
    if known is not None:
        return (Lane("known", (username, known), 5),)
    name = Lane("name", (username,), 30)
    if source is None:
        return (name,)
    return (Lane("name and source", (username, source), 5), Lane("source", (source,), 30), name)


class Throttle:
    """Counts of tries in this process. Safe with threads."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._counts: OrderedDict[bytes, _Count] = OrderedDict()
        self._lock = Lock()

    def attempt(self, lanes: tuple[Lane, ...], *, now: datetime) -> None:
        """Count a try. Raises LoginTooOften where a lane has to wait; such a try is not counted, so hammering does not prolong it."""
        with self._lock:
            self._forget(now)
            keys = [self._hashed(lane) for lane in lanes]
            if any(self._waits(self._counts.get(key), lane, now) for key, lane in zip(keys, lanes, strict=True)):
                raise LoginTooOften
            for key in keys:
                count = self._counts.pop(key, _Count(0, now))
                self._counts[key] = _Count(count.tries + 1, now)

    def succeed(self, lanes: tuple[Lane, ...]) -> None:
        """Forget the tries of a person who got in. Those counted for a source stay: one good account must not free many guesses."""
        with self._lock:
            for lane in lanes:
                if lane.name != "source":
                    self._counts.pop(self._hashed(lane), None)

    def _waits(self, count: _Count | None, lane: Lane, now: datetime) -> bool:
        if count is None or count.tries < lane.free:
            return False
        wait = timedelta(seconds=2 ** min(count.tries - lane.free, 10))
        return now < count.last + min(wait, WAIT_MAX)

    def _forget(self, now: datetime) -> None:
        while self._counts:
            oldest = next(iter(self._counts))
            if len(self._counts) < LANES_MAX and now < self._counts[oldest].last + FORGET:
                return
            del self._counts[oldest]

    def _hashed(self, lane: Lane) -> bytes:
        return hmac.digest(self._key, "\x00".join((lane.name, *lane.values)).encode(), hashlib.sha256)


LOGIN: Final = Throttle()
"""This process's counts of logins by password."""
