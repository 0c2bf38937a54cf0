"""What a browser's profile holds after a visit: the address, and nothing that was said, typed or shown."""

from collections.abc import Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Playwright

from tests.flows import desk
from tests.flows.enrolment import hotline_open
from tests.flows.person import Person
from tests.privacy.search import found
from tests.support.browser import chromium_profile
from tests.support.server import server_running

pytestmark = pytest.mark.timeout(300)
TYPED = {
    "the note": "quokka nine umbrella of Thursday",
    "a message": "walrus seven lantern by the river",
    "a draft that was never sent": "ibis four thimble under glass",
    "a phrase": "magpie orchard velvet canoe thunder",
}
HEARD = {"an answer": "heron two saddle at the mill"}
CONTROL = "<form><input name=word></form><script>localStorage.setItem('kept', 'ocelot five bucket in the barn')</script>"
FORGETFUL = {"what a forgetful page stores": b"ocelot five bucket in the barn"}


def encoded(texts: dict[str, str]) -> dict[str, bytes]:
    return {what: text.encode() for what, text in texts.items()}


@pytest.fixture(scope="module")
def profiles(driver: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Browser profiles after everybody has left: ``leaves`` by the exit, ``closes`` the window, ``keeps`` on the device, ``profile-ana`` answers."""
    folder = tmp_path_factory.mktemp("profiles")
    (folder / "server").mkdir()
    with ExitStack() as stack:
        server = stack.enter_context(server_running(folder / "server", environment={"QUIETLINE_EXIT_URL": "http://127.0.0.1:9/"}))
        hotline = stack.enter_context(hotline_open(server, driver, folder))
        ana = hotline.advocates["ana"]
        for name in ("leaves", "closes", "keeps"):
            with chromium_profile(driver, folder / name) as context:
                person = Person.arrive(context, hotline.link, language="en")
                person.ask(TYPED["the note"])
                desk.claim(ana)
                person.joined()
                person.say(TYPED["a message"])
                desk.reads(ana, TYPED["a message"])
                desk.say(ana, HEARD["an answer"])
                person.reads(HEARD["an answer"])
                if name == "keeps":
                    keep(person)
                person.composer.fill(TYPED["a draft that was never sent"])
                if name == "leaves":
                    person.leave_by_shift()
            desk.end(ana)
    return folder


def keep(person: Person) -> None:
    person.panel("keep")
    person.page.locator("#keep-phrase").fill(TYPED["a phrase"])
    person.page.locator("#keep-repeated").fill(TYPED["a phrase"])
    person.button("app-keep-act").click()
    person.sees("app-keep-kept")
    person.panel_close()


@pytest.mark.parametrize("name", ["leaves", "closes", "keeps", "profile-ana"])
def test_nothing_of_a_conversation_is_in_the_profile(profiles: Path, name: str) -> None:
    assert found(profiles / name, encoded(TYPED | HEARD)) == []


@pytest.mark.parametrize("name", ["leaves", "closes"])
def test_a_visit_that_keeps_nothing_leaves_no_storage_of_ours(profiles: Path, name: str) -> None:
    kept = [
        path
        for place in ("IndexedDB", "File System", "Service Worker")
        for path in (profiles / name / "Default" / place).rglob("*localhost*")
    ]
    assert kept == []


def test_the_address_alone_is_what_history_shows(profiles: Path) -> None:
    """The limit that docs/limitations.md admits, and the control: the search reads what a browser writes."""
    places = found(profiles / "closes", {"the address": b"http://localhost:"})
    assert "the address: Default/History" in places
    assert found(profiles / "closes", {"the fingerprint's fragment": b"#f="}) == []


@pytest.fixture
def forgetful(driver: Playwright, tmp_path: Path) -> Iterator[Path]:
    """The profile of somebody who visited a page that stores what it shows."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(CONTROL.encode())

        def log_request(self, *arguments: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        with chromium_profile(driver, tmp_path / "forgetful") as context:
            context.pages[0].goto(f"http://127.0.0.1:{server.server_port}/")
        yield tmp_path / "forgetful"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_search_would_find_what_another_page_stores(forgetful: Path) -> None:
    assert any("Local Storage" in place for place in found(forgetful, FORGETFUL))
