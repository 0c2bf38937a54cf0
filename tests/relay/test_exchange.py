"""The HTTP application, where sockets do not get through."""

import asyncio
from typing import Any

import pytest
from django.conf import settings

from backend.relay.codec import client_encode
from backend.relay.exchange import RelayExchange, frames_join, frames_split
from backend.relay.frames import NO_CLIENT_ID, Ack, Answer, Burn, Ended, Envelope, Gone, Hello, Leave, Ready, Refused, SlotPut, SlotValue
from backend.relay.limits import Limit
from backend.relay.runtime import Relay
from tests.relay.driver import Exchange, Hands, act, append_of, body_of, change_of, client_id, exchange, token_of

HELLO = client_encode(Hello(token_of("owner"), 0))


async def waits(relay: Relay) -> None:
    """Until an exchange has begun to listen: what happens from now on, it hears."""
    while not relay.registry.conversations():  # noqa: ASYNC110  there is nothing that could tell
        await asyncio.sleep(0)


async def test_an_exchange_says_ready_then_the_answers_then_what_came_after(exchanges: RelayExchange, conversation: bytes) -> None:
    change, said, late = change_of("friend"), append_of("x", epoch=1), append_of("late")
    heard = await exchange(exchanges, "owner", change, Ack(9), said, late).heard()
    assert heard.status == 200
    assert heard.headers[b"content-type"] == b"application/octet-stream"
    assert heard.headers[b"cache-control"] == b"no-store"
    assert isinstance(heard.frames[0], Ready)
    assert heard.frames[1:] == [
        Answer(change.client_id, 1, 1),
        Refused(NO_CLIENT_ID, 0, "relay.bad_cursor"),
        Answer(said.client_id, 2, 0),
        Refused(late.client_id, 0, "relay.stale_epoch"),
        Envelope(1, 2, 0, change.client_id, None),
        Envelope(2, 1, 1, said.client_id, None),
    ]


async def test_a_waiting_exchange_hears_what_happens_meanwhile(exchanges: RelayExchange, relay: Relay, pair: bytes) -> None:
    waiting = exchange(exchanges, "owner", after=1, wait=25)
    await waits(relay)
    said = append_of("x", epoch=1)
    await act(relay, "friend", said)
    assert (await waiting.heard()).frames[1:] == [Envelope(2, 1, 1, None, said.body)]


async def test_a_waiting_exchange_hears_a_new_value_of_a_slot(exchanges: RelayExchange, relay: Relay, pair: bytes) -> None:
    await act(relay, "friend", SlotPut(client_id(), 0, 1, 300, body_of("here")))
    waiting = exchange(exchanges, "owner", after=1, wait=25)
    await waits(relay)
    await act(relay, "friend", SlotPut(client_id(), 0, 2, 300, body_of("there")))
    assert (await waiting.heard()).frames[1:] == [SlotValue(1, 0, 2, body_of("there"))]


async def test_a_waiting_exchange_hears_that_its_seat_is_over(exchanges: RelayExchange, relay: Relay, pair: bytes) -> None:
    waiting = exchange(exchanges, "friend", after=1, wait=25)
    await waits(relay)
    await act(relay, "owner", change_of(epoch=1, ends=(1,)))
    assert (await waiting.heard()).frames[1:] == [Ended()]
    assert (await exchange(exchanges, "friend").heard()).status == 404


async def test_a_waiting_exchange_whose_other_side_went_ends(exchanges: RelayExchange, relay: Relay, pair: bytes) -> None:
    waiting = exchange(exchanges, "owner", after=1, wait=25)
    await waits(relay)
    waiting.leave()
    await waiting.heard()
    assert relay.registry.conversations() == []


async def test_a_waiting_exchange_is_answered_when_the_process_ends(exchanges: RelayExchange, relay: Relay, pair: bytes) -> None:
    waiting = exchange(exchanges, "owner", after=1, wait=25)
    await waits(relay)
    for listener in relay.registry.listeners():
        await listener.stop()
    assert len((await waiting.heard()).frames) == 1


async def test_without_wait_nothing_is_waited_for(exchanges: RelayExchange, pair: bytes) -> None:
    assert len((await exchange(exchanges, "owner", after=1).heard()).frames) == 1
    assert len((await exchange(exchanges, "owner", after=1, wait=0).heard()).frames) == 1


