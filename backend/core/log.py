"""Logging of named events with allowed fields: the only way that this project logs.

An address, a number, a token, a body or an identity must never reach a log, so a field's name must stand in ``FIELDS`` and its value
must be a number, a boolean or a short word: one that cannot be somebody's number, a hash or a token. Anything else raises.
"""

import json
import logging
import re
import traceback
from typing import Final

FIELDS: Final = frozenset({"reason", "code", "count", "status", "room", "seconds", "state", "kind", "version", "error", "method", "route"})
WORD: Final = re.compile(r"[A-Za-z0-9_.:/<>{}-]{1,64}")
DIGITS_MOST: Final = 4
TOKEN: Final = re.compile(r"(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{20,}")
"""A run as long as an id in base64url, with a digit in it: no name of ours looks so."""

_logger = logging.getLogger("quietline")


class UnsafeLogField(ValueError):
    """A field that is not allowed in a log, or a value that is not a short word."""


def event(name: str, /, **fields: str | int | float | bool) -> None:
    """Log one event, for instance ``event("relay.refused", code="relay.no_seat")``. Raises UnsafeLogField."""
    _check(fields)
    _logger.info("%s", json.dumps({"event": name, **fields}, separators=(",", ":")))


def failure(name: str, error: BaseException, /, **fields: str | int | float | bool) -> None:
    """Log an unexpected error: its type and the lines of code it passed, never its message or a value. Raises UnsafeLogField."""
    _check(fields)
    trace = [f"{frame.filename}:{frame.lineno}:{frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    entry = {"event": name, **fields, "error": type(error).__name__, "trace": trace}
    _logger.error("%s", json.dumps(entry, separators=(",", ":")))


def _check(fields: dict[str, str | int | float | bool]) -> None:
    for key, value in fields.items():
        if key not in FIELDS or (isinstance(value, str) and not _is_word(value)):
            raise UnsafeLogField(key)


def _is_word(text: str) -> bool:
    return WORD.fullmatch(text) is not None and sum(map(str.isdigit, text)) <= DIGITS_MOST and TOKEN.search(text) is None
