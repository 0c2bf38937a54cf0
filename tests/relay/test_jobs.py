"""The sweeper erases what is dead and nothing else; the living are wrapped again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from backend.core.errors import Refusal
from backend.core.wrapping import keyring, window_of, window_start
from backend.relay import jobs
from backend.relay.access import seat_for
from backend.relay.acts import Deed, Operation, digest_of
from backend.relay.codec import client_encode, server_decode
from backend.relay.errors import NoSeat
from backend.relay.frames import Ack, Act, Append, Envelope, Gone, Leave, SlotPut
from backend.relay.limits import Limit
from backend.relay.models import Conversation, Receipt, Seat, Slot
from backend.relay.models import Envelope as Row
from backend.relay.reading import LogReader
from backend.relay.services import conversation_create, conversation_end
from backend.relay.store import Store
from tests.relay.driver import Hands, address_of, append_of, body_of, change_of, client_id, token_of

Say = Callable[[str, Act], Any]


@pytest.fixture
def conversation_id(transactional_db: None, hands: Hands) -> bytes:
    """ "owner" owns it."""
    return conversation_create(owner=address_of("owner"), now=hands())


@pytest.fixture
def say(conversation_id: bytes, hands: Hands) -> Say:
    """Commit one act under the deployment's keys."""
    store = Store(keyring=keyring(), clock=hands)

    def commit(name: str, act: Act) -> Any:
        raw = client_encode(act)
        seat = seat_for(token=token_of(name), now=hands()).seat
        reply = store.commit([Operation(seat, Deed(act, digest_of(raw), len(raw)), lambda reply: None)]).outcomes[0].reply
        assert not isinstance(reply, Refusal)
        return reply

    return commit


def read(name: str, now: datetime, after: int = 0) -> list[Any]:
    seat = seat_for(token=token_of(name), now=now).seat
    return [server_decode(frame) for frame in LogReader(keyring()).page_read(seat=seat, after=after, now=now).frames]


def test_message_after_expiry_is_unreadable_before_the_sweeper_ran(say: Say, hands: Hands) -> None:
    say("owner", append_of("x", ttl=300))
    hands.go(seconds=299.999)
    assert isinstance(read("owner", hands())[0], Envelope)
    hands.go(seconds=0.001)
    assert read("owner", hands()) == [Gone(1, 1)]
    jobs.sweep(hands())
    assert Row.objects.count() == 0
    assert read("owner", hands()) == [Gone(1, 1)]


def test_what_everybody_acknowledged_is_unreadable_at_once_and_erased(say: Say, hands: Hands) -> None:
    say("owner", change_of("friend"))
    for _ in range(3):
        say("owner", append_of("x", epoch=1))
    say("owner", Ack(4))
    jobs.sweep(hands())
    assert Row.objects.count() == 4
    say("friend", Ack(3))
    assert [type(frame) for frame in read("owner", hands())] == [Gone, Envelope]
    jobs.sweep(hands())
    assert list(Row.objects.values_list("sequence", flat=True)) == [4]


def test_handshake_envelopes_outlive_the_timers_of_messages_but_not_the_silence_limit(say: Say, hands: Hands) -> None:
    say("owner", change_of("friend", welcome="w"))
    say("friend", Append(client_id(), 5, 1, 0, body_of("restart")))
    say("friend", Ack(3))
    for _ in range(13):
        hands.go(days=1)
        say("friend", Ack(3))
    assert len(read("owner", hands())) == 3
    say("owner", Ack(0))
    hands.go(days=1)
    assert read("owner", hands()) == [Gone(1, 3)]


def test_a_silent_seat_dies_after_the_limit_and_never_before_it(say: Say, hands: Hands) -> None:
    say("owner", change_of("friend"))
    hands.go(seconds=Limit.SILENCE_SECONDS)
    assert seat_for(token=token_of("friend"), now=hands())
    say("owner", Ack(1))
    hands.go(days=1)
    with pytest.raises(NoSeat):
        seat_for(token=token_of("friend"), now=hands())
    assert read("owner", hands()) == [Gone(1, 1)]
    jobs.sweep(hands())
    assert list(Seat.objects.values_list("number", flat=True)) == [0]
    assert (Conversation.objects.get().floor, Conversation.objects.get().ended) == (1, False)


def test_a_silent_seat_holds_nothing_back_and_nothing_living_is_erased(say: Say, hands: Hands) -> None:
    say("owner", change_of("friend", "third"))
    hands.go(days=8)
    say("owner", append_of("x", epoch=1, ttl=604_800))
    say("third", Ack(1))
    hands.go(days=7)
    jobs.sweep(hands())
    assert list(Row.objects.values_list("sequence", flat=True)) == []
    assert (Conversation.objects.get().floor, Seat.objects.count()) == (0, 2)


