"""Each screen in each state, in both languages, narrow and wide: nothing for axe to find, nothing that the policy refuses, nothing cut off."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize

from backend.core.words import LANGUAGES
from tests.flows.stories import stories_build, stories_served
from tests.support.browser import CHROMIUM, QUIET
from tests.support.server import ROOT

pytestmark = pytest.mark.timeout(300)
AXE = ROOT / "node_modules/axe-core/axe.min.js"
WIDE = ViewportSize(width=1280, height=800)
NARROW = ViewportSize(width=320, height=640)
REFUSED = """
window.refused = []
document.addEventListener('securitypolicyviolation', (event) => window.refused.push(`${event.violatedDirective} ${event.blockedURI}`))
"""
FAULTS = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] })
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.html.slice(0, 160)}`))
}"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
EXIT = """() => {
  const exit = document.querySelector('.exit')
  const box = exit.getBoundingClientRect()
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2]
  return { height: box.height, width: box.width, right: innerWidth - box.right, top: box.top, hit: exit.contains(document.elementFromPoint(x, y)) }
}"""


@pytest.fixture(scope="module")
def browser(driver: Playwright) -> Iterator[Browser]:
    browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("stories")
    stories_build(folder)
    with stories_served(folder) as url:
        yield url


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=WIDE, reduced_motion="reduce")
    context.add_init_script(REFUSED)
    context.add_init_script(path=AXE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    yield page
    page.close()


def story_open(page: Page, address: str, story: str, language: str) -> None:
    """Open one story and wait until it is drawn."""
    page.goto(f"{address}/?story={story}&lang={language}")
    page.wait_for_selector("html[data-ready]")


def stories(page: Page, address: str, room: str) -> list[str]:
    """The names of a room's stories."""
    page.goto(f"{address}/")
    page.wait_for_selector("html[data-ready]")
    return [name for name in page.locator("html").get_attribute("data-stories").split() if name.startswith(f"{room}/")]  # type: ignore[union-attr]


def faults(page: Page) -> list[str]:
    """Everything that is wrong with what is on the screen now."""
    found: list[str] = page.evaluate(FAULTS)
    if page.evaluate(OVERFLOW) > 0:
        found.append("wider than the window")
    way_out: dict[str, Any] = page.evaluate(EXIT)
    near = way_out["right"] <= 24 and 0 <= way_out["top"] <= 24
    if not (way_out["hit"] and near and way_out["height"] >= 44 and way_out["width"] >= 44):
        found.append(f"the way out: {way_out}")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", ["app", "console"])
def test_every_screen_is_without_fault_narrow_and_wide(page: Page, address: str, room: str, language: str) -> None:
    names = stories(page, address, room)
    assert names
    found: dict[str, list[str]] = {}
    for story in names:
        page.set_viewport_size(WIDE)
        story_open(page, address, story, language)
        wide = faults(page)
        page.set_viewport_size(NARROW)
        narrow = faults(page)
        refused: list[str] = page.evaluate("() => window.refused")
        if wide or narrow or refused:
            found[f"{story} in {language}"] = [*wide, *(f"narrow: {one}" for one in narrow), *refused]
    assert found == {}
