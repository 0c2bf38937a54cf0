"""A survivor in a real browser, with our TypeScript, and an advocate on mls-rs. The other way round: tests/flows/test_peer.py."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.flows.person import PATIENCE_MS, Person
from tests.peer.advocate import Advocate, Case
from tests.peer.organisation import Organisation
from tests.peer.trust import fingerprint
from tests.peer.wire import b64, sha256
from tests.support.browser import chromium_profile
from tests.support.processes import wait_until

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def person(organisation: Organisation, advocate: Advocate, driver: Playwright, tmp_path: Path) -> Iterator[Person]:
    """Somebody who opened the organisation's link in a browser."""
    link = f"{organisation.server.named_url}/#f={b64(fingerprint(organisation.root))}"
    with chromium_profile(driver, tmp_path / "profile") as context:
        yield Person.arrive(context, link, language="en")


def claimed(advocate: Advocate) -> Case:
    """The one request that waits, as soon as it does."""
    wait_until(lambda: bool(advocate.queue()["requests"]), seconds=20)
    (card,) = advocate.queue()["requests"]
    return advocate.claim(card["id"])


@pytest.fixture(autouse=True)
def empty_queue(advocate: Advocate) -> None:
    """Nobody of an earlier test is waiting, whatever their note was."""
    for card in advocate.queue()["requests"]:
        told = {"device": b64(advocate.keys.device_id), "owner": b64(sha256(secrets.token_bytes(32)))}
        advocate.api.staff("POST", f"requests/{card['id']}/claim", told)
        advocate.api.staff("POST", f"requests/{card['id']}/close")


def talking(advocate: Advocate, person: Person, *, note: str = "") -> Case:
    person.ask(note)
    case = claimed(advocate)
    case.open(timer=3600)
    person.joined()
    return case


def test_the_browser_and_mls_rs_talk_both_ways(advocate: Advocate, person: Person) -> None:
    case = talking(advocate, person, note="He keeps my passport.")
    assert case.note.text == "He keeps my passport."
    case.talk.say("¿Puede hablar ahora?")
    person.reads("¿Puede hablar ahora?")
    person.say("Yes, for ten minutes")
    case.talk.until(lambda: "Yes, for ten minutes" in case.talk.texts)
    case.talk.confirm()
    person.sees("app-message-seen")
    assert case.talk.notices == []


def test_the_browser_names_the_advocate_by_the_certificate(advocate: Advocate, person: Person) -> None:
    talking(advocate, person)
    person.notice("joined", who="staff", name="Marisol")
    person.panel("people")
    expect(person.page.get_by_text("Marisol", exact=True).last).to_be_visible(timeout=PATIENCE_MS)


def test_both_compute_the_same_numbers_to_compare(advocate: Advocate, person: Person) -> None:
    case = talking(advocate, person)
    assert case.talk.group is not None
    person.panel("people")
    expect(person.page.locator("p.number")).to_have_text(case.talk.group.safety_number())


def test_a_timer_that_the_browser_sets_reaches_mls_rs(advocate: Advocate, person: Person) -> None:
    case = talking(advocate, person)
    person.timer_set(5)
    case.talk.until(lambda: case.talk.timer == 300)
    case.talk.say("Short")
    person.reads("Short")
    person.later(6)
    person.reads_no_more("Short")


def test_mls_rs_follows_the_fresh_keys_that_the_browser_makes_every_day(advocate: Advocate, person: Person) -> None:
    case = talking(advocate, person)
    epoch = case.talk.epoch
    person.page.clock.fast_forward("24:01:00")
    case.talk.until(lambda: case.talk.epoch > epoch)
    person.say("With fresh keys")
    case.talk.until(lambda: "With fresh keys" in case.talk.texts)
    case.talk.say("I see them")
    person.reads("I see them")
    assert case.talk.notices == []


def test_a_browser_that_forgot_everything_is_let_in_again_by_mls_rs(advocate: Advocate, person: Person) -> None:
    person.ask("")
    taken = person.words_take()
    case = claimed(advocate)
    case.open(timer=3600)
    person.joined()
    person.say("Before")
    case.talk.until(lambda: "Before" in case.talk.texts)
    person.page.reload()
    person.come_back(taken)
    case.talk.until(lambda: "rejoined" in case.talk.notices)
    person.joined()
    person.say("After")
    case.talk.until(lambda: "After" in case.talk.texts)


def test_a_conversation_that_mls_rs_ends_is_over_in_the_browser(advocate: Advocate, person: Person) -> None:
    case = talking(advocate, person)
    case.close()
    person.sees("app-talk-over")
