"""What an advocate does at the console's desk, beyond enrolment."""

from playwright.sync_api import Locator, expect

from backend.core.words import words
from tests.flows.enrolment import PATIENCE_MS, Member


def claim(member: Member) -> None:
    """Answer the first person who waits, and wait until the conversation is open."""
    member.page_open("desk")
    member.page.locator("[data-card] button:enabled").first.click()
    expect(member.page.locator("#composer")).to_be_visible(timeout=PATIENCE_MS)


def log(member: Member) -> Locator:
    return member.page.get_by_role("log")


def say(member: Member, text: str) -> None:
    """Write to the conversation that is shown."""
    member.page.locator("#composer").fill(text)
    member.button("console-send").click()


def reads(member: Member, text: str) -> None:
    expect(log(member).get_by_text(text, exact=True)).to_be_visible(timeout=PATIENCE_MS)


def reads_no_more(member: Member, text: str) -> None:
    expect(member.page.get_by_text(text, exact=True)).to_have_count(0, timeout=PATIENCE_MS)


def notice(member: Member, message: str, **values: str | int) -> None:
    """Wait until the conversation tells of something that happened."""
    told = words("console", f"console-notice-{message}", member.language, **values)
    expect(log(member).get_by_text(told).first).to_be_visible(timeout=PATIENCE_MS)


def end(member: Member) -> None:
    """End the conversation that is shown, and put it away."""
    member.button("console-end").click()
    member.button("console-ask-close-yes", within=member.page.get_by_role("dialog")).click()
    expect(member.page.locator("#composer")).to_have_count(0, timeout=PATIENCE_MS)


def clear(member: Member) -> None:
    """Nobody waits and no conversation is left, whatever an earlier test left behind."""
    member.page_open("desk")
    while True:
        if member.page.locator("#composer").count():
            end(member)
        elif (over := member.button("console-talk-away")).count():
            over.click()
            expect(over).to_have_count(0)
        elif member.page.locator("[data-card] button:enabled").count():
            claim(member)
        else:
            return
