import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.support.processes import wait_until
from tests.support.server import ROOT, Server


def _workers(server: Server) -> list[int]:
    assert server.process is not None
    found = [int(child) for thread in Path(f"/proc/{server.process.pid}/task").iterdir() for child in _read(thread / "children").split()]
    return [child for child in found if _lives(child)]


def _lives(pid: int) -> bool:
    return b"worker" in _read(Path(f"/proc/{pid}/cmdline"))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def _worker(server: Server, *, but: int | None = None) -> int:
    """The one worker of this server, as soon as the system's list of children shows it: while a process starts, the list may miss it."""
    found: list[int] = []

    def looked() -> bool:
        found[:] = [pid for pid in _workers(server) if pid != but]
        return len(found) == 1

    wait_until(looked, seconds=60)
    return found[0]


def _told_to_stop(server: Server, number: signal.Signals, *, worker: int) -> None:
    assert server.process is not None
    server.process.send_signal(number)
    assert server.process.wait(30) == 0
    assert not _lives(worker)
    assert "Traceback" not in server.log


def test_a_worker_that_dies_is_started_again_and_leaves_with_the_server(server: Server) -> None:
    first = _worker(server)
    os.kill(first, signal.SIGKILL)
    _told_to_stop(server, signal.SIGTERM, worker=_worker(server, but=first))


def test_a_taken_port_is_refused_and_control_c_leaves_cleanly(server: Server) -> None:
    second = subprocess.run([sys.executable, "manage.py", "serve", "--no-worker"], cwd=ROOT, env=server.environment, capture_output=True)
    assert second.returncode == 1
    assert b"PORT: " in second.stderr
    with urllib.request.urlopen(f"{server.url}/") as answer:
        assert "server" not in {name.lower() for name in answer.headers}
    _told_to_stop(server, signal.SIGINT, worker=_worker(server))


def test_a_worker_whose_server_was_killed_leaves_by_itself(server: Server) -> None:
    worker = _worker(server)
    server.kill()
    wait_until(lambda: not _lives(worker), seconds=60)
