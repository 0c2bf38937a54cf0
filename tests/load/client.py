"""A seat's connection for measurements: the frames of docs/protocol.md §3 over a WebSocket, with as little of its own as can be."""

import asyncio
import os
import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

BODY = struct.pack(">I", 900) + os.urandom(900) + bytes(120)
"""A body of 1,024 bytes in the smallest bucket."""
READY, ENVELOPE, ANSWER, REFUSAL = 0x81, 0x82, 0x83, 0x84
TTL = 86_400


@dataclass(slots=True)
class Seat:
    """One connected seat. ``on_envelope(sequence, own)`` is called for each envelope, ``answered(client id)`` for each ANSWER."""

    socket: ClientConnection
    epoch: int = 0
    head: int = 0
    received: int = 0
    on_envelope: Callable[[int, bool], None] = lambda sequence, own: None
    answered: Callable[[bytes], None] = lambda client_id: None
    refusals: list[str] = field(default_factory=list)

    async def listen(self) -> None:
        """Take what comes until the connection ends."""
        async for message in self.socket:
            assert isinstance(message, bytes)
            kind = message[1]
            if kind == ENVELOPE:
                self.received = int.from_bytes(message[2:10])
                self.on_envelope(self.received, bool(message[11] & 1))
            elif kind == ANSWER:
                self.answered(message[2:18])
            elif kind == REFUSAL:
                self.refusals.append(message[22:].decode("ascii"))

    async def append(self, client_id: bytes) -> None:
        """Send one application envelope."""
        await self.socket.send(struct.pack(">BB16sBQI", 1, 0x02, client_id, 1, self.epoch, TTL) + BODY)

    async def ack(self, cursor: int) -> None:
        """Say what was processed."""
        await self.socket.send(struct.pack(">BBQ", 1, 0x03, cursor))

    async def open_seat(self, address: bytes) -> None:
        """Open another seat by a group change whose commit and Welcome are opaque here."""
        head = struct.pack(">BB16sQ", 1, 0x04, os.urandom(16), self.epoch)
        await self.socket.send(head + b"\x01" + address + b"\x00" + struct.pack(">I", len(BODY)) + BODY + BODY)
        self.epoch += 1


async def seat_connect(url: str, token: bytes, *, after: int = 0) -> Seat:
    """Connect, say HELLO and wait for READY."""
    socket = await connect(url, subprotocols=[Subprotocol("quietline.v1")], compression=None, max_size=None, ping_interval=None, proxy=None)
    await socket.send(struct.pack(">BB32sQ", 1, 0x01, token, after))
    ready = await asyncio.wait_for(socket.recv(), 30)
    assert isinstance(ready, bytes)
    assert ready[1] == READY, ready
    head, epoch = int.from_bytes(ready[12:20]), int.from_bytes(ready[20:28])
    return Seat(socket, epoch=epoch, head=head)
