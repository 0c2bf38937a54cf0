from threading import Event, Thread

import pytest

from backend.core.errors import TryLater
from backend.staff.gate import Gate


class Holder:
    """Somebody inside the gate until told to go."""

    def __init__(self, gate: Gate) -> None:
        self.inside, self.go = Event(), Event()
        self._gate = gate
        self._thread = Thread(target=self._hold)
        self._thread.start()

    def _hold(self) -> None:
        with self._gate.passed():
            self.inside.set()
            self.go.wait(30)

    def leave(self) -> None:
        self.go.set()
        self._thread.join(30)


def test_who_waits_too_long_is_told_to_try_later_and_keeps_nobody_out() -> None:
    gate = Gate(together=1, waiting=1, patience=0.001)
    first = Holder(gate)
    assert first.inside.wait(30)
    for _ in range(3):
        with pytest.raises(TryLater), gate.passed():
            pytest.fail("there was no room")
    first.leave()
    with gate.passed():
        pass


def test_where_nobody_may_wait_the_next_is_told_at_once() -> None:
    gate = Gate(together=1, waiting=0)
    with pytest.raises(TryLater), gate.passed():
        pytest.fail("nobody may wait, not even for a free place")


def test_several_are_inside_together_and_one_who_waits_follows() -> None:
    gate = Gate(together=2, waiting=1, patience=30)
    first, second = Holder(gate), Holder(gate)
    assert first.inside.wait(30)
    assert second.inside.wait(30)
    third = Holder(gate)
    first.leave()
    assert third.inside.wait(30)
    second.leave()
    third.leave()


def test_a_fault_inside_gives_the_room_back() -> None:
    gate = Gate(together=1, waiting=1)
    for _ in range(3):
        with pytest.raises(ValueError, match="inside"), gate.passed():
            raise ValueError("inside")
