"""What a process does beside its sockets: it finds what it was not told, keeps connected seats alive, and lives without the layer."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from channels.layers import channel_layers
from django.test import override_settings

from backend.core.wrapping import Keyring
from backend.relay.errors import NoSeat
from backend.relay.frames import Answer, Ended, Envelope, Ready, SlotPut, SlotValue
from backend.relay.limits import Limit
from backend.relay.lives import day_of
from backend.relay.models import Seat
from backend.relay.runtime import NotRunning, Relay, relay_running, relay_runtime
from backend.relay.socket import RelaySocket
from tests.relay.driver import Closed, Hands, Socket, act, append_of, body_of, change_of, client_id, in_thread, token_of
from tests.support.ports import port_free


@pytest_asyncio.fixture
async def other(relay: Relay, hands: Hands, keys: Keyring) -> AsyncIterator[Relay]:
    """Another process on the same database that hears no wake-up: the layer lost them all."""
    running = Relay(clock=hands, keys=keys)
    yield running
    await running.stop()


async def test_a_lost_wakeup_is_healed_by_looking(relay: Relay, other: Relay, pair: bytes) -> None:
    async with Socket(RelaySocket(lambda: other)) as owner:
        await owner.hello("owner", after=1)
        said = append_of("x", epoch=1)
        await act(relay, "friend", said)
        await act(relay, "friend", SlotPut(client_id(), 0, 1, 300, body_of("p")))
        await other.poll()
        assert await owner.hear_many(2) == [Envelope(2, 1, 1, None, said.body), SlotValue(1, 0, 1, body_of("p"))]
        await other.poll()
        assert owner.silent()


async def test_a_seat_that_was_ended_elsewhere_is_closed_at_the_next_look(relay: Relay, other: Relay, pair: bytes) -> None:
    async with Socket(RelaySocket(lambda: other)) as friend:
        await friend.hello("friend", after=1)
        await act(relay, "owner", change_of(epoch=1, ends=(1,)))
        await other.poll()
        assert await friend.hear_many(2) == [Ended(), Closed(4001)]


async def test_numbers_stay_in_order_when_two_processes_write_one_log(relay: Relay, other: Relay, pair: bytes) -> None:
    async with Socket(RelaySocket(lambda: other)) as owner:
        await owner.hello("owner", after=1)
        for number in range(10):
            await act((relay, other)[number % 2], "friend", append_of(str(number), epoch=1))
        heard = await owner.hear_many(10)
        assert [frame.sequence for frame in heard if isinstance(frame, Envelope)] == list(range(2, 12))
        assert owner.silent()


async def test_a_connected_seat_that_says_nothing_stays_alive(socket: RelaySocket, relay: Relay, pair: bytes, hands: Hands) -> None:
    await act(relay, "owner", change_of("absent", epoch=1))
    async with Socket(socket) as owner:
        await owner.hello("owner", after=2)
        for _ in range(20):
            hands.go(days=1)
            await relay.poll()
            await act(relay, "friend", append_of("x", epoch=2))
        assert await relay.seat_open(token_of("owner"))
        with pytest.raises(NoSeat):
            await relay.seat_open(token_of("absent"))


async def test_hello_is_a_sign_of_life_of_a_day_and_not_of_a_moment(socket: RelaySocket, relay: Relay, pair: bytes, hands: Hands) -> None:
    hands.go(days=3)
    async with Socket(socket) as friend:
        await friend.hello("friend", after=1)
        await act(relay, "owner", append_of("x", epoch=1))
    days = await in_thread(lambda: set(Seat.objects.values_list("seen_day", flat=True)))
    assert days == {day_of(hands())}


async def test_a_relay_starts_and_serves_while_the_layer_is_away(pair: bytes, hands: Hands, keys: Keyring) -> None:
    away: dict[str, Any] = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [f"redis://127.0.0.1:{port_free()}/0"]},
        }
    }
    with override_settings(CHANNEL_LAYERS=away):
        channel_layers.backends.clear()
        lonely = Relay(clock=hands, keys=keys)
        await lonely.start()
        async with Socket(RelaySocket(lambda: lonely)) as owner:
            assert isinstance(await owner.hello("owner", after=1), Ready)
            said = append_of("x", epoch=1)
            owner.send(said)
            assert Answer(said.client_id, 2, 0) in await owner.hear_many(2)
        await lonely.stop()
    channel_layers.backends.clear()


async def test_the_process_has_one_relay_between_its_start_and_its_end(transactional_db: None) -> None:
    with pytest.raises(NotRunning):
        relay_running()
    async with relay_runtime():
        with pytest.raises(NoSeat):
            await relay_running().seat_open(token_of("nobody"))
    with pytest.raises(NotRunning):
        relay_running()


async def test_a_page_holds_so_many_bytes_and_at_least_one_envelope(relay: Relay, pair: bytes) -> None:
    whole = Limit.PAGE_BYTES // Limit.BODY_BYTES
    for number in range(whole + 1):
        await act(relay, "friend", append_of(str(number), epoch=1, bucket=Limit.BODY_BYTES))
    seat = (await relay.seat_open(token_of("owner"))).seat
    page = await relay.page_read(seat, 1)
    assert (len(page.frames), page.upto, page.more) == (whole, whole + 1, True)
    tiny = await relay.page_read(seat, 1, size=1)
    assert (len(tiny.frames), tiny.upto, tiny.more) == (1, 2, True)
    rest = await relay.page_read(seat, page.upto)
    assert (len(rest.frames), rest.more) == (1, False)
