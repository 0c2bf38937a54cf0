"""A survivor at a browser: what they see, by the texts that people read, and what they do."""

from dataclasses import dataclass, field
from datetime import date
from typing import Self

from playwright.sync_api import BrowserContext, Locator, Page, expect

from backend.core.words import words

PATIENCE_MS = 20_000


@dataclass(slots=True)
class Person:
    """``language`` is the one that the page speaks to them. ``requests`` holds every address that their browser asked for."""

    context: BrowserContext = field(repr=False)
    page: Page = field(repr=False)
    language: str
    requests: list[str] = field(default_factory=list, repr=False)

    @classmethod
    def arrive(cls, context: BrowserContext, link: str, *, language: str) -> Self:
        """Open the page. Its clock can be put forward with ``later``."""
        page = context.pages[0]
        page.set_default_timeout(PATIENCE_MS)
        person = cls(context, page, language)
        context.on("request", lambda request: person.requests.append(request.url))
        page.clock.install()
        page.goto(link)
        return person

    def said(self, message: str, *, room: str = "app", **values: str | int | float | date) -> str:
        """A text in this person's language."""
        return words(room, message, self.language, **values)

    def button(self, message: str, *, room: str = "app") -> Locator:
        return self.page.get_by_role("button", name=self.said(message, room=room), exact=True)

    def sees(self, message: str, *, room: str = "app", **values: str | int | float | date) -> None:
        """Wait until a text is on the screen."""
        expect(self.page.get_by_text(self.said(message, room=room, **values)).first).to_be_visible(timeout=PATIENCE_MS)

    def title(self, message: str) -> Locator:
        return self.page.get_by_role("heading", name=self.said(message), exact=True)

    # The way to a person.

    def start(self) -> None:
        """From the arrival page to the question how soon."""
        self.page.locator("#start-talk").click()
        expect(self.title("app-who-title")).to_be_visible(timeout=PATIENCE_MS)
        self.button("continue", room="shared").click()
        expect(self.title("app-before-title")).to_be_visible()
        self.button("continue", room="shared").click()
        self.button("app-safe-yes").click()
        expect(self.title("app-ask-title")).to_be_visible()

    def ask(self, text: str, *, level: str = "soon") -> None:
        """Ask for a person, and wait in the queue."""
        self.start()
        self.page.locator(f"#level-{level}").check()
        self.page.locator("#ask-text").fill(text)
        self.button("app-ask-send").click()
        expect(self.title("app-wait-title")).to_be_visible(timeout=PATIENCE_MS)

    def words_take(self) -> list[str]:
        """Take return words, while waiting or in the conversation."""
        self.button("app-words-look").click()
        self.button("app-words-show").click()
        shown = self.page.locator("ol.words li")
        expect(shown).to_have_count(6)
        taken = shown.all_inner_texts()
        self.button("app-words-have").click()
        self.sees("app-words-kept")
        self.button("continue", room="shared").click()
        return taken

    def come_back(self, taken: list[str]) -> None:
        """With return words, from the arrival page."""
        self.page.locator("#start-return").click()
        self.page.locator("#back-words").fill(" ".join(taken))
        self.button("app-back-open").click()

    # The conversation.

    @property
    def composer(self) -> Locator:
        return self.page.locator("#compose")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    def joined(self) -> None:
        expect(self.composer).to_be_visible(timeout=PATIENCE_MS)

    def say(self, text: str, *, once: bool = False) -> None:
        self.composer.fill(text)
        if once:
            self.page.get_by_role("checkbox", name=self.said("app-compose-once")).check()
        self.button("app-compose-send").click()

    def reads(self, text: str) -> None:
        """Wait until somebody's words are in the conversation."""
        expect(self.log.get_by_text(text, exact=True)).to_be_visible(timeout=PATIENCE_MS)

    def reads_no_more(self, text: str) -> None:
        expect(self.page.get_by_text(text, exact=True)).to_have_count(0, timeout=PATIENCE_MS)

    def notice(self, message: str, **values: str | int | float | date) -> None:
        """Wait until the conversation tells of something that happened."""
        told = words("app", f"app-notice-{message}", self.language, **values)
        expect(self.log.get_by_text(told).first).to_be_visible(timeout=PATIENCE_MS)

    def panel(self, name: str) -> None:
        """Open a page beside the conversation: ``people``, ``words``, ``keep``, ``burn``, ``end``."""
        self.button("app-talk-more").click()
        self.page.get_by_role("button").filter(has_text=self.said(f"app-panel-{name}-about")).click()

    def panel_close(self) -> None:
        self.button("app-panel-back").click()

    def timer_set(self, minutes: int) -> None:
        self.page.locator("header.top button").first.click()
        span = self.said("app-span-minutes", count=minutes)
        self.page.get_by_role("radio", name=self.said("app-timer-choice", span=span)).check()
        self.panel_close()

    def later(self, minutes: int) -> None:
        """Let time pass in this browser."""
        self.page.clock.fast_forward(f"{minutes:02d}:00")

    # Leaving.

    def leave(self) -> None:
        self.page.locator("#exit").click()

    def leave_by_shift(self) -> None:
        for _ in range(3):
            self.page.keyboard.press("Shift")
