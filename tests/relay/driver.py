"""Clients of the real ASGI applications: what a browser would say, without a network in between."""

import asyncio
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from django.db import connections

from backend.core.errors import Refusal
from backend.core.padding import pad
from backend.core.tokens import verifier_of
from backend.relay.acts import Deed, digest_of
from backend.relay.codec import client_encode, server_decode
from backend.relay.exchange import RelayExchange, frames_join, frames_split
from backend.relay.frames import Act, Answer, Append, Change, ClientFrame, Hello, ServerFrame
from backend.relay.runtime import Relay
from backend.relay.socket import SUBPROTOCOL, RelaySocket

PATIENCE = 10
HOUR = 3600
Result = TypeVar("Result")


@dataclass
class Hands:
    """A clock that a test moves."""

    now: datetime = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def go(self, **how: float) -> None:
        """Let time pass."""
        self.now += timedelta(**how)


_numbers = count(1)


def client_id() -> bytes:
    """One that was not used before."""
    return next(_numbers).to_bytes(16)


def token_of(name: str) -> bytes:
    """A seat's token, by a name for people."""
    return hashlib.sha256(name.encode()).digest()


def address_of(name: str) -> bytes:
    """The address of ``token_of(name)``."""
    return verifier_of(token_of(name))


def body_of(text: str, bucket: int = 1024) -> bytes:
    """A padded body. The relay looks at its size only."""
    return pad(text.encode(), buckets=(bucket,))


def append_of(text: str, *, epoch: int = 0, ttl: int = HOUR, kind: int = 1, bucket: int = 1024) -> Append:
    """An envelope with a new client id."""
    return Append(client_id(), kind, epoch, ttl, body_of(text, bucket))


def change_of(*opens: str, epoch: int = 0, ends: tuple[int, ...] = (), welcome: str = "") -> Change:
    """A group change with a new client id."""
    return Change(client_id(), epoch, tuple(map(address_of, opens)), ends, body_of("commit"), body_of(welcome) if welcome else b"")


async def act(relay: Relay, name: str, deed: Act) -> Answer | Refusal | None:
    """What one act of a seat comes to, by way of the writer. Raises NoSeat."""
    raw = client_encode(deed)
    told: asyncio.Future[Answer | Refusal | None] = asyncio.get_running_loop().create_future()
    relay.submit((await relay.seat_open(token_of(name))).seat, Deed(deed, digest_of(raw), len(raw)), told.set_result)
    async with asyncio.timeout(PATIENCE):
        return await told


async def in_thread(function: Callable[[], Result]) -> Result:
    """Run what a request or the worker would, on a database connection of its own."""

    def run() -> Result:
        try:
            return function()
        finally:
            connections.close_all()

    return await asyncio.to_thread(run)


@dataclass(slots=True)
class Closed:
    """The socket was closed by the server."""

    code: int


