"""What every page carries, asks for and weighs, seen from a real browser."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext, Playwright, Request, expect

from backend.config.headers import security_headers
from backend.core.words import LANGUAGES, words
from scripts import sizes, verify_served
from tests.flows import desk
from tests.flows.conftest import Arrive
from tests.flows.enrolment import Hotline, Member
from tests.flows.neutral import Neutral
from tests.support.browser import chromium_profile
from tests.support.server import ROOT, Server

pytestmark = pytest.mark.timeout(240)
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
FAULTS = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] })
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target}`))
}"""
ASSETS = ROOT / "frontend/dist/assets"
PATHS = (
    "/",
    "/?lang=es",
    "/console/",
    "/icon.svg",
    "/healthz",
    "/api/v1/organisations",
    "/api/v1/schema",
    "/api/v1/staff/session",
    "/api/v1/staff/queue",
    "/nowhere",
    "/assets/nothing.js",
)


@pytest.fixture
def context(driver: Playwright, tmp_path: Path) -> Iterator[BrowserContext]:
    with chromium_profile(driver, tmp_path / "profile") as opened:
        yield opened


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(hotline: Hotline, context: BrowserContext, path: str) -> None:
    answer = context.request.get(hotline.organisation.server.named_url + path)
    for name, value in security_headers(path=path, tls=False).items():
        assert answer.headers[name.decode()] == value.decode(), name
    assert "server" not in answer.headers
    if not path.startswith(("/api/v1/staff", "/console")):
        assert "set-cookie" not in answer.headers


def test_nothing_of_a_visit_is_kept_by_the_browsers_cache(hotline: Hotline, context: BrowserContext) -> None:
    for path in ("/", "/console/", "/icon.svg", "/api/v1/organisations", "/api/v1/staff/session"):
        assert "no-store" in context.request.get(hotline.organisation.server.named_url + path).headers["cache-control"], path


def test_a_whole_visit_asks_no_other_origin_for_anything(arrive: Arrive, ana: Member, neutral: Neutral) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    ana.context.on("request", note)
    person = arrive()
    person.ask("A word")
    desk.claim(ana)
    person.joined()
    person.say("Another")
    desk.reads(ana, "Another")
    person.leave()
    person.page.wait_for_url(neutral.url)
    desk.end(ana)
    ana.context.remove_listener("request", note)
    own = tuple(f"{scheme}://{person_origin(ana.page.url)}/" for scheme in ("http", "ws", "blob:http"))
    foreign = [url for url in [*person.requests, *asked] if not url.startswith((*own, neutral.url))]
    assert foreign == []
    assert len(person.requests) > 10


def person_origin(url: str) -> str:
    return url.split("/")[2]


def test_the_arrival_page_and_the_app_weigh_little(arrive: Arrive) -> None:
    person = arrive()
    person.start()
    files = sorted({url.split("/assets/")[1] for url in person.requests if "/assets/" in url})
    weights = {file: (ASSETS / f"{file}.br").stat().st_size for file in files}
    page = gzip.compress(person.context.request.get(person.page.url).body())
    assert len(weights) > 5
    assert len(page) + sum(weights.values()) <= sizes.LIMIT, weights


def test_the_arrival_page_itself_is_small(hotline: Hotline) -> None:
    with urlopen(f"{hotline.organisation.server.url}/", timeout=10) as answer:
        assert len(gzip.compress(answer.read())) < 20_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_the_numbers_the_words_and_the_way_out_are_there(arrive: Arrive, language: str) -> None:
    person = arrive(language=language, javascript=False)
    expect(person.page.locator("noscript p").first).to_have_text(person.said("no-script", room="arrival"))
    expect(person.page.locator("noscript p").first).to_be_visible()
    expect(person.page.locator("#exit")).to_be_visible()
    assert person.page.locator('a[href^="tel:"]').count() > 5
    expect(person.page.locator("#start")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_the_arrival_page(arrive: Arrive, language: str, width: int) -> None:
    person = arrive(language=language, viewport={"width": width, "height": 720})
    expect(person.page.locator("#start-talk")).to_be_visible()
    person.page.evaluate(AXE)
    assert person.page.evaluate(FAULTS) == []
    assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_axe_finds_nothing_on_a_live_conversation_and_the_desk_beside_it(arrive: Arrive, ana: Member) -> None:
    person = arrive(viewport={"width": 320, "height": 640})
    person.ask("A word")
    desk.claim(ana)
    person.joined()
    person.say("Another")
    desk.reads(ana, "Another")
    for page in (person.page, ana.page):
        page.evaluate(AXE)
        assert page.evaluate(FAULTS) == []
    desk.end(ana)


def test_nothing_is_refused_by_the_pages_own_policy(arrive: Arrive, ana: Member) -> None:
    told: list[str] = []
    person = arrive()
    person.page.on("console", lambda message: told.append(message.text))
    person.page.on("pageerror", lambda error: told.append(str(error)))
    person.page.reload()
    person.ask("")
    desk.claim(ana)
    person.joined()
    person.say("Hello")
    desk.reads(ana, "Hello")
    assert told == []
    desk.end(ana)


def test_health_and_schema_answer(hotline: Hotline) -> None:
    server: Server = hotline.organisation.server
    assert server.healthy()
    with urlopen(f"{server.url}/api/v1/schema", timeout=10) as answer:
        schema: dict[str, Any] = json.load(answer)
    assert "/api/v1/help-requests" in schema["paths"]


def test_what_is_served_is_the_build_of_this_checkout(hotline: Hotline) -> None:
    assert verify_served.differences(hotline.organisation.server.url) == []


def test_titles_tell_nothing(arrive: Arrive, ana: Member) -> None:
    person = arrive()
    person.ask("")
    said = words("arrival", "title", "en")
    assert person.page.title() == said
    assert not re.search(r"help|abuse|violence|traffick|hotline|quietline", said, re.IGNORECASE)
    person.button("app-withdraw-title").click()
    person.button("app-withdraw-act").click()
    person.sees("app-ended-withdrawn-title")
