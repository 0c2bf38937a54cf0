"""The clock of the house."""

from datetime import UTC

from backend.core.clock import system_clock


def test_the_present_is_in_utc_and_never_before_what_it_was() -> None:
    first, second = system_clock(), system_clock()
    assert first.tzinfo is UTC
    assert first <= second
