"""The statements of the writer: a handful for a whole batch, the same on SQLite and PostgreSQL."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from backend.relay.frames import Kind
from backend.relay.limits import Limit

Row = tuple[Any, ...]

LOGS: Final = """
    SELECT id, public_id, head, epoch, floor, revision, seats_opened FROM relay_conversation
    WHERE id IN ({}) AND NOT ended ORDER BY id
"""
LOCK: Final = " FOR UPDATE"
SEATS: Final = """
    SELECT conversation_id, id, number, opener, first, cursor, seen_day FROM relay_seat WHERE conversation_id IN ({}) AND seen_day >= %s
"""
KNOWN: Final = """
    SELECT writer, client_id, digest, sequence, extra, 0 FROM relay_envelope
    WHERE (writer, client_id) IN (VALUES {0}) AND kind <> {1} AND expires_at > %s
    UNION ALL
    SELECT seat_id, client_id, digest, sequence, 0, 1 FROM relay_receipt WHERE (seat_id, client_id) IN (VALUES {0}) AND expires_at > %s
"""
COUNTERS: Final = "SELECT seat_id, slot, counter FROM relay_slot WHERE seat_id IN ({})"
ADDRESSES: Final = "SELECT address FROM relay_seat WHERE address IN ({})"
UNREAD: Final = """
    SELECT writer, COUNT(*), SUM(size) FROM relay_envelope
    WHERE conversation_id = %s AND sequence > %s AND expires_at > %s AND size > 0 GROUP BY writer
"""
BURN: Final = """
    UPDATE relay_envelope SET size = 0, "window" = NULL, body = %s WHERE conversation_id = %s AND sequence <= %s AND kind = %s AND size > 0
"""

SLOTS_DELETE: Final = "DELETE FROM relay_slot WHERE seat_id IN ({})"
RECEIPTS_DELETE: Final = "DELETE FROM relay_receipt WHERE seat_id IN ({})"
SEATS_DELETE: Final = "DELETE FROM relay_seat WHERE id IN ({})"
SEAT_INSERT: Final = """
    INSERT INTO relay_seat (address, conversation_id, number, opener, first, cursor, seen_day) VALUES (%s, %s, %s, %s, %s, %s, %s)
"""
SEAT_UPDATE: Final = "UPDATE relay_seat SET cursor = %s, seen_day = %s WHERE id = %s"
ENVELOPE_INSERT: Final = """
    INSERT INTO relay_envelope
        (conversation_id, sequence, writer, kind, epoch, client_id, digest, extra, size, expires_at, "window", body)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
SLOT_PUT: Final = """
    INSERT INTO relay_slot (seat_id, slot, counter, expires_at, "window", body) VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (seat_id, slot) DO UPDATE
    SET counter = excluded.counter, expires_at = excluded.expires_at, "window" = excluded."window", body = excluded.body
"""
RECEIPT_PUT: Final = """
    INSERT INTO relay_receipt (seat_id, client_id, digest, sequence, expires_at) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (seat_id, client_id) DO UPDATE
    SET digest = excluded.digest, sequence = excluded.sequence, expires_at = excluded.expires_at
"""
RECEIPTS_TRIM: Final = """
    DELETE FROM relay_receipt WHERE seat_id = %s AND id <= (
        SELECT id FROM relay_receipt WHERE seat_id = %s ORDER BY id DESC LIMIT 1 OFFSET %s
    )
"""
LOG_UPDATE: Final = """
    UPDATE relay_conversation SET head = %s, epoch = %s, floor = %s, revision = %s, seats_opened = %s, ended = %s WHERE id = %s
"""


def rows(cursor: Any, statement: str, values: Collection[Any], *more: Any) -> list[Row]:
    """The rows of a statement with one ``IN ({})``; none where there is nothing to look for."""
    if not values:
        return []
    cursor.execute(statement.format(_marks(values)), [*values, *more])
    return cursor.fetchall()  # type: ignore[no-any-return]


def known_read(cursor: Any, named: Collection[tuple[int, bytes]], *, moment: int) -> list[Row]:
    """What is on record of these acts: seat, client id, digest, sequence, extra, and 1 where it had no envelope."""
    if not named:
        return []
    pairs = ",".join(["(%s,%s)"] * len(named))
    values = [value for pair in named for value in pair]
    cursor.execute(KNOWN.format(pairs, int(Kind.WELCOME)), [*values, moment, *values, moment])
    return cursor.fetchall()  # type: ignore[no-any-return]


@dataclass(slots=True)
class Writes:
    """What a batch leaves to be written, as rows of the statements above."""

    seats_gone: list[int] = field(default_factory=list)
    seats_new: list[Row] = field(default_factory=list)
    seats: list[Row] = field(default_factory=list)
    envelopes: list[Row] = field(default_factory=list)
    slots: dict[tuple[int, int], Row] = field(default_factory=dict)
    receipts: dict[tuple[int, bytes], Row] = field(default_factory=dict)
    logs: list[Row] = field(default_factory=list)

    def flush(self, cursor: Any) -> None:
        """Write everything once, and forget it."""
        gone = set(self.seats_gone)
        if gone:
            for statement in (SLOTS_DELETE, RECEIPTS_DELETE, SEATS_DELETE):
                cursor.execute(statement.format(_marks(gone)), list(gone))
        for statement, many in (
            (SEAT_INSERT, self.seats_new),
            (SEAT_UPDATE, self.seats),
            (ENVELOPE_INSERT, self.envelopes),
            (SLOT_PUT, [row for (seat, _), row in self.slots.items() if seat not in gone]),
            (RECEIPT_PUT, [row for (seat, _), row in self.receipts.items() if seat not in gone]),
            (RECEIPTS_TRIM, [(seat, seat, int(Limit.RECEIPTS_PER_SEAT)) for seat in {seat for seat, _ in self.receipts} - gone]),
            (LOG_UPDATE, self.logs),
        ):
            if many:
                cursor.executemany(statement, many)
        self.__init__()  # type: ignore[misc]


def _marks(values: Collection[Any]) -> str:
    return ",".join(["%s"] * len(values))
