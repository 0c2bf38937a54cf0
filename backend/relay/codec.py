"""The frames of docs/protocol.md §3, byte by byte: one strict decoder and one encoder per direction.

A decoder never guesses: what is too short, too long, unknown or out of range raises a refusal, and ``decode(encode(x)) == x`` for every frame.
"""

import struct
from collections.abc import Callable
from typing import Any, Final

from backend.core.padding import BUCKETS
from backend.relay.errors import BadPadding, Malformed, TooLarge, UnknownFrame, UnknownVersion
from backend.relay.frames import (
    ADDRESS_BYTES,
    CLIENT_ID_BYTES,
    NO_CLIENT_ID,
    VERSION,
    Ack,
    Answer,
    Append,
    Burn,
    Change,
    ClientFrame,
    Ended,
    Envelope,
    Gone,
    Hello,
    Kind,
    Leave,
    Ready,
    Refused,
    ServerFrame,
    SlotPut,
    SlotValue,
    Type,
)
from backend.relay.limits import Limit

NUMBER_MAX: Final = 2**53 - 1
"""The largest u64 that travels: beyond it a browser's numbers are not exact."""

_BODY_SIZES: Final = frozenset(BUCKETS)
_HELLO: Final = struct.Struct(">BB32sQ")
_APPEND: Final = struct.Struct(">BB16sBQI")
_ACK: Final = struct.Struct(">BBQ")
_CHANGE: Final = struct.Struct(">BB16sQ")
_SLOT: Final = struct.Struct(">BB16sBQI")
_BURN: Final = struct.Struct(">BB16sQ")
_LEAVE: Final = struct.Struct(">BB16s")
_READY: Final = struct.Struct(">BBHQQQQ")
_ENVELOPE: Final = struct.Struct(">BBQBBQ")
_ANSWER: Final = struct.Struct(">BB16sQH")
_REFUSAL: Final = struct.Struct(">BB16sI")
_GONE: Final = struct.Struct(">BBQQ")
_SLOT_VALUE: Final = struct.Struct(">BBHBQ")
_ENDED: Final = struct.Struct(">BB")
_U16: Final = struct.Struct(">H")
_U32: Final = struct.Struct(">I")

_WITH_CLIENT_ID: Final = frozenset({Type.APPEND, Type.CHANGE, Type.SLOT, Type.BURN, Type.LEAVE})
_KINDS: Final = frozenset(int(kind) for kind in Kind)
_OWN: Final = 1


def client_id_of(raw: bytes) -> bytes:
    """The client id that a refused frame carries where it has one, else zeros, so that its sender knows what was refused."""
    if len(raw) >= 2 + CLIENT_ID_BYTES and raw[0] == VERSION and raw[1] in _WITH_CLIENT_ID:
        return raw[2 : 2 + CLIENT_ID_BYTES]
    return NO_CLIENT_ID


def client_decode(raw: bytes) -> ClientFrame:
    """The frame that a client sent. Raises Malformed and its kin, TooLarge or BadPadding."""
    if len(raw) > Limit.FRAME_BYTES:
        raise TooLarge
    decoder = _CLIENT.get(_type_of(raw))
    if decoder is None:
        raise UnknownFrame
    return decoder(raw)


def server_decode(raw: bytes) -> ServerFrame:
    """The frame that a server sent. Raises Malformed and its kin, TooLarge or BadPadding."""
    decoder = _SERVER.get(_type_of(raw))
    if decoder is None:
        raise UnknownFrame
    return decoder(raw)


def _type_of(raw: bytes) -> int:
    if len(raw) < 2:
        raise Malformed
    if raw[0] != VERSION:
        raise UnknownVersion
    return raw[1]


def _exactly(shape: struct.Struct, raw: bytes) -> tuple[Any, ...]:
    """The fields after version and type of a frame that has nothing after them."""
    if len(raw) != shape.size:
        raise Malformed
    return shape.unpack(raw)[2:]


