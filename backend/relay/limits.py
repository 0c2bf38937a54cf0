"""Every limit of the relay in one place (docs/protocol.md §3). Bytes, counts and seconds, as the names say."""

from enum import IntEnum
from typing import Final


class Limit(IntEnum):
    """One number each. Members with equal values are aliases of each other, which changes nothing for their use."""

    BODY_BYTES = 65_536
    FRAME_BYTES = 140_000
    SLOT_BODY_BYTES = 1_024
    SLOTS_PER_SEAT = 4
    SEATS = 20
    SEAT_NUMBER = 65_535
    UNREAD_ENVELOPES = 2_000
    UNREAD_BYTES = 16 * 1024 * 1024
    UNREAD_ENVELOPES_PER_SEAT = 500

    TTL_MIN_SECONDS = 300
    TTL_MAX_SECONDS = 604_800
    SILENCE_SECONDS = 14 * 86_400
    TOUCH_SECONDS = 86_400
    """A sign of life is written at most this often, so that the database holds a day and not a moment."""

    RECEIPT_SECONDS = 3_600
    """How long an act without an envelope is remembered, so that it may be sent again."""
    RECEIPTS_PER_SEAT = 128
    """How many of them: more than can be on their way at a time."""

    MALFORMED_PER_SOCKET = 20
    HELLO_SECONDS = 10
    IN_FLIGHT_PER_SOCKET = 64
    OUTGOING_FRAMES = 256
    """Frames waiting for one socket. Beyond it the socket reads the log instead, at its own pace."""
    OUTGOING_BYTES = 1024 * 1024
    STALLED_SECONDS = 20
    """A socket that takes nothing for so long is too slow a reader."""

    STOP_SECONDS = 3
    """How long the end of the process waits for connections to take their last frames."""

    QUEUE_OPERATIONS = 8_192
    QUEUE_BYTES = 64 * 1024 * 1024
    BATCH_OPERATIONS = 256
    PAGE_ENVELOPES = 256
    PAGE_BYTES = 512 * 1024
    """What a socket that catches up may hold in memory, however slowly it takes it."""
    POLL_SECONDS = 2
    """How long a lost wake-up can go unnoticed."""

    EXCHANGE_ENVELOPES = 500
    EXCHANGE_BYTES = 4 * 1024 * 1024
    EXCHANGE_REQUEST_BYTES = 1024 * 1024
    EXCHANGE_WAIT_SECONDS = 25

    SWEEP_ROWS = 500
    """Rows erased in one transaction, so that nobody who writes waits long."""


CLOSE_MALFORMED: Final = 4000
CLOSE_ENDED: Final = 4001
CLOSE_ORIGIN: Final = 4003
CLOSE_NO_SEAT: Final = 4004
CLOSE_SLOW: Final = 4008
CLOSE_RESTARTING: Final = 1012
CLOSE_TRY_LATER: Final = 1013
