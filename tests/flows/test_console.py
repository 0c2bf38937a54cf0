"""The console at work: passkeys, a reload, a session that ended, people kept apart, a device that is revoked, and what its disk holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.flows import desk
from tests.flows.conftest import Arrive
from tests.flows.enrolment import PATIENCE_MS, Hotline, Member, browser_certified, keys_passed_on, person_enrolled, shift_begun
from tests.flows.person import Person

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that Rosa's browser keeps lies below."""
    return tmp_path_factory.mktemp("rosa")


@pytest.fixture(scope="module")
def rosa(hotline: Hotline, driver: Playwright, profile: Path) -> Iterator[Member]:
    """An advocate with a passkey, certified and on shift."""
    with person_enrolled(hotline.organisation, driver, profile, username="rosa") as member:
        authenticator_add(member)
        browser_certified(member, by=hotline.supervisor)
        keys_passed_on(member, by=list(hotline.advocates.values()))
        shift_begun(member)
        passkey_add(member)
        yield member


@pytest.fixture(autouse=True)
def put_away(rosa: Member) -> Iterator[None]:
    """Each test leaves Rosa's desk empty."""
    yield
    if rosa.page.get_by_role("dialog").count() == 0:
        rosa.page_open("desk")
        while rosa.page.locator("[data-pane=talk][data-place]").count():
            put_away_one(rosa)


def put_away_one(member: Member) -> None:
    shown = member.page.locator("[data-pane=talk][data-place]").get_attribute("data-place")
    if member.page.locator("#composer").count():
        desk.end(member)
    else:
        member.button("console-talk-away").click()
    expect(member.page.locator(f"[data-pane=talk][data-place={shown}]")).to_have_count(0, timeout=PATIENCE_MS)


def authenticator_add(member: Member) -> None:
    """Put a virtual authenticator into the browser, as Chromium's own tests do: it holds passkeys and verifies whoever asks."""
    devtools = member.context.new_cdp_session(member.page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}})


def passkey_add(member: Member) -> None:
    member.page_open("device")
    member.button("console-passkey-add").click()
    expect(member.page.get_by_text(member.said("console-passkey-made"))).to_be_visible(timeout=PATIENCE_MS)
    member.page_open("desk")


def passkey_log_in(member: Member) -> None:
    member.button("console-login-passkey").click()
    expect(member.page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE_MS)
    expect(member.page.locator("header").first).to_be_visible(timeout=PATIENCE_MS)


def answered(person: Person, member: Member, note: str) -> None:
    """Asked, claimed, joined."""
    person.ask(note)
    desk.claim(member)
    person.joined()


@contextmanager
def keys_renewed(person: Person) -> Iterator[None]:
    """What gives a request back; ends when the person's browser has offered new keys for the next answer."""
    with person.page.expect_response(
        lambda answer: answer.request.method == "PUT" and "/help-requests/" in answer.url, timeout=PATIENCE_MS
    ):
        yield


def test_a_passkey_logs_in_without_a_name_or_a_password(rosa: Member) -> None:
    rosa.button("console-logout").click()
    passkey_log_in(rosa)
    expect(rosa.page.locator("header")).to_contain_text("Rosa")


def test_the_first_question_waits_to_be_sent_in_the_language_of_the_person(rosa: Member, arrive: Arrive) -> None:
    person = arrive(language="es")
    answered(person, rosa, "")
    expect(rosa.page.locator("#composer")).to_have_value(person.said("console-reply-safe", room="console"))
    rosa.button("console-send").click()
    person.reads(person.said("console-reply-safe", room="console"))


def test_two_people_are_kept_apart(rosa: Member, arrive: Arrive) -> None:
    first, second = arrive("first"), arrive("second")
    answered(first, rosa, "the first note")
    desk.say(rosa, "for the first")
    answered(second, rosa, "the second note")
    desk.say(rosa, "for the second")
    second.reads("for the second")
    first.reads("for the first")
    desk.reads(rosa, "the second note")
    rosa.page.keyboard.press("Alt+j")
    desk.reads(rosa, "the first note")
    desk.reads(rosa, "for the first")
    desk.reads_no_more(rosa, "for the second")
    second.say("only the second")
    expect(rosa.page.locator("[data-pane=talks] button").nth(1)).to_contain_text(
        rosa.said("console-talk-unread", count=1), timeout=PATIENCE_MS
    )
    first.reads_no_more("only the second")


