"""One seat of a conversation: the frames of docs/protocol.md §3 over a WebSocket or over plain HTTPS."""

import secrets
import struct
from collections import deque
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, Self

import httpx
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.peer import frames
from tests.peer.frames import Answer, Ended, Envelope, FromServer, Gone, Ready, Refused, SlotValue
from tests.peer.wire import sha256

PATIENCE = 20.0


class Refusal(Exception):
    """The server refused; ``code`` is one of §8."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SeatOver(Exception):
    """The seat was ended, or there is no such seat."""


class Way(Protocol):
    """How frames travel."""

    def send(self, frame: bytes) -> None: ...
    def receive(self, seconds: float) -> bytes | None: ...
    def close(self) -> None: ...


class SocketWay:
    """A WebSocket that stays open."""

    def __init__(self, origin: str, hello: bytes) -> None:
        address = origin.replace("http", "ws", 1) + "/api/v1/relay"
        self._open = ExitStack()
        way = connect(address, subprotocols=[Subprotocol("quietline.v1")], compression=None, proxy=None)
        self._socket: ClientConnection = self._open.enter_context(way)
        self.send(hello)

    def send(self, frame: bytes) -> None:
        try:
            self._socket.send(frame)
        except ConnectionClosed as closed:
            raise SeatOver(closed) from None

    def receive(self, seconds: float) -> bytes | None:
        try:
            frame = self._socket.recv(timeout=seconds)
        except TimeoutError:
            return None
        except ConnectionClosed as closed:
            raise SeatOver(closed) from None
        return frame if isinstance(frame, bytes) else frame.encode()

    def close(self) -> None:
        with suppress(ConnectionClosed):
            self._open.close()


class ExchangeWay:
    """Polling by POST: each call says hello again, from where the last one ended."""

    def __init__(self, origin: str, token: bytes, after: int) -> None:
        self._client = httpx.Client(base_url=origin, trust_env=False, timeout=40)
        self._token, self._after = token, after
        self._waiting: list[bytes] = []
        self._came: deque[bytes] = deque()
        self._greeted = False

    def send(self, frame: bytes) -> None:
        self._waiting.append(frame)

    def receive(self, seconds: float) -> bytes | None:
        if not self._came:
            self._exchange(min(25, int(seconds)))
        return self._came.popleft() if self._came else None

    def _exchange(self, wait: int) -> None:
        sent, self._waiting = [frames.hello(self._token, self._after), *self._waiting], []
        row = b"".join(struct.pack(">I", len(frame)) + frame for frame in sent)
        answer = self._client.post(f"/api/v1/relay/exchange?wait={wait}", content=row, headers={"content-type": "application/octet-stream"})
        if answer.status_code == 404:
            raise SeatOver(404)
        if answer.status_code != 200:
            raise Refusal(answer.json()["code"])
        came, rest = [], answer.content
        while rest:
            size = struct.unpack(">I", rest[:4])[0]
            came.append(rest[4 : 4 + size])
            rest = rest[4 + size :]
        for frame in came:
            match frames.read(frame):
                case Envelope(sequence=reached) | Gone(last=reached):
                    self._after = max(self._after, reached)
        self._came.extend(came[1:] if self._greeted else came)
        self._greeted = True

    def close(self) -> None:
        self._client.close()


@dataclass(slots=True)
class Seat:
    """Acts wait for their answer; what else comes is kept in order for ``receive``."""

    token: bytes = field(repr=False)
    way: Way
    ready: Ready
    _inbox: deque[FromServer] = field(default_factory=deque)

    @classmethod
    def take(cls, origin: str, token: bytes, *, after: int = 0, polling: bool = False) -> Self:
        """Say hello. Raises SeatOver."""
        way: Way = ExchangeWay(origin, token, after) if polling else SocketWay(origin, frames.hello(token, after))
        try:
            first = way.receive(PATIENCE)
            found = frames.read(first) if first is not None else None
            if not isinstance(found, Ready):
                raise SeatOver(found.code if isinstance(found, Refused) else "no answer")
        except SeatOver:
            way.close()
            raise
        return cls(token, way, found)

    @property
    def address(self) -> bytes:
        return sha256(self.token)

    def receive(self, seconds: float = PATIENCE) -> Envelope | Gone | SlotValue | Ended | None:
        """What comes next in the log, or None where nothing came in time. Raises SeatOver, Refusal."""
        found = self._inbox.popleft() if self._inbox else self._read(seconds)
        match found:
            case Refused(code=code):
                raise Refusal(code)
            case Ready() | Answer():
                raise Refusal("an answer that nobody waits for")
        return found

    def _read(self, seconds: float) -> FromServer | None:
        frame = self.way.receive(seconds)
        return None if frame is None else frames.read(frame)

    def _act(self, client_id: bytes, frame: bytes) -> Answer:
        self.way.send(frame)
        while True:
            found = self._read(PATIENCE)
            match found:
                case None:
                    raise Refusal("no answer in time")
                case Answer() if found.client_id == client_id:
                    return found
                case Refused() if found.client_id == client_id:
                    raise Refusal(found.code)
                case _:
                    self._inbox.append(found)

    def append(self, *, kind: int, epoch: int, ttl: int, body: bytes, client_id: bytes | None = None) -> Answer:
        client_id = client_id or secrets.token_bytes(16)
        return self._act(client_id, frames.append(client_id, kind=kind, epoch=epoch, ttl=ttl, body=body))

    def change(self, *, epoch: int, opens: list[bytes], ends: list[int], commit: bytes, welcome: bytes) -> tuple[bytes, Answer]:
        """The client id by which the commit comes back in the log, and the answer."""
        client_id = secrets.token_bytes(16)
        frame = frames.change(client_id, epoch=epoch, opens=opens, ends=ends, commit=commit, welcome=welcome)
        return client_id, self._act(client_id, frame)

    def slot_put(self, *, slot: int, counter: int, ttl: int, body: bytes) -> Answer:
        client_id = secrets.token_bytes(16)
        return self._act(client_id, frames.slot(client_id, slot=slot, counter=counter, ttl=ttl, body=body))

    def burn(self, up_to: int) -> Answer:
        client_id = secrets.token_bytes(16)
        return self._act(client_id, frames.burn(client_id, up_to=up_to))

    def leave(self) -> Answer:
        client_id = secrets.token_bytes(16)
        return self._act(client_id, frames.leave(client_id))

    def ack(self, cursor: int) -> None:
        self.way.send(frames.ack(cursor))

    def close(self) -> None:
        self.way.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
