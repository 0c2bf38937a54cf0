"""The long poll: hold a status request back until there is something to say, without a thread and without a database connection."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from asgiref.typing import ASGI3Application, ASGIReceiveCallable, ASGIReceiveEvent, ASGISendCallable, HTTPScope, Scope
from channels.layers import get_channel_layer
from django.db import close_old_connections

from backend.core import log
from backend.core.clock import system_clock
from backend.core.errors import Refusal
from backend.core.tokens import ID_BYTES, TOKEN_BYTES, b64_decode
from backend.hotline.edges import wait_from
from backend.hotline.limits import WAIT_STEP
from backend.hotline.nudges import request_group
from backend.hotline.services import request_status

PATH: Final = re.compile(r"/api/v1/help-requests/([A-Za-z0-9_-]{22})/status")
Wake = Callable[[], Awaitable[None]]


class StatusWait:
    """Wraps the application, which answers ``POST …/status?wait=S`` once there is something to say.

    That is when the status differs from the one named by ``known`` (or else from the one at arrival), after S seconds, or at once where the
    token opens nothing or the request has a body: then it is for the application to refuse it.
    """

    def __init__(self, application: ASGI3Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] != "http" or (seconds := _seconds(scope)) == 0 or (opened := _opened(scope)) is None:
            await self.application(scope, receive, send)
            return
        first = await receive()
        empty = first["type"] == "http.request" and not first["body"] and not first["more_body"]
        if not empty or await _stayed(receive, status_news(*opened, known=_query(scope, "known"), seconds=seconds)):
            await self.application(scope, _again(first, receive), send)


async def status_news(request_id: bytes, token: bytes, *, known: str, seconds: float) -> None:
    """Return when the status of the request is another than ``known`` (empty: than now), when it can't be read, or after ``seconds``."""
    try:
        async with asyncio.timeout(seconds), _woken(request_id) as wake:
            tag = await _tag(request_id, token)
            before = known or tag
            while tag is not None and tag == before:
                await wake()
                tag = await _tag(request_id, token)
    except TimeoutError:
        return
    except Exception as error:
        # The layer or the database is away. The application will say what there is to say, but nobody shall ask in a tight circle.
        log.failure("hotline.wait_failed", error)
        await asyncio.sleep(min(seconds, WAIT_STEP.total_seconds()))


async def _stayed(receive: ASGIReceiveCallable, news: Awaitable[None]) -> bool:
    """Wait for ``news``. Whether the client is still there: ``receive`` answers before that only when it has left."""
    left, told = asyncio.ensure_future(receive()), asyncio.ensure_future(news)
    try:
        await asyncio.wait((left, told), return_when=asyncio.FIRST_COMPLETED)
        return not left.done()
    finally:
        left.cancel()
        told.cancel()
        await asyncio.gather(left, told, return_exceptions=True)


@asynccontextmanager
async def _woken(request_id: bytes) -> AsyncIterator[Wake]:
    """Inside, ``await wake()`` returns when the request may have changed, after WAIT_STEP at the latest."""
    layer = get_channel_layer()
    assert layer is not None
    group, channel = request_group(request_id), await layer.new_channel()
    await layer.group_add(group, channel)

    async def wake() -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(WAIT_STEP.total_seconds()):
                await layer.receive(channel)

    try:
        yield wake
    finally:
        await layer.group_discard(group, channel)


async def _tag(request_id: bytes, token: bytes) -> str | None:
    return await sync_to_async(_tag_read, thread_sensitive=False)(request_id, token)


def _tag_read(request_id: bytes, token: bytes) -> str | None:
    try:
        return request_status(request_id=request_id, token=token, now=system_clock()).tag()
    except Refusal:
        return None
    finally:
        close_old_connections()


def _query(scope: HTTPScope, name: str) -> str:
    return parse_qs(scope["query_string"].decode("latin-1")).get(name, [""])[-1]


def _seconds(scope: HTTPScope) -> int:
    """How long to wait: 0 for another address, another method or a number that the application will refuse."""
    if scope["method"] != "POST" or PATH.fullmatch(scope["path"]) is None:
        return 0
    try:
        return wait_from(_query(scope, "wait"))
    except Refusal:
        return 0


def _opened(scope: HTTPScope) -> tuple[bytes, bytes] | None:
    """The id and the bearer token, or None where they have not the form."""
    found = PATH.fullmatch(scope["path"])
    bearer = next((value for name, value in scope["headers"] if name.lower() == b"authorization"), b"").decode("latin-1")
    try:
        return b64_decode(found[1] if found else "", length=ID_BYTES), b64_decode(bearer.removeprefix("Bearer "), length=TOKEN_BYTES)
    except Refusal:
        return None


def _again(first: ASGIReceiveEvent, receive: ASGIReceiveCallable) -> ASGIReceiveCallable:
    """A ``receive`` that gives what was already received, and then what comes."""
    events = [first]

    async def receive_again() -> ASGIReceiveEvent:
        return events.pop() if events else await receive()

    return receive_again
