"""The console's queue socket: who may listen, what it says, and when it ends."""

import json
from typing import Any, cast

import pytest
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from channels.routing import URLRouter
from channels.sessions import CookieMiddleware
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from backend.core.clock import system_clock
from backend.hotline import consumers, services
from backend.hotline.models import Shift
from backend.hotline.routes import websocket_urlpatterns
from backend.hotline.services.shifts import SEEN_EVERY
from backend.staff.models import StaffSession
from tests.hotline.conftest import Desk, desk_made
from tests.staff.people import log_in

pytestmark = pytest.mark.django_db(transaction=True)
APPLICATION = CookieMiddleware(URLRouter(cast(Any, websocket_urlpatterns)))


class Console:
    """A socket of a browser that is at ``origin`` and has the session of ``client``."""

    def __init__(self, client: Client | None, *, origin: str | None = settings.QUIETLINE_ORIGINS[0]) -> None:
        headers = [] if origin is None else [(b"origin", origin.encode())]
        if client is not None:
            name = settings.SESSION_COOKIE_NAME
            headers.append((b"cookie", f"{name}={client.cookies[name].value}".encode()))
        path = "/api/v1/staff/queue-socket"
        scope = {"type": "websocket", "path": path, "headers": headers, "query_string": b"", "subprotocols": []}
        self.wire: Any = cast(Any, ApplicationCommunicator)(APPLICATION, scope)

    async def connect(self) -> None:
        await self.wire.send_input({"type": "websocket.connect"})
        assert (await self.wire.receive_output())["type"] == "websocket.accept"

    async def hear(self) -> Any:
        """The next message."""
        told = await self.wire.receive_output()
        assert told["type"] == "websocket.send"
        return json.loads(told["text"])

    async def closed(self) -> int:
        """The code with which the server closes next."""
        told = await self.wire.receive_output()
        assert told["type"] == "websocket.close"
        return int(told["code"])

    async def leave(self) -> None:
        await self.wire.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wire.wait()


@pytest.fixture
def desk() -> Desk:
    return desk_made(system_clock())


@pytest.fixture
def client(desk: Desk) -> Client:
    browser = Client()
    log_in(browser, desk.one.user)
    return browser


async def test_it_says_that_the_queue_changed_and_not_what_is_in_it(desk: Desk, client: Client) -> None:
    console = Console(client)
    await console.connect()
    assert await console.hear() == {"type": "queue"}
    asker = await database_sync_to_async(desk.ask)()
    assert await console.hear() == {"type": "queue"}
    await database_sync_to_async(desk.claim)(asker)
    assert await console.hear() == {"type": "queue"}
    await console.leave()


async def test_the_queue_of_another_organisation_is_silent(desk: Desk, client: Client) -> None:
    elsewhere = await database_sync_to_async(desk_made)(system_clock(), slug="elsewhere")
    console = Console(client)
    await console.connect()
    await console.hear()
    await database_sync_to_async(elsewhere.ask)()
    assert await console.wire.receive_nothing()
    await console.leave()


async def test_what_the_console_sends_is_dropped(desk: Desk, client: Client) -> None:
    console = Console(client)
    await console.connect()
    await console.hear()
    await console.wire.send_input({"type": "websocket.receive", "text": "{}"})
    await console.wire.send_input({"type": "websocket.receive", "bytes": b"\x00"})
    assert await console.wire.receive_nothing()
    await console.leave()


@pytest.mark.parametrize("origin", [None, "null", "https://elsewhere.example"])
async def test_a_page_of_another_origin_is_closed_out(desk: Desk, client: Client, origin: str | None) -> None:
    console = Console(client, origin=origin)
    await console.connect()
    assert await console.closed() == consumers.FOREIGN


async def test_nobody_listens_without_a_session(desk: Desk, client: Client) -> None:
    await database_sync_to_async(StaffSession.objects.all().delete)()
    for console in (Console(None), Console(client)):
        await console.connect()
        assert await console.closed() == consumers.NO_SESSION


async def test_a_session_that_ends_closes_the_socket(desk: Desk, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "CHECK_EVERY", 0.001)
    console = Console(client)
    await console.connect()
    await console.hear()
    await database_sync_to_async(StaffSession.objects.all().delete)()
    assert await console.closed() == consumers.NO_SESSION


async def test_a_database_that_is_away_for_a_while_does_not_end_the_watch(
    desk: Desk, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0

    def away_once(session_key: str | None) -> None:
        nonlocal looks
        looks += 1
        if looks == 1:
            raise OperationalError

    console = Console(client)
    monkeypatch.setattr(consumers, "CHECK_EVERY", 0.001)
    await console.connect()
    await console.hear()
    monkeypatch.setattr(consumers, "_listener_read", away_once)
    assert await console.closed() == consumers.NO_SESSION
    assert looks == 2


async def test_a_console_that_listens_counts_as_heard_of(desk: Desk, client: Client) -> None:
    long_ago = system_clock() - SEEN_EVERY
    await database_sync_to_async(services.shift_set)(user=desk.one.user, on=True, now=long_ago)
    console = Console(client)
    await console.connect()
    await console.hear()
    shift = await database_sync_to_async(Shift.objects.get)()
    assert shift.seen_at > long_ago
    await console.leave()
