"""The quick exit: at once, from everywhere, and Back does not return."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.flows import desk
from tests.flows.conftest import Arrive
from tests.flows.enrolment import Hotline, Member
from tests.flows.neutral import TEXT, Neutral
from tests.flows.person import PATIENCE_MS, Person

pytestmark = pytest.mark.timeout(240)
WAYS = {"by its button": Person.leave, "by Shift three times": Person.leave_by_shift}
each_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
SECRET = "he keeps my passport"


def is_away(person: Person, neutral: Neutral) -> None:
    """The neutral page shows, and nothing lies behind it."""
    expect(person.page.get_by_text(TEXT)).to_be_visible(timeout=PATIENCE_MS)
    assert person.page.url == neutral.url
    person.page.go_back()
    person.page.go_back()
    assert "localhost" not in person.page.url
    assert SECRET not in person.page.content()


@each_way
def test_from_the_arrival_page(arrive: Arrive, neutral: Neutral, way: Callable[[Person], None]) -> None:
    person = arrive()
    expect(person.page.locator("#start-talk")).to_be_visible()
    way(person)
    is_away(person, neutral)


@each_way
def test_while_something_is_written(arrive: Arrive, neutral: Neutral, way: Callable[[Person], None]) -> None:
    person = arrive()
    person.start()
    person.page.locator("#ask-text").fill(SECRET)
    person.page.locator("#level-soon").focus()
    way(person)
    is_away(person, neutral)


@each_way
def test_from_a_conversation(arrive: Arrive, ana: Member, neutral: Neutral, way: Callable[[Person], None]) -> None:
    person = arrive()
    person.ask(SECRET)
    desk.claim(ana)
    person.joined()
    person.say(SECRET)
    person.reads(SECRET)
    way(person)
    is_away(person, neutral)
    desk.end(ana)


def test_nothing_is_left_on_the_screen_in_the_same_task(arrive: Arrive) -> None:
    person = arrive()
    person.start()
    person.page.locator("#ask-text").fill(SECRET)
    left = person.page.evaluate(
        "() => { document.getElementById('exit').click(); return [document.title, document.documentElement.childNodes.length] }"
    )
    assert left == ["", 0]


def test_the_neutral_page_does_not_learn_where_somebody_came_from(arrive: Arrive, neutral: Neutral) -> None:
    person = arrive()
    before = len(neutral.told)
    person.leave()
    expect(person.page.get_by_text(TEXT)).to_be_visible(timeout=PATIENCE_MS)
    assert [told.get("referer") for told in neutral.told[before:]] == [None]


def test_offline_it_leads_to_an_empty_page_that_names_nobody(arrive: Arrive) -> None:
    person = arrive()
    expect(person.page.locator("#start-talk")).to_be_visible()
    person.context.set_offline(True)
    person.leave()
    person.page.wait_for_url("about:blank")
    person.context.set_offline(False)


def test_one_press_of_shift_says_how_many_are_left(arrive: Arrive) -> None:
    person = arrive()
    person.page.keyboard.press("Shift")
    expect(person.page.locator("#exit-status")).to_have_text(person.said("exit-two", room="arrival"))
    person.page.keyboard.type("A")
    person.page.keyboard.press("Shift")
    person.page.keyboard.press("Shift")
    assert person.page.url.startswith("http://localhost")


def test_without_javascript_the_exit_is_a_link(arrive: Arrive, neutral: Neutral) -> None:
    person = arrive(javascript=False)
    person.leave()
    expect(person.page.get_by_text(TEXT)).to_be_visible(timeout=PATIENCE_MS)
    assert person.page.url == neutral.url


def test_the_console_has_the_same_exit(hotline: Hotline, neutral: Neutral, arrive: Arrive) -> None:
    person = arrive(link=f"{hotline.organisation.server.named_url}/console/")
    expect(person.page.locator('input[name="username"]')).to_be_visible(timeout=PATIENCE_MS)
    person.leave_by_shift()
    is_away(person, neutral)


def test_the_whole_visit_is_one_entry_of_the_history(arrive: Arrive, ana: Member) -> None:
    person = arrive()
    before = person.page.evaluate("history.length")
    person.ask("")
    desk.claim(ana)
    person.joined()
    person.panel("people")
    person.panel_close()
    assert person.page.evaluate("history.length") == before
    desk.end(ana)
