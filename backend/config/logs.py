"""What leaves through the logs: core's events, and the kind and place of an unexpected error. Nothing that a person sent, nowhere they went."""

import json
import logging
import traceback
from typing import Any, Final


class EventFormatter(logging.Formatter):
    """Core's events as they are: one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return record.getMessage()


class PlaceFormatter(logging.Formatter):
    """Anything else: the logger, and for an exception its type and the lines of code it passed. Never its message, arguments or values,
    which may hold an address, an id or a token."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {"event": "house.error", "logger": record.name, "level": record.levelname.lower()}
        if record.exc_info and record.exc_info[0] is not None:
            frames = traceback.extract_tb(record.exc_info[2])
            entry["error"] = record.exc_info[0].__name__
            entry["trace"] = [f"{frame.filename}:{frame.lineno}:{frame.name}" for frame in frames]
        return json.dumps(entry, separators=(",", ":"))


def unexpected(record: logging.LogRecord) -> bool:
    """Whether a record is about a fault. Django also writes one for each answer of 5xx that was given on purpose."""
    return record.name != "django.request" or record.exc_info is not None


LOGGING: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "event": {"()": "backend.config.logs.EventFormatter"},
        "place": {"()": "backend.config.logs.PlaceFormatter"},
    },
    "filters": {"unexpected": {"()": "django.utils.log.CallbackFilter", "callback": unexpected}},
    "handlers": {
        "event": {"class": "logging.StreamHandler", "formatter": "event"},
        "place": {"class": "logging.StreamHandler", "formatter": "place", "level": "ERROR", "filters": ["unexpected"]},
    },
    "loggers": {
        "quietline": {"handlers": ["event"], "level": "INFO", "propagate": False},
        "django": {"handlers": ["place"], "level": "ERROR", "propagate": False},
        # Its records carry the path of each refused request, and a 404 or a foreign host is no error of ours.
        "django.request": {"level": "ERROR"},
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.server": {"handlers": [], "propagate": False},
        "uvicorn.access": {"handlers": [], "propagate": False},
    },
    "root": {"handlers": ["place"], "level": "ERROR"},
}
