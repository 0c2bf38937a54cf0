"""The queue in front of the store: batches, bounds, and its end."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
import pytest_asyncio

from backend.core.clock import system_clock
from backend.core.wrapping import Keyring
from backend.relay.acts import Deed, Operation, Outcome, SeatRef
from backend.relay.errors import Busy
from backend.relay.frames import Answer, Leave
from backend.relay.limits import Limit
from backend.relay.store import Committed, Store
from backend.relay.writer import Writer

SEAT = SeatRef(1, 1, 0, 1, b"")


class SlowDisk(Store):
    """A store whose commit takes until the test opens the gate."""

    def __init__(self, keys: Keyring) -> None:
        super().__init__(keyring=keys, clock=system_clock)
        self.gate = threading.Event()
        self.batches: list[int] = []

    def commit(self, operations: Sequence[Operation]) -> Committed:
        self.gate.wait(10)
        self.batches.append(len(operations))
        return Committed(tuple(Outcome(Answer(operation.deed.client_id, 0, 0)) for operation in operations), {})


@pytest.fixture
def disk(keys: Keyring) -> SlowDisk:
    """Closed."""
    return SlowDisk(keys)


@pytest_asyncio.fixture
async def writer(disk: SlowDisk) -> AsyncIterator[Writer]:
    """Tells each act what it came to, and nobody else."""

    def heard(operations: list[Operation], done: Committed) -> None:
        for operation, outcome in zip(operations, done.outcomes, strict=True):
            operation.reply(outcome.reply)

    running = Writer(store=disk, heard=heard)
    yield running
    disk.gate.set()
    await running.stop()


def leave(reply: Any, *, size: int = 18) -> Operation:
    return Operation(SEAT, Deed(Leave(bytes(16)), b"", size), reply)


async def settled() -> None:
    """Until the first batch is on its way."""
    for _ in range(3):
        await asyncio.sleep(0)


async def test_what_comes_while_a_batch_is_on_its_way_goes_into_the_next(writer: Writer, disk: SlowDisk) -> None:
    told: list[Any] = []
    writer.submit(leave(told.append))
    writer.submit(leave(told.append))
    await settled()
    for _ in range(5):
        writer.submit(leave(told.append))
    assert told == []
    disk.gate.set()
    await writer.stop()
    assert disk.batches == [2, 5]
    assert told == [Answer(bytes(16), 0, 0)] * 7


async def test_a_batch_has_a_largest_size(writer: Writer, disk: SlowDisk) -> None:
    for _ in range(Limit.BATCH_OPERATIONS + 1):
        writer.submit(leave(lambda reply: None))
    disk.gate.set()
    await writer.stop()
    assert disk.batches == [Limit.BATCH_OPERATIONS, 1]


async def test_a_full_queue_is_busy_and_takes_acts_again_once_it_is_shorter(writer: Writer, disk: SlowDisk) -> None:
    for _ in range(Limit.QUEUE_OPERATIONS):
        writer.submit(leave(lambda reply: None))
    with pytest.raises(Busy):
        writer.submit(leave(lambda reply: None))
    disk.gate.set()
    told = asyncio.Event()
    while not told.is_set():
        await asyncio.sleep(0)
        try:
            writer.submit(leave(lambda reply: told.set()))
        except Busy:
            continue
        await told.wait()


async def test_a_queue_is_full_by_bytes_too(writer: Writer) -> None:
    writer.submit(leave(lambda reply: None, size=Limit.QUEUE_BYTES))
    with pytest.raises(Busy):
        writer.submit(leave(lambda reply: None))


async def test_a_writer_that_ended_takes_nothing(writer: Writer, disk: SlowDisk) -> None:
    disk.gate.set()
    await writer.stop()
    with pytest.raises(Busy):
        writer.submit(leave(lambda reply: None))


async def test_a_fault_in_telling_does_not_stop_the_writer(disk: SlowDisk) -> None:
    told: list[Any] = []

    def heard(operations: list[Operation], done: Committed) -> None:
        told.append(len(operations))
        raise LookupError

    writer = Writer(store=disk, heard=heard)
    disk.gate.set()
    for _ in range(Limit.BATCH_OPERATIONS + 1):
        writer.submit(leave(lambda reply: None))
    await writer.stop()
    assert told == [Limit.BATCH_OPERATIONS, 1]
