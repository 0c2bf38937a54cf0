"""Reading the log, in pages. What is dead is not read, whether the sweeper came by or not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from backend.core.wrapping import KeyDestroyed, Keyring
from backend.relay.acts import SeatRef
from backend.relay.codec import server_encode
from backend.relay.errors import NoSeat
from backend.relay.frames import Envelope, Gone, SlotValue
from backend.relay.limits import Limit
from backend.relay.lives import milliseconds, oldest_living_day

CHUNK: Final = 500

STAND: Final = """
    SELECT c.head, (SELECT MIN(o.cursor) FROM relay_seat o WHERE o.conversation_id = c.id AND o.seen_day >= %s)
    FROM relay_seat s JOIN relay_conversation c ON c.id = s.conversation_id
    WHERE s.id = %s AND s.seen_day >= %s AND NOT c.ended
"""
LIVING: Final = """
    SELECT sequence, size FROM relay_envelope
    WHERE conversation_id = %s AND sequence > %s AND sequence <= %s AND expires_at > %s AND size > 0
    ORDER BY sequence LIMIT %s
"""
BODIES: Final = """
    SELECT sequence, kind, epoch, CASE WHEN writer = %s THEN client_id END, CASE WHEN writer <> %s THEN body END FROM relay_envelope
    WHERE conversation_id = %s AND sequence > %s AND sequence <= %s AND expires_at > %s AND size > 0
    ORDER BY sequence
"""
SLOTS: Final = """
    SELECT s.number, v.slot, v.counter, CASE WHEN v.expires_at > %s THEN v.body END
    FROM relay_slot v JOIN relay_seat s ON s.id = v.seat_id
    WHERE s.conversation_id = %s AND s.id <> %s AND s.seen_day >= %s ORDER BY s.number, v.slot
"""
REVISIONS: Final = "SELECT id, revision FROM relay_conversation WHERE NOT ended AND id IN ({})"


@dataclass(frozen=True, slots=True)
class Page:
    """What a seat may read after a number: frames in order that cover everything up to ``upto``. ``more``: the log goes on after it.

    ``slots`` are the other seats' cells as they stand, the erased ones with an empty body.
    """

    frames: tuple[bytes, ...]
    upto: int
    more: bool
    slots: tuple[SlotValue, ...]


class LogReader:
    """Reads for seats that have shown their token. Every call belongs to a thread with a database connection of its own."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def page_read(
        self, *, seat: SeatRef, after: int, now: datetime, count: int = Limit.PAGE_ENVELOPES, size: int = Limit.PAGE_BYTES
    ) -> Page:
        """At most ``count`` envelopes and about ``size`` bytes of what comes after ``after``. Raises NoSeat where the seat is over."""
        day, moment = oldest_living_day(now), milliseconds(now)
        with connection.cursor() as cursor:
            cursor.execute(STAND, [day, seat.id, day])
            stand = cursor.fetchone()
            if stand is None:
                raise NoSeat
            # The head is read before the rows, so that every number up to it is either found or gone.
            head, floor = stand
            after = max(after, seat.first - 1)
            cursor.execute(LIVING, [seat.conversation, max(after, floor), head, moment, count])
            upto = _cut(cursor.fetchall(), head=max(head, after), count=count, size=size)
            cursor.execute(BODIES, [seat.id, seat.id, seat.conversation, max(after, floor), upto, moment])
            rows = cursor.fetchall()
            cursor.execute(SLOTS, [moment, seat.conversation, seat.id, day])
            slots = tuple(self._slot(row) for row in cursor.fetchall())
        return Page(self._frames(rows, after=after, upto=upto), upto, upto < head, slots)

    def revisions_read(self, conversations: Iterable[int]) -> dict[int, int]:
        """The revision of each of these conversations; one that is over is missing."""
        wanted, found = list(conversations), {}
        with connection.cursor() as cursor:
            for at in range(0, len(wanted), CHUNK):
                some = wanted[at : at + CHUNK]
                cursor.execute(REVISIONS.format(",".join(["%s"] * len(some))), some)
                found.update(cursor.fetchall())
        return found

    def _frames(self, rows: Iterable[Any], *, after: int, upto: int) -> tuple[bytes, ...]:
        frames: list[bytes] = []
        last = after
        for sequence, kind, epoch, client_id, wrapped in rows:
            body = None
            if client_id is None:
                try:
                    body = self._keyring.unwrap(bytes(wrapped))
                except KeyDestroyed:
                    continue
            if sequence > last + 1:
                frames.append(server_encode(Gone(last + 1, sequence - 1)))
            frames.append(server_encode(Envelope(sequence, kind, epoch, None if client_id is None else bytes(client_id), body)))
            last = sequence
        if last < upto:
            frames.append(server_encode(Gone(last + 1, upto)))
        return tuple(frames)

    def _slot(self, row: Any) -> SlotValue:
        number, slot, counter, wrapped = row
        try:
            body = self._keyring.unwrap(bytes(wrapped)) if wrapped else b""
        except KeyDestroyed:
            body = b""
        return SlotValue(number, slot, counter, body)


def _cut(living: Sequence[tuple[int, int]], *, head: int, count: int, size: int) -> int:
    """Where a page ends: at the head, or after as many envelopes as fit, at least one."""
    total = 0
    for index, (_, length) in enumerate(living):
        total += length
        if index and total > size:
            return living[index - 1][0]
    return head if len(living) < count else living[-1][0]
