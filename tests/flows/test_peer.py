"""An advocate at the console in a real browser, and a survivor on mls-rs. The other way round: tests/peer/test_interop.py."""

import pytest
from playwright.sync_api import expect

from tests.flows import desk
from tests.flows.enrolment import PATIENCE_MS, Hotline, Member
from tests.peer.survivor import Survivor
from tests.peer.talk import Talk
from tests.peer.wire import unb64
from tests.support.processes import wait_until

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def survivor(hotline: Hotline) -> Survivor:
    organisation = hotline.organisation
    return Survivor(organisation.server.url, organisation=organisation.slug, pin=unb64(organisation.fingerprint, 20))


@pytest.fixture(autouse=True)
def put_away(ana: Member) -> None:
    """Nothing of an earlier test is left on the desk."""
    desk.clear(ana)


def talking(survivor: Survivor, ana: Member, *, note: str = "") -> Talk:
    survivor.ask(note, language="es")
    desk.claim(ana)
    talk = survivor.wait_for_seat()
    assert talk.notices == []
    return talk


def test_mls_rs_and_the_console_talk_both_ways(survivor: Survivor, ana: Member) -> None:
    talk = talking(survivor, ana, note="Me quitó los papeles.")
    desk.reads(ana, "Me quitó los papeles.")
    desk.say(ana, "Estoy aquí")
    talk.until(lambda: "Estoy aquí" in talk.texts)
    message = talk.say("Gracias")
    desk.reads(ana, "Gracias")
    talk.until(lambda: message.seen)


def test_both_compute_the_same_numbers_to_compare(survivor: Survivor, ana: Member) -> None:
    talk = talking(survivor, ana)
    assert talk.group is not None
    ana.page.get_by_text(ana.said("console-safety-number"), exact=True).click()
    expect(ana.page.get_by_text(talk.group.safety_number(), exact=True)).to_be_visible(timeout=PATIENCE_MS)


def test_mls_rs_is_let_in_again_with_fresh_keys(survivor: Survivor, ana: Member) -> None:
    talk = talking(survivor, ana)
    survivor.rejoin()
    talk.until(lambda: talk.group is not None)
    desk.notice(ana, "rejoined", staff="no", name="")
    talk.say("De vuelta")
    desk.reads(ana, "De vuelta")


def test_the_console_ends_it_for_mls_rs(survivor: Survivor, ana: Member) -> None:
    talk = talking(survivor, ana)
    desk.end(ana)
    talk.until(lambda: talk.over)
    wait_until(lambda: survivor.status()["state"] == "closed", seconds=20)


def test_a_burn_at_the_console_empties_the_peers_screen(survivor: Survivor, ana: Member) -> None:
    talk = talking(survivor, ana)
    desk.say(ana, "Bórralo")
    talk.until(lambda: "Bórralo" in talk.texts)
    ana.button("console-burn").click()
    ana.button("console-ask-burn-yes", within=ana.page.get_by_role("dialog")).click()
    talk.until(lambda: "burned" in talk.notices)
    assert talk.texts == []
