"""One act of one seat on its way to the log, and what came of it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from backend.core.errors import Refusal
from backend.relay.errors import BadExpiry, NotAllowed
from backend.relay.frames import NO_CLIENT_ID, Ack, Act, Answer, Append, Burn, Change, Kind, Leave, SlotPut
from backend.relay.limits import Limit
from backend.relay.models import DIGEST_BYTES

APPENDABLE: Final = frozenset({Kind.APPLICATION, Kind.REJOIN, Kind.RESTART})


@dataclass(frozen=True, slots=True)
class SeatRef:
    """A seat that showed its token: the rows that it may touch. ``key`` names its conversation between processes."""

    id: int
    conversation: int
    number: int
    first: int
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Touch:
    """A sign of life of a seat that says nothing."""


TOUCH: Final = Touch()


@dataclass(frozen=True, slots=True)
class Deed:
    """An act and the digest of its bytes, by which it is known when it is sent again."""

    act: Act | Touch
    digest: bytes = b""
    size: int = 0

    @property
    def client_id(self) -> bytes:
        """The act's name for its sender; zeros where it has none."""
        return NO_CLIENT_ID if isinstance(self.act, Ack | Touch) else self.act.client_id


@dataclass(frozen=True, slots=True)
class Appended:
    """An envelope is in the log."""

    conversation: int
    sequence: int
    kind: int
    epoch: int
    writer: int
    client_id: bytes
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SlotChanged:
    """A cell has a new value; an empty body: erased."""

    conversation: int
    seat: SeatRef
    slot: int
    counter: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SeatEnded:
    """A seat is over."""

    conversation: int
    seat: int


@dataclass(frozen=True, slots=True)
class Burned:
    """Envelopes that may be waiting for a socket cannot be read any more."""

    conversation: int


News = Appended | SlotChanged | SeatEnded | Burned


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one act came to: an answer, a refusal, or neither (ACK), and what others must hear of it."""

    reply: Answer | Refusal | None
    news: tuple[News, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """A deed of a seat, and whom to tell what came of it."""

    seat: SeatRef
    deed: Deed
    reply: Callable[[Answer | Refusal | None], None] = field(repr=False)


def digest_of(raw: bytes) -> bytes:
    """What a frame is known by when it comes again."""
    return hashlib.sha256(raw).digest()[:DIGEST_BYTES]


def act_check(act: Act) -> None:
    """What can be refused without looking at the conversation. Raises NotAllowed, BadExpiry."""
    match act:
        case Append():
            if act.kind not in APPENDABLE:
                raise NotAllowed
            if act.kind == Kind.APPLICATION:
                _ttl_check(act.ttl)
        case SlotPut():
            if act.body:
                _ttl_check(act.ttl)
        case Ack() | Change() | Burn() | Leave():
            pass


def _ttl_check(ttl: int) -> None:
    if not Limit.TTL_MIN_SECONDS <= ttl <= Limit.TTL_MAX_SECONDS:
        raise BadExpiry
