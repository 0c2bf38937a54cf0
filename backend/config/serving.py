"""The web process, and the worker as its child."""

import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import nullcontext
from types import FrameType
from typing import Final

import uvicorn

from backend.config.environment import BASE
from backend.core import log

GRACE: Final = 5
# The relay refuses a frame above its own limit with a code; the server closes the socket only above this one.
FRAME_LIMIT: Final = 256 * 1024


class PortTaken(RuntimeError):
    """Something else listens there, or the address is not this machine's, or the port is not for everybody."""


def serve(*, bind: str, port: int, worker: bool) -> int:
    """Serve until told to stop; the exit status. The worker is started again whenever it ends before its time. Raises PortTaken."""
    server, listener = uvicorn.Server(_config()), _listener(bind, port)
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn leaves on these, and then raises the signal again: by then there is nothing left to interrupt.
        signal.signal(number, _heard)
    with WorkerBeside() if worker else nullcontext():
        server.run(sockets=[listener])
    return 0 if server.started else 1


def _heard(number: int, frame: FrameType | None) -> None:
    """A signal that was obeyed already."""


def _listener(bind: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((bind, port))
    except OSError as error:
        listener.close()
        raise PortTaken from error
    return listener


def _config() -> uvicorn.Config:
    return uvicorn.Config(
        "backend.config.asgi:application",
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=FRAME_LIMIT,
        lifespan="on",
        interface="asgi3",
        # An access log is a list of who came when: there is none. Nor does any code of ours need the caller's address.
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )


class WorkerBeside:
    """A context in which a worker process lives; one that ends early is started again, a little later each time."""

    def __init__(self) -> None:
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="worker-watch")

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *error: object) -> None:
        self._leaving.set()
        self._thread.join()

    def _watch(self) -> None:
        pause = 1.0
        while not self._leaving.is_set():
            started = time.monotonic()
            self._live()
            if self._leaving.is_set():
                return
            log.event("worker.ended")
            pause = 1.0 if time.monotonic() - started > 60 else min(pause * 2, 60)
            self._leaving.wait(pause)

    def _live(self) -> None:
        """Run one worker until it ends or until we leave."""
        command = [sys.executable, "manage.py", "worker", "--beside"]
        process = subprocess.Popen(command, cwd=BASE, stdin=subprocess.PIPE)  # noqa: S603  # nosec B603
        while process.poll() is None and not self._leaving.wait(0.2):
            pass
        process.terminate()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
