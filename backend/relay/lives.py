"""What is alive at a moment, in the numbers that the tables hold."""

from datetime import datetime
from typing import Final

from backend.relay.limits import Limit

DAY: Final = 86_400


def milliseconds(now: datetime) -> int:
    """Milliseconds since 1970."""
    return int(now.timestamp() * 1000)


def day_of(now: datetime) -> int:
    """The day since 1970."""
    return int(now.timestamp()) // DAY


def oldest_living_day(now: datetime) -> int:
    """A seat whose last sign of life lies before this day is dead.

    Only days are kept, so a seat dies between one silence limit and a day more after its last sign of life, never earlier.
    """
    return (int(now.timestamp()) - Limit.SILENCE_SECONDS) // DAY
