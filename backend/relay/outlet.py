"""What one socket still has to be told, in order and within bounds.

Answers are few (Limit.IN_FLIGHT_PER_SOCKET) and never dropped. Envelopes are handed over live while the socket keeps up; where it does not, or
where a number is missing, what waits is forgotten and read from the log again. A task exists only while there is something to send.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from backend.core import log
from backend.core.errors import Refusal
from backend.relay.acts import SeatRef
from backend.relay.codec import server_encode
from backend.relay.errors import NoSeat
from backend.relay.frames import Ended, ServerFrame, SlotValue
from backend.relay.limits import CLOSE_ENDED, CLOSE_RESTARTING, CLOSE_TRY_LATER, Limit
from backend.relay.reading import Page

Send = Callable[[bytes], Awaitable[None]]
Close = Callable[[int], Awaitable[None]]
Read = Callable[[SeatRef, int], Awaitable[Page]]


class Outlet:
    """One socket's outgoing side; a Listener. ``position`` is the last number that was sent.

    ``left`` is called after each frame that was said, and when ``over`` became true: nothing is sent any more. ``stalled`` is called when the
    other side has taken nothing for too long.
    """

    __slots__ = (
        "_answers", "_behind", "_close", "_closing", "_left", "_live", "_live_bytes", "_pump", "_read", "_reading", "_send", "_sending_since",
        "_slots", "_slots_sent", "_stalled", "over", "position", "seat",
    )  # fmt: skip

    def __init__(
        self, *, seat: SeatRef, after: int, send: Send, close: Close, read: Read, left: Callable[[], None], stalled: Callable[[], None]
    ) -> None:
        self.seat = seat
        self.position = max(after, seat.first - 1)
        self._send, self._close, self._read, self._left, self._stalled = send, close, read, left, stalled
        # Lists, short as they are: an empty deque takes more room than all the rest of an idle socket here.
        self._answers: list[bytes] = []
        self._live: list[tuple[int, bytes]] = []
        self._live_bytes = 0
        self._slots: dict[tuple[int, int], SlotValue] = {}
        self._slots_sent: dict[tuple[int, int], tuple[int, bool]] = {}
        self._behind, self._reading = True, False
        self.over = False
        self._closing: int | None = None
        self._sending_since: float | None = None
        self._pump: asyncio.Task[None] | None = None

    def say(self, frame: ServerFrame) -> None:
        """An answer or a refusal; it goes before any envelope that waits."""
        self._answers.append(server_encode(frame))
        self._kick()

    def hand(self, sequence: int, frame: bytes) -> None:
        """A live envelope. Forgotten where it does not follow on what came before: the log has it."""
        last = self._live[-1][0] if self._live else self.position
        if sequence <= last:
            return
        follows = sequence == last + 1 or (not self._live and (self._behind or self._reading))
        if follows and len(self._live) < Limit.OUTGOING_FRAMES and self._live_bytes + len(frame) <= Limit.OUTGOING_BYTES:
            self._live.append((sequence, frame))
            self._live_bytes += len(frame)
            self._kick()
        else:
            self.wake()

    def slot(self, value: SlotValue) -> None:
        """Another seat's cell: the latest wins here too, whichever way it came."""
        waiting = self._slots.get((value.seat, value.slot))
        if waiting is None or value.counter >= waiting.counter:
            self._slots[value.seat, value.slot] = value
            self._kick()

    def wake(self) -> None:
        """Forget what waits, read the log."""
        self._live.clear()
        self._live_bytes = 0
        self._behind = True
        self._kick()

    def end(self) -> None:
        """Say that the seat is over, after the answers that wait, and close."""
        self.close(CLOSE_ENDED)

    def close(self, code: int) -> None:
        """Send the answers that wait, nothing else, and close."""
        if self._closing is None:
            self._closing = code
            self._kick()

    def drop(self) -> None:
        """The socket has gone: nothing more is sent."""
        self.over = True
        if self._pump is not None:
            self._pump.cancel()

    def look(self) -> None:
        """Give up a socket that has taken nothing for too long."""
        since = self._sending_since
        if since is not None and asyncio.get_running_loop().time() - since > Limit.STALLED_SECONDS:
            self._stalled()

    async def stop(self) -> None:
        """Send the answers that wait and close: the process restarts."""
        self.close(CLOSE_RESTARTING)
        while self._pump is not None:
            await asyncio.wait([self._pump])

    def _kick(self) -> None:
        if self._pump is None and not self.over:
            self._pump = asyncio.create_task(self._run())

    async def _run(self) -> None:
        try:
            await self._empty()
        except OSError:
            self._give_up()
        except Exception as error:
            log.failure("relay.outlet_failed", error)
            self._give_up()
            with suppress(Exception):
                await self._close(CLOSE_TRY_LATER)
        finally:
            # In the same step as the last look at what waits, so that nothing which comes later is left lying.
            self._pump = None

    def _give_up(self) -> None:
        """The socket has gone; its receiving side hears so by itself, and must not wait for answers to leave."""
        self.over = True
        self._left()

    async def _empty(self) -> None:
        while True:
            if self._answers:
                await self._out(self._answers.pop(0))
                self._left()
            elif self._closing is not None:
                await self._finish(self._closing)
                return
            elif self._behind:
                await self._catch_up()
            elif self._live:
                sequence, frame = self._live.pop(0)
                self._live_bytes -= len(frame)
                self.position = sequence
                await self._out(frame)
            elif self._slots:
                await self._slot_out(self._slots.pop(next(iter(self._slots))))
            else:
                return

    async def _catch_up(self) -> None:
        """One page of the log. What is handed over meanwhile waits, and joins where it follows on the page."""
        self._behind, self._reading = False, True
        try:
            page = await self._read(self.seat, self.position)
        except NoSeat:
            self.end()
            return
        except Refusal:
            self.close(CLOSE_TRY_LATER)
            return
        for frame in page.frames:
            if self._closing is not None:
                return
            await self._out(frame)
        self._reading = False
        self.position = max(self.position, page.upto)
        for value in page.slots:
            self.slot(value)
        self._join(more=page.more)

    def _join(self, *, more: bool) -> None:
        while self._live and self._live[0][0] <= self.position:
            self._live_bytes -= len(self._live.pop(0)[1])
        if more or (self._live and self._live[0][0] != self.position + 1):
            self.wake()

    async def _slot_out(self, value: SlotValue) -> None:
        """A cell, unless the socket knows it already: a counter that it saw, or an erasure of what it never saw."""
        cell = (value.seat, value.slot)
        counter, filled = self._slots_sent.get(cell, (-1, False))
        if value.counter < counter or (value.counter == counter and filled == bool(value.body)) or not (filled or value.body):
            return
        self._slots_sent[cell] = (value.counter, bool(value.body))
        await self._out(server_encode(value))

    async def _finish(self, code: int) -> None:
        if code == CLOSE_ENDED:
            await self._out(server_encode(Ended()))
        self._give_up()
        await self._close(code)

    async def _out(self, frame: bytes) -> None:
        self._sending_since = asyncio.get_running_loop().time()
        await self._send(frame)
        self._sending_since = None
