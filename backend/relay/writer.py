"""The queue in front of the store: while one batch is on its way to the disk, the next one gathers."""

import asyncio
from collections import deque
from collections.abc import Callable
from functools import partial

from backend.core import log
from backend.relay.acts import Operation
from backend.relay.errors import Busy
from backend.relay.limits import Limit
from backend.relay.store import Committed, Store
from backend.relay.threads import DatabaseThread


class Writer:
    """Takes acts from every socket of this process. Everything but the commit itself happens on the event loop."""

    def __init__(self, *, store: Store, heard: Callable[[list[Operation], Committed], None]) -> None:
        self._store, self._heard = store, heard
        self._thread = DatabaseThread("relay-writer")
        self._queue: deque[Operation] = deque()
        self._bytes = 0
        self._working: asyncio.Task[None] | None = None
        self._closed = False

    def submit(self, operation: Operation) -> None:
        """Queue an act; its reply is called once it is durable or refused. Raises Busy where the queue is full, or closed."""
        if self._closed or len(self._queue) >= Limit.QUEUE_OPERATIONS or self._bytes + operation.deed.size > Limit.QUEUE_BYTES:
            raise Busy
        self._queue.append(operation)
        self._bytes += operation.deed.size
        if self._working is None:
            self._working = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Commit what is queued, take nothing more, end."""
        self._closed = True
        while self._working is not None:
            await self._working
        await self._thread.stop()

    async def _work(self) -> None:
        try:
            # What other sockets have to say in this turn of the loop joins the first batch.
            await asyncio.sleep(0)
            while self._queue:
                batch = self._take()
                self._tell(batch, await self._thread.run(partial(self._store.commit, batch)))
        finally:
            self._working = None

    def _tell(self, batch: list[Operation], done: Committed) -> None:
        try:
            self._heard(batch, done)
        except Exception as error:
            # Whoever was not told reads the log; the next batch must not wait for this fault of ours.
            log.failure("relay.telling_failed", error, count=len(batch))

    def _take(self) -> list[Operation]:
        batch = [self._queue.popleft() for _ in range(min(len(self._queue), Limit.BATCH_OPERATIONS))]
        self._bytes -= sum(operation.deed.size for operation in batch)
        return batch
