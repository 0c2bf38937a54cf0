"""Loaded by pytest before Django's settings are read (``-p`` in pyproject.toml): gives the tests a place of their own, and with
QUIETLINE_TEST_DATABASE=postgres a PostgreSQL and a Valkey to work on."""

import atexit
import os
import shutil
import tempfile
from contextlib import ExitStack

from tests.support.postgres import postgres_running
from tests.support.valkey import valkey_running

_stack = ExitStack()
atexit.register(_stack.close)


def _ours(name: str) -> bool:
    return name.startswith("QUIETLINE_") and not name.startswith("QUIETLINE_TEST_")


def _settle() -> None:
    """Set the environment once, in the process that the developer started; the workers of xdist inherit it."""
    if "QUIETLINE_TEST_READY" in os.environ:
        return
    chosen = os.environ.get("QUIETLINE_TEST_DATABASE", "sqlite")
    for name in [name for name in os.environ if _ours(name) or name in ("DATABASE_URL", "VALKEY_URL", "PORT")]:
        del os.environ[name]
    folder = tempfile.mkdtemp(prefix="quietline-test-")
    _stack.callback(shutil.rmtree, folder, ignore_errors=True)
    os.environ["QUIETLINE_VAR"] = folder
    os.environ["QUIETLINE_TEST_DATABASE"] = chosen
    os.environ["QUIETLINE_TEST_READY"] = "1"
    if chosen == "postgres":
        os.environ["DATABASE_URL"] = _stack.enter_context(postgres_running())
        os.environ["VALKEY_URL"] = _stack.enter_context(valkey_running())


def _keys_apart() -> None:
    """Each process of xdist has wrapping keys of its own: one test's destruction must not reach into another's."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is not None:
        os.environ["QUIETLINE_KEY_DIR"] = os.path.join(os.environ["QUIETLINE_VAR"], f"keys-{worker}")


_settle()
_keys_apart()
