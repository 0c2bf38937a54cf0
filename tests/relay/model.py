"""The relay of docs/protocol.md in a few lines of plain Python: what the real one is held against. No database, no wrapping, no batches."""

from dataclasses import dataclass, field
from datetime import datetime

from backend.core.errors import Refusal
from backend.relay import errors
from backend.relay.frames import Ack, Act, Answer, Append, Burn, Change, Envelope, Gone, Kind, Leave, ServerFrame, SlotPut, SlotValue
from tests.relay.driver import address_of

DAY = 86_400
SILENCE = 14 * DAY
RECEIPT = 3_600


@dataclass
class Entry:
    """One envelope."""

    kind: int
    epoch: int
    writer: str
    act: Append | Change
    answer: Answer
    body: bytes
    expires: float
    burned: bool = False


@dataclass
class Seat:
    """One seat, living or not."""

    name: str
    number: int
    opener: int
    first: int
    cursor: int
    day: int
    ended: bool = False
    receipts: dict[bytes, tuple[Act, Answer, float]] = field(default_factory=dict)
    slots: dict[int, tuple[int, bytes, float]] = field(default_factory=dict)


@dataclass
class Conversation:
    """A log and its seats."""

    seats: list[Seat]
    log: list[Entry] = field(default_factory=list)
    epoch: int = 0
    over: bool = False

    def seat(self, name: str) -> Seat:
        return next(seat for seat in self.seats if seat.name == name)

    def living(self, now: datetime) -> list[Seat]:
        alive = [seat for seat in self.seats if not seat.ended and now.timestamp() < (seat.day + 1) * DAY + SILENCE]
        return [] if self.over else alive

    def floor(self, now: datetime) -> int:
        return min((seat.cursor for seat in self.living(now)), default=len(self.log))

    def readable(self, number: int, now: datetime) -> bool:
        entry = self.log[number - 1]
        return number > self.floor(now) and entry.expires > now.timestamp() and not entry.burned

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def read(self, name: str, after: int, now: datetime) -> list[ServerFrame]:
        """What a seat reads after a number; dead numbers one by one. Raises NoSeat."""
        seat = self.demand(name, now)
        frames: list[ServerFrame] = []
        for number in range(max(after, seat.first - 1) + 1, len(self.log) + 1):
            entry = self.log[number - 1]
            if not self.readable(number, now):
                frames.append(Gone(number, number))
            elif entry.writer == name:
                frames.append(Envelope(number, entry.kind, entry.epoch, entry.act.client_id, None))
            else:
                frames.append(Envelope(number, entry.kind, entry.epoch, None, entry.body))
        return frames

    def slots(self, name: str, now: datetime) -> list[SlotValue]:
        """The cells of the others."""
        others = [seat for seat in self.living(now) if seat.name != name]
        return [
            SlotValue(seat.number, slot, counter, body if expires > now.timestamp() else b"")
            for seat in others
            for slot, (counter, body, expires) in sorted(seat.slots.items())
        ]

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def demand(self, name: str, now: datetime) -> Seat:
        for seat in self.living(now):
            if seat.name == name:
                return seat
        raise errors.NoSeat

    def act(self, name: str, act: Act, now: datetime, taken: set[bytes]) -> Answer | Refusal | None:
        """What the act comes to. ``taken`` are the addresses that seats of any conversation have."""
        try:
            seat = self.demand(name, now)
            seat.day = int(now.timestamp()) // DAY
            if isinstance(act, Ack):
                self._ack(seat, act)
                return None
            before = self._before(seat, act.client_id, now)
            if before is not None:
                if before[0] != act:
                    raise errors.ClientIdReused
                return before[1]
            return self._new(seat, act, now, taken)
        except Refusal as refusal:
            return refusal

    def _before(self, seat: Seat, client_id: bytes, now: datetime) -> tuple[Act, Answer] | None:
        for number, entry in enumerate(self.log, 1):
            known = number > self.floor(now) and entry.expires > now.timestamp() and entry.kind != Kind.WELCOME
            if known and entry.writer == seat.name and entry.act.client_id == client_id:
                return entry.act, entry.answer
        receipt = seat.receipts.get(client_id)
        return receipt[:2] if receipt and receipt[2] > now.timestamp() else None

    def _ack(self, seat: Seat, act: Ack) -> None:
        if act.cursor > len(self.log):
            raise errors.BadCursor
        seat.cursor = max(seat.cursor, act.cursor)

    def _new(self, seat: Seat, act: Act, now: datetime, taken: set[bytes]) -> Answer:
        match act:
            case Append():
                self._epoch(act.epoch)
                life = act.ttl if act.kind == Kind.APPLICATION else SILENCE
                answer = Answer(act.client_id, len(self.log) + 1, 0)
                self.log.append(Entry(act.kind, self.epoch, seat.name, act, answer, act.body, now.timestamp() + life))
                return answer
            case Change():
                return self._change(seat, act, now, taken)
            case SlotPut():
                if act.counter <= seat.slots.get(act.slot, (-1,))[0]:
                    raise errors.SlotStale
                seat.slots[act.slot] = (act.counter, act.body, now.timestamp() + act.ttl)
            case Burn():
                if act.up_to > len(self.log):
                    raise errors.BadCursor
                for entry in self.log[: act.up_to]:
                    entry.burned = entry.burned or entry.kind == Kind.APPLICATION
            case Leave():
                seat.ended = True
            case _:
                raise AssertionError(act)
        answer = Answer(act.client_id, len(self.log), 0)
        seat.receipts[act.client_id] = (act, answer, now.timestamp() + RECEIPT)
        return answer

    def _change(self, seat: Seat, act: Change, now: datetime, taken: set[bytes]) -> Answer:
        self._epoch(act.epoch)
        if any(end >= len(self.seats) for end in act.ends):
            raise errors.NotAllowed
        ended = [other for other in self.living(now) if other.number in act.ends]
        if seat.number != 0 and any(other.opener != seat.number for other in ended):
            raise errors.NotAllowed
        if len(self.living(now)) - len(ended) + len(act.opens) > 20:
            raise errors.TooManySeats
        if taken & set(act.opens):
            raise errors.NotAllowed
        first = len(self.log) + 1
        answer = Answer(act.client_id, first, len(self.seats) if act.opens else 0)
        for kind, body in ((Kind.COMMIT, act.commit), (Kind.WELCOME, act.welcome)):
            if body:
                self.log.append(Entry(kind, self.epoch, seat.name, act, answer, body, now.timestamp() + SILENCE))
        for address in act.opens:
            taken.add(address)
            name = NAMES[address]
            self.seats.append(Seat(name, len(self.seats), seat.number, first, first - 1, int(now.timestamp()) // DAY))
        for other in ended:
            other.ended = True
        self.epoch += 1
        return answer

    def _epoch(self, epoch: int) -> None:
        if epoch != self.epoch:
            raise errors.StaleEpoch


NAMES: dict[bytes, str] = {}
"""The model knows a seat by its name; the wire by its address."""


def named(name: str) -> bytes:
    """The address of a seat, which the model can then find by it."""
    NAMES[address_of(name)] = name
    return address_of(name)
