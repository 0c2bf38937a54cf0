"""The console's queue socket: says that the queue changed, never what is in it."""

import asyncio
from typing import Any, Final

from asgiref.sync import sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.db import DatabaseError, close_old_connections

from backend.core import log
from backend.core.clock import system_clock
from backend.core.errors import Refusal
from backend.hotline.nudges import queue_group
from backend.hotline.services import shift_seen
from backend.staff.access import staff_for_key
from backend.staff.models import StaffUser

CHECK_EVERY: Final = 30.0
"""Seconds between two looks at whether the session still holds; the console counts as heard of meanwhile."""
FOREIGN: Final = 4003
NO_SESSION: Final = 4004


class QueueConsumer(AsyncJsonWebsocketConsumer):
    """One console. Closes with 4003 for a foreign origin, 4004 without a session. It stands inside Channels' CookieMiddleware."""

    watch: asyncio.Task[None] | None = None
    group: str = ""

    async def connect(self) -> None:
        if not self._own_origin():
            await self._refuse(FOREIGN)
            return
        user = await self._listener()
        if user is None:
            await self._refuse(NO_SESSION)
            return
        self.group = queue_group(user.organisation_id)
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        self.watch = asyncio.create_task(self._watch())
        await self.send_json({"type": "queue"})

    async def disconnect(self, code: int) -> None:
        if self.watch is not None:
            self.watch.cancel()
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """Nothing is expected from the console: what comes is dropped."""

    async def hotline_queue(self, event: dict[str, Any]) -> None:
        """The queue changed."""
        await self.send_json({"type": "queue"})

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(CHECK_EVERY)
            try:
                user = await self._listener()
            except DatabaseError as error:
                log.failure("hotline.watch_failed", error)
                continue
            if user is None:
                await self.close(NO_SESSION)
                return

    async def _listener(self) -> StaffUser | None:
        key = self.scope["cookies"].get(settings.SESSION_COOKIE_NAME)
        return await sync_to_async(_listener_read, thread_sensitive=False)(key)

    def _own_origin(self) -> bool:
        origins = [value.decode("latin-1") for name, value in self.scope["headers"] if name == b"origin"]
        return len(origins) == 1 and origins[0] in settings.QUIETLINE_ORIGINS

    async def _refuse(self, code: int) -> None:
        await self.accept()
        await self.close(code)


def _listener_read(session_key: str | None) -> StaffUser | None:
    """Whose session this is, or None where it is over. Their console was heard of."""
    now = system_clock()
    try:
        user = staff_for_key(session_key, now=now)
        shift_seen(user=user, now=now)
        return user
    except Refusal:
        return None
    finally:
        close_old_connections()
