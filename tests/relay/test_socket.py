"""The WebSocket application, as a browser meets it."""

import asyncio

import pytest
from django.conf import settings

from backend.core.wrapping import Keyring
from backend.relay.codec import client_encode
from backend.relay.frames import (
    NO_CLIENT_ID,
    Ack,
    Answer,
    Append,
    Burn,
    Ended,
    Envelope,
    Gone,
    Hello,
    Leave,
    Ready,
    Refused,
    SlotPut,
    SlotValue,
)
from backend.relay.limits import Limit
from backend.relay.runtime import Relay
from backend.relay.services import conversation_end
from backend.relay.socket import RelaySocket
from tests.relay.driver import Closed, Hands, Socket, act, append_of, body_of, change_of, client_id, in_thread, token_of


async def test_an_append_is_answered_and_handed_to_the_other_seat(socket: RelaySocket, conversation: bytes) -> None:
    async with Socket(socket) as owner, Socket(socket) as friend:
        assert isinstance(await owner.hello("owner"), Ready)
        change = change_of("friend", welcome="welcome")
        owner.send(change)
        # The own envelopes may overtake the answer where the log was just being read.
        heard = await owner.hear_many(3)
        assert Answer(change.client_id, 1, 1) in heard
        own = [Envelope(1, 2, 0, change.client_id, None), Envelope(2, 3, 0, change.client_id, None)]
        assert [frame for frame in heard if isinstance(frame, Envelope)] == own
        ready = await friend.hello("friend")
        assert isinstance(ready, Ready)
        assert (ready.seat, ready.cursor, ready.head, ready.epoch) == (1, 0, 2, 1)
        assert await friend.hear_many(2) == [Envelope(1, 2, 0, None, change.commit), Envelope(2, 3, 0, None, change.welcome)]
        said = append_of("hello", epoch=1)
        friend.send(Ack(2), said)
        heard = await friend.hear_many(2)
        assert Answer(said.client_id, 3, 0) in heard
        assert Envelope(3, 1, 1, said.client_id, None) in heard
        assert await owner.hear() == Envelope(3, 1, 1, None, said.body)


async def test_ready_tells_the_servers_time_in_milliseconds(socket: RelaySocket, conversation: bytes, hands: Hands) -> None:
    async with Socket(socket) as owner:
        ready = await owner.hello("owner")
        assert isinstance(ready, Ready)
        assert ready.time == int(hands.now.timestamp() * 1000)
        assert owner.accepted == "quietline.v1"


async def test_what_was_missed_comes_in_order_and_what_is_dead_as_gone(
    socket: RelaySocket, relay: Relay, pair: bytes, hands: Hands
) -> None:
    short, long = append_of("short", epoch=1, ttl=300), append_of("long", epoch=1, ttl=600)
    for envelope in (short, long):
        await act(relay, "friend", envelope)
    hands.go(seconds=300)
    async with Socket(socket) as owner:
        await owner.hello("owner")
        assert await owner.hear_many(2) == [Gone(1, 2), Envelope(3, 1, 1, None, long.body)]


async def test_a_long_log_comes_page_by_page_and_joins_the_live_one(socket: RelaySocket, relay: Relay, pair: bytes) -> None:
    for number in range(Limit.PAGE_ENVELOPES + 3):
        await act(relay, "friend", append_of(str(number), epoch=1))
    async with Socket(socket) as owner:
        await owner.hello("owner", after=1)
        await act(relay, "friend", append_of("live", epoch=1))
        heard = await owner.hear_many(Limit.PAGE_ENVELOPES + 4)
        assert [frame.sequence for frame in heard if isinstance(frame, Envelope)] == list(range(2, Limit.PAGE_ENVELOPES + 6))


@pytest.mark.parametrize("name", ["nobody", "owner of another"])
async def test_a_wrong_token_is_refused_and_closed(socket: RelaySocket, conversation: bytes, name: str) -> None:
    async with Socket(socket) as stranger:
        assert await stranger.hello(name) == Refused(NO_CLIENT_ID, 0, "relay.no_seat")
        assert await stranger.hear() == Closed(4004)


async def test_a_token_of_an_ended_seat_is_answered_like_a_wrong_one(socket: RelaySocket, relay: Relay, pair: bytes) -> None:
    await act(relay, "friend", Leave(client_id()))
    async with Socket(socket) as friend:
        assert await friend.hello("friend") == Refused(NO_CLIENT_ID, 0, "relay.no_seat")
        assert await friend.hear() == Closed(4004)


@pytest.mark.parametrize("raw", [b"", b"\x01", b"\x02\x01", client_encode(Ack(1)), client_encode(Hello(token_of("owner"), 0))[:-1]])
async def test_anything_before_hello_is_refused_and_closed(socket: RelaySocket, conversation: bytes, raw: bytes) -> None:
    async with Socket(socket) as owner:
        owner.send_raw(raw)
        assert isinstance(await owner.hear(), Refused)
        assert await owner.hear() == Closed(4000)


