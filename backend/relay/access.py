"""The one door from a token to a seat. A wrong token, an ended seat and a missing conversation are answered alike."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from backend.core.tokens import verifier_of
from backend.relay.acts import SeatRef
from backend.relay.errors import NoSeat
from backend.relay.lives import oldest_living_day
from backend.relay.wakeups import wake_key


@dataclass(frozen=True, slots=True)
class OpenSeat:
    """A seat as it stood when its token was shown. ``revision`` is the conversation's."""

    seat: SeatRef
    cursor: int
    head: int
    epoch: int
    revision: int
    seen_day: int


SEAT: Final = """
    SELECT s.id, s.conversation_id, s.number, s.first, c.public_id, s.cursor, c.head, c.epoch, c.revision, s.seen_day
    FROM relay_seat s JOIN relay_conversation c ON c.id = s.conversation_id
    WHERE s.address = %s AND s.seen_day >= %s AND NOT c.ended
"""


def seat_for(*, token: bytes, now: datetime) -> OpenSeat:
    """The living seat that ``token`` opens. Raises NoSeat.

    The lookup is by hash: how long it takes says nothing about how near a guess came.
    """
    with connection.cursor() as cursor:
        cursor.execute(SEAT, [verifier_of(token), oldest_living_day(now)])
        row = cursor.fetchone()
    if row is None:
        raise NoSeat
    seat = SeatRef(row[0], row[1], row[2], row[3], wake_key(bytes(row[4])))
    return OpenSeat(seat, *row[5:])
