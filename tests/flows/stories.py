"""Every screen in every state: the stories of frontend/stories, built and served under the product's own headers."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from backend.config.headers import security_headers
from tests.support.server import ROOT


class _Handler(SimpleHTTPRequestHandler):
    """Files of one folder with the headers that the product puts on its pages."""

    def do_GET(self) -> None:
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def end_headers(self) -> None:
        for name, value in security_headers(path=self.path, tls=False).items():
            self.send_header(name.decode(), value.decode())
        super().end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - the library's name
        """Says nothing."""


def stories_build(folder: Path) -> None:
    """Build all stories into ``folder``. Raises CalledProcessError."""
    command = ["node_modules/.bin/vite", "build", "-c", "vite.stories.config.ts", "--logLevel", "error", "--outDir", str(folder)]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)


@contextmanager
def stories_served(folder: Path) -> Iterator[str]:
    """The address under which the built stories in ``folder`` are served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
