"""How many passwords are hashed at once. Each takes 46 MiB by design, so without a gate a crowd of guesses would take the machine's memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Final

from backend.core.errors import TryLater

TOGETHER: Final = 2
WAITING: Final = 16
PATIENCE: Final = 10.0
"""Seconds that a try may wait for its turn."""


class Gate:
    """Lets TOGETHER pass at once and WAITING wait for their turn. Safe with threads."""

    def __init__(self, *, together: int = TOGETHER, waiting: int = WAITING, patience: float = PATIENCE) -> None:
        self._room = BoundedSemaphore(together)
        self._lock = Lock()
        self._left = waiting
        self._patience = patience

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Inside, one of the few. Raises TryLater where too many wait already, or the turn does not come in time."""
        self._wait()
        try:
            yield
        finally:
            self._room.release()

    def _wait(self) -> None:
        with self._lock:
            if self._left == 0:
                raise TryLater
            self._left -= 1
        try:
            if not self._room.acquire(timeout=self._patience):
                raise TryLater
        finally:
            with self._lock:
                self._left += 1


HASHING: Final = Gate()
"""This process's gate."""
