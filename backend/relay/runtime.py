"""The relay of one process: what its sockets and exchanges share, for as long as the process lives."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import cycle
from typing import Final, TypeVar

from django.db import DatabaseError, InterfaceError

from backend.core import log
from backend.core.clock import Clock, system_clock
from backend.core.errors import Refusal
from backend.core.wrapping import Keyring, keyring
from backend.relay.access import OpenSeat, seat_for
from backend.relay.acts import TOUCH, Deed, Operation, SeatRef
from backend.relay.errors import Storage
from backend.relay.frames import Answer
from backend.relay.limits import Limit
from backend.relay.lives import day_of
from backend.relay.reading import LogReader, Page
from backend.relay.registry import Registry
from backend.relay.store import Committed, Store
from backend.relay.threads import DatabaseThread
from backend.relay.wakeups import Wakeups, wake_key
from backend.relay.writer import Writer

READERS: Final = 2
Result = TypeVar("Result")
Reply = Callable[[Answer | Refusal | None], None]


class Relay:
    """Opens seats, reads pages, takes acts. Belongs to the event loop that started it."""

    def __init__(self, *, clock: Clock = system_clock, keys: Keyring | None = None) -> None:
        keys = keys or keyring()
        self.clock = clock
        self.registry = Registry()
        self._log = LogReader(keys)
        self._threads = [DatabaseThread("relay-reader") for _ in range(READERS)]
        self._turn = cycle(self._threads)
        self._wakeups = Wakeups(self.registry.woken)
        self._writer = Writer(store=Store(keyring=keys, clock=clock), heard=self._heard)
        self._poll: asyncio.Task[None] | None = None
        self._day = day_of(clock())
        self._untouched: deque[SeatRef] = deque()

    async def seat_open(self, token: bytes) -> OpenSeat:
        """The seat that a token opens, which gives a sign of life thereby. Raises NoSeat, Storage."""
        found = await self._read(lambda: seat_for(token=token, now=self.clock()))
        if found.seen_day < day_of(self.clock()):
            self._touch(found.seat)
        return found

    async def page_read(self, seat: SeatRef, after: int, *, count: int = Limit.PAGE_ENVELOPES, size: int = Limit.PAGE_BYTES) -> Page:
        """As ``LogReader.page_read``. Raises NoSeat, Storage."""
        return await self._read(lambda: self._log.page_read(seat=seat, after=after, now=self.clock(), count=count, size=size))

    def submit(self, seat: SeatRef, deed: Deed, reply: Reply) -> None:
        """Queue an act; ``reply`` is called on the event loop once it is durable or refused. Raises Busy."""
        self._writer.submit(Operation(seat, deed, reply))

    async def start(self) -> None:
        """Begin to hear of what other processes do."""
        await self._wakeups.start()
        self._poll = asyncio.create_task(self._poll_run())

    async def stop(self) -> None:
        """Answer what is in flight, let the connections go, end the threads."""
        if self._poll is not None:
            self._poll.cancel()
            await asyncio.wait([self._poll])
        await self._writer.stop()
        listeners = self.registry.listeners()
        if listeners:
            await asyncio.wait([asyncio.create_task(listener.stop()) for listener in listeners], timeout=Limit.STOP_SECONDS)
        await self._wakeups.stop()
        for thread in self._threads:
            await thread.stop()

    async def poll(self) -> None:
        """See whether a wake-up was lost, who is too slow, and who was connected and silent for a day. Raises Storage."""
        for listener in self.registry.listeners():
            listener.look()
        if asked := self.registry.conversations():
            self.registry.compare(await self._read(lambda: self._log.revisions_read(asked)), asked)
        self._touch_some()

    async def _poll_run(self) -> None:
        while True:
            await asyncio.sleep(Limit.POLL_SECONDS)
            try:
                await self.poll()
            except Storage:
                log.event("relay.poll_missed")
            except Exception as error:
                log.failure("relay.poll_failed", error)

    async def _read(self, function: Callable[[], Result]) -> Result:
        try:
            return await next(self._turn).run(function)
        except (DatabaseError, InterfaceError, OSError) as error:
            log.event("relay.storage", error=type(error).__name__)
            raise Storage from None

    def _heard(self, operations: list[Operation], done: Committed) -> None:
        self.registry.committed(operations, done)
        self._wakeups.tell(wake_key(revision.public_id) for revision in done.revisions.values())

    def _touch_some(self) -> None:
        """When a new day begins, everybody who is connected gives a sign of life, some at each turn."""
        if self._day < day_of(self.clock()):
            self._day = day_of(self.clock())
            self._untouched.extend(listener.seat for listener in self.registry.listeners())
        for _ in range(min(len(self._untouched), Limit.BATCH_OPERATIONS)):
            self._touch(self._untouched.popleft())

    def _touch(self, seat: SeatRef) -> None:
        try:
            self.submit(seat, Deed(TOUCH), lambda reply: None)
        except Refusal as refusal:
            log.event("relay.touch_missed", code=refusal.code)


class NotRunning(RuntimeError):
    """Nobody started the relay: the server must run the application's lifespan."""


_running: list[Relay] = []


def relay_running() -> Relay:
    """This process's relay. Raises NotRunning."""
    if not _running:
        raise NotRunning
    return _running[-1]


@asynccontextmanager
async def relay_runtime() -> AsyncIterator[None]:
    """Start the relay with the process, and stop it so that nothing which was promised is lost."""
    relay = Relay()
    await relay.start()
    _running.append(relay)
    try:
        yield
    finally:
        _running.remove(relay)
        await relay.stop()
