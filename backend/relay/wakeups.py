"""Wake-ups between processes through the channel layer: which conversations changed, never what. One may be lost: the log is the truth, and
every process also looks by itself (Limit.POLL_SECONDS).

A conversation is named by a hash, so that the layer never holds an id that means anything elsewhere.
"""

import hashlib
from collections.abc import Iterable
from typing import Any, Final

GROUP: Final = "relay.wakeups"
KIND: Final = "relay.wakeup"
KEY_BYTES: Final = 12


def wake_key(public_id: bytes) -> bytes:
    """The name of a conversation in the layer."""
    return hashlib.sha256(b"quietline relay wake v1\x00" + public_id).digest()[:KEY_BYTES]


def message_of(keys: Iterable[bytes], *, sender: str = "") -> dict[str, Any]:
    """One message for many conversations. ``sender`` names the process that knows already."""
    return {"type": KIND, "sender": sender, "keys": b"".join(keys)}


def keys_of(message: dict[str, Any]) -> list[bytes]:
    """The conversations that a message names."""
    joined: bytes = message["keys"]
    return [joined[at : at + KEY_BYTES] for at in range(0, len(joined), KEY_BYTES)]
