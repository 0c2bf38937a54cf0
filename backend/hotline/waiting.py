"""The long poll: hold a status request back until there is something to say, without a thread and without a database connection."""

import asyncio
import re
from typing import Final
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from asgiref.typing import ASGI3Application, ASGIReceiveCallable, ASGIReceiveEvent, ASGISendCallable, HTTPScope, Scope
from channels.layers import get_channel_layer
from django.db import close_old_connections

from backend.core.clock import system_clock
from backend.core.errors import Refusal
from backend.core.tokens import ID_BYTES, TOKEN_BYTES, b64_decode
from backend.hotline.limits import WAIT_MOST, WAIT_STEP
from backend.hotline.nudges import request_group
from backend.hotline.services import request_status

PATH: Final = re.compile(r"/api/v1/help-requests/([A-Za-z0-9_-]{22})/status")
WAIT: Final = re.compile(r"[0-9]{1,3}")


class StatusWait:
    """Wraps the application. ``POST …/status?wait=S`` reaches it once the status differs from the one named by ``known`` (or else from the one at
    arrival), after S seconds, or at once where the token opens nothing: then the application says so.
    """

    def __init__(self, application: ASGI3Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] != "http" or (seconds := _seconds(scope)) == 0 or (opened := _opened(scope)) is None:
            await self.application(scope, receive, send)
            return
        body = await receive()
        left = asyncio.ensure_future(receive())
        news = asyncio.ensure_future(status_news(*opened, known=_query(scope, "known"), seconds=seconds))
        try:
            await asyncio.wait((left, news), return_when=asyncio.FIRST_COMPLETED)
            if news.done():
                news.result()
                await self.application(scope, _again(body, left), send)
        finally:
            for task in (left, news):
                task.cancel()
            await asyncio.gather(left, news, return_exceptions=True)


async def status_news(request_id: bytes, token: bytes, *, known: str, seconds: float) -> None:
    """Return when the status of the request is another than ``known`` (empty: than now), when it can't be read, or after ``seconds``."""
    layer = get_channel_layer()
    assert layer is not None
    group, channel = request_group(request_id), await layer.new_channel()
    await layer.group_add(group, channel)
    try:
        async with asyncio.timeout(seconds):
            tag = await _tag(request_id, token)
            before = known or tag
            while tag is not None and tag == before:
                try:
                    async with asyncio.timeout(WAIT_STEP.total_seconds()):
                        await layer.receive(channel)
                except TimeoutError:
                    pass
                tag = await _tag(request_id, token)
    except TimeoutError:
        return
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
    return parse_qs(scope["query_string"].decode("latin-1")).get(name, [""])[0]


def _seconds(scope: HTTPScope) -> float:
    """How long to wait: 0 for another address, another method or a number that the application will refuse."""
    text = _query(scope, "wait")
    if scope["method"] != "POST" or PATH.fullmatch(scope["path"]) is None or WAIT.fullmatch(text) is None:
        return 0
    return float(text) if float(text) <= WAIT_MOST.total_seconds() else 0


def _opened(scope: HTTPScope) -> tuple[bytes, bytes] | None:
    """The id and the bearer token, or None where they have not the form."""
    found = PATH.fullmatch(scope["path"])
    bearer = next((value for name, value in scope["headers"] if name.lower() == b"authorization"), b"").decode("latin-1")
    try:
        return b64_decode(found[1] if found else "", length=ID_BYTES), b64_decode(bearer.removeprefix("Bearer "), length=TOKEN_BYTES)
    except Refusal:
        return None


def _again(body: ASGIReceiveEvent, left: "asyncio.Future[ASGIReceiveEvent]") -> ASGIReceiveCallable:
    """A ``receive`` for the application that gives what was already received."""
    first = [body]

    async def receive() -> ASGIReceiveEvent:
        return first.pop() if first else await asyncio.shield(left)

    return receive