def test_a_conversation_whose_seats_all_fell_silent_leaves_no_row(say: Say, hands: Hands) -> None:
    say("owner", append_of("x"))
    say("owner", SlotPut(client_id(), 0, 1, 300, body_of("p")))
    hands.go(days=15)
    jobs.sweep(hands())
    assert [table._default_manager.count() for table in (Conversation, Seat, Row, Slot, Receipt)] == [0] * 5


def test_a_conversation_that_was_ended_leaves_no_row(say: Say, conversation_id: bytes, hands: Hands) -> None:
    say("owner", change_of("friend"))
    say("friend", SlotPut(client_id(), 0, 1, 300, body_of("p")))
    say("friend", append_of("x", epoch=1))
    conversation_end(conversation_id=conversation_id, now=hands())
    with pytest.raises(NoSeat):
        seat_for(token=token_of("owner"), now=hands())
    conversation_end(conversation_id=conversation_id, now=hands())
    jobs.sweep(hands())
    assert [table._default_manager.count() for table in (Conversation, Seat, Row, Slot, Receipt)] == [0] * 5


def test_a_seat_that_left_leaves_no_row(say: Say, hands: Hands) -> None:
    say("owner", change_of("friend"))
    say("friend", SlotPut(client_id(), 0, 1, 300, body_of("p")))
    say("friend", Leave(client_id()))
    assert [table._default_manager.count() for table in (Seat, Slot, Receipt)] == [1, 0, 0]


def test_an_expired_slot_keeps_its_counter_only(say: Say, hands: Hands) -> None:
    say("owner", SlotPut(client_id(), 0, 7, 300, body_of("p")))
    hands.go(seconds=300)
    jobs.sweep(hands())
    assert list(Slot.objects.values_list("counter", "window")) == [(7, None)]
    assert bytes(Slot.objects.get().body) == b""


def test_receipts_go_after_their_hour(say: Say, hands: Hands) -> None:
    say("owner", SlotPut(client_id(), 0, 7, 300, body_of("p")))
    hands.go(seconds=Limit.RECEIPT_SECONDS)
    jobs.sweep(hands())
    assert Receipt.objects.count() == 0


def test_the_living_outlive_the_key_that_they_were_wrapped_under(say: Say, hands: Hands) -> None:
    say("owner", change_of("friend"))
    said = append_of("x", epoch=1, ttl=604_800)
    say("friend", said)
    say("friend", SlotPut(client_id(), 0, 7, 86_400, body_of("p")))
    first = window_of(hands())
    hands.go(hours=5)
    assert jobs.oldest_needed(hands()) == window_start(first)
    jobs.rewrap(hands())
    assert jobs.oldest_needed(hands()) == window_start(window_of(hands()))
    keyring().destroy_before(jobs.oldest_needed(hands()))
    assert first not in keyring().windows()
    assert read("owner", hands(), 1) == [Envelope(2, 1, 1, None, said.body)]


def test_bytes_whose_key_was_destroyed_are_gone_and_no_error(say: Say, hands: Hands) -> None:
    say("owner", change_of("friend"))
    said = append_of("x", epoch=1, ttl=604_800)
    say("friend", said)
    hands.go(hours=5)
    keyring().destroy_before(hands())
    kept = append_of("y", epoch=1)
    say("friend", kept)
    expected = [Gone(2, 2), Envelope(3, 1, 1, None, kept.body)]
    assert read("owner", hands(), 1) == expected
    jobs.rewrap(hands())
    assert read("owner", hands(), 1) == expected


def test_sweeping_goes_on_batch_by_batch(say: Say, hands: Hands) -> None:
    conversation = Conversation.objects.get()
    rows = [
        Row(
            conversation=conversation, sequence=at, writer=1, kind=1, epoch=0, client_id=at.to_bytes(16), digest=b"", extra=0,
            size=1024, expires_at=2**50, window=None, body=b"",
        )
        for at in range(1, 2 * Limit.SWEEP_ROWS + 2)
    ]  # fmt: skip
    Row.objects.bulk_create(rows)
    Conversation.objects.update(head=len(rows), floor=len(rows) - 1)
    jobs.sweep(hands())
    assert list(Row.objects.values_list("sequence", flat=True)) == [len(rows)]
    assert Conversation.objects.get().swept == len(rows) - 1
