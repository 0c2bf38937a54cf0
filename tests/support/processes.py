"""Child processes that end with the test that started them."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class NeverReady(RuntimeError):
    """The process ended, or did not answer in time; the message is the end of what it printed."""


def wait_until(ready: Callable[[], bool], *, seconds: float, process: subprocess.Popen[bytes] | None = None) -> None:
    """Ask ``ready`` until it says yes. Raises NeverReady after ``seconds``, or at once when ``process`` has ended."""
    end = time.monotonic() + seconds
    while not ready():
        if process is not None and process.poll() is not None:
            raise NeverReady(f"ended with {process.returncode}")
        if time.monotonic() > end:
            raise NeverReady(f"no answer in {seconds} s")
        time.sleep(0.05)


@contextmanager
def ended(
    process: subprocess.Popen[bytes], *, by: signal.Signals = signal.SIGTERM, seconds: float = 15
) -> Iterator[subprocess.Popen[bytes]]:
    """Lend a process and end it, by force where it does not leave in time."""
    try:
        yield process
    finally:
        process_end(process, by=by, seconds=seconds)


def process_end(process: subprocess.Popen[bytes], *, by: signal.Signals = signal.SIGTERM, seconds: float = 15) -> int:
    """Ask one process to leave and wait for it; kill it after ``seconds``. Gives its exit status."""
    if process.poll() is None:
        process.send_signal(by)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait()