class Socket:
    """One WebSocket. ``async with Socket(application) as socket``."""

    def __init__(self, application: RelaySocket, *, origin: str | None = None, subprotocols: tuple[str, ...] = (SUBPROTOCOL,)) -> None:
        headers = [] if origin is None else [(b"origin", origin.encode())]
        self._scope: Any = {"type": "websocket", "path": "/api/v1/relay", "headers": headers, "subprotocols": list(subprotocols)}
        self._application = application
        self._to_server: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._from_server: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.accepted: str | None = None
        self.stuck = asyncio.Event()
        """Set once a frame waits at the closed gate."""
        self.fail = False
        """The connection is broken: the server's ``send`` raises, as uvicorn's does."""
        self._took = asyncio.Event()
        self.gate = asyncio.Event()
        """Closed, this side takes nothing, and the server's ``send`` waits."""
        self.gate.set()

    async def __aenter__(self) -> "Socket":
        self._to_server.put_nowait({"type": "websocket.connect"})
        self._task = asyncio.create_task(self._application(self._scope, self._receive, self._send))  # type: ignore[arg-type]
        return self

    async def __aexit__(self, *error: object) -> None:
        self.leave()
        self.gate.set()
        async with asyncio.timeout(PATIENCE):
            await self._task

    async def _receive(self) -> dict[str, Any]:
        event = await self._to_server.get()
        self._took.set()
        return event

    async def _send(self, event: Any) -> None:
        if event["type"] == "websocket.accept":
            self.accepted = event["subprotocol"]
            return
        if not self.gate.is_set():
            self.stuck.set()
        await self.gate.wait()
        if self.fail:
            raise BrokenPipeError
        self._from_server.put_nowait(event)
        if event["type"] == "websocket.close":
            self._to_server.put_nowait({"type": "websocket.disconnect", "code": event["code"]})

    def leave(self) -> None:
        """Go without a word."""
        self._to_server.put_nowait({"type": "websocket.disconnect", "code": 1006})

    def send(self, *frames: ClientFrame) -> None:
        for frame in frames:
            self.send_raw(client_encode(frame))

    def send_raw(self, raw: bytes) -> None:
        self._to_server.put_nowait({"type": "websocket.receive", "bytes": raw, "text": None})

    def send_text(self, text: str) -> None:
        self._to_server.put_nowait({"type": "websocket.receive", "bytes": None, "text": text})

    async def hear(self) -> ServerFrame | Closed:
        """The next frame, or the end."""
        async with asyncio.timeout(PATIENCE):
            event = await self._from_server.get()
        return Closed(event["code"]) if event["type"] == "websocket.close" else server_decode(event["bytes"])

    async def hear_many(self, number: int) -> list[ServerFrame | Closed]:
        return [await self.hear() for _ in range(number)]

    async def taken(self, *, but: int = 0) -> None:
        """Wait until the server has taken what was sent, all but a few."""
        while self._to_server.qsize() > but:
            self._took.clear()
            async with asyncio.timeout(PATIENCE):
                await self._took.wait()

    def silent(self) -> bool:
        """Whether nothing waits to be heard."""
        return self._from_server.empty()

    async def hello(self, name: str, after: int = 0) -> ServerFrame | Closed:
        """Show the seat's token; READY or what came instead."""
        self.send(Hello(token_of(name), after))
        return await self.hear()


@dataclass
class Heard:
    """The answer to an exchange."""

    status: int
    headers: dict[bytes, bytes] = field(default_factory=dict)
    body: bytes = b""

    @property
    def frames(self) -> list[ServerFrame]:
        return [server_decode(frame) for frame in frames_split(self.body)]

    @property
    def code(self) -> str:
        return str(json.loads(self.body)["code"])


class Exchange:
    """One POST; ``await exchange.heard()``."""

    def __init__(self, application: RelayExchange, raw: bytes, *, query: str = "", origin: str | None = None, **scope: Any) -> None:
        headers = [(b"content-type", b"application/octet-stream"), (b"content-length", str(len(raw)).encode())]
        headers += [] if origin is None else [(b"origin", origin.encode())]
        self._scope: Any = {"type": "http", "method": "POST", "query_string": query.encode(), "headers": headers, **scope}
        self._to_server: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._to_server.put_nowait({"type": "http.request", "body": raw, "more_body": False})
        self._answer = Heard(0)
        self.task = asyncio.create_task(application(self._scope, self._to_server.get, self._send))  # type: ignore[arg-type]

    async def _send(self, event: Any) -> None:
        if event["type"] == "http.response.start":
            self._answer.status, self._answer.headers = event["status"], dict(event["headers"])
        else:
            self._answer.body += event["body"]

    def leave(self) -> None:
        """Cut the connection."""
        self._to_server.put_nowait({"type": "http.disconnect"})

    async def heard(self) -> Heard:
        async with asyncio.timeout(PATIENCE):
            await self.task
        return self._answer


def exchange(application: RelayExchange, name: str, *frames: ClientFrame, after: int = 0, wait: int | None = None) -> Exchange:
    """One exchange of a seat."""
    raw = frames_join(client_encode(frame) for frame in (Hello(token_of(name), after), *frames))
    return Exchange(application, raw, query="" if wait is None else f"wait={wait}")
