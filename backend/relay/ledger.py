"""The conversations that one batch of acts touches, in memory: read once, changed by the rules, written once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from backend.core.wrapping import Keyring, window_of
from backend.relay import tables
from backend.relay.acts import Operation, SeatRef
from backend.relay.errors import NoSeat
from backend.relay.frames import Append, Burn, Change, Kind, Leave, SlotPut
from backend.relay.limits import Limit
from backend.relay.lives import day_of, milliseconds, oldest_living_day


@dataclass(slots=True)
class SeatState:
    """A living seat. ``id`` is None until its row is written; ``address`` is known of such a one only."""

    id: int | None
    number: int
    opener: int
    first: int
    cursor: int
    seen_day: int
    address: bytes = field(default=b"", repr=False)
    changed: bool = False


@dataclass(slots=True)
class Unread:
    """How many living envelopes there are, by the row of the seat that wrote them, and their bytes."""

    by_writer: Counter[int]
    size: int


@dataclass(slots=True)
class LogState:
    """A conversation and its living seats by number. ``unread`` is counted only where a quota may be near."""

    id: int
    public_id: bytes = field(repr=False)
    head: int
    epoch: int
    floor: int
    revision: int
    seats_opened: int
    seats: dict[int, SeatState] = field(default_factory=dict)
    ended: bool = False
    changed: bool = False
    unread: Unread | None = None
    revision_read: int = field(init=False)

    def __post_init__(self) -> None:
        self.revision_read = self.revision

    def settle(self) -> None:
        """Once a cursor rose or a seat went: how far everybody has read, and whether anybody is left."""
        if not self.seats:
            self.ended = self.changed = True
            return
        floor = min(seat.cursor for seat in self.seats.values())
        if floor > self.floor:
            self.floor, self.unread, self.changed = floor, None, True

    def stir(self) -> None:
        """Something happened that readers must notice. One step is enough for a batch."""
        self.revision, self.changed = self.revision_read + 1, True


@dataclass(frozen=True, slots=True)
class Known:
    """How an act was answered before. ``receipt``: it had no envelope."""

    digest: bytes
    sequence: int
    extra: int = 0
    receipt: bool = False


class Ledger:
    """What a batch reads and writes. Lives inside one transaction."""

    def __init__(self, cursor: Any, *, keyring: Keyring, now: datetime, lock: bool) -> None:
        self._cursor, self._keyring, self._lock = cursor, keyring, lock
        self._now, self.moment, self._today, self._window = now, milliseconds(now), day_of(now), window_of(now)
        self._writes = tables.Writes()
        self._known: dict[tuple[int, bytes], Known] = {}
        self.logs: dict[int, LogState] = {}
        self.counters: dict[tuple[int, int], int] = {}
        self.addresses: set[bytes] = set()

    def load(self, operations: Sequence[Operation]) -> None:
        """Read what these operations need, in a handful of statements for all of them. Locks their conversations, in a fixed order."""
        conversations = {operation.seat.conversation for operation in operations}
        statement = tables.LOGS + tables.LOCK if self._lock else tables.LOGS
        self.logs = {row[0]: LogState(*row) for row in tables.rows(self._cursor, statement, conversations)}
        for conversation, *row in tables.rows(self._cursor, tables.SEATS, self.logs, oldest_living_day(self._now)):
            self.logs[conversation].seats[row[1]] = SeatState(*row)
        for log in self.logs.values():
            log.settle()
        acts = [(operation.seat.id, operation.deed.act) for operation in operations]
        named = {(seat, act.client_id) for seat, act in acts if isinstance(act, Append | Change | SlotPut | Burn | Leave)}
        for seat, client_id, digest, sequence, extra, receipt in tables.known_read(self._cursor, named, moment=self.moment):
            self._known[seat, bytes(client_id)] = Known(bytes(digest), sequence, extra, bool(receipt))
        slotted = {seat for seat, act in acts if isinstance(act, SlotPut)}
        self.counters = {(seat, slot): counter for seat, slot, counter in tables.rows(self._cursor, tables.COUNTERS, slotted)}
        opened = {address for _, act in acts if isinstance(act, Change) for address in act.opens}
        self.addresses = {bytes(row[0]) for row in tables.rows(self._cursor, tables.ADDRESSES, opened)}

    def seat(self, ref: SeatRef) -> tuple[LogState, SeatState]:
        """The conversation and the seat, which thereby gave a sign of life. Raises NoSeat where the seat is over."""
        log = self.logs.get(ref.conversation)
        seat = log.seats.get(ref.number) if log else None
        if log is None or seat is None or seat.id != ref.id:
            raise NoSeat
        if seat.seen_day < self._today:
            seat.seen_day, seat.changed = self._today, True
        return log, seat

    def known(self, log: LogState, seat: int, client_id: bytes) -> Known | None:
        """How this act was answered before. Forgotten with its envelope, once everybody has acknowledged that."""
        known = self._known.get((seat, client_id))
        return known if known is not None and (known.receipt or known.sequence > log.floor) else None

    def unread(self, log: LogState) -> Unread:
        """The living envelopes of a conversation, counted."""
        if log.unread is None:
            self.flush()
            self._cursor.execute(tables.UNREAD, [log.id, log.floor, self.moment])
            found = self._cursor.fetchall()
            log.unread = Unread(Counter({writer: count for writer, count, _ in found}), sum(int(size) for *_, size in found))
        return log.unread

    def envelope(
        self, log: LogState, *, writer: int, kind: Kind, act: Append | Change, digest: bytes, ttl: int, body: bytes, extra: int
    ) -> int:
        """One more entry of the log; its number."""
        log.head += 1
        log.stir()
        wrapped = self._keyring.wrap(body, now=self._now)
        expires_at = self.moment + ttl * 1000
        self._writes.envelopes.append(
            (log.id, log.head, writer, kind, log.epoch, act.client_id, digest, extra, len(body), expires_at, self._window, wrapped)
        )
        if kind != Kind.WELCOME:
            self._known[writer, act.client_id] = Known(digest, log.head, extra)
        if log.unread is not None:
            log.unread.by_writer[writer] += 1
            log.unread.size += len(body)
        return log.head

    def slot(self, log: LogState, *, seat: int, act: SlotPut) -> None:
        """A new value of a cell, or none."""
        wrapped = self._keyring.wrap(act.body, now=self._now) if act.body else b""
        window = self._window if act.body else None
        expires_at = self.moment + act.ttl * 1000
        self.counters[seat, act.slot] = act.counter
        self._writes.slots[seat, act.slot] = (seat, act.slot, act.counter, expires_at, window, wrapped)
        log.stir()

    def receipt(self, log: LogState, *, seat: int, client_id: bytes, digest: bytes) -> None:
        """Remember an act that left no envelope."""
        expires_at = self.moment + Limit.RECEIPT_SECONDS * 1000
        self._known[seat, client_id] = Known(digest, log.head, receipt=True)
        self._writes.receipts[seat, client_id] = (seat, client_id, digest, log.head, expires_at)

    def burn(self, log: LogState, *, up_to: int) -> None:
        """Erase the application envelopes up to a number; what is left of them is the record of who sent what."""
        self.flush()
        self._cursor.execute(tables.BURN, [b"", log.id, up_to, Kind.APPLICATION])
        log.unread = None

    def seat_open(self, log: LogState, *, address: bytes, opener: int, first: int) -> int:
        """A new seat that reads from ``first`` on; its number."""
        number = log.seats_opened
        log.seats[number] = SeatState(None, number, opener, first, first - 1, self._today, address)
        log.seats_opened += 1
        log.changed = True
        self.addresses.add(address)
        return number

    def seat_end(self, log: LogState, number: int) -> int | None:
        """End a living seat; its row where it had one."""
        seat = log.seats.pop(number)
        if seat.id is not None:
            self._writes.seats_gone.append(seat.id)
        log.stir()
        return seat.id

    def flush(self) -> None:
        """Write everything that changed so far."""
        for log in self.logs.values():
            for seat in log.seats.values():
                if seat.id is not None and seat.changed:
                    self._writes.seats.append((seat.cursor, seat.seen_day, seat.id))
                    seat.changed = False
        self._writes.flush(self._cursor)

    def close(self) -> None:
        """Write what is left, new seats and the conversations themselves last."""
        for log in self.logs.values():
            new = (seat for seat in log.seats.values() if seat.id is None)
            self._writes.seats_new += [
                (seat.address, log.id, seat.number, seat.opener, seat.first, seat.cursor, seat.seen_day) for seat in new
            ]
            if log.changed:
                self._writes.logs.append((log.head, log.epoch, log.floor, log.revision, log.seats_opened, log.ended, log.id))
        self.flush()