async def test_a_socket_that_never_says_hello_is_closed(relay: Relay, conversation: bytes) -> None:
    async with Socket(RelaySocket(lambda: relay, hello_seconds=0)) as silent:
        assert await silent.hear() == Closed(4000)


async def test_a_foreign_page_is_closed_and_our_own_is_not(socket: RelaySocket, conversation: bytes) -> None:
    async with Socket(socket, origin="https://elsewhere.example") as foreign:
        assert await foreign.hear() == Closed(4003)
    async with Socket(socket, origin=settings.QUIETLINE_ORIGINS[0]) as own:
        assert isinstance(await own.hello("owner"), Ready)


async def test_another_subprotocol_is_not_accepted(socket: RelaySocket, conversation: bytes) -> None:
    async with Socket(socket, subprotocols=("quietline.v2",)) as stranger:
        assert await stranger.hear() == Closed(4000)
        assert stranger.accepted is None


async def test_the_socket_stays_up_after_malformed_frames_until_the_twentieth(socket: RelaySocket, conversation: bytes) -> None:
    async with Socket(socket) as owner:
        await owner.hello("owner")
        owner.send_text("hello")
        assert await owner.hear() == Refused(NO_CLIENT_ID, 0, "relay.malformed")
        owner.send(Hello(token_of("owner"), 0))
        assert await owner.hear() == Refused(NO_CLIENT_ID, 0, "relay.malformed")
        said = append_of("still here")
        owner.send(said)
        assert Answer(said.client_id, 1, 0) in await owner.hear_many(2)
        for _ in range(Limit.MALFORMED_PER_SOCKET - 2):
            owner.send_raw(b"\x01\x66")
            assert await owner.hear() == Refused(NO_CLIENT_ID, 0, "relay.unknown_frame")
        assert await owner.hear() == Closed(4000)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (Append(client_id(), 2, 0, 300, body_of("x")), "relay.not_allowed"),
        (Append(client_id(), 1, 0, 299, body_of("x")), "relay.bad_expiry"),
        (Append(client_id(), 1, 0, 604_801, body_of("x")), "relay.bad_expiry"),
        (Append(client_id(), 1, 1, 300, body_of("x")), "relay.stale_epoch"),
        (Append(client_id(), 1, 0, 300, bytes(1000)), "relay.bad_padding"),
        (Append(client_id(), 1, 0, 300, bytes(65_537)), "relay.too_large"),
        (SlotPut(client_id(), 0, 1, 0, body_of("x")), "relay.bad_expiry"),
        (Burn(client_id(), 1), "relay.bad_cursor"),
        (change_of("other", ends=(7,)), "relay.not_allowed"),
        (change_of("owner"), "relay.not_allowed"),
        (change_of(*map(str, range(20))), "relay.too_many_seats"),
    ],
)
async def test_a_refusal_names_the_act_and_the_reason(socket: RelaySocket, conversation: bytes, frame: Append, code: str) -> None:
    async with Socket(socket) as owner:
        await owner.hello("owner")
        owner.send(frame)
        assert await owner.hear() == Refused(frame.client_id, 0, code)


async def test_an_ack_beyond_the_head_is_refused_without_a_name(socket: RelaySocket, conversation: bytes) -> None:
    async with Socket(socket) as owner:
        await owner.hello("owner")
        owner.send(Ack(1))
        assert await owner.hear() == Refused(NO_CLIENT_ID, 0, "relay.bad_cursor")


async def test_an_ended_seat_is_told_and_closed_at_once(socket: RelaySocket, pair: bytes) -> None:
    async with Socket(socket) as owner, Socket(socket) as friend:
        await owner.hello("owner", after=1)
        await friend.hello("friend", after=1)
        owner.send(change_of(epoch=1, ends=(1,)))
        assert await friend.hear_many(2) == [Ended(), Closed(4001)]


async def test_a_seat_that_leaves_is_answered_then_ended(socket: RelaySocket, pair: bytes) -> None:
    async with Socket(socket) as friend:
        await friend.hello("friend", after=1)
        leave = Leave(client_id())
        friend.send(leave)
        assert await friend.hear_many(3) == [Answer(leave.client_id, 1, 0), Ended(), Closed(4001)]


async def test_everybody_is_ended_when_the_hotline_ends_the_conversation(
    socket: RelaySocket, relay: Relay, pair: bytes, hands: Hands
) -> None:
    async with Socket(socket) as owner, Socket(socket) as friend:
        await owner.hello("owner", after=1)
        await friend.hello("friend", after=1)
        await in_thread(lambda: conversation_end(conversation_id=pair, now=hands()))
        await relay.poll()
        for seat in (owner, friend):
            assert await seat.hear_many(2) == [Ended(), Closed(4001)]


