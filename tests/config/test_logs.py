import json
import logging
import sys

from backend.config.logs import LOGGING, PlaceFormatter, unexpected

MARKER = "07700-900123"


def test_an_unexpected_error_is_logged_with_its_place_and_without_its_words() -> None:
    try:
        raise ValueError(MARKER)
    except ValueError:
        record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, f"path /{MARKER}", (), sys.exc_info())
    printed = PlaceFormatter().format(record)
    entry = json.loads(printed)
    assert MARKER not in printed
    assert entry["error"] == "ValueError"
    assert entry["trace"][0].startswith(__file__)


def test_nothing_logs_who_came() -> None:
    loggers = LOGGING["loggers"]
    assert loggers["uvicorn.access"] == {"handlers": [], "propagate": False}
    assert loggers["django.server"] == {"handlers": [], "propagate": False}
    assert loggers["django.security"]["handlers"] == []


def test_a_refusal_that_was_meant_is_no_fault() -> None:
    meant = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "Service Unavailable: /healthz", (), None)
    other = logging.LogRecord("asyncio", logging.ERROR, __file__, 1, "lost", (), None)
    assert not unexpected(meant)
    assert unexpected(other)
