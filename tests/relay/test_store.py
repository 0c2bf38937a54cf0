"""What a batch of acts comes to: quotas, resends, races, and a database that fails."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections
from django.db.backends.signals import connection_created

from backend.core.errors import Refusal
from backend.core.wrapping import Keyring
from backend.relay.access import seat_for
from backend.relay.acts import Deed, Operation, digest_of
from backend.relay.codec import client_encode
from backend.relay.frames import Ack, Act, Answer, Append, Burn, Leave, SlotPut
from backend.relay.limits import Limit
from backend.relay.models import Conversation, Envelope, Receipt
from backend.relay.services import conversation_create
from backend.relay.store import Store
from tests.relay.driver import Hands, address_of, append_of, body_of, change_of, client_id, token_of

Say = Callable[..., list[Any]]


@pytest.fixture
def store(transactional_db: None, hands: Hands, keys: Keyring) -> Store:
    """The writer's half of a relay; "owner" owns a conversation."""
    conversation_create(owner=address_of("owner"), now=hands())
    return Store(keyring=keys, clock=hands)


@pytest.fixture
def say(store: Store, hands: Hands) -> Say:
    """Commit acts in one batch: ``say(("owner", act), …)``; answers, None, or the codes of refusals."""

    def commit(*acts: tuple[str, Act]) -> list[Any]:
        operations = [operation(hands, name, act) for name, act in acts]
        return [plain(outcome.reply) for outcome in store.commit(operations).outcomes]

    return commit


def operation(hands: Hands, name: str, act: Act) -> Operation:
    raw = client_encode(act)
    return Operation(seat_for(token=token_of(name), now=hands()).seat, Deed(act, digest_of(raw), len(raw)), lambda reply: None)


def plain(reply: Any) -> Any:
    return reply.code if isinstance(reply, Refusal) else reply


def flood(say: Say, name: str, number: int, **how: Any) -> list[Any]:
    return say(*((name, append_of(f"{name} {at}", **how)) for at in range(number)))


def test_a_seat_that_nobody_reads_is_stopped_at_its_quota_until_somebody_does(say: Say) -> None:
    say(("owner", change_of("friend")))
    written = flood(say, "owner", Limit.UNREAD_ENVELOPES_PER_SEAT, epoch=1)
    assert written.count("relay.quota_seat") == 1  # the commit is its own, too
    assert flood(say, "friend", 1, epoch=1) != ["relay.quota_seat"]
    say(("owner", Ack(100)), ("friend", Ack(100)))
    assert flood(say, "owner", 101, epoch=1)[-2:] == [Answer(ANY, 601, 0), "relay.quota_seat"]


def test_a_conversation_that_nobody_reads_is_stopped_at_its_quota(say: Say) -> None:
    say(("owner", change_of("a", "b", "c", "d")))
    say(("owner", Ack(1)), *((name, Ack(1)) for name in "abcd"))
    for name in "abcd":
        assert "relay.quota_seat" not in flood(say, name, Limit.UNREAD_ENVELOPES_PER_SEAT, epoch=1)
    assert flood(say, "owner", 1, epoch=1) == ["relay.quota_conversation"]
    assert say(("owner", change_of("e", epoch=1))) == ["relay.quota_conversation"]
    assert isinstance(say(("owner", Burn(client_id(), 2)))[0], Answer)
    assert isinstance(flood(say, "owner", 1, epoch=1)[0], Answer)


def test_a_conversation_is_stopped_at_its_bytes(say: Say, hands: Hands) -> None:
    whole = Limit.UNREAD_BYTES // Limit.BODY_BYTES
    written = flood(say, "owner", whole + 1, bucket=Limit.BODY_BYTES, ttl=300)
    assert written[-2:] == [Answer(ANY, whole, 0), "relay.quota_conversation"]
    hands.go(seconds=300)
    assert isinstance(flood(say, "owner", 1)[0], Answer)


def test_a_retry_after_is_named_where_the_same_act_may_succeed_later(store: Store, hands: Hands) -> None:
    flooding = [operation(hands, "owner", append_of(str(at))) for at in range(Limit.UNREAD_ENVELOPES_PER_SEAT + 1)]
    refusal = store.commit(flooding).outcomes[-1].reply
    assert isinstance(refusal, Refusal)
    assert refusal.retry_after > 0


def test_an_act_sent_again_is_answered_again_and_written_once(say: Say, hands: Hands) -> None:
    acts = [change_of("friend", welcome="w"), append_of("x", epoch=1), SlotPut(client_id(), 0, 1, 300, body_of("p")), Burn(client_id(), 1)]
    first = [say(("owner", act))[0] for act in acts]
    hands.go(seconds=200)
    assert say(*(("owner", act) for act in acts)) == first
    assert Envelope.objects.count() == 3


def test_an_act_sent_twice_in_one_batch_is_written_once(say: Say) -> None:
    act = append_of("x")
    assert say(("owner", act), ("owner", act)) == [Answer(act.client_id, 1, 0)] * 2
    assert Envelope.objects.count() == 1


def test_an_append_that_was_burned_is_not_written_again(say: Say) -> None:
    act = append_of("x")
    say(("owner", act))
    say(("owner", Burn(client_id(), 1)))
    assert say(("owner", act)) == [Answer(act.client_id, 1, 0)]
    assert Conversation.objects.get().head == 1


def test_the_same_client_id_of_two_seats_names_two_acts(say: Say) -> None:
    say(("owner", change_of("friend")))
    act = append_of("x", epoch=1)
    assert say(("owner", act), ("friend", act)) == [Answer(act.client_id, 2, 0), Answer(act.client_id, 3, 0)]