async def test_the_latest_value_of_a_slot_reaches_the_others_and_whoever_comes_later(
    socket: RelaySocket, relay: Relay, pair: bytes
) -> None:
    async with Socket(socket) as owner, Socket(socket) as friend:
        await owner.hello("owner", after=1)
        await friend.hello("friend", after=1)
        for counter in (1, 2):
            put = SlotPut(client_id(), 3, counter, 600, body_of(f"place {counter}"))
            friend.send(put)
            assert await friend.hear() == Answer(put.client_id, 1, 0)
            assert await owner.hear() == SlotValue(1, 3, counter, put.body)
        stale = SlotPut(client_id(), 3, 2, 600, body_of("place 2"))
        friend.send(stale)
        assert await friend.hear() == Refused(stale.client_id, 0, "relay.slot_stale")
    async with Socket(socket) as owner:
        await owner.hello("owner", after=1)
        assert await owner.hear() == SlotValue(1, 3, 2, body_of("place 2"))
        await act(relay, "friend", SlotPut(client_id(), 3, 3, 0, b""))
        assert await owner.hear() == SlotValue(1, 3, 3, b"")


async def test_a_socket_that_takes_nothing_is_closed_as_too_slow(
    socket: RelaySocket, relay: Relay, pair: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Socket(socket) as owner:
        await owner.hello("owner", after=1)
        owner.gate.clear()
        await act(relay, "friend", append_of("one", epoch=1))
        await owner.stuck.wait()
        loop = asyncio.get_running_loop()
        later = loop.time() + Limit.STALLED_SECONDS + 1
        monkeypatch.setattr(loop, "time", lambda: later)
        await relay.poll()
        monkeypatch.undo()
        owner.gate.set()
        heard = [await owner.hear()]
        while not isinstance(heard[-1], Closed):
            heard.append(await owner.hear())
        assert heard[-1] == Closed(4008)


async def test_a_socket_that_falls_behind_reads_the_log_and_misses_nothing(socket: RelaySocket, relay: Relay, pair: bytes) -> None:
    number = Limit.OUTGOING_FRAMES + 50
    async with Socket(socket) as owner:
        await owner.hello("owner", after=1)
        owner.gate.clear()
        for at in range(number):
            await act(relay, "friend", append_of(str(at), epoch=1))
        owner.gate.set()
        heard = await owner.hear_many(number)
        assert [frame.sequence for frame in heard if isinstance(frame, Envelope)] == list(range(2, number + 2))
        assert owner.silent()


async def test_a_burned_envelope_that_waits_for_a_slow_socket_is_not_sent(socket: RelaySocket, relay: Relay, pair: bytes) -> None:
    async with Socket(socket) as owner:
        await owner.hello("owner", after=1)
        owner.gate.clear()
        await act(relay, "friend", append_of("first", epoch=1))
        await owner.stuck.wait()
        for text in ("second", "third"):
            await act(relay, "friend", append_of(text, epoch=1))
        await act(relay, "friend", Burn(client_id(), 4))
        owner.gate.set()
        assert isinstance(await owner.hear(), Envelope)  # it was on the wire already
        assert await owner.hear() == Gone(3, 4)


async def test_what_is_in_flight_is_answered_before_the_process_ends(pair: bytes, hands: Hands, keys: Keyring) -> None:
    ending = Relay(clock=hands, keys=keys)
    await ending.start()
    async with Socket(RelaySocket(lambda: ending)) as owner:
        await owner.hello("owner", after=1)
        said = append_of("last words", epoch=1)
        owner.send(said)
        await owner.taken()
        await ending.stop()
        heard = [await owner.hear()]
        while not isinstance(heard[-1], Closed):
            heard.append(await owner.hear())
        assert heard[0] == Answer(said.client_id, 2, 0)
        assert heard[-1] == Closed(1012)


async def test_only_so_many_acts_are_on_their_way_at_a_time(socket: RelaySocket, relay: Relay, pair: bytes) -> None:
    async with Socket(socket) as owner:
        await owner.hello("owner", after=1)
        owner.gate.clear()
        acts = [append_of(str(number), epoch=1) for number in range(Limit.IN_FLIGHT_PER_SOCKET + 10)]
        owner.send(*acts)
        await owner.taken(but=10)
        owner.gate.set()
        answered: list[bytes] = []
        while len(answered) < len(acts):
            frame = await owner.hear()
            answered += [frame.client_id] if isinstance(frame, Answer) else []
        assert answered == [said.client_id for said in acts]


async def test_a_socket_that_goes_with_many_acts_on_their_way_leaves_nothing_behind(socket: RelaySocket, relay: Relay, pair: bytes) -> None:
    async with Socket(socket) as owner:
        await owner.hello("owner", after=1)
        owner.fail = True
        owner.send(*(append_of(str(number), epoch=1) for number in range(Limit.IN_FLIGHT_PER_SOCKET + 10)))
        await owner.taken(but=1)
    assert relay.registry.conversations() == []
