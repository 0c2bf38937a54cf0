"""The long poll: woken by a change, by a lost wake-up's end, by the time asked for; and never in the way of a refusal."""

import asyncio
from datetime import timedelta
from typing import Any, cast

import pytest
from asgiref.typing import ASGIReceiveCallable, ASGIReceiveEvent, ASGISendCallable, Scope
from channels.db import database_sync_to_async
from channels.layers import InMemoryChannelLayer

from backend.core.clock import system_clock
from backend.core.tokens import b64_encode, id_new, token_new
from backend.hotline import services, waiting
from backend.hotline.nudges import request_group
from backend.hotline.waiting import StatusWait
from tests.hotline.conftest import Desk, desk_made
from tests.hotline.samples import Asker

pytestmark = pytest.mark.django_db(transaction=True)
LONG = timedelta(hours=1)


class Client:
    """One request to a StatusWait whose application only notes that it was reached. Nothing in it takes time by itself."""

    def __init__(self, asker: Asker, query: str, *, token: bytes | None = None, method: str = "POST", body: bytes = b"") -> None:
        bearer = f"Bearer {b64_encode(token or asker.token)}".encode()
        path = f"/api/v1/help-requests/{b64_encode(asker.request_id)}/status"
        self.scope = cast(
            Scope,
            {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": [(b"authorization", bearer)]},
        )
        self.events: asyncio.Queue[ASGIReceiveEvent] = asyncio.Queue()
        self.events.put_nowait({"type": "http.request", "body": body, "more_body": False})
        self.seen: list[ASGIReceiveEvent] = []
        self.reached: int = 0

    async def _application(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        self.reached += 1
        self.seen.append(await receive())

    async def _send(self, event: Any) -> None:
        raise AssertionError("StatusWait itself answers nothing")

    def leave(self) -> None:
        self.events.put_nowait({"type": "http.disconnect"})

    async def run(self) -> None:
        await StatusWait(self._application)(self.scope, self.events.get, self._send)


@pytest.fixture
def desk() -> Desk:
    return desk_made(system_clock())


@pytest.fixture
def layer(monkeypatch: pytest.MonkeyPatch) -> InMemoryChannelLayer:
    """A layer of the test's own, and a poll that would take for ever without being woken."""
    own = InMemoryChannelLayer()
    monkeypatch.setattr(waiting, "get_channel_layer", lambda: own)
    monkeypatch.setattr(waiting, "WAIT_STEP", LONG)
    return own


@pytest.fixture
def listening(layer: InMemoryChannelLayer, monkeypatch: pytest.MonkeyPatch) -> asyncio.Queue[None]:
    """Gets an entry each time that a poll has read the status and found no news."""
    told: asyncio.Queue[None] = asyncio.Queue()
    receive = layer.receive

    async def receive_noted(channel: str) -> Any:
        told.put_nowait(None)
        return await receive(channel)

    monkeypatch.setattr(layer, "receive", receive_noted)
    return told


async def test_a_change_wakes_the_one_who_waits(desk: Desk, layer: InMemoryChannelLayer, listening: asyncio.Queue[None]) -> None:
    asker = await database_sync_to_async(desk.ask)()
    client = Client(asker, "wait=25")
    polling = asyncio.create_task(client.run())
    await listening.get()
    assert not polling.done()
    await database_sync_to_async(desk.claim)(asker)
    await layer.group_send(request_group(asker.request_id), {"type": "hotline.request"})
    await polling
    assert client.reached == 1


async def test_a_wake_up_without_news_is_slept_through(desk: Desk, layer: InMemoryChannelLayer, listening: asyncio.Queue[None]) -> None:
    asker = await database_sync_to_async(desk.ask)()
    client = Client(asker, "wait=25")
    polling = asyncio.create_task(client.run())
    for _ in range(3):
        await listening.get()
        await layer.group_send(request_group(asker.request_id), {"type": "hotline.request"})
    await listening.get()
    assert not client.reached
    client.leave()
    await polling


async def test_a_lost_wake_up_is_healed_by_looking_again(
    desk: Desk, listening: asyncio.Queue[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    asker = await database_sync_to_async(desk.ask)()
    client = Client(asker, "wait=25")
    monkeypatch.setattr(waiting, "WAIT_STEP", timedelta(microseconds=1))
    polling = asyncio.create_task(client.run())
    await listening.get()
    await database_sync_to_async(desk.claim)(asker)
    await polling
    assert client.reached == 1


async def test_news_that_came_before_is_told_at_once(desk: Desk, layer: InMemoryChannelLayer) -> None:
    asker = await database_sync_to_async(desk.ask)()
    known = (await database_sync_to_async(desk.status)(asker, now=system_clock())).tag()
    await database_sync_to_async(desk.claim)(asker)
    client = Client(asker, f"wait=25&known={known}")
    await client.run()
    assert client.reached == 1


async def test_what_is_known_is_waited_for(desk: Desk, layer: InMemoryChannelLayer, listening: asyncio.Queue[None]) -> None:
    asker = await database_sync_to_async(desk.ask)()
    known = (await database_sync_to_async(desk.status)(asker, now=system_clock())).tag()
    client = Client(asker, f"wait=25&known={known}")
    polling = asyncio.create_task(client.run())
    await listening.get()
    assert not client.reached
    client.leave()
    await polling


async def test_the_time_asked_for_ends_the_wait(desk: Desk, layer: InMemoryChannelLayer) -> None:
    asker = await database_sync_to_async(desk.ask)()
    await waiting.status_news(asker.request_id, asker.token, known="", seconds=0.001)


async def test_a_client_that_left_is_not_answered_and_leaves_no_listener(
    desk: Desk, layer: InMemoryChannelLayer, listening: asyncio.Queue[None]
) -> None:
    asker = await database_sync_to_async(desk.ask)()
    client = Client(asker, "wait=25")
    polling = asyncio.create_task(client.run())
    await listening.get()
    client.leave()
    await polling
    assert client.reached == 0
    assert not layer.groups


async def test_a_withdrawn_request_ends_the_wait(desk: Desk, layer: InMemoryChannelLayer, listening: asyncio.Queue[None]) -> None:
    asker = await database_sync_to_async(desk.ask)()
    client = Client(asker, "wait=25")
    polling = asyncio.create_task(client.run())
    await listening.get()
    await database_sync_to_async(services.request_withdraw)(request_id=asker.request_id, token=asker.token, now=system_clock())
    await layer.group_send(request_group(asker.request_id), {"type": "hotline.request"})
    await polling
    assert client.reached == 1


async def test_a_wrong_token_waits_for_nothing(desk: Desk, layer: InMemoryChannelLayer) -> None:
    asker = await database_sync_to_async(desk.ask)()
    client = Client(asker, "wait=25", token=token_new())
    await client.run()
    assert client.reached == 1


@pytest.mark.parametrize("query", ["", "wait=0", "wait=26", "wait=x", "wait=-1"])
async def test_what_is_no_wait_goes_straight_to_the_application(desk: Desk, layer: InMemoryChannelLayer, query: str) -> None:
    asker = await database_sync_to_async(desk.ask)()
    client = Client(asker, query)
    await client.run()
    assert client.reached == 1


async def test_another_method_and_a_body_go_straight_to_the_application(desk: Desk, layer: InMemoryChannelLayer) -> None:
    asker = await database_sync_to_async(desk.ask)()
    for client in (Client(asker, "wait=25", method="GET"), Client(asker, "wait=25", body=b"{}")):
        await client.run()
        assert client.reached == 1
    assert client.seen == [{"type": "http.request", "body": b"{}", "more_body": False}]


async def test_a_layer_that_is_away_costs_time_and_not_the_answer(
    desk: Desk, layer: InMemoryChannelLayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise ConnectionError

    asker = await database_sync_to_async(desk.ask)()
    monkeypatch.setattr(layer, "group_add", away)
    monkeypatch.setattr(waiting, "WAIT_STEP", timedelta())
    client = Client(asker, "wait=25")
    await client.run()
    assert client.reached == 1


def test_the_layer_never_holds_an_id_that_opens_something() -> None:
    request_id = id_new()
    assert request_id.hex() not in request_group(request_id)
    assert b64_encode(request_id) not in request_group(request_id)
