import json

import pytest

from backend.config.bodies import LIMIT, BodyLimit
from tests.config.asgi import asked


class Echo:
    """Answers with what it received."""

    def __init__(self) -> None:
        self.calls = 0

    async def __call__(self, scope, receive, send):  # type: ignore[no-untyped-def]
        self.calls += 1
        event = await receive()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": event["body"]})


@pytest.mark.parametrize("chunks", [(b"",), (b"a",), (b"a" * LIMIT,), (b"a" * 1000, b"b" * 1000, b"")])
async def test_a_body_up_to_the_limit_arrives_whole(chunks: tuple[bytes, ...]) -> None:
    answered = await asked(BodyLimit(Echo()), "/x", method="POST", chunks=chunks)
    assert answered.body == b"".join(chunks)


@pytest.mark.parametrize(
    ("headers", "chunks"),
    [({"Content-Length": str(LIMIT + 1)}, (b"",)), ({}, (b"a" * LIMIT, b"b")), ({"Content-Length": "1"}, (b"a" * (LIMIT + 1),))],
)
async def test_a_longer_one_is_refused_before_anything_sees_it(headers: dict[str, str], chunks: tuple[bytes, ...]) -> None:
    echo = Echo()
    answered = await asked(BodyLimit(echo), "/x", method="POST", headers={**headers, "Accept-Language": "es"}, chunks=chunks)
    assert answered.status == 413
    assert json.loads(answered.body)["code"] == "request.too_large"
    assert echo.calls == 0


async def test_a_client_that_leaves_in_the_middle_reaches_nothing() -> None:
    echo = Echo()

    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    async def send(event: dict[str, object]) -> None:
        raise AssertionError("nobody is there")

    scope = {"type": "http", "method": "POST", "path": "/x", "headers": []}
    await BodyLimit(echo)(scope, receive, send)  # type: ignore[arg-type]
    assert echo.calls == 0
