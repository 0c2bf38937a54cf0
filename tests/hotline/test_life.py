"""A request's whole life against a plain model: whatever people and the worker do in whatever order, both agree on what can be read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.core.errors import NotFound, Refusal
from backend.hotline import jobs, limits, services
from backend.hotline.labels import Level
from backend.hotline.selectors import queue_for
from backend.hotline.services.claims import Reason
from backend.hotline.states import ANSWERED, State
from backend.relay.models import Seat
from tests.hotline.conftest import Desk
from tests.hotline.samples import Asker, sealed_sample
from tests.staff.people import Member
from tests.support.effort import examples

START = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
"""The moment of the fixture ``now``."""

INTAKE_ENDS = datetime(2026, 3, 5, 0, 10, tzinfo=UTC)
"""When the desk's intake key is over, the tolerance included: nobody can ask from then on."""
CERTIFIED = timedelta(days=7, seconds=600)
"""How long the desk's devices hold, the tolerance included: nobody can claim after that."""

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 4, 6, 6, 60, 300, 24 * 60, 72 * 60))
Step = tuple[str, int, str]
"""What happens, which request or how much of it, and who does it."""
KINDS = {"ask": 4, "claim": 4, "talk": 2, "return": 2, "close": 1, "replace": 1, "withdraw": 1, "wait": 2, "work": 2}
"""What happens, and how often for each other thing."""
REQUESTS = 4
"""As many are enough to pass each other in the queue."""
STEPS = st.tuples(
    st.sampled_from([kind for kind, often in KINDS.items() for _ in range(often)]),
    st.integers(0, 7),
    st.sampled_from(("holder", "holder", "holder", "stranger", "supervisor")),
)


@dataclass(slots=True)
class Plain:
    """What the model knows of one request."""

    asker: Asker
    level: Level
    created: datetime
    changed: datetime
    expires: datetime
    packages: list[bytes]
    state: State = State.WAITING
    holder: Member | None = None
    seat: bytes | None = None


