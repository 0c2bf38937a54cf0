"""The one place that knows what time it is, so that tests can decide it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present as an aware UTC datetime."""
    return datetime.now(UTC)
