"""Wake-ups between processes through the channel layer: which conversations changed, never what. One may be lost: the log is the truth, and
every process also looks by itself (Limit.POLL_SECONDS).

A conversation is named by a hash, so that the layer never holds an id that means anything elsewhere.
"""

import asyncio
import hashlib
from collections.abc import Callable, Iterable
from typing import Any, Final

from asgiref.sync import async_to_sync
from channels.layers import InMemoryChannelLayer, get_channel_layer

from backend.core import log
from backend.core.tokens import b64_encode, id_new

GROUP: Final = "relay.wakeups"
KIND: Final = "relay.wakeup"
KEY_BYTES: Final = 12
KEYS_PER_MESSAGE: Final = 1_000
RENEW_SECONDS: Final = 3_600
"""A layer forgets a group's member that never comes back: the membership is renewed this often."""
RETRY_SECONDS: Final = 1.0


def wake_key(public_id: bytes) -> bytes:
    """The name of a conversation in the layer."""
    return hashlib.sha256(b"quietline relay wake v1\x00" + public_id).digest()[:KEY_BYTES]


def conversation_wake(key: bytes) -> None:
    """Tell every process, this one included. For code outside the event loop, after its commit; never raises."""
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        async_to_sync(layer.group_send)(GROUP, _message([key]))
    except Exception as error:
        # What was committed stays committed, whatever the layer's client raises.
        log.event("relay.wakeup_lost", error=type(error).__name__)


class Wakeups:
    """This process's ear and mouth in the layer. ``woken`` is called with the keys of conversations that another process changed."""

    def __init__(self, woken: Callable[[list[bytes]], None]) -> None:
        self._woken = woken
        self._name = b64_encode(id_new())
        self._layer: Any = get_channel_layer()
        self._alone = self._layer is None or isinstance(self._layer, InMemoryChannelLayer)
        self._keys: set[bytes] = set()
        self._ear: asyncio.Task[None] | None = None
        self._mouth: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to listen; returns once the layer was reached, or was found to be away."""
        if self._layer is None:
            return
        tried = asyncio.Event()
        self._ear = asyncio.create_task(self._listen(tried))
        await tried.wait()

    async def stop(self) -> None:
        """Say what is left to say, and listen no more."""
        if self._mouth is not None:
            await asyncio.wait([self._mouth])
        if self._ear is not None:
            self._ear.cancel()
            await asyncio.wait([self._ear])

    def tell(self, keys: Iterable[bytes]) -> None:
        """Wake the other processes. Whatever comes while one message is on its way goes into the next."""
        if self._alone:
            return
        self._keys.update(keys)
        if self._keys and self._mouth is None:
            self._mouth = asyncio.create_task(self._speak())

    async def _speak(self) -> None:
        try:
            while self._keys:
                some = [self._keys.pop() for _ in range(min(len(self._keys), KEYS_PER_MESSAGE))]
                await self._layer.group_send(GROUP, _message(some, sender=self._name))
        except Exception as error:
            self._keys.clear()
            log.event("relay.wakeup_lost", error=type(error).__name__)
        finally:
            self._mouth = None

    async def _listen(self, tried: asyncio.Event) -> None:
        while True:
            try:
                await self._hear(tried)
            except Exception as error:
                log.event("relay.layer_away", error=type(error).__name__)
                tried.set()
                await asyncio.sleep(RETRY_SECONDS)

    async def _hear(self, tried: asyncio.Event) -> None:
        channel = await self._layer.new_channel()
        await self._layer.group_add(GROUP, channel)
        tried.set()
        try:
            async with asyncio.timeout(RENEW_SECONDS):
                while True:
                    message = await self._layer.receive(channel)
                    if message["sender"] != self._name:
                        self._woken(_keys(message))
        except TimeoutError:
            return
        finally:
            await self._layer.group_discard(GROUP, channel)


def _message(keys: Iterable[bytes], *, sender: str = "") -> dict[str, Any]:
    """One message for many conversations. ``sender`` names the process that knows already."""
    return {"type": KIND, "sender": sender, "keys": b"".join(keys)}


def _keys(message: dict[str, Any]) -> list[bytes]:
    joined: bytes = message["keys"]
    return [joined[at : at + KEY_BYTES] for at in range(0, len(joined), KEY_BYTES)]