def _at_least(shape: struct.Struct, raw: bytes) -> tuple[Any, ...]:
    """The fields after version and type of a frame with a rest."""
    if len(raw) < shape.size:
        raise Malformed
    return shape.unpack_from(raw)[2:]


def _number_checked(value: int) -> int:
    if value > NUMBER_MAX:
        raise Malformed
    return value


def _body_checked(body: bytes) -> bytes:
    if len(body) not in _BODY_SIZES:
        raise TooLarge if len(body) > Limit.BODY_BYTES else BadPadding
    return body


def _slot_body_checked(body: bytes) -> bytes:
    if body and len(body) != Limit.SLOT_BODY_BYTES:
        raise BadPadding
    return body


def _hello(raw: bytes) -> Hello:
    token, after = _exactly(_HELLO, raw)
    return Hello(token, _number_checked(after))


def _append(raw: bytes) -> Append:
    client_id, kind, epoch, ttl = _at_least(_APPEND, raw)
    if kind not in _KINDS:
        raise Malformed
    return Append(client_id, kind, _number_checked(epoch), ttl, _body_checked(raw[_APPEND.size :]))


def _ack(raw: bytes) -> Ack:
    return Ack(_number_checked(*_exactly(_ACK, raw)))


def _change(raw: bytes) -> Change:
    client_id, epoch = _at_least(_CHANGE, raw)
    rest = _Rest(raw, _CHANGE.size)
    opens = tuple(rest.take(ADDRESS_BYTES) for _ in range(rest.number(1)))
    ends = tuple(rest.number(2) for _ in range(rest.number(1)))
    if len(set(opens)) != len(opens) or len(set(ends)) != len(ends):
        raise Malformed
    length = rest.number(4)
    if length > Limit.BODY_BYTES:
        raise TooLarge
    commit = _body_checked(rest.take(length))
    welcome = rest.remainder()
    return Change(client_id, _number_checked(epoch), opens, ends, commit, _body_checked(welcome) if welcome else welcome)


def _slot(raw: bytes) -> SlotPut:
    client_id, slot, counter, ttl = _at_least(_SLOT, raw)
    if slot >= Limit.SLOTS_PER_SEAT:
        raise Malformed
    return SlotPut(client_id, slot, _number_checked(counter), ttl, _slot_body_checked(raw[_SLOT.size :]))


def _burn(raw: bytes) -> Burn:
    client_id, up_to = _exactly(_BURN, raw)
    return Burn(client_id, _number_checked(up_to))


def _leave(raw: bytes) -> Leave:
    return Leave(*_exactly(_LEAVE, raw))


def _ready(raw: bytes) -> Ready:
    return Ready(*_exactly(_READY, raw))


def _envelope(raw: bytes) -> Envelope:
    sequence, kind, flags, epoch = _at_least(_ENVELOPE, raw)
    rest = raw[_ENVELOPE.size :]
    if kind not in _KINDS or flags not in (0, _OWN):
        raise Malformed
    if flags == _OWN:
        if len(rest) != CLIENT_ID_BYTES:
            raise Malformed
        return Envelope(sequence, kind, epoch, rest, None)
    return Envelope(sequence, kind, epoch, None, _body_checked(rest))


def _answer(raw: bytes) -> Answer:
    return Answer(*_exactly(_ANSWER, raw))


def _refusal(raw: bytes) -> Refused:
    client_id, retry_after = _at_least(_REFUSAL, raw)
    try:
        code = raw[_REFUSAL.size :].decode("ascii")
    except UnicodeDecodeError as error:
        raise Malformed from error
    if not code:
        raise Malformed
    return Refused(client_id, retry_after, code)


def _gone(raw: bytes) -> Gone:
    first, last = _exactly(_GONE, raw)
    if first > last:
        raise Malformed
    return Gone(first, last)


def _slot_value(raw: bytes) -> SlotValue:
    seat, slot, counter = _at_least(_SLOT_VALUE, raw)
    if slot >= Limit.SLOTS_PER_SEAT:
        raise Malformed
    return SlotValue(seat, slot, counter, _slot_body_checked(raw[_SLOT_VALUE.size :]))


