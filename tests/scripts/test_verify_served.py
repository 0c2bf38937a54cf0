"""``make verify-served`` against a server that is faithful, and against servers that are not."""

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from backend.config.headers import security_headers
from scripts.verify_served import Unreachable, differences, main
from tests.support.ports import port_free

APP, CONSOLE, STYLE = "/assets/app-1.js", "/assets/console-2.js", "/assets/app-3.css"
HTML = '<!doctype html><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="{style}"><script type="module" src="{script}"></script><p>Hello.</p>'


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A small build."""
    assets = tmp_path / "dist" / "assets"
    assets.mkdir(parents=True)
    for path, text in {APP: "export {}", CONSOLE: "export const desk = 1", STYLE: "p { color: var(--ink) }"}.items():
        (assets / Path(path).name).write_text(text)
        (assets / f"{Path(path).name}.br").write_text(f"brotli of {text}")
    manifest = {
        "frontend/src/app/main.ts": {"file": APP[1:], "isEntry": True, "css": [STYLE[1:]]},
        "frontend/src/console/main.ts": {"file": CONSOLE[1:], "isEntry": True},
    }
    (tmp_path / "dist" / "manifest.json").write_text(json.dumps(manifest))
    return tmp_path / "dist"


def pages(dist: Path) -> dict[str, bytes]:
    """What a faithful server answers."""
    arrival = HTML.format(style=STYLE, script=APP).encode()
    files = {f"/assets/{path.name}": path.read_bytes() for path in (dist / "assets").iterdir() if path.suffix != ".br"}
    return {"/": arrival, "/?lang=es": arrival, "/console/": HTML.format(style=STYLE, script=CONSOLE).encode(), **files}


@contextmanager
def served(pages: dict[str, bytes], *, policy: str | None = None, packed: dict[tuple[str, str], bytes] | None = None) -> Iterator[str]:
    """Serve ``pages``; ``packed`` answers who accepts an encoding, by path and encoding, with bytes of the test's choice."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Security-Policy", policy or default_policy(self.path))
            for (path, encoding), form in (packed or {}).items():
                if path == self.path and encoding in self.headers.get("Accept-Encoding", ""):
                    self.send_header("Content-Encoding", encoding)
                    body = form
                    break
            self.end_headers()
            self.wfile.write(body or b"")

        def log_request(self, *arguments: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def default_policy(path: str) -> str:
    return security_headers(path=path, tls=False)[b"content-security-policy"].decode()


def test_a_faithful_server_differs_in_nothing(dist: Path) -> None:
    with served(pages(dist)) as url:
        assert differences(url, dist=dist) == []


def test_one_changed_byte_is_named(dist: Path) -> None:
    changed = {**pages(dist), CONSOLE: b"export const desk = 2"}
    with served(changed) as url:
        assert differences(url, dist=dist) == [f"{CONSOLE}: other bytes than in this checkout"]


def test_the_same_bytes_packed_are_the_same(dist: Path) -> None:
    app = (dist / APP[1:]).read_bytes()
    packed = {(APP, "br"): b"brotli of " + app, (APP, "gzip"): gzip.compress(app), ("/", "gzip"): gzip.compress(pages(dist)["/"])}
    with served(pages(dist), packed=packed) as url:
        assert differences(url, dist=dist) == []


@pytest.mark.parametrize(
    "form", [("br", b"brotli of something else"), ("gzip", gzip.compress(b"export const spy = 1")), ("gzip", b"damaged")]
)
def test_other_bytes_for_some_browsers_only_are_noticed(dist: Path, form: tuple[str, bytes]) -> None:
    encoding, body = form
    with served(pages(dist), packed={(APP, encoding): body}) as url:
        assert differences(url, dist=dist) == [f"{APP}: other bytes than in this checkout"]


def test_a_document_packed_in_a_way_that_ours_is_not_is_named(dist: Path) -> None:
    with served(pages(dist), packed={("/console/", "br"): b"whatever"}) as url:
        assert differences(url, dist=dist) == ["/console/: answered 200 br"]


def test_a_missing_file_is_named(dist: Path) -> None:
    fewer = {path: body for path, body in pages(dist).items() if path != STYLE}
    with served(fewer) as url:
        assert differences(url, dist=dist) == [f"{STYLE}: answered 404"]


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ('<script src="/assets/spy.js"></script>', "/: starts /assets/spy.js"),
        ('<script src="//elsewhere.example/a.js"></script>', "/: starts //elsewhere.example/a.js"),
        ("<script>spy()</script>", "/: has a script of its own"),
        ('<p onclick="spy()">Hello.</p>', "/: has the attribute onclick on <p>"),
        ('<iframe src="/spy"></iframe>', "/: has an element <iframe>"),
        ('<base href="//elsewhere.example/">', "/: has an element <base>"),
        ('<meta http-equiv="refresh" content="0;url=/spy">', "/: has an element <meta>"),
        ('<link rel="stylesheet" href="/assets/spy.css">', "/: loads /assets/spy.css, which is not of this build"),
        ('<link rel="modulepreload" href="/assets/spy.js">', "/: loads /assets/spy.js, which is not of this build"),
    ],
)
def test_whatever_a_document_loads_beyond_the_build_is_named(dist: Path, added: str, said: str) -> None:
    faithful = pages(dist)
    with served({**faithful, "/": faithful["/"] + added.encode()}) as url:
        assert differences(url, dist=dist) == [said]


def test_a_document_that_starts_another_script_is_named(dist: Path) -> None:
    with served({**pages(dist), "/console/": HTML.format(style=STYLE, script=APP).encode()}) as url:
        assert differences(url, dist=dist) == [f"/console/: does not start {CONSOLE}", f"/console/: starts {APP}"]


def test_a_looser_policy_is_named(dist: Path) -> None:
    with served(pages(dist), policy="script-src 'self' 'unsafe-inline'") as url:
        assert "/: has another Content-Security-Policy than this checkout" in differences(url, dist=dist)


def test_a_silent_server_is_not_called_faithful(dist: Path) -> None:
    with pytest.raises(Unreachable):
        differences(f"http://127.0.0.1:{port_free()}", dist=dist)


def test_without_an_address_it_says_how_to_give_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert main(["file:///etc/passwd"]) == 2
    assert "URL=https://" in capsys.readouterr().err
