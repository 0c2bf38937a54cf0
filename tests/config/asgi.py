"""Drives an ASGI application for one request, without a server."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answered:
    """What the application answered. Header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


async def asked(
    application: Any, path: str, *, method: str = "GET", headers: dict[str, str] | None = None, chunks: tuple[bytes, ...] = (b"",)
) -> Answered:
    """One HTTP request, its body in ``chunks``."""
    sent: list[dict[str, Any]] = []
    events = [{"type": "http.request", "body": chunk, "more_body": number < len(chunks) - 1} for number, chunk in enumerate(chunks)]
    left = iter(events)

    async def receive() -> dict[str, Any]:
        return next(left, {"type": "http.disconnect"})

    async def send(event: dict[str, Any]) -> None:
        sent.append(event)

    raw = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"", "headers": raw}
    await application(scope, receive, send)
    start = sent[0]
    return Answered(
        status=start["status"],
        headers={name.decode().lower(): value.decode() for name, value in start["headers"]},
        body=b"".join(event.get("body", b"") for event in sent[1:]),
    )
