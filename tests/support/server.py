"""The real server as a process, started the way an operator starts it."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.ports import port_free
from tests.support.processes import NeverReady, process_end, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = ("QUIETLINE_", "DATABASE_URL", "VALKEY_URL", "PORT", "DJANGO_SETTINGS_MODULE")


@dataclass(slots=True)
class Server:
    """One deployment. ``url`` names 127.0.0.1, ``named_url`` localhost (passkeys need a name); ``folder`` holds its data and its log."""

    folder: Path
    port: int
    environment: dict[str, str] = field(repr=False)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def named_url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> str:
        """Everything that it printed so far."""
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")

    def manage(self, *arguments: str, given: str | None = None) -> str:
        """Run one management command on this deployment's data and give what it printed. Raises CalledProcessError."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, check=True, capture_output=True, text=True, input=given, cwd=ROOT, env=self.environment)
        return done.stdout

    def start(self) -> None:
        """Start it and wait until /healthz says that all is well. Raises NeverReady with its log."""
        with (self.folder / "server.log").open("ab") as log:
            command = [sys.executable, "manage.py", "serve"]
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT, env=self.environment)
        try:
            wait_until(self.healthy, seconds=60, process=self.process)
        except NeverReady as error:
            self.stop()
            raise NeverReady(f"{error}\n{self.log[-4000:]}") from error

    def healthy(self) -> bool:
        """Whether database, layer and worker are well at this moment."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> int:
        """End it as an operator does; gives its exit status."""
        return process_end(self.process) if self.process else 0

    def kill(self) -> None:
        """End it as a power cut does: every process of it, at once."""
        if self.process:
            process_end(self.process, by=signal.SIGKILL)


@contextmanager
def server_running(
    folder: Path, *, port: int | None = None, environment: Mapping[str, str] | None = None, start: bool = True
) -> Iterator[Server]:
    """A migrated server on data in ``folder``, started unless told otherwise. ``environment`` adds variables, for instance DATABASE_URL."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    port = port or port_free()
    server = Server(folder, port, {**kept, "QUIETLINE_VAR": str(folder), "PORT": str(port), **(environment or {})})
    server.manage("migrate", "--verbosity", "0")
    try:
        if start:
            server.start()
        yield server
    finally:
        server.stop()
