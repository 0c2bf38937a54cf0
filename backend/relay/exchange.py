"""The relay over plain HTTPS: ``POST /api/v1/relay/exchange`` as a plain ASGI application, for networks where sockets do not get through."""

import asyncio
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from math import ceil
from typing import Final
from urllib.parse import parse_qsl

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope, Scope

from backend.core import log
from backend.core.errors import Refusal
from backend.core.words import refusal_body
from backend.relay.errors import Malformed, NotAllowed, TooLarge
from backend.relay.limits import Limit
from backend.relay.origins import origin_own
from backend.relay.runtime import Relay, relay_running
from backend.relay.session import Session
from backend.relay.turn import Turn

CONTENT_TYPE: Final = "application/octet-stream"
LENGTH: Final = 4


class Disconnected(Exception):
    """The other side went before it had said everything."""


class RelayExchange:
    """Each call is one exchange. ``relay`` gives the process's relay once it runs."""

    def __init__(self, relay: Callable[[], Relay]) -> None:
        self.relay = relay

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        assert scope["type"] == "http"
        try:
            wait = request_check(scope)
            messages = frames_split(await _body(receive))
            frames = await self._exchange(messages, wait=wait, receive=receive)
        except Refusal as refusal:
            log.event("relay.refused", code=refusal.code)
            await _refuse(scope, send, refusal)
        except Disconnected:
            return
        else:
            await _answer(send, 200, CONTENT_TYPE, frames_join(frames))

    async def _exchange(self, messages: list[bytes], *, wait: float, receive: ASGIReceiveCallable) -> list[bytes]:
        gone = asyncio.create_task(_gone(receive))
        try:
            return await Turn(self.relay(), Session()).run(messages, wait=wait, gone=gone)
        finally:
            gone.cancel()


def request_check(scope: HTTPScope) -> float:
    """The seconds to wait. Raises NotAllowed for a foreign page, Malformed for another request than the protocol's."""
    if not origin_own(scope):
        raise NotAllowed
    if scope["method"] != "POST" or _header(scope, b"content-type") != CONTENT_TYPE:
        raise Malformed
    if _declared(scope) > Limit.EXCHANGE_REQUEST_BYTES:
        raise TooLarge
    match parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True):
        case []:
            return 0
        case [("wait", text)] if text.isascii() and text.isdigit() and len(text) <= 2 and int(text) <= Limit.EXCHANGE_WAIT_SECONDS:
            return int(text)
        case _:
            raise Malformed


def frames_split(raw: bytes) -> list[bytes]:
    """The frames of ``u32 length ‖ frame ‖ …``. Raises Malformed."""
    frames, at = [], 0
    while at < len(raw):
        start = at + LENGTH
        at = start + int.from_bytes(raw[at:start])
        if start > len(raw) or at > len(raw):
            raise Malformed
        frames.append(raw[start:at])
    return frames


def frames_join(frames: Iterable[bytes]) -> bytes:
    """``u32 length ‖ frame ‖ …``."""
    return b"".join(len(frame).to_bytes(LENGTH) + frame for frame in frames)


def _header(scope: HTTPScope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name), "")


def _declared(scope: HTTPScope) -> int:
    length = _header(scope, b"content-length")
    return int(length) if length.isascii() and length.isdigit() else 0


async def _body(receive: ASGIReceiveCallable) -> bytes:
    """The whole body. Raises TooLarge, Disconnected."""
    seen, more = bytearray(), True
    while more:
        event = await receive()
        if event["type"] != "http.request":
            raise Disconnected
        seen += event["body"]
        more = event["more_body"]
        if len(seen) > Limit.EXCHANGE_REQUEST_BYTES:
            raise TooLarge
    return bytes(seen)


async def _gone(receive: ASGIReceiveCallable) -> None:
    """Returns once the other side has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(scope: HTTPScope, send: ASGISendCallable, refusal: Refusal) -> None:
    body = json.dumps(refusal_body(refusal, accepted=_header(scope, b"accept-language"))).encode()
    retry = [(b"retry-after", str(ceil(refusal.retry_after)).encode())] if refusal.retry_after else []
    await _answer(send, refusal.status, "application/json", body, retry)


async def _answer(send: ASGISendCallable, status: int, content_type: str, body: bytes, more: Iterable[tuple[bytes, bytes]] = ()) -> None:
    headers = [
        (b"content-type", content_type.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *more,
    ]
    with suppress(OSError):
        await send({"type": "http.response.start", "status": status, "headers": headers, "trailers": False})
        await send({"type": "http.response.body", "body": body, "more_body": False})


exchange = RelayExchange(relay_running)