class Life:
    """One desk and the model of its requests."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.now = START
        self.requests: list[Plain] = []

    def step(self, step: Step) -> None:
        """Do one thing to both."""
        kind, number, who = step
        if kind == "wait":
            self.now += WAITS[number % len(WAITS)]
        elif kind == "work":
            self._work()
        elif kind == "ask":
            self._ask(Level(number % len(Level)), packages=2 + number % 2)
        elif self.requests:
            plain = self.requests[-1 - number % len(self.requests)]
            getattr(self, f"_{kind}")(plain, self._who(plain, who))

    def agree(self) -> None:
        """What people and staff read is what the model says, and there is an owner's seat for each who is answered."""
        for plain in self.requests:
            if not self._lives(plain):
                with pytest.raises(NotFound):
                    self.desk.status(plain.asker, now=self.now)
                continue
            status = self.desk.status(plain.asker, now=self.now)
            assert (status.state, status.seat) == (plain.state, plain.seat)
            assert status.ahead == (self._queue().index(plain) if plain.state is State.WAITING else 0)
        for member in (self.desk.one, self.desk.other):
            queue = queue_for(user=member.user, now=self.now)
            assert [card.public_id for card in queue.requests] == [plain.asker.request_id for plain in self._queue()]
            mine = {plain.asker.request_id for plain in self.requests if self._holds(plain, member)}
            assert {card.public_id for card in queue.mine} == mine
        assert Seat.objects.count() >= sum(map(self._answered, self.requests))

    def _ask(self, level: Level, *, packages: int) -> None:
        if self.now >= INTAKE_ENDS or len(self.requests) == REQUESTS:
            return
        asker = self.desk.ask(level=level, packages=packages, now=self.now)
        seats = [one.seat for one in asker.draft.sealed.packages]
        self.requests.append(Plain(asker, level, self.now, self.now, self.now + limits.REQUEST_LIFE, seats))

    def _work(self) -> None:
        jobs.sweep(self.now)
        jobs.rewrap(self.now)
        for plain in self.requests:
            if self._lives(plain) and plain.state is State.CLAIMED and plain.changed + limits.CLAIM_LIFE <= self.now:
                self._returned(plain)

    def _claim(self, plain: Plain, member: Member) -> None:
        advocate = member.user != self.desk.house.supervisor
        allowed = advocate and self._lives(plain) and plain.state is State.WAITING and self.now < START + CERTIFIED
        if self._try(lambda: self.desk.claim(plain.asker, member, now=self.now), allowed=allowed):
            plain.state, plain.holder, plain.changed, plain.seat = State.CLAIMED, member, self.now, plain.packages.pop(0)

    def _talk(self, plain: Plain, member: Member) -> None:
        talk = partial(services.request_talking, request_id=plain.asker.request_id, user=member.user, now=self.now)
        if self._try(talk, allowed=self._holds(plain, member)) and plain.state is State.CLAIMED:
            plain.state, plain.changed, plain.expires = State.TALKING, self.now, self.now + limits.TALK_LIFE

    def _return(self, plain: Plain, member: Member) -> None:
        give = partial(services.request_return, request_id=plain.asker.request_id, user=member.user, reason=Reason.LOST, now=self.now)
        if self._try(give, allowed=self._may_end(plain, member)):
            self._returned(plain)

    def _close(self, plain: Plain, member: Member) -> None:
        close = partial(services.request_close, request_id=plain.asker.request_id, user=member.user, now=self.now)
        if self._try(close, allowed=self._may_end(plain, member)):
            self._closed(plain)

    def _replace(self, plain: Plain, member: Member) -> None:
        request_id, token = plain.asker.request_id, plain.asker.token
        sealed = sealed_sample(intake_key=self.desk.intake_key, packages=2)
        allowed = self._lives(plain) and plain.state is State.WAITING and self.now < INTAKE_ENDS
        if self._try(lambda: services.request_replace(request_id=request_id, token=token, sealed=sealed, now=self.now), allowed=allowed):
            plain.packages, plain.changed = [one.seat for one in sealed.packages], self.now

    def _withdraw(self, plain: Plain, member: Member) -> None:
        request_id, token = plain.asker.request_id, plain.asker.token
        if self._try(lambda: services.request_withdraw(request_id=request_id, token=token, now=self.now), allowed=self._lives(plain)):
            plain.expires = self.now

    def _who(self, plain: Plain, who: str) -> Member:
        if who == "supervisor":
            return Member(self.desk.house.supervisor, "")
        holds_other = plain.holder == self.desk.other
        return self.desk.other if holds_other == (who == "holder") else self.desk.one

    def _lives(self, plain: Plain) -> bool:
        return self.now < plain.expires

    def _answered(self, plain: Plain) -> bool:
        return self._lives(plain) and plain.state in ANSWERED

    def _holds(self, plain: Plain, member: Member) -> bool:
        return self._answered(plain) and plain.holder == member

    def _may_end(self, plain: Plain, member: Member) -> bool:
        return self._answered(plain) and (plain.holder == member or member.user == self.desk.house.supervisor)

    def _queue(self) -> list[Plain]:
        waiting = [plain for plain in self.requests if plain.state is State.WAITING and self._lives(plain)]
        return sorted(waiting, key=lambda plain: (plain.level, plain.created))

    def _returned(self, plain: Plain) -> None:
        if not plain.packages or plain.created + limits.REQUEST_LIFE <= self.now:
            self._closed(plain)
        else:
            plain.state, plain.holder, plain.seat, plain.changed = State.WAITING, None, None, self.now
            plain.expires = plain.created + limits.REQUEST_LIFE

    def _closed(self, plain: Plain) -> None:
        plain.state, plain.holder, plain.seat, plain.changed = State.CLOSED, None, None, self.now
        plain.expires = self.now + limits.CLOSED_LIFE

    @staticmethod
    def _try(act: Callable[[], object], *, allowed: bool) -> bool:
        """Do it. Whether it was allowed; it must be refused exactly where it is not."""
        if allowed:
            act()
            return True
        with pytest.raises(Refusal):
            act()
        return False


@settings(max_examples=examples(20), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=18, max_size=26))
def test_a_requests_life_is_the_models(desk: Desk, steps: list[Step]) -> None:
    with transaction.atomic():
        life = Life(desk)
        life.step(("ask", 0, "holder"))
        for step in steps:
            life.step(step)
            life.agree()
        transaction.set_rollback(True)
