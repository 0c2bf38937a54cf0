"""Loaded by pytest before Django's settings are read: gives the tests a place of their own, and with QUIETLINE_TEST_DATABASE=postgres
real servers to work on."""

import atexit
import os
import shutil
import tempfile
from contextlib import ExitStack

_stack = ExitStack()
atexit.register(_stack.close)


def _settle() -> None:
    """Set the environment once, in the process that the developer started; workers of xdist inherit it."""
    if "QUIETLINE_TEST_READY" in os.environ:
        return
    for name in [name for name in os.environ if name.startswith("QUIETLINE_") and not name.startswith("QUIETLINE_TEST_")]:
        del os.environ[name]
    folder = tempfile.mkdtemp(prefix="quietline-test-")
    _stack.callback(shutil.rmtree, folder, ignore_errors=True)
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("VALKEY_URL", None)
    os.environ["QUIETLINE_VAR"] = folder
    os.environ["QUIETLINE_TEST_READY"] = "1"


_settle()
