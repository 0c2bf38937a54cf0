"""A malicious server: a proxy in front of the real one that lies on purpose.

The browser talks to the proxy as if it were Quietline. What the real server answers passes through a ``Tamper``, which a test subclasses to swap, drop,
reorder or invent. The proxy has everything that a seized and still running server has: all that is stored and all that passes.
"""

import asyncio
import contextlib
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from tests.support.ports import free_port

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
NOT_FORWARDED = {b"host", b"origin", b"connection", b"content-length", b"transfer-encoding", b"accept-encoding"}


class Tamper:
    """What the malicious server changes. As it stands it changes nothing."""

    def answer(self, *, method: str, path: str, body: Any) -> Any:
        """The JSON that the client gets for a call, given the JSON that the real server answered."""
        return body

    def to_client(self, frame: bytes) -> list[bytes]:
        """The relay frames that the client gets in place of this one."""
        return [frame]

    def to_server(self, frame: bytes) -> list[bytes]:
        """The relay frames that the real server gets in place of this one."""
        return [frame]


class HostileServer:
    """An ASGI application that forwards to ``upstream`` (``host:port``) and lets ``tamper`` change what passes."""

    def __init__(self, *, upstream: str, tamper: Tamper) -> None:
        self.upstream = upstream
        self.tamper = tamper

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
        headers = [(k, v) for k, v in scope["headers"] if k not in NOT_FORWARDED] + [(b"accept-encoding", b"identity")]
        if any(name == b"origin" for name, _ in scope["headers"]):
            headers.append((b"origin", f"http://{self.upstream}".encode()))
        async with httpx.AsyncClient(timeout=40, trust_env=False) as client:
            answer = await client.request(scope["method"], url, headers=headers, content=content)
        body = answer.content
        if answer.headers.get("content-type", "").startswith("application/json"):
            changed = self.tamper.answer(method=scope["method"], path=scope["path"], body=json.loads(body))
            body = json.dumps(changed).encode()
        kept = [(k, v) for k, v in answer.headers.raw if k.lower() not in (b"content-length", b"transfer-encoding", b"connection", b"content-encoding")]
        await send({"type": "http.response.start", "status": answer.status_code, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
        await send({"type": "http.response.body", "body": body})

    async def _websocket(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        await receive()
        cookies = [(k.decode(), v.decode()) for k, v in scope["headers"] if k == b"cookie"]
        async with connect(
            f"ws://{self.upstream}{scope['path']}",
            origin=Origin(f"http://{self.upstream}"),
            subprotocols=[Subprotocol(p) for p in scope["subprotocols"]] or None,
            additional_headers=cookies,
            compression=None,
            proxy=None,
        ) as real:
            await send({"type": "websocket.accept", "subprotocol": real.subprotocol})
            down = asyncio.create_task(self._down(real, send))
            with contextlib.suppress(ConnectionClosed):
                await self._up(real, receive)
            down.cancel()

    async def _up(self, real: ClientConnection, receive: Receive) -> None:
        while (event := await receive())["type"] != "websocket.disconnect":
            frame = event.get("bytes")
            for changed in [event["text"]] if frame is None else self.tamper.to_server(frame):
                await real.send(changed)

    async def _down(self, real: ClientConnection, send: Send) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for frame in real:
                if isinstance(frame, str):
                    await send({"type": "websocket.send", "text": frame})
                    continue
                for changed in self.tamper.to_client(frame):
                    await send({"type": "websocket.send", "bytes": changed})
        await send({"type": "websocket.close", "code": real.close_code or 1000})


@contextlib.contextmanager
def hostile_server(*, upstream: str, tamper: Tamper) -> Iterator[str]:
    """Run the malicious server in a thread for a test; gives its address, ``http://127.0.0.1:port``."""
    port = free_port()
    config = uvicorn.Config(HostileServer(upstream=upstream, tamper=tamper), host="127.0.0.1", port=port, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(timeout=0.02)
        if not thread.is_alive():
            raise RuntimeError("the malicious server did not start")
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
