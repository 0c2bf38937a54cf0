"""The kept conversation and the return words in a real browser, under the headers that the server sends: storage in place, workers, no eval."""

import base64
import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright

from backend.config.headers import WORKER, security_headers
from tests.support.browser import chromium_profile

ROOT = Path(__file__).resolve().parent.parent.parent
CONFIG = "frontend/tests/e2ee/browser/vite.config.ts"
SPOKEN = json.loads((ROOT / "tests/vectors/spoken.json").read_text())
PHRASE = "river lamp onion second quote"
MARKER = "a sentence that nobody else would write"
TYPES = {".js": "text/javascript", ".html": "text/html; charset=utf-8"}


@dataclass(slots=True)
class Site:
    """The build, served with the real headers. ``wasm`` off: not even the worker's own file may compile WebAssembly."""

    folder: Path
    script: str
    wasm: bool = True
    port: int = 0
    served: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def fell_back(self) -> bool:
        """Whether the worker asked for the stretching in plain JavaScript."""
        return any(path.startswith("/assets/argon2-") for path in self.served)

    def answer(self, path: str) -> tuple[bytes, str] | None:
        self.served.append(path)
        if path == "/":
            return f'<!doctype html><title>-</title><script type="module" src="/{self.script}"></script>'.encode(), TYPES[".html"]
        if path == "/favicon.ico":
            return b"", "image/x-icon"
        file = self.folder / path.lstrip("/")
        return (file.read_bytes(), TYPES[file.suffix]) if path.startswith("/assets/") and file.is_file() else None

    def headers(self, path: str) -> dict[str, str]:
        shown = security_headers(path="/assets/another.js" if path.startswith(WORKER) and not self.wasm else path, tls=False)
        return {name.decode(): value.decode() for name, value in shown.items()}


class Handler(BaseHTTPRequestHandler):
    def __init__(self, *arguments: Any, site: Site) -> None:
        self.site = site
        super().__init__(*arguments)

    def do_GET(self) -> None:
        found = self.site.answer(self.path)
        self.send_response(200 if found else 404)
        for name, value in self.site.headers(self.path).items():
            self.send_header(name, value)
        body, kind = found or (b"", "text/plain")
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.send_header("cache-control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("built")
    subprocess.run(["npx", "vite", "build", "--config", CONFIG, "--outDir", str(folder)], cwd=ROOT, check=True, capture_output=True)
    manifest = json.loads((folder / "manifest.json").read_text())
    return folder, next(entry["file"] for entry in manifest.values() if entry.get("isEntry"))


@pytest.fixture
def site(built: tuple[Path, str]) -> Iterator[Site]:
    served = Site(folder=built[0], script=built[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, site=served))
    served.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield served
    server.shutdown()
    server.server_close()
    thread.join()


def opened(profile: BrowserContext, site: Site) -> Page:
    """A tab with the test's entry loaded. What its policy refuses is put down in ``site.violations``."""
    page = profile.new_page()
    page.on("console", lambda message: site.violations.append(message.text) if message.type == "error" else None)
    page.goto(site.url)
    page.wait_for_function("document.title === 'ready'")
    return page


@contextmanager
def visit(driver: Playwright, folder: Path, site: Site) -> Iterator[Page]:
    with chromium_profile(driver, folder) as profile:
        yield opened(profile, site)


def call(page: Page, name: str, *arguments: str) -> Any:
    return page.evaluate("([name, ...rest]) => globalThis.tried[name](...rest)", [name, *arguments])


def holds(folder: Path, piece: bytes) -> bool:
    """Whether any file of a browser's profile holds these bytes."""
    return any(piece in file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_a_kept_conversation_is_there_after_the_browser_was_closed_and_opens_by_its_phrase_only(
    driver: Playwright, site: Site, tmp_path: Path
) -> None:
    with visit(driver, tmp_path, site) as page:
        assert page.evaluate("globalThis.tried.possible")
        assert call(page, "exists") is False
        assert call(page, "open", PHRASE) == "NothingKept"
        assert call(page, "create", "four words are few") == "PhraseTooShort"
        assert call(page, "create", PHRASE) == "made"
        assert call(page, "write", "first") == "written"
        assert call(page, "write", MARKER) == "written"
    with visit(driver, tmp_path, site) as page:
        assert call(page, "exists") is True
        assert call(page, "open", "river lamp onion second zebra") == "WrongPhrase"
        assert call(page, "open", "  River LAMP onion, second quote ") == MARKER
    assert site.violations == []


def test_a_second_tab_is_told_that_another_holds_it(driver: Playwright, site: Site, tmp_path: Path) -> None:
    with chromium_profile(driver, tmp_path) as profile:
        first = opened(profile, site)
        assert call(first, "create", PHRASE) == "made"
        second = opened(profile, site)
        assert call(second, "open", PHRASE) == "HeldElsewhere"
        assert call(second, "eraseUnopened") == "HeldElsewhere"
        first.close()
        second.wait_for_function("async (phrase) => (await globalThis.tried.open(phrase)) === ''", arg=PHRASE)
    assert site.violations == []


def test_nothing_that_was_written_lies_readable_on_the_disk_and_what_was_overwritten_is_gone(
    driver: Playwright, site: Site, tmp_path: Path
) -> None:
    with visit(driver, tmp_path, site) as page:
        assert call(page, "create", PHRASE) == "made"
        assert call(page, "write", MARKER * 100) == "written"
        sealed = [base64.urlsafe_b64decode(piece + "==") for piece in call(page, "pieces")]
    # The control: the search finds the sealed bytes, so it would find others.
    assert all(holds(tmp_path, piece) for piece in sealed)
    assert not holds(tmp_path, MARKER.encode())
    with visit(driver, tmp_path, site) as page:
        assert call(page, "open", PHRASE) == MARKER * 100
        assert call(page, "write", "another") == "written"
    assert not any(holds(tmp_path, piece) for piece in sealed)
    assert site.violations == []


@pytest.mark.parametrize("how", ["erase", "eraseUnopened"])
def test_erasing_leaves_no_file_and_no_sealed_byte(driver: Playwright, site: Site, tmp_path: Path, how: str) -> None:
    with visit(driver, tmp_path, site) as page:
        assert call(page, "create", PHRASE) == "made"
        assert call(page, "write", MARKER) == "written"
        sealed = [base64.urlsafe_b64decode(piece + "==") for piece in call(page, "pieces")]
        call(page, "close")
    assert all(holds(tmp_path, piece) for piece in sealed)
    with visit(driver, tmp_path, site) as page:
        if how == "erase":
            assert call(page, "open", PHRASE) == MARKER
        call(page, how)
        assert call(page, "exists") is False
        assert call(page, "open", PHRASE) == "NothingKept"
    assert not any(holds(tmp_path, piece) for piece in sealed)
    assert site.violations == []


def test_return_words_give_the_same_keys_as_everywhere_under_the_strict_policy(driver: Playwright, site: Site, tmp_path: Path) -> None:
    with visit(driver, tmp_path, site) as page:
        for case in SPOKEN["return_words"]:
            found = call(page, "returnKeys", case["words"], case["language"], case["host"])
            assert found == [case["id"], case["token"], case["key"]]
    assert not site.fell_back
    assert site.violations == []


def test_return_words_work_where_a_browser_forbids_webassembly(driver: Playwright, site: Site, tmp_path: Path) -> None:
    site.wasm = False
    case = SPOKEN["return_words"][0]
    with visit(driver, tmp_path, site) as page:
        found = call(page, "returnKeys", case["words"], case["language"], case["host"])
    assert found == [case["id"], case["token"], case["key"]]
    assert site.fell_back
