"""The frames of docs/protocol.md §3 as frozen types. ``backend.relay.codec`` turns them into bytes and back."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

VERSION: Final = 1
NO_CLIENT_ID: Final = bytes(16)
TOKEN_BYTES: Final = 32
ADDRESS_BYTES: Final = 32
CLIENT_ID_BYTES: Final = 16


class Kind(IntEnum):
    """What an envelope holds."""

    APPLICATION = 1
    COMMIT = 2
    WELCOME = 3
    REJOIN = 4
    RESTART = 5


class Type(IntEnum):
    """The second byte of a frame."""

    HELLO = 0x01
    APPEND = 0x02
    ACK = 0x03
    CHANGE = 0x04
    SLOT = 0x05
    BURN = 0x06
    LEAVE = 0x07
    READY = 0x81
    ENVELOPE = 0x82
    ANSWER = 0x83
    REFUSAL = 0x84
    GONE = 0x85
    SLOT_VALUE = 0x86
    ENDED = 0x87


@dataclass(frozen=True, slots=True)
class Hello:
    """The first frame: the seat's token, and the number after which the log is wanted."""

    token: bytes = field(repr=False)
    after: int


@dataclass(frozen=True, slots=True)
class Append:
    """One envelope for the log. ``ttl`` in seconds."""

    client_id: bytes
    kind: int
    epoch: int
    ttl: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ack:
    """Everything up to ``cursor`` is processed and safe on this seat's side."""

    cursor: int


@dataclass(frozen=True, slots=True)
class Change:
    """A group change: commit, Welcome (may be empty), seats to open by address and to end by number, all or nothing."""

    client_id: bytes
    epoch: int
    opens: tuple[bytes, ...] = field(repr=False)
    ends: tuple[int, ...]
    commit: bytes = field(repr=False)
    welcome: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SlotPut:
    """A new value for one of this seat's cells; an empty body erases it."""

    client_id: bytes
    slot: int
    counter: int
    ttl: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Burn:
    """Erase every application envelope numbered up to ``up_to``."""

    client_id: bytes
    up_to: int


@dataclass(frozen=True, slots=True)
class Leave:
    """End my own seat."""

    client_id: bytes


@dataclass(frozen=True, slots=True)
class Ready:
    """The answer to HELLO. ``time`` is the server's clock in milliseconds."""

    seat: int
    cursor: int
    head: int
    epoch: int
    time: int


@dataclass(frozen=True, slots=True)
class Envelope:
    """One entry of the log: with a body for others, with the client id for the seat that wrote it."""

    sequence: int
    kind: int
    epoch: int
    client_id: bytes | None
    body: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """The act with this client id is durable."""

    client_id: bytes
    sequence: int
    extra: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The act with this client id (zeros: a frame without one) was refused. ``retry_after`` in milliseconds."""

    client_id: bytes
    retry_after: int
    code: str


@dataclass(frozen=True, slots=True)
class Gone:
    """These numbers existed and are erased."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SlotValue:
    """Another seat's cell; an empty body: erased."""

    seat: int
    slot: int
    counter: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ended:
    """This seat is over."""


ClientFrame = Hello | Append | Ack | Change | SlotPut | Burn | Leave
ServerFrame = Ready | Envelope | Answer | Refused | Gone | SlotValue | Ended
Act = Append | Ack | Change | SlotPut | Burn | Leave
