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


def _told_to_stop(server: Server, number: signal.Signals) -> None:
    assert server.process is not None
    workers = _workers(server)
    assert len(workers) == 1
    server.process.send_signal(number)
    assert server.process.wait(30) == 0
    assert not _lives(workers[0])
    assert "Traceback" not in server.log


def test_a_worker_that_dies_is_started_again_and_leaves_with_the_server(server: Server) -> None:
    (first,) = _workers(server)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: len(_workers(server)) == 1 and _workers(server) != [first], seconds=60)
    _told_to_stop(server, signal.SIGTERM)


def test_a_taken_port_is_refused_and_control_c_leaves_cleanly(server: Server) -> None:
    second = subprocess.run([sys.executable, "manage.py", "serve", "--no-worker"], cwd=ROOT, env=server.environment, capture_output=True)
    assert second.returncode == 1
    assert b"PORT: " in second.stderr
    with urllib.request.urlopen(f"{server.url}/") as answer:
        assert "server" not in {name.lower() for name in answer.headers}
    _told_to_stop(server, signal.SIGINT)


def test_a_worker_whose_server_was_killed_leaves_by_itself(server: Server) -> None:
    (worker,) = _workers(server)
    server.kill()
    wait_until(lambda: not _lives(worker), seconds=60)
