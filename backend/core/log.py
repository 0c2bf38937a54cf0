"""Logging of named events with allowed fields: the only way that this project logs.

An address, a number, a token, a body or an identity must never reach a log, so a field's name must stand in ``FIELDS`` and its value must be
a number, a boolean or a short word. Anything else raises in tests and is dropped in production.
"""

import json
import logging
import re
from typing import Final

FIELDS: Final = frozenset({"reason", "code", "count", "status", "room", "seconds", "state", "kind", "version", "error", "method", "route"})
WORD: Final = re.compile(r"[A-Za-z0-9_.:/<>{}-]{1,64}")

_logger = logging.getLogger("quietline")


class UnsafeLogField(ValueError):
    """A field that is not allowed in a log, or a value that is not a short word."""


def event(name: str, **fields: str | int | float | bool) -> None:
    """Log one event, for instance ``event("relay.refused", code="relay.no_seat")``. Raises UnsafeLogField for a field that is not in FIELDS."""
    for key, value in fields.items():
        if key not in FIELDS or (isinstance(value, str) and not WORD.fullmatch(value)):
            raise UnsafeLogField(key)
    _logger.info("%s", json.dumps({"event": name, **fields}, separators=(",", ":")))
