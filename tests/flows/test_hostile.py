"""A server that lies is noticed, and the browser says so in plain words. What first use can't notice is shown as the limit that it is."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright, expect

from backend.core.words import words
from tests.flows import desk, lies
from tests.flows.conftest import Arrive
from tests.flows.enrolment import Hotline, Member, browser_certified, hotline_open, person_enrolled
from tests.flows.hostile import Front, Tamper, fronted_running
from tests.flows.person import PATIENCE_MS, Person
from tests.peer.trust import fingerprint_groups

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def fronted(driver: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hotline, Front]]:
    """A hotline that everybody reaches through the malicious front, which is honest so far."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "server").mkdir()
    with fronted_running(folder / "server") as (server, front), hotline_open(server, driver, folder) as opened:
        yield opened, front


@pytest.fixture
def hotline(fronted: tuple[Hotline, Front]) -> Hotline:
    return fronted[0]


@pytest.fixture
def front(fronted: tuple[Hotline, Front]) -> Iterator[Front]:
    """The front, honest again after each test."""
    yield fronted[1]
    fronted[1].tamper = Tamper()


@pytest.fixture
def ana(hotline: Hotline) -> Member:
    desk.clear(hotline.advocates["ana"])
    return hotline.advocates["ana"]


def talking(arrive: Arrive, ana: Member) -> Person:
    person = arrive()
    person.ask("")
    desk.claim(ana)
    person.joined()
    desk.say(ana, "Hello")
    person.reads("Hello")
    return person


def test_swapped_keys_of_the_organisation_are_noticed_by_whoever_has_its_link(arrive: Arrive, front: Front, hotline: Hotline) -> None:
    front.tamper = lies.SwapOrganisation(lies.Impostor(hotline.organisation.slug))
    person = arrive()
    person.page.locator("#start-talk").click()
    person.sees("app-link-fits-nobody")
    person.sees("app-link-fits-nobody-do")


def test_on_first_use_swapped_keys_can_not_be_noticed_and_the_page_says_so(arrive: Arrive, front: Front, hotline: Hotline) -> None:
    impostor = lies.Impostor(hotline.organisation.slug)
    front.tamper = lies.SwapOrganisation(impostor)
    person = arrive(link=f"{hotline.organisation.server.named_url}/")
    person.page.locator("#start-talk").click()
    person.sees("app-trust-first-use")
    letters = fingerprint_groups(impostor.root)
    expect(person.page.get_by_text(letters)).to_have_count(1)


def test_an_advocate_with_swapped_keys_is_not_let_in(arrive: Arrive, ana: Member, front: Front, hotline: Hotline) -> None:
    front.tamper = lies.SwapAdvocate(lies.Impostor(hotline.organisation.slug))
    person = arrive()
    person.ask("")
    desk.claim(ana)
    person.sees("app-wait-stranger")
    person.sees("app-wait-stranger-do")


def test_a_note_beside_a_key_package_of_the_servers_own_is_refused_by_the_console(arrive: Arrive, ana: Member, front: Front) -> None:
    front.tamper = lies.OwnKeyPackage()
    person = arrive()
    person.ask("Read this")
    ana.page.locator("[data-card] button").first.click()
    expect(ana.page.get_by_text(ana.said("console-refusal-hotline-note-mismatch"))).to_be_visible(timeout=PATIENCE_MS)
    expect(ana.page.get_by_text("Read this")).to_have_count(0)
    front.tamper = Tamper()
    desk.claim(ana)
    person.joined()


def test_a_message_that_comes_twice_is_shown_once(arrive: Arrive, ana: Member, front: Front) -> None:
    front.tamper = tamper = lies.Replay()
    person = talking(arrive, ana)
    tamper.armed = True
    desk.say(ana, "Only one")
    person.reads("Only one")
    person.notice("order-repeated")


def test_an_old_message_in_place_of_a_new_one_is_not_shown(arrive: Arrive, ana: Member, front: Front) -> None:
    front.tamper = tamper = lies.ReplayAsNew()
    person = talking(arrive, ana)
    tamper.armed = True
    desk.say(ana, "The first")
    person.reads("The first")
    desk.say(ana, "The second")
    person.notice("unreadable")
    person.reads("The first")


def test_messages_in_another_order_are_noticed(arrive: Arrive, ana: Member, front: Front) -> None:
    front.tamper = tamper = lies.Reorder()
    person = talking(arrive, ana)
    tamper.armed = True
    desk.say(ana, "One")
    desk.say(ana, "Two")
    person.notice("order-skipped")


def test_a_message_left_out_is_noticed_at_the_next(arrive: Arrive, ana: Member, front: Front) -> None:
    front.tamper = tamper = lies.LeaveOut()
    person = talking(arrive, ana)
    tamper.armed = True
    desk.say(ana, "Left out")
    desk.say(ana, "The next")
    person.notice("order-skipped")


def test_a_message_said_to_be_erased_is_noticed_at_the_next(arrive: Arrive, ana: Member, front: Front) -> None:
    front.tamper = tamper = lies.SayErased()
    person = talking(arrive, ana)
    tamper.armed = True
    desk.say(ana, "Held back")
    desk.say(ana, "The next")
    person.reads("The next")
    person.notice("missing-withheld", count=1, who="staff", name="Ana")


def test_an_invented_message_is_not_opened(arrive: Arrive, ana: Member, front: Front) -> None:
    front.tamper = tamper = lies.Invent()
    person = talking(arrive, ana)
    tamper.armed = True
    desk.say(ana, "Replaced")
    person.notice("unreadable")
    person.reads_no_more("Replaced")


def test_an_invented_change_of_the_group_is_not_followed(arrive: Arrive, ana: Member, front: Front) -> None:
    front.tamper = tamper = lies.InventChange()
    person = talking(arrive, ana)
    tamper.armed = True
    desk.say(ana, "Replaced")
    person.notice("change-unreadable")
    person.sees("app-connection-joining")


def test_what_nobody_confirms_is_said_to_be_unconfirmed(arrive: Arrive, ana: Member, front: Front) -> None:
    front.tamper = tamper = lies.Withhold()
    person = talking(arrive, ana)
    tamper.armed = True
    person.say("Does anybody read this?")
    person.sees("app-message-stored")
    person.later(3)
    person.notice("not-confirmed")


def test_an_old_revocation_list_is_noticed_at_the_next_message(
    arrive: Arrive, ana: Member, front: Front, hotline: Hotline, driver: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> None:
    front.tamper = lies.OldTrust()
    person = talking(arrive, ana)
    folder, boss = tmp_path_factory.mktemp("bea"), hotline.supervisor
    with person_enrolled(hotline.organisation, driver, folder, username="bea") as bea:
        browser_certified(bea, by=boss)
        boss.page_open("devices")
        boss.page.get_by_role("button", name=words("console", "console-revoke", boss.language, name="Bea")).click()
        boss.button("console-revoke-now", within=boss.page.get_by_role("dialog")).click()
        expect(boss.page.get_by_role("dialog")).to_be_hidden(timeout=PATIENCE_MS)
    ana.page_open("device")
    ana.page_open("desk")
    desk.say(ana, "I know a newer list")
    person.reads("I know a newer list")
    person.notice("newer-list")