def _ended(raw: bytes) -> Ended:
    _exactly(_ENDED, raw)
    return Ended()


class _Rest:
    """A cursor over the variable part of a frame. Every read that runs past the end raises Malformed."""

    __slots__ = ("_at", "_raw")

    def __init__(self, raw: bytes, at: int) -> None:
        self._raw, self._at = raw, at

    def take(self, length: int) -> bytes:
        end = self._at + length
        if end > len(self._raw):
            raise Malformed
        part, self._at = self._raw[self._at : end], end
        return part

    def number(self, width: int) -> int:
        return int.from_bytes(self.take(width))

    def remainder(self) -> bytes:
        return self.take(len(self._raw) - self._at)


_CLIENT: Final[dict[int, Callable[[bytes], ClientFrame]]] = {
    Type.HELLO: _hello,
    Type.APPEND: _append,
    Type.ACK: _ack,
    Type.CHANGE: _change,
    Type.SLOT: _slot,
    Type.BURN: _burn,
    Type.LEAVE: _leave,
}
_SERVER: Final[dict[int, Callable[[bytes], ServerFrame]]] = {
    Type.READY: _ready,
    Type.ENVELOPE: _envelope,
    Type.ANSWER: _answer,
    Type.REFUSAL: _refusal,
    Type.GONE: _gone,
    Type.SLOT_VALUE: _slot_value,
    Type.ENDED: _ended,
}


def client_encode(frame: ClientFrame) -> bytes:
    """The bytes of a frame that a client sends. The fields are trusted: struct.error for a number that does not fit."""
    match frame:
        case Append():
            return _APPEND.pack(VERSION, Type.APPEND, frame.client_id, frame.kind, frame.epoch, frame.ttl) + frame.body
        case Ack():
            return _ACK.pack(VERSION, Type.ACK, frame.cursor)
        case Hello():
            return _HELLO.pack(VERSION, Type.HELLO, frame.token, frame.after)
        case Change():
            head = _CHANGE.pack(VERSION, Type.CHANGE, frame.client_id, frame.epoch)
            opens = bytes((len(frame.opens),)) + b"".join(frame.opens)
            ends = bytes((len(frame.ends),)) + b"".join(_U16.pack(number) for number in frame.ends)
            return head + opens + ends + _U32.pack(len(frame.commit)) + frame.commit + frame.welcome
        case SlotPut():
            return _SLOT.pack(VERSION, Type.SLOT, frame.client_id, frame.slot, frame.counter, frame.ttl) + frame.body
        case Burn():
            return _BURN.pack(VERSION, Type.BURN, frame.client_id, frame.up_to)
        case Leave():
            return _LEAVE.pack(VERSION, Type.LEAVE, frame.client_id)


def server_encode(frame: ServerFrame) -> bytes:
    """The bytes of a frame that a server sends."""
    match frame:
        case Envelope(client_id=bytes() as client_id):
            return _ENVELOPE.pack(VERSION, Type.ENVELOPE, frame.sequence, frame.kind, _OWN, frame.epoch) + client_id
        case Envelope():
            return _ENVELOPE.pack(VERSION, Type.ENVELOPE, frame.sequence, frame.kind, 0, frame.epoch) + (frame.body or b"")
        case Answer():
            return _ANSWER.pack(VERSION, Type.ANSWER, frame.client_id, frame.sequence, frame.extra)
        case Refused():
            return _REFUSAL.pack(VERSION, Type.REFUSAL, frame.client_id, frame.retry_after) + frame.code.encode("ascii")
        case Gone():
            return _GONE.pack(VERSION, Type.GONE, frame.first, frame.last)
        case Ready():
            return _READY.pack(VERSION, Type.READY, frame.seat, frame.cursor, frame.head, frame.epoch, frame.time)
        case SlotValue():
            return _SLOT_VALUE.pack(VERSION, Type.SLOT_VALUE, frame.seat, frame.slot, frame.counter) + frame.body
        case Ended():
            return _ENDED.pack(VERSION, Type.ENDED)
