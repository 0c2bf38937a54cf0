"""Frames of docs/protocol.md §3: those of the client are written, those of the server are read."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.peer.wire import BUCKETS, Malformed, Reader, u8, u16, u32, u64

VERSION = 1
APPLICATION, COMMIT, WELCOME, REJOIN, RESTART = range(1, 6)


def _frame(kind: int, *fields: bytes) -> bytes:
    return u8(VERSION) + u8(kind) + b"".join(fields)


def hello(token: bytes, after: int) -> bytes:
    return _frame(0x01, token, u64(after))


def append(client_id: bytes, *, kind: int, epoch: int, ttl: int, body: bytes) -> bytes:
    return _frame(0x02, client_id, u8(kind), u64(epoch), u32(ttl), body)


def ack(cursor: int) -> bytes:
    return _frame(0x03, u64(cursor))


def change(client_id: bytes, *, epoch: int, opens: list[bytes], ends: list[int], commit: bytes, welcome: bytes) -> bytes:
    opened = u8(len(opens)) + b"".join(opens)
    ended = u8(len(ends)) + b"".join(u16(seat) for seat in ends)
    return _frame(0x04, client_id, u64(epoch), opened, ended, u32(len(commit)), commit, welcome)


def slot(client_id: bytes, *, slot: int, counter: int, ttl: int, body: bytes) -> bytes:
    return _frame(0x05, client_id, u8(slot), u64(counter), u32(ttl), body)


def burn(client_id: bytes, *, up_to: int) -> bytes:
    return _frame(0x06, client_id, u64(up_to))


def leave(client_id: bytes) -> bytes:
    return _frame(0x07, client_id)


@dataclass(frozen=True, slots=True)
class Ready:
    seat: int
    cursor: int
    head: int
    epoch: int
    time: int


@dataclass(frozen=True, slots=True)
class Envelope:
    """``client_id`` names an act of this seat; ``body`` is somebody else's. One of them is None."""

    sequence: int
    kind: int
    epoch: int
    client_id: bytes | None
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Answer:
    client_id: bytes
    sequence: int
    extra: int


@dataclass(frozen=True, slots=True)
class Refused:
    client_id: bytes
    retry_after: int
    code: str


@dataclass(frozen=True, slots=True)
class Gone:
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SlotValue:
    seat: int
    slot: int
    counter: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Ended:
    pass


FromServer = Ready | Envelope | Answer | Refused | Gone | SlotValue | Ended


def read(frame: bytes) -> FromServer:
    """What the server says. Raises Malformed with the code of §8."""
    reader = Reader(frame)
    try:
        if reader.number(1) != VERSION:
            raise Malformed("unknown_version")
        kind = reader.number(1)
        if kind not in READERS:
            raise Malformed("unknown_frame")
        found = READERS[kind](reader)
        reader.end()
    except Malformed as error:
        raise Malformed(f"relay.{error.code}") from None
    return found


def _ready(reader: Reader) -> Ready:
    return Ready(reader.number(2), reader.number(8), reader.number(8), reader.number(8), reader.number(8))


def _envelope(reader: Reader) -> Envelope:
    sequence, kind, flags, epoch = reader.number(8), reader.number(1), reader.number(1), reader.number(8)
    if not APPLICATION <= kind <= RESTART or flags > 1:
        raise Malformed
    if flags:
        return Envelope(sequence, kind, epoch, reader.take(16), None)
    return Envelope(sequence, kind, epoch, None, _body(reader, BUCKETS))


def _body(reader: Reader, sizes: tuple[int, ...]) -> bytes:
    body = reader.rest()
    if len(body) not in sizes:
        raise Malformed("bad_padding")
    return body


def _refused(reader: Reader) -> Refused:
    client_id, retry_after, code = reader.take(16), reader.number(4), reader.rest()
    if not code or not code.isascii():
        raise Malformed
    return Refused(client_id, retry_after, code.decode("ascii"))


def _gone(reader: Reader) -> Gone:
    first, last = reader.number(8), reader.number(8)
    if first > last:
        raise Malformed
    return Gone(first, last)


def _slot_value(reader: Reader) -> SlotValue:
    seat, number, counter = reader.number(2), reader.number(1), reader.number(8)
    if number > 3:
        raise Malformed
    return SlotValue(seat, number, counter, _body(reader, (0, 1024)))


def _answer(reader: Reader) -> Answer:
    return Answer(reader.take(16), reader.number(8), reader.number(2))


def _ended(reader: Reader) -> Ended:
    return Ended()


READERS: dict[int, Callable[[Reader], FromServer]] = {
    0x81: _ready,
    0x82: _envelope,
    0x83: _answer,
    0x84: _refused,
    0x85: _gone,
    0x86: _slot_value,
    0x87: _ended,
}
