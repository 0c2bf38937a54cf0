"""A thread with a database connection of its own, for work that must not stop the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connections

Result = TypeVar("Result")


class DatabaseThread:
    """Runs one call after the other. A connection that failed is closed, so that the next call opens another."""

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._ended = False

    async def run(self, function: Callable[[], Result]) -> Result:
        """The function's result."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, _guarded, function)

    async def stop(self) -> None:
        """End the thread after what it has to do. Once more does no harm."""
        if self._ended:
            return
        self._ended = True
        await asyncio.get_running_loop().run_in_executor(self._pool, connections.close_all)
        self._pool.shutdown()


def _guarded(function: Callable[[], Result]) -> Result:
    try:
        return function()
    except (OperationalError, InterfaceError):
        connections.close_all()
        raise
