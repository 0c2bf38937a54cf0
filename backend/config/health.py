"""Whether the parts of the deployment answer. For a monitor, so it says nothing that is not for everybody."""

import asyncio
from typing import Final

from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, JsonResponse
from redis.exceptions import RedisError

from backend.core.clock import system_clock
from backend.core.worker import worker_alive

PATIENCE: Final = 3
GROUP: Final = "health"


async def health(request: HttpRequest) -> JsonResponse:
    """200 where database, layer and worker are well, else 503; the body names each."""
    database, worker = await sync_to_async(_database_and_worker)()
    parts = {"database": database, "layer": await _layer(), "worker": worker}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def _database_and_worker() -> tuple[bool, bool]:
    try:
        return True, worker_alive(now=system_clock())
    except (DatabaseError, InterfaceError):
        return False, False


async def _layer() -> bool:
    """Whether the layer takes a message. Nobody listens to this group."""
    layer = get_channel_layer()
    try:
        await asyncio.wait_for(layer.group_send(GROUP, {"type": GROUP}), PATIENCE)
    except (RedisError, OSError, TimeoutError):
        return False
    return True
