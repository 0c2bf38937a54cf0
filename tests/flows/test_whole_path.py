"""Somebody reaches an advocate: real server, two real browsers, both languages."""

import re
from contextlib import closing
from sqlite3 import connect

import pytest
from playwright.sync_api import expect

from tests.flows import desk
from tests.flows.conftest import Arrive
from tests.flows.enrolment import Member
from tests.flows.person import PATIENCE_MS, Person
from tests.support.processes import wait_until
from tests.support.server import Server

pytestmark = pytest.mark.timeout(240)


def talking(arrive: Arrive, ana: Member, *, note: str = "", **options: str) -> Person:
    """Asked, claimed, joined."""
    person = arrive(**options)
    person.ask(note)
    desk.claim(ana)
    person.joined()
    return person


@pytest.fixture(autouse=True)
def put_away(ana: Member) -> None:
    """Nothing of an earlier test is left on the desk."""
    desk.clear(ana)


def test_they_find_each_other_and_talk_both_ways_in_both_languages(arrive: Arrive, ana: Member) -> None:
    person = arrive(language="en")
    person.ask("He keeps my passport.")
    person.sees("app-wait-ahead", ahead=0)
    desk.claim(ana)
    desk.reads(ana, "He keeps my passport.")
    person.joined()
    person.notice("joined", who="staff", name="Ana")
    desk.say(ana, "¿Puede hablar ahora?")
    person.reads("¿Puede hablar ahora?")
    person.say("Yes. He is at work.")
    desk.reads(ana, "Yes. He is at work.")
    person.sees("app-message-seen")


def test_the_same_in_the_other_language(arrive: Arrive, ana: Member) -> None:
    person = talking(arrive, ana, note="Me quitó los papeles.", language="es")
    desk.reads(ana, "Me quitó los papeles.")
    person.say("¿Quién lee esto?")
    desk.reads(ana, "¿Quién lee esto?")
    desk.say(ana, "Solo usted y yo.")
    person.reads("Solo usted y yo.")
    expect(person.page.locator("html")).to_have_attribute("lang", "es")


def test_the_link_is_what_vouches_for_the_organisation(arrive: Arrive) -> None:
    person = arrive()
    person.page.locator("#start-talk").click()
    person.sees("app-trust-link")
    assert "#" not in person.page.url


def test_without_the_link_first_use_is_shown_as_the_limit_that_it_is(arrive: Arrive, ana: Member) -> None:
    link = re.sub("#.*", "", ana.page.url).replace("/console/", "/")
    person = arrive(link=link)
    person.page.locator("#start-talk").click()
    person.sees("app-trust-first-use")


def test_a_timer_runs_out_and_the_message_is_gone_from_both_screens_and_from_the_server(
    arrive: Arrive, ana: Member, deployment: Server
) -> None:
    ana.page.clock.install()
    person = talking(arrive, ana)
    person.timer_set(5)
    person.notice("timer", who="me", name="", span=person.said("app-span-minutes", count=5))
    desk.notice(ana, "timer", mine="no", unit="minutes", count=5)
    person.say("This goes away")
    desk.reads(ana, "This goes away")
    desk.say(ana, "And this too")
    person.reads("And this too")
    person.later(6)
    ana.page.clock.fast_forward("06:00")
    for text in ("This goes away", "And this too"):
        person.reads_no_more(text)
        desk.reads_no_more(ana, text)
    wait_until(lambda: messages_stored(deployment) == 0, seconds=60)


def messages_stored(server: Server) -> int:
    """How many messages of the newest conversation lie in the relay, sealed."""
    newest = "conversation_id = (SELECT max(id) FROM relay_conversation)"
    with closing(connect(f"file:{server.folder / 'quietline.sqlite3'}?mode=ro", uri=True)) as database:
        (count,) = database.execute(f"SELECT count(*) FROM relay_envelope WHERE kind = 1 AND size > 0 AND {newest}").fetchone()
    return int(count)


