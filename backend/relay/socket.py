"""The relay over a WebSocket: ``GET /api/v1/relay`` as a plain ASGI application (docs/protocol.md §3)."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, Scope

from backend.core import log
from backend.core.errors import Refusal
from backend.relay.acts import Deed
from backend.relay.codec import server_encode
from backend.relay.errors import NoSeat
from backend.relay.frames import Answer, Hello, Ready, Refused
from backend.relay.limits import CLOSE_MALFORMED, CLOSE_NO_SEAT, CLOSE_ORIGIN, CLOSE_SLOW, CLOSE_TRY_LATER, Limit
from backend.relay.lives import milliseconds
from backend.relay.origins import origin_own
from backend.relay.outlet import Outlet
from backend.relay.runtime import Relay, relay_running
from backend.relay.session import Session, refused_frame

SUBPROTOCOL: Final = "quietline.v1"
GOODBYE_SECONDS: Final = 1.0
"""How long a socket that takes nothing is given to hear why it is closed."""


class RelaySocket:
    """Each call is one socket. ``relay`` gives the process's relay once it runs."""

    def __init__(self, relay: Callable[[], Relay], *, hello_seconds: float = Limit.HELLO_SECONDS) -> None:
        self.relay, self.hello_seconds = relay, hello_seconds

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        assert scope["type"] == "websocket"
        await receive()
        if SUBPROTOCOL not in scope["subprotocols"]:
            await send({"type": "websocket.close", "code": CLOSE_MALFORMED, "reason": None})
            return
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL, "headers": []})
        if not origin_own(scope):
            await send({"type": "websocket.close", "code": CLOSE_ORIGIN, "reason": None})
            return
        await Connection(self.relay(), receive, send).run(hello_seconds=self.hello_seconds)


class Connection:
    """One socket from HELLO to its end."""

    __slots__ = ("_in_flight", "_receive", "_relay", "_room", "_sender", "_session", "_stalled", "_task")

    def __init__(self, relay: Relay, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        self._relay, self._receive, self._sender = relay, receive, send
        self._session = Session()
        self._in_flight = 0
        self._room: asyncio.Event | None = None
        self._stalled = False
        self._task = asyncio.current_task()

    async def run(self, *, hello_seconds: float) -> None:
        """Serve until the other side goes or is closed."""
        try:
            outlet = await self._open(hello_seconds)
            if outlet is not None:
                await self._serve(outlet)
        except OSError:
            return
        except asyncio.CancelledError:
            if not self._stalled:
                raise
            with suppress(TimeoutError, OSError):
                async with asyncio.timeout(GOODBYE_SECONDS):
                    await self._close(CLOSE_SLOW)

    async def _open(self, hello_seconds: float) -> Outlet | None:
        """Hear HELLO and answer it. None where the socket was refused."""
        try:
            async with asyncio.timeout(hello_seconds):
                said = await self._message()
        except TimeoutError:
            await self._close(CLOSE_MALFORMED)
            return None
        if said is None:
            return None
        heard = self._session.hear(said or None)
        if not isinstance(heard, Hello):
            assert isinstance(heard, Refused)
            await self._refuse(heard, CLOSE_MALFORMED)
            return None
        try:
            found = await self._relay.seat_open(heard.token)
        except NoSeat as refusal:
            await self._refuse(refused_frame(refusal), CLOSE_NO_SEAT)
            return None
        except Refusal as refusal:
            await self._refuse(refused_frame(refusal), CLOSE_TRY_LATER)
            return None
        outlet = Outlet(
            seat=found.seat,
            after=heard.after,
            send=self._send,
            close=self._close,
            read=self._relay.page_read,
            left=self._left,
            stalled=self._stall,
        )
        self._relay.registry.join(outlet, revision=found.revision)
        self._in_flight += 1
        outlet.say(Ready(found.seat.number, found.cursor, found.head, found.epoch, milliseconds(self._relay.clock())))
        return outlet

    async def _serve(self, outlet: Outlet) -> None:
        try:
            while (said := await self._message()) is not None:
                if self._session.close is not None:
                    continue
                self._in_flight += 1
                self._heard(outlet, self._session.hear(said or None))
                if self._session.close is not None:
                    outlet.close(self._session.close)
                while self._in_flight >= Limit.IN_FLIGHT_PER_SOCKET and not outlet.over:
                    self._room = asyncio.Event()
                    await self._room.wait()
        finally:
            self._relay.registry.leave(outlet)
            outlet.drop()

    def _heard(self, outlet: Outlet, heard: Hello | Deed | Refused) -> None:
        if isinstance(heard, Refused):
            log.event("relay.refused", code=heard.code)
            outlet.say(heard)
            return
        assert isinstance(heard, Deed)

        def reply(outcome: Answer | Refusal | None) -> None:
            match outcome:
                case Answer():
                    outlet.say(outcome)
                case Refusal():
                    outlet.say(refused_frame(outcome, heard.client_id))
                case None:
                    self._left()

        try:
            self._relay.submit(outlet.seat, heard, reply)
        except Refusal as refusal:
            reply(refusal)

    async def _message(self) -> bytes | None:
        """The next message; empty bytes where it is text, None where the socket has gone."""
        event = await self._receive()
        if event["type"] != "websocket.receive":
            return None
        return event.get("bytes") or b""

    async def _send(self, frame: bytes) -> None:
        await self._sender({"type": "websocket.send", "bytes": frame, "text": None})

    async def _close(self, code: int) -> None:
        await self._sender({"type": "websocket.close", "code": code, "reason": None})

    async def _refuse(self, frame: Refused, code: int) -> None:
        log.event("relay.refused", code=frame.code)
        await self._send(server_encode(frame))
        await self._close(code)

    def _left(self) -> None:
        self._in_flight -= 1
        if self._room is not None:
            self._room.set()

    def _stall(self) -> None:
        self._stalled = True
        if self._task is not None:
            self._task.cancel()


socket = RelaySocket(relay_running)