def test_a_conversation_that_is_given_back_goes_on_with_a_colleague(rosa: Member, ana: Member, arrive: Arrive) -> None:
    person = arrive()
    answered(person, rosa, "please somebody else")
    with keys_renewed(person):
        rosa.button("console-return").click()
        rosa.button("console-ask-return-yes", within=rosa.page.get_by_role("dialog")).click()
    expect(rosa.page.locator("#composer")).to_have_count(0, timeout=PATIENCE_MS)
    desk.claim(ana)
    desk.reads(ana, "please somebody else")
    desk.say(ana, "I go on from here")
    person.reads("I go on from here")
    desk.end(ana)


def test_after_a_reload_the_person_can_be_let_wait_again_and_is_answered_anew(rosa: Member, arrive: Arrive) -> None:
    person = arrive()
    answered(person, rosa, "do not lose me")
    rosa.page.once("dialog", lambda dialog: dialog.accept())
    rosa.page.reload()
    with keys_renewed(person):
        rosa.page.locator(".notice.care button").first.click()
    desk.claim(rosa)
    desk.reads(rosa, "do not lose me")
    desk.say(rosa, "here again")
    person.reads("here again")


def test_a_session_that_ends_does_not_end_the_conversation(rosa: Member, arrive: Arrive) -> None:
    person = arrive()
    answered(person, rosa, "")
    rosa.context.clear_cookies()
    rosa.page.get_by_role("switch").click()
    expect(rosa.page.get_by_role("dialog")).to_contain_text(rosa.said("console-expired-title"), timeout=PATIENCE_MS)
    person.say("are you still there")
    passkey_log_in(rosa)
    desk.reads(rosa, "are you still there")
    desk.say(rosa, "yes, I am")
    person.reads("yes, I am")


def test_a_revoked_browser_is_out_at_once_and_answers_nobody(rosa: Member, hotline: Hotline, arrive: Arrive) -> None:
    boss = hotline.supervisor
    boss.page_open("devices")
    boss.page.locator("[data-device]", has_text="Rosa").get_by_role("button", name=boss.said("console-revoke-short")).click()
    boss.button("console-revoke-now", within=boss.page.get_by_role("dialog")).click()
    expect(boss.page.locator("[data-device]", has_text="Rosa")).to_contain_text(
        boss.said("console-device-state-revoked"), timeout=PATIENCE_MS
    )
    rosa.page_open("device")
    expect(rosa.page.get_by_role("dialog")).to_contain_text(rosa.said("console-expired-title"), timeout=PATIENCE_MS)
    passkey_log_in(rosa)
    expect(rosa.page.locator("[data-standing=revoked]")).to_be_visible(timeout=PATIENCE_MS)
    hotline.advocates["ana"].page_open("device")
    hotline.advocates["ana"].page_open("desk")
    person = arrive()
    person.ask("who answers now")
    rosa.page_open("desk")
    expect(rosa.page.locator("[data-card] button")).to_be_disabled(timeout=PATIENCE_MS)
    desk.claim(hotline.advocates["ana"])
    desk.reads(hotline.advocates["ana"], "who answers now")
    desk.end(hotline.advocates["ana"])


KEPT = """() => new Promise((resolve) => {
  const opening = indexedDB.open('quietline-staff')
  opening.onsuccess = () => {
    const stores = opening.result.transaction(['keys', 'values'])
    const [seal, names] = [stores.objectStore('keys').get('seal'), stores.objectStore('values').getAllKeys()]
    stores.oncomplete = () => resolve({ extractable: seal.result.extractable, names: names.result.map((name) => name.split('\\n')[1]).sort() })
  }
})"""


def test_what_the_browser_keeps_is_sealed_under_a_key_that_it_does_not_hand_out(rosa: Member) -> None:
    assert rosa.page.evaluate(KEPT) == {"extractable": False, "names": ["list", "root", "work"]}


def test_the_advocates_browser_keeps_nothing_of_a_conversation(rosa: Member, profile: Path) -> None:
    said = ("do not lose me", "here again", "the first note", "for the second", "only the second", "yes, I am")
    kept = [path for path in profile.rglob("*") if path.is_file()]
    assert kept
    found = {
        (str(path), words) for path in kept for words in said for form in ("utf-8", "utf-16-le") if words.encode(form) in path.read_bytes()
    }
    assert found == set()