def test_a_message_to_be_read_once_is_gone_when_it_is_closed(arrive: Arrive, ana: Member) -> None:
    person = talking(arrive, ana)
    person.say("Only once", once=True)
    ana.button("console-once-open").click()
    desk.reads(ana, "Only once")
    ana.button("console-once-close").click()
    desk.reads_no_more(ana, "Only once")


def test_what_is_burned_is_gone_from_both_screens(arrive: Arrive, ana: Member) -> None:
    person = talking(arrive, ana)
    person.say("Burn this")
    desk.reads(ana, "Burn this")
    person.panel("burn")
    person.button("app-burn-act").click()
    desk.notice(ana, "burned", mine="no")
    person.notice("burned", who="me", name="")
    person.reads_no_more("Burn this")
    desk.reads_no_more(ana, "Burn this")


def test_both_see_the_same_numbers_to_compare(arrive: Arrive, ana: Member) -> None:
    person = talking(arrive, ana)
    desk.say(ana, "Hola")
    person.reads("Hola")
    person.panel("people")
    shown = person.page.locator("p.number").inner_text()
    assert re.fullmatch(r"(\d{5} ){11}\d{5}", shown)
    ana.page.get_by_text(ana.said("console-safety-number"), exact=True).click()
    expect(ana.page.get_by_text(shown, exact=True)).to_be_visible(timeout=PATIENCE_MS)


def test_return_words_bring_somebody_back_after_the_page_was_loaded_again(arrive: Arrive, ana: Member) -> None:
    person = arrive()
    person.ask("")
    taken = person.words_take()
    desk.claim(ana)
    person.joined()
    person.say("Before")
    desk.reads(ana, "Before")
    person.page.reload()
    person.come_back(taken)
    person.joined()
    desk.notice(ana, "rejoined", staff="no", name="")
    person.reads_no_more("Before")
    person.say("After")
    desk.reads(ana, "After")
    desk.say(ana, "Qué bien")
    person.reads("Qué bien")


def test_what_is_kept_on_the_device_goes_on_after_the_page_was_loaded_again(arrive: Arrive, ana: Member) -> None:
    person = talking(arrive, ana)
    person.say("Kept")
    desk.reads(ana, "Kept")
    phrase = "lamp river seven copper moth"
    person.panel("keep")
    person.page.locator("#keep-phrase").fill(phrase)
    person.page.locator("#keep-repeated").fill(phrase)
    person.button("app-keep-act").click()
    person.sees("app-keep-kept")
    person.page.reload()
    person.page.locator("#start-return").click()
    person.page.get_by_text(person.said("app-kept-open-title")).click()
    person.page.locator("#kept-phrase").fill(phrase)
    person.page.locator("details").get_by_role("button", name=person.said("app-back-open")).click()
    person.joined()
    person.reads("Kept")
    desk.say(ana, "Sigo aquí")
    person.reads("Sigo aquí")


def test_a_request_while_nobody_is_on_shift_waits_and_says_so(arrive: Arrive, ana: Member) -> None:
    switch = ana.page.get_by_role("switch")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "false")
    try:
        person = arrive()
        person.ask("At night")
        person.sees("app-wait-off-shift")
        person.sees("app-wait-off-shift-about")
    finally:
        switch.click()
        expect(switch).to_have_attribute("aria-checked", "true")
    person.sees("app-wait-ahead", ahead=0)
    desk.claim(ana)
    desk.reads(ana, "At night")


def test_a_request_can_be_taken_back(arrive: Arrive, ana: Member) -> None:
    person = arrive()
    person.ask("Never mind")
    expect(ana.page.locator("[data-card]")).to_have_count(1, timeout=PATIENCE_MS)
    person.button("app-withdraw-title").click()
    person.button("app-withdraw-act").click()
    person.sees("app-ended-withdrawn-title")
    expect(ana.page.locator("[data-card]")).to_have_count(0, timeout=PATIENCE_MS)


def test_an_advocate_who_ends_it_ends_it_for_both(arrive: Arrive, ana: Member) -> None:
    person = talking(arrive, ana)
    desk.end(ana)
    person.sees("app-talk-over")
