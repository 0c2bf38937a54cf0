"""The relay against a plain model of the protocol, in whatever order Hypothesis can think of, on the database of the test run."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from backend.core.errors import Refusal
from backend.core.wrapping import keyring
from backend.relay import jobs
from backend.relay.access import seat_for
from backend.relay.acts import Deed, Operation, SeatRef, digest_of
from backend.relay.codec import client_encode, server_decode
from backend.relay.errors import NoSeat
from backend.relay.frames import Ack, Act, Append, Burn, Change, Gone, Leave, ServerFrame, SlotPut
from backend.relay.models import Conversation, Envelope, Receipt, Seat, Slot
from backend.relay.reading import LogReader
from backend.relay.services import conversation_create, conversation_end
from backend.relay.store import Store
from tests.relay import model
from tests.relay.driver import body_of, client_id, token_of
from tests.support.effort import examples

START = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
_names = count(1)

some = st.integers(0, 1_000)
ttls = st.sampled_from([300, 3_600, 604_800])
epochs = st.sampled_from([0, 0, 0, 0, 1, -1])
"""How far the named epoch is from the true one."""


class Relay(RuleBasedStateMachine):
    """Acts are gathered and committed together, so that one batch holds many seats of many conversations."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.conversations: list[tuple[bytes, model.Conversation]] = []
        self.refs: dict[str, SeatRef] = {}
        self.done: list[tuple[int, str, Act]] = []
        self.pending: list[tuple[int, str, Act]] = []
        self.restart()

    def teardown(self) -> None:
        for table in (Receipt, Slot, Seat, Envelope, Conversation):
            table._default_manager.all().delete()

    # ── what the rules need ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def clock(self) -> datetime:
        return self.now

    def pick(self, which: int) -> tuple[int, model.Conversation, model.Seat]:
        """A conversation and any of its seats, the dead ones too."""
        index = which % len(self.conversations)
        conversation = self.conversations[index][1]
        return index, conversation, conversation.seats[which // len(self.conversations) % len(conversation.seats)]

    def ref(self, name: str) -> SeatRef:
        """What a socket that said HELLO while the seat lived still holds."""
        if name not in self.refs:
            self.refs[name] = seat_for(token=token_of(name), now=self.now).seat
        return self.refs[name]

    def plan(self, index: int, name: str, act: Act) -> None:
        self.pending.append((index, name, act))

    def taken(self) -> set[bytes]:
        return {model.named(seat.name) for _, conversation in self.conversations for seat in conversation.living(self.now)}

    def flush(self) -> None:
        """Commit what is planned, and see that each act came to what the model says."""
        planned, self.pending = self.pending, []
        operations: list[Operation] = []
        expected: list[Any] = []
        for index, name, act in planned:
            conversation = self.conversations[index][1]
            if not any(seat.name == name for seat in conversation.living(self.now)) and name not in self.refs:
                continue
            raw = client_encode(act)
            operations.append(Operation(self.ref(name), Deed(act, digest_of(raw), len(raw)), lambda reply: None))
            expected.append(plain(conversation.act(name, act, self.now, self.taken())))
            if not isinstance(act, Ack):
                self.done.append((index, name, act))
        if operations:
            outcomes = self.store.commit(operations).outcomes
            assert [plain(outcome.reply) for outcome in outcomes] == expected

    # ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    @initialize()
    def begin(self) -> None:
        self.conversation_begins()
        self.change(0, 0, 2, set(), True)
        self.flush()
        self.everybody_acks(0)
        self.append(1, 0, 300, 1)
        self.append(0, 0, 3_600, 1)
        self.flush()

    @rule()
    @precondition(lambda self: len(self.conversations) < 4)
    def conversation_begins(self) -> None:
        name = f"machine {next(_names)}"
        public_id = conversation_create(owner=model.named(name), now=self.now)
        owner = model.Seat(name, 0, 0, 1, 0, int(self.now.timestamp()) // model.DAY)
        self.conversations.append((public_id, model.Conversation([owner])))

    @rule(which=some, off=epochs, ttl=ttls, kind=st.sampled_from([1, 1, 1, 4, 5]))
    def append(self, which: int, off: int, ttl: int, kind: int) -> None:
        index, conversation, seat = self.pick(which)
        epoch = max(0, conversation.epoch + off)
        self.plan(index, seat.name, Append(client_id(), kind, epoch, ttl, body_of(f"{which} {ttl}")))

    @rule(which=some, off=epochs, opens=st.integers(0, 3), ends=st.sets(st.integers(0, 6), max_size=3), welcome=st.booleans())
    def change(self, which: int, off: int, opens: int, ends: set[int], welcome: bool) -> None:
        index, conversation, seat = self.pick(which)
        addresses = tuple(model.named(f"machine {next(_names)}") for _ in range(opens))
        body = body_of("welcome") if welcome else b""
        epoch = max(0, conversation.epoch + off)
        self.plan(index, seat.name, Change(client_id(), epoch, addresses, tuple(sorted(ends)), body_of(f"commit {which}"), body))

    @rule(which=some, other=some)
    def change_opens_a_seat_that_somebody_has(self, which: int, other: int) -> None:
        self.flush()
        index, conversation, seat = self.pick(which)
        taken = sorted(self.taken())
        if taken:
            address = taken[other % len(taken)]
            self.plan(index, seat.name, Change(client_id(), conversation.epoch, (address,), (), body_of("commit"), b""))

    @rule(which=some, others=st.lists(some, min_size=2, max_size=4))
    def commit_race(self, which: int, others: list[int]) -> None:
        index, conversation, _ = self.pick(which)
        for other in others:
            seat = conversation.seats[other % len(conversation.seats)]
            self.plan(index, seat.name, Change(client_id(), conversation.epoch, (), (), body_of(f"race {other}"), b""))

    @rule(which=some, back=st.sampled_from([-1, 0, 0, 0, 1, 2, 5]))
    def ack(self, which: int, back: int) -> None:
        index, conversation, seat = self.pick(which)
        self.plan(index, seat.name, Ack(max(0, len(conversation.log) - back)))

    @rule(which=some)
    def everybody_acks(self, which: int) -> None:
        index, conversation, _ = self.pick(which)
        for seat in conversation.living(self.now):
            self.plan(index, seat.name, Ack(len(conversation.log)))

    @rule(which=some, slot=st.integers(0, 3), counter=st.integers(0, 9), ttl=ttls, erase=st.booleans())
    def slot(self, which: int, slot: int, counter: int, ttl: int, erase: bool) -> None:
        index, _, seat = self.pick(which)
        self.plan(index, seat.name, SlotPut(client_id(), slot, counter, ttl, b"" if erase else body_of(f"place {counter}")))

    @rule(which=some, back=st.sampled_from([-1, 0, 1, 3]))
    def burn(self, which: int, back: int) -> None:
        index, conversation, seat = self.pick(which)
        self.plan(index, seat.name, Burn(client_id(), max(0, len(conversation.log) - back)))

    @rule(which=some)
    @precondition(lambda self: len(self.done) > 8)
    def leave(self, which: int) -> None:
        index, _, seat = self.pick(which)
        if seat.number or which % 4 == 0:
            self.plan(index, seat.name, Leave(client_id()))

    @rule(which=some)
    @precondition(lambda self: self.done)
    def an_act_is_sent_again(self, which: int) -> None:
        self.plan(*self.done[-1 - which % len(self.done)])

    @rule(which=some)
    @precondition(lambda self: self.done)
    def a_client_id_is_used_for_something_else(self, which: int) -> None:
        index, name, act = self.done[-1 - which % len(self.done)]
        assert not isinstance(act, Ack)
        epoch = self.conversations[index][1].epoch
        self.plan(index, name, Append(act.client_id, 1, epoch, 300, body_of(f"something else {which}")))

    @rule()
    def what_is_planned_is_committed(self) -> None:
        self.flush()
        self.compare_all()

    @rule(which=some)
    def the_hotline_ends_a_conversation(self, which: int) -> None:
        self.flush()
        if which % 5 == 0:
            public_id, conversation = self.conversations[which % len(self.conversations)]
            conversation_end(conversation_id=public_id, now=self.now)
            conversation.over = True

    @rule(step=st.sampled_from([1, 1, 299, 300, 300, 3_600, 3_600, 90_000, 604_800, 13 * model.DAY]))
    def time_passes(self, step: int) -> None:
        self.flush()
        self.now += timedelta(seconds=step)
        self.compare_all()

    @rule()
    def the_worker_runs(self) -> None:
        self.flush()
        jobs.rewrap(self.now)
        jobs.sweep(self.now)
        keyring().destroy_before(jobs.oldest_needed(self.now))
        self.compare_all()

    @rule()
    def restart(self) -> None:
        """What was committed is all that there is; a socket's knowledge is gone."""
        self.pending.clear()
        connection.close()
        self.store = Store(keyring=keyring(), clock=self.clock)
        self.reader = LogReader(keyring())

    @rule(which=some, after=st.integers(0, 30), size=st.integers(1, 4))
    def a_seat_reads(self, which: int, after: int, size: int) -> None:
        self.flush()
        _, conversation, seat = self.pick(which)
        self.compare(conversation, seat.name, after, size)

    @invariant()
    def nothing_else_is_there(self) -> None:
        """Every log is as long as the model's: nothing was written twice or lost."""
        if not self.pending:
            heads = dict(Conversation.objects.values_list("public_id", "head"))
            found = {bytes(public_id): head for public_id, head in heads.items()}
            for public_id, conversation in self.conversations:
                assert found.get(public_id, len(conversation.log)) == len(conversation.log)

    def compare_all(self) -> None:
        for _, conversation in self.conversations:
            for seat in conversation.seats:
                self.compare(conversation, seat.name, 0, 100)

    def compare(self, conversation: model.Conversation, name: str, after: int, size: int) -> None:
        try:
            expected = conversation.read(name, after, self.now)
        except NoSeat:
            with pytest.raises(NoSeat):
                seat_for(token=token_of(name), now=self.now)
            if name in self.refs:
                with pytest.raises(NoSeat):
                    self.reader.page_read(seat=self.refs[name], after=after, now=self.now)
            return
        found = seat_for(token=token_of(name), now=self.now)
        seat = conversation.seat(name)
        told = (found.seat.number, found.seat.first, found.cursor, found.head, found.epoch)
        assert told == (seat.number, seat.first, seat.cursor, len(conversation.log), conversation.epoch)
        read, more = [], True
        while more:
            page = self.reader.page_read(seat=found.seat, after=after, now=self.now, count=size)
            read += [server_decode(frame) for frame in page.frames]
            after, more = page.upto, page.more
            assert list(page.slots) == conversation.slots(name, self.now)
        assert list(one_by_one(read)) == expected


def plain(reply: Any) -> Any:
    """An answer as it is, a refusal by its code."""
    return reply.code if isinstance(reply, Refusal) else reply


def one_by_one(frames: list[ServerFrame]) -> list[ServerFrame]:
    """A range that is gone, number by number."""
    single: list[ServerFrame] = []
    for frame in frames:
        if isinstance(frame, Gone):
            single += [Gone(number, number) for number in range(frame.first, frame.last + 1)]
        else:
            single.append(frame)
    return single


TestRelay = pytest.mark.django_db(transaction=True)(Relay.TestCase)
TestRelay.settings = settings(
    max_examples=examples(30), stateful_step_count=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
