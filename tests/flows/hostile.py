"""A malicious server: a front before the real one that lies on purpose.

Browsers talk to the front as if it were Quietline. What the real server answers passes through a ``Tamper``, which a test subclasses to swap, drop,
reorder or invent. The front has everything that a seized and still running server has: all that is stored and all that passes.
"""

import asyncio
import contextlib
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from tests.support.ports import port_free
from tests.support.server import Server, server_running

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
NOT_FORWARDED = {b"host", b"origin", b"connection", b"content-length", b"transfer-encoding", b"accept-encoding"}
NOT_RETURNED = {b"content-length", b"transfer-encoding", b"connection", b"content-encoding"}


class Tamper:
    """What the malicious server changes. As it stands it changes nothing."""

    def answer(self, *, method: str, path: str, body: Any) -> Any:
        """The JSON that the client gets for a call, given the JSON that the real server answered."""
        return body

    def to_client(self, frame: bytes, *, seat: int) -> list[bytes]:
        """The relay frames that the holder of a seat gets in place of this one. Seat 0 is the advocate's."""
        return [frame]


@dataclass(slots=True)
class Front:
    """The ASGI application in front of ``upstream`` (``host:port``). A test puts its own ``tamper`` in place."""

    upstream: str
    tamper: Tamper

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)

    async def _http(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        content, more = b"", True
        while more:
            event = await receive()
            content += event.get("body", b"")
            more = event.get("more_body", False)
        query = scope["query_string"].decode()
        url = f"http://{self.upstream}{scope['path']}" + (f"?{query}" if query else "")
        headers = [(name, value) for name, value in scope["headers"] if name not in NOT_FORWARDED] + [(b"accept-encoding", b"identity")]
        if any(name == b"origin" for name, _ in scope["headers"]):
            headers.append((b"origin", f"http://{self.upstream}".encode()))
        async with httpx.AsyncClient(timeout=40, trust_env=False) as client:
            answer = await client.request(scope["method"], url, headers=headers, content=content)
        body = answer.content
        if answer.is_success and answer.headers.get("content-type", "").startswith("application/json"):
            body = json.dumps(self.tamper.answer(method=scope["method"], path=scope["path"], body=json.loads(body))).encode()
        kept = [(name, value) for name, value in answer.headers.raw if name.lower() not in NOT_RETURNED]
        await send(
            {"type": "http.response.start", "status": answer.status_code, "headers": [*kept, (b"content-length", str(len(body)).encode())]}
        )
        await send({"type": "http.response.body", "body": body})

    async def _websocket(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        await receive()
        async with connect(
            f"ws://{self.upstream}{scope['path']}",
            origin=Origin(f"http://{self.upstream}"),
            subprotocols=[Subprotocol(name) for name in scope["subprotocols"]] or None,
            additional_headers=[(name.decode(), value.decode()) for name, value in scope["headers"] if name == b"cookie"],
            compression=None,
            proxy=None,
        ) as real:
            await send({"type": "websocket.accept", "subprotocol": real.subprotocol})
            down = asyncio.create_task(self._down(real, send))
            with contextlib.suppress(ConnectionClosed):
                while (event := await receive())["type"] != "websocket.disconnect":
                    await real.send(event["text"] if event.get("bytes") is None else event["bytes"])
            down.cancel()

    async def _down(self, real: ClientConnection, send: Send) -> None:
        seat = 0
        with contextlib.suppress(ConnectionClosed):
            async for frame in real:
                if isinstance(frame, str):
                    await send({"type": "websocket.send", "text": frame})
                    continue
                if frame[1] == 0x81:
                    seat = int.from_bytes(frame[2:4], "big")
                for changed in self.tamper.to_client(frame, seat=seat):
                    await send({"type": "websocket.send", "bytes": changed})
        await send({"type": "websocket.close", "code": real.close_code or 1000})


@dataclass(slots=True)
class Fronted(Server):
    """A deployment as people reach it: through its front."""

    front_port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.front_port}"

    @property
    def named_url(self) -> str:
        return f"http://localhost:{self.front_port}"


@contextlib.contextmanager
def fronted_running(folder: Path) -> Iterator[tuple[Fronted, Front]]:
    """A real server, and the malicious front by which everybody reaches it."""
    port, front_port = port_free(), port_free()
    # An invitation names the last one.
    origins = [f"http://{host}:{number}" for number in (port, front_port) for host in ("127.0.0.1", "localhost")]
    with server_running(folder, port=port, environment={"QUIETLINE_ORIGINS": ",".join(origins)}) as real:
        front = Front(f"127.0.0.1:{port}", Tamper())
        with _served(front, front_port):
            yield Fronted(folder, port, real.environment, front_port=front_port), front


@contextlib.contextmanager
def _served(front: Front, port: int) -> Iterator[None]:
    config = uvicorn.Config(front, host="127.0.0.1", port=port, log_level="critical", lifespan="off", ws_per_message_deflate=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(timeout=0.02)
        if not thread.is_alive():
            raise RuntimeError("the malicious server did not start")
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(timeout=10)