async def test_a_seat_that_leaves_in_an_exchange_hears_the_answer_and_the_end(exchanges: RelayExchange, pair: bytes) -> None:
    leave = Leave(client_id())
    heard = await exchange(exchanges, "friend", leave, after=1, wait=25).heard()
    assert heard.frames[1:] == [Answer(leave.client_id, 1, 0), Ended()]


async def test_at_most_five_hundred_envelopes_come_at_once(exchanges: RelayExchange, relay: Relay, pair: bytes) -> None:
    for name, number in (("owner", 300), ("friend", 300)):
        for _ in range(3):
            await exchange(exchanges, name, *(append_of(str(at), epoch=1) for at in range(number // 3))).heard()
    first = await exchange(exchanges, "owner", after=1).heard()
    sequences = [frame.sequence for frame in first.frames if isinstance(frame, Envelope)]
    assert sequences == list(range(2, 2 + Limit.EXCHANGE_ENVELOPES))
    second = await exchange(exchanges, "owner", after=sequences[-1]).heard()
    assert [frame.sequence for frame in second.frames if isinstance(frame, Envelope)] == list(range(502, 602))


async def test_what_is_burned_or_expired_is_gone(exchanges: RelayExchange, relay: Relay, pair: bytes, hands: Hands) -> None:
    await act(relay, "owner", append_of("burned", epoch=1))
    await act(relay, "owner", Burn(client_id(), 2))
    await act(relay, "owner", append_of("expired", epoch=1, ttl=300))
    kept = append_of("kept", epoch=1)
    await act(relay, "owner", kept)
    hands.go(seconds=300)
    heard = await exchange(exchanges, "friend").heard()
    assert heard.frames[1:] == [Gone(1, 3), Envelope(4, 1, 1, None, kept.body)]


async def test_malformed_frames_are_refused_in_their_place_until_the_twentieth(exchanges: RelayExchange, conversation: bytes) -> None:
    said = append_of("x")
    junk = [b"\x01\x66"] * (Limit.MALFORMED_PER_SOCKET - 1)
    raw = frames_join([HELLO, *junk, client_encode(said), b"\x01\x66", client_encode(append_of("too late"))])
    heard = await Exchange(exchanges, raw).heard()
    assert heard.frames[1:-1] == [
        *[Refused(NO_CLIENT_ID, 0, "relay.unknown_frame")] * len(junk),
        Answer(said.client_id, 1, 0),
        Refused(NO_CLIENT_ID, 0, "relay.unknown_frame"),
    ]
    assert heard.frames[-1] == Envelope(1, 1, 0, said.client_id, None)


@pytest.mark.parametrize(
    ("raw", "more", "status", "code"),
    [
        (b"", {}, 400, "relay.malformed"),
        (b"\x00\x00\x00", {}, 400, "relay.malformed"),
        (b"\x00\x00\x00\x05\x01", {}, 400, "relay.malformed"),
        (frames_join([client_encode(Ack(1))]), {}, 400, "relay.malformed"),
        (frames_join([b"\x02" + HELLO[1:]]), {}, 400, "relay.unknown_version"),
        (frames_join([client_encode(Hello(token_of("nobody"), 0))]), {}, 404, "relay.no_seat"),
        (frames_join([HELLO]), {"query": "wait=26"}, 400, "relay.malformed"),
        (frames_join([HELLO]), {"query": "wait=1&more=1"}, 400, "relay.malformed"),
        (frames_join([HELLO]), {"query": "wait=-1"}, 400, "relay.malformed"),
        (frames_join([HELLO]), {"method": "GET"}, 400, "relay.malformed"),
        (frames_join([HELLO]), {"origin": "https://elsewhere.example"}, 403, "relay.not_allowed"),
        (bytes(Limit.EXCHANGE_REQUEST_BYTES + 1), {}, 413, "relay.too_large"),
    ],
)
async def test_a_bad_request_is_refused_with_calm_words(
    exchanges: RelayExchange, conversation: bytes, raw: bytes, more: dict[str, Any], status: int, code: str
) -> None:
    heard = await Exchange(exchanges, raw, **more).heard()
    assert (heard.status, heard.code) == (status, code)


async def test_our_own_page_may_exchange(exchanges: RelayExchange, conversation: bytes) -> None:
    assert (await Exchange(exchanges, frames_join([HELLO]), origin=settings.QUIETLINE_ORIGINS[0]).heard()).status == 200


def test_a_row_of_frames_comes_apart_as_it_was_put_together() -> None:
    frames = [b"", b"a", bytes(300)]
    assert frames_split(frames_join(frames)) == frames
