"""One socket's outgoing side, without a socket: what is dropped, what is kept, and in which order it leaves."""

import asyncio
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from backend.core.padding import BUCKETS
from backend.relay.acts import SeatRef
from backend.relay.codec import server_decode, server_encode
from backend.relay.frames import Envelope, Gone, SlotValue
from backend.relay.outlet import Outlet
from backend.relay.reading import Page

SEAT = SeatRef(1, 1, 0, 1, b"")
BODY = bytes(BUCKETS[0])


class Log:
    """A log that grows and burns while the outlet works, and a socket that takes its time."""

    def __init__(self) -> None:
        self.burned: list[bool] = []
        self.heard: list[Any] = []
        self.slots: tuple[SlotValue, ...] = ()
        self.outlet = Outlet(seat=SEAT, after=0, send=self.send, close=self.close, read=self.read, left=lambda: None, stalled=lambda: None)

    async def send(self, raw: bytes) -> None:
        await asyncio.sleep(0)
        self.heard.append(server_decode(raw))

    async def close(self, code: int) -> None:
        self.heard.append(code)

    async def read(self, seat: SeatRef, after: int) -> Page:
        burned = list(self.burned)
        await asyncio.sleep(0)
        upto = min(len(burned), after + 3)
        frames = [Gone(at, at) if burned[at - 1] else envelope(at) for at in range(after + 1, upto + 1)]
        return Page(tuple(map(server_encode, frames)), upto, upto < len(burned), self.slots)

    def do(self, step: str) -> None:
        """One thing that may happen."""
        if step in ("append", "elsewhere"):
            self.burned.append(False)
        if step == "append":
            self.outlet.hand(len(self.burned), server_encode(envelope(len(self.burned))))
        if step == "burn":
            self.burned = [True] * len(self.burned)
        if step in ("burn", "wake"):
            self.outlet.wake()


def envelope(sequence: int) -> Envelope:
    return Envelope(sequence, 1, 0, None, BODY)


@given(st.lists(st.sampled_from(["append", "append", "append", "elsewhere", "burn", "wake", "turn", "turn"]), max_size=60))
def test_each_number_leaves_once_and_in_order_whatever_happens_meanwhile(steps: list[str]) -> None:
    async def run() -> Log:
        log = Log()
        for step in steps:
            log.do(step)
            if step == "turn":
                await asyncio.sleep(0)
        log.outlet.wake()
        while log.outlet._pump is not None:
            await asyncio.wait([log.outlet._pump])
        return log

    log = asyncio.run(run())
    numbers = [frame.first if isinstance(frame, Gone) else frame.sequence for frame in log.heard]
    assert numbers == list(range(1, len(log.burned) + 1))


async def test_a_later_value_of_a_slot_is_never_followed_by_an_earlier_one() -> None:
    log = Log()
    log.slots = (SlotValue(1, 0, 7, bytes(1024)), SlotValue(1, 1, 3, b""))
    log.outlet.slot(SlotValue(1, 0, 6, bytes(1024)))
    assert log.outlet._pump is not None
    await asyncio.wait([log.outlet._pump])
    log.outlet.slot(SlotValue(1, 0, 6, bytes(1024)))
    await log.outlet.stop()
    assert log.heard == [SlotValue(1, 0, 7, bytes(1024)), 1012]
