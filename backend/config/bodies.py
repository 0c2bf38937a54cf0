"""The largest body that Django gets to see. A longer one is refused before it is read, so that none is ever spooled to the disk."""

import json
from typing import Final

from asgiref.typing import ASGI3Application, ASGIReceiveCallable, ASGIReceiveEvent, ASGISendCallable, HTTPScope, Scope

from backend.core.errors import TooLarge
from backend.core.words import refusal_body

LIMIT: Final = 128 * 1024


class BodyLimit:
    """Wraps an ASGI application: a request with more than LIMIT bytes is answered 413 and never reaches it."""

    def __init__(self, application: ASGI3Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        if _declared(scope) > LIMIT:
            await _refuse(scope, send)
            return
        seen = bytearray()
        while True:
            event = await receive()
            if event["type"] != "http.request":
                return
            seen += event["body"]
            if len(seen) > LIMIT:
                await _refuse(scope, send)
                return
            if not event["more_body"]:
                break
        await self.application(scope, _replay(bytes(seen), receive), send)


def _header(scope: HTTPScope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name), "")


def _declared(scope: HTTPScope) -> int:
    length = _header(scope, b"content-length")
    return int(length) if length.isascii() and length.isdigit() else 0


def _replay(body: bytes, receive: ASGIReceiveCallable) -> ASGIReceiveCallable:
    """A ``receive`` that gives the whole body once and then what the server has to say, a disconnection for instance."""
    left = [body]

    async def receive_again() -> ASGIReceiveEvent:
        if left:
            return {"type": "http.request", "body": left.pop(), "more_body": False}
        return await receive()

    return receive_again


async def _refuse(scope: HTTPScope, send: ASGISendCallable) -> None:
    body = json.dumps(refusal_body(TooLarge(), accepted=_header(scope, b"accept-language"))).encode()
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": TooLarge.status, "headers": headers, "trailers": False})
    await send({"type": "http.response.body", "body": body, "more_body": False})
