"""One exchange: a connection that says everything at once, hears everything at once and is over."""

import asyncio
from collections.abc import Sequence

from backend.core import log
from backend.core.errors import Refusal
from backend.relay.acts import Deed, SeatRef
from backend.relay.codec import server_encode
from backend.relay.errors import Malformed, NoSeat
from backend.relay.frames import Answer, Ended, Hello, Ready, Refused, SlotValue
from backend.relay.limits import Limit
from backend.relay.lives import milliseconds
from backend.relay.reading import Page
from backend.relay.runtime import Relay
from backend.relay.session import Session, refused_frame


class Turn:
    """What is heard in one exchange; a Listener while it waits."""

    seat: SeatRef

    def __init__(self, relay: Relay, session: Session) -> None:
        self._relay, self._session = relay, session
        self._news = asyncio.Event()
        self._over = False

    def hand(self, sequence: int, frame: bytes) -> None:
        """There is an envelope: it will be read from the log."""
        self._news.set()

    def slot(self, value: SlotValue) -> None:
        """There is a new value of a cell: it will be read."""
        self._news.set()

    def wake(self) -> None:
        """There may be something."""
        self._news.set()

    def end(self) -> None:
        """The seat is over: reading will say so."""
        self._news.set()

    def look(self) -> None:
        """An exchange ends by itself."""

    async def stop(self) -> None:
        """Answer at once with what there is."""
        self._over = True
        self._news.set()

    async def run(self, messages: Sequence[bytes], *, wait: float, gone: asyncio.Task[None]) -> list[bytes]:
        """The frames to answer with. Raises Malformed and its kin, NoSeat, Storage.

        With nothing to say it waits ``wait`` seconds for something new, or until ``gone`` is done: nobody hears the answer then.
        """
        hello = self._hello(messages)
        found = await self._relay.seat_open(hello.token)
        self.seat = found.seat
        self._relay.registry.join(self, revision=found.revision)
        try:
            ready = Ready(found.seat.number, found.cursor, found.head, found.epoch, milliseconds(self._relay.clock()))
            answers = await self._acts(messages[1:])
            heard = await self._hear(hello.after, wait=0 if answers else wait, gone=gone)
        finally:
            self._relay.registry.leave(self)
        return [server_encode(ready), *map(server_encode, answers), *heard]

    def _hello(self, messages: Sequence[bytes]) -> Hello:
        heard = self._session.hear(messages[0] if messages else None)
        if isinstance(heard, Hello):
            return heard
        raise self._session.refusal or Malformed

    async def _acts(self, messages: Sequence[bytes]) -> list[Answer | Refused]:
        """What the acts came to, in their order; only so many are on their way at a time."""
        said: list[Answer | Refused] = []
        for at in range(0, len(messages), Limit.IN_FLIGHT_PER_SOCKET):
            some = [self._act(message) for message in messages[at : at + Limit.IN_FLIGHT_PER_SOCKET] if self._session.close is None]
            said += [answer for answer in await asyncio.gather(*some) if answer is not None]
        return said

    def _act(self, message: bytes) -> "asyncio.Future[Answer | Refused | None]":
        answer: asyncio.Future[Answer | Refused | None] = asyncio.get_running_loop().create_future()
        heard = self._session.hear(message)
        if not isinstance(heard, Deed):
            assert isinstance(heard, Refused)
            log.event("relay.refused", code=heard.code)
            answer.set_result(heard)
            return answer

        def reply(outcome: Answer | Refusal | None) -> None:
            if not answer.done():
                answer.set_result(refused_frame(outcome, heard.client_id) if isinstance(outcome, Refusal) else outcome)

        try:
            self._relay.submit(self.seat, heard, reply)
        except Refusal as refusal:
            reply(refusal)
        return answer

    async def _hear(self, after: int, *, wait: float, gone: asyncio.Task[None]) -> list[bytes]:
        """What comes after ``after``, once there is any."""
        page = first = await self._page(after)
        if self._news.is_set():
            # Something happened since this began to listen, and the page may show it already or not: no time to wait.
            page, wait = await self._page(after), 0
        until = asyncio.get_running_loop().time() + wait
        while not page.frames and page.slots == first.slots and not self._over and not gone.done():
            left = until - asyncio.get_running_loop().time()
            if left <= 0:
                break
            await self._wait(left, gone)
            self._news.clear()
            page = await self._page(after)
        return [*page.frames, *(server_encode(value) for value in page.slots if value.body)]

    async def _page(self, after: int) -> Page:
        try:
            return await self._relay.page_read(self.seat, after, count=Limit.EXCHANGE_ENVELOPES, size=Limit.EXCHANGE_BYTES)
        except NoSeat:
            self._over = True
            return Page((server_encode(Ended()),), after, False, ())

    async def _wait(self, seconds: float, gone: asyncio.Task[None]) -> None:
        news = asyncio.ensure_future(self._news.wait())
        try:
            await asyncio.wait({news, gone}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            news.cancel()
