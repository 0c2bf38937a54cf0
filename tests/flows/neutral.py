"""The neutral page that the exit leads to, served by the test, and what a browser told it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

TEXT = "Weather: mild."


@dataclass(slots=True)
class Neutral:
    """``told`` holds the headers of each visit."""

    url: str = ""
    told: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def neutral_page() -> Iterator[Neutral]:
    """Serve the page on loopback."""
    neutral = Neutral()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/":
                neutral.told.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<title>Weather</title><p>{TEXT}</p>".encode())

        def log_request(self, *arguments: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    neutral.url = f"http://127.0.0.1:{server.server_port}/"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield neutral
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