def test_only_the_latest_receipts_of_a_seat_are_kept(say: Say) -> None:
    for counter in range(3):
        say(*(("owner", SlotPut(client_id(), 0, counter * 100 + at, 300, b"")) for at in range(100)))
    assert Receipt.objects.count() == Limit.RECEIPTS_PER_SEAT


def test_one_change_wins_an_epoch_and_the_loser_changes_nothing(say: Say) -> None:
    winner, loser = change_of("friend"), change_of("enemy")
    assert say(("owner", winner), ("owner", loser)) == [Answer(winner.client_id, 1, 1), "relay.stale_epoch"]
    assert say(("owner", change_of("enemy", epoch=1)))[0].extra == 2


def test_a_change_is_all_or_nothing(say: Say) -> None:
    say(("owner", change_of("friend")))
    assert say(("friend", change_of("third", epoch=1, ends=(0,)))) == ["relay.not_allowed"]
    assert say(("owner", change_of("third", epoch=1)))[0] == Answer(ANY, 2, 2)


def test_a_seat_may_end_those_that_it_opened_and_the_owner_any(say: Say) -> None:
    say(("owner", change_of("friend")))
    say(("friend", change_of("guest", "other guest", epoch=1)))
    assert isinstance(say(("friend", change_of(epoch=2, ends=(2,))))[0], Answer)
    assert isinstance(say(("owner", change_of(epoch=3, ends=(3, 1))))[0], Answer)
    assert Conversation.objects.get().seats.count() == 1


def test_a_change_may_name_a_seat_that_is_over(say: Say) -> None:
    say(("owner", change_of("friend")))
    say(("friend", Leave(client_id())))
    assert isinstance(say(("owner", change_of(epoch=1, ends=(1,))))[0], Answer)


def test_a_number_is_never_given_twice(say: Say) -> None:
    say(("owner", change_of("a")))
    assert say(("owner", change_of("b", epoch=1, ends=(1,))))[0].extra == 2


def test_a_conversation_that_everybody_left_is_over(say: Say) -> None:
    say(("owner", Leave(client_id())))
    assert Conversation.objects.get().ended


def test_two_processes_that_change_the_same_group_leave_one_winner(store: Store, hands: Hands, keys: Keyring) -> None:
    store.commit([operation(hands, "owner", change_of("friend"))])

    def race(name: str, epoch: int) -> Any:
        try:
            return Store(keyring=keys, clock=hands).commit([operation(hands, name, change_of(epoch=epoch))]).outcomes[0].reply
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for epoch in range(1, 9):
            replies = [plain(reply) for reply in pool.map(race, ("owner", "friend"), (epoch, epoch))]
            assert sum(isinstance(reply, Answer) for reply in replies) == 1
            assert "relay.stale_epoch" in replies
    assert Conversation.objects.get().head == 9


def test_batches_of_two_processes_over_the_same_conversations_all_succeed(store: Store, hands: Hands, keys: Keyring) -> None:
    names = [f"owner {number}" for number in range(6)]
    for name in names:
        conversation_create(owner=address_of(name), now=hands())

    def write(order: list[str]) -> list[Any]:
        try:
            ours = Store(keyring=keys, clock=hands)
            rounds = [ours.commit([operation(hands, name, append_of(name)) for name in order]) for _ in range(10)]
            return [outcome.reply for done in rounds for outcome in done.outcomes]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        replies = [reply for some in pool.map(write, (names, names[::-1])) for reply in some]
    assert all(isinstance(reply, Answer) for reply in replies)
    assert sorted(Conversation.objects.values_list("head", flat=True)) == [0, *[20] * 6]


def test_an_act_that_cannot_be_written_does_not_sink_its_batch(store: Store, hands: Hands) -> None:
    impossible = Append(client_id(), 1, 0, 2**32 - 1, body_of("x"))
    raw = client_encode(impossible)
    object.__setattr__(impossible, "ttl", 2**62)
    acts = [operation(hands, "owner", append_of("a")), operation(hands, "owner", append_of("b"))]
    acts.insert(1, Operation(acts[0].seat, Deed(impossible, digest_of(raw), len(raw)), lambda reply: None))
    done = store.commit(acts)
    assert [plain(outcome.reply) for outcome in done.outcomes] == [Answer(ANY, 1, 0), "relay.storage", Answer(ANY, 2, 0)]
    assert [(revision.before, revision.after) for revision in done.revisions.values()] == [(0, 2)]


def test_a_full_disk_or_a_lost_database_refuses_every_act_and_a_resend_succeeds(store: Store, hands: Hands) -> None:
    first, second = append_of("a", bucket=Limit.BODY_BYTES), append_of("b", bucket=Limit.BODY_BYTES)
    operations = [operation(hands, "owner", act) for act in (first, second)]
    with storage_broken():
        assert [plain(outcome.reply) for outcome in store.commit(operations).outcomes] == ["relay.storage"] * 2
    assert [outcome.reply for outcome in store.commit(operations).outcomes] == [
        Answer(first.client_id, 1, 0),
        Answer(second.client_id, 2, 0),
    ]


@contextmanager
def storage_broken() -> Iterator[None]:
    """SQLite: not one page more fits on the disk. PostgreSQL: the server ended our connection."""
    if connection.vendor == "postgresql":
        with connections.create_connection("default").cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            cursor.db.close()
        yield
        return

    def fill(sender: Any, connection: Any, **more: Any) -> None:
        connection.cursor().execute("PRAGMA max_page_count = 1")  # SQLite raises it to what the file has

    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # no free pages inside the file either
    connection.close()
    connection_created.connect(fill)
    try:
        yield
    finally:
        connection_created.disconnect(fill)


class _Any(bytes):
    """Equal to every client id."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, bytes)

    __hash__ = bytes.__hash__


ANY = _Any()
