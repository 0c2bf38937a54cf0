"""What members say to each other inside the encryption (docs/protocol.md §6)."""

import json
from dataclasses import dataclass
from typing import Any

from tests.peer.wire import Malformed, b64, unb64

# What each type carries: required and optional fields.
TYPES: dict[str, tuple[set[str], set[str]]] = {
    "hello": ({"seat"}, {"timer"}),
    "text": ({"id", "text", "timer", "once"}, set()),
    "seen": (set(), set()),
    "timer": ({"seconds"}, set()),
    "burn": (set(), set()),
    "close": (set(), set()),
}
NUMBERS = {"n": (1, 2**53 - 1), "list": (0, 2**53 - 1), "seat": (0, 65535), "timer": (300, 604_800), "seconds": (300, 604_800)}


@dataclass(frozen=True, slots=True)
class Payload:
    """``seen`` holds the highest number processed of each other member; ``list`` is said by staff only."""

    n: int
    seen: dict[bytes, int]
    type: str
    fields: dict[str, Any]
    list: int | None = None

    def encode(self) -> bytes:
        told = {"list": self.list} if self.list is not None else {}
        seen = [[b64(mark), n] for mark, n in self.seen.items()]
        whole = {"v": 1, "n": self.n, "seen": seen, **told, "type": self.type, **self.fields}
        return json.dumps(whole, ensure_ascii=False).encode()


def decode(raw: bytes) -> Payload:
    """Strictly. Raises Malformed."""
    try:
        whole = json.loads(raw.decode())
        required, optional = TYPES[whole["type"]]
        names = set(whole) - {"v", "n", "seen", "type", "list"}
        if whole["v"] != 1 or not required <= names <= required | optional:
            raise Malformed
        for name in NUMBERS.keys() & whole.keys():
            _number(whole[name], *NUMBERS[name])
        seen = {unb64(mark, 16): _number(n, 0, 2**53 - 1) for mark, n in whole["seen"]}
        fields = {name: whole[name] for name in names}
        if whole["type"] == "text" and not (
            isinstance(fields["text"], str) and isinstance(fields["once"], bool) and unb64(fields["id"], 16)
        ):
            raise Malformed
    except (ValueError, KeyError, TypeError):
        raise Malformed from None
    return Payload(whole["n"], seen, whole["type"], fields, whole.get("list"))


def _number(value: Any, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise Malformed
    return value
