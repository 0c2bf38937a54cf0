"""A hotline from nothing: an organisation with its root key, a supervisor and advocates, all set up in real browsers through the console.

    with hotline_open(server, driver, tmp_path, advocates=("ana",)) as hotline:
        advocate = hotline.advocates["ana"].page  # on shift, certified, with intake keys for the days ahead
        link = hotline.link                       # the survivor's page, with the fingerprint of the root key

``hotline_open`` is ``organisation_made`` → ``person_enrolled`` → ``signing_device_made`` → ``browser_certified`` → ``shift_begun``; tests that
need it otherwise call the steps themselves.
"""

import base64
import hashlib
import hmac
import json
import struct
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, Playwright, expect

from backend.core.words import words
from tests.support.browser import chromium_profile
from tests.support.processes import wait_until
from tests.support.server import Server

SLUG = "casa-clara"
PASSPHRASE = "seven quiet lanterns on the hill"
PASSWORD = "slow river under old stones"
EXCEPTIONS = {
    "en": "We must tell others if a child is being hurt, or if somebody's life is in danger right now.",
    "es": "Tenemos que avisar si alguien hace daño a un menor, o si la vida de alguien corre peligro ahora mismo.",
}
PATIENCE_MS = 20_000


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation and the file of its root key, which no server sees. ``fingerprint`` is the b64 of a link."""

    server: Server = field(repr=False)
    slug: str
    key_file: Path
    fingerprint: str

    @property
    def link(self) -> str:
        """The survivor's page as the organisation prints it."""
        return f"{self.server.named_url}/#f={self.fingerprint}"

    def root_certify(self, request: str, *, folder: Path) -> str:
        """What the root key's owner does on the offline machine: the certificate for a signing device's request."""
        file = folder / "request.txt"
        file.write_text(request, encoding="ascii")
        arguments = ("root_key", "--passphrase-fd", "0", "certify", str(self.key_file), str(file), "--compared")
        return self.server.manage(*arguments, given=f"{PASSPHRASE}\n").strip()


@dataclass(slots=True)
class Member:
    """A member of staff at their own browser. ``language`` is the one that the console speaks to them."""

    username: str
    context: BrowserContext = field(repr=False)
    page: Page = field(repr=False)
    language: str
    totp_secret: str = field(repr=False)

    def said(self, message: str, **values: str | int) -> str:
        """A text of the console in this person's language."""
        return words("console", message, self.language, **values)

    def button(self, message: str, *, within: Page | Locator | None = None) -> Locator:
        """The button with this text."""
        return (within or self.page).get_by_role("button", name=self.said(message), exact=True)

    def page_open(self, name: str) -> None:
        """Go to one of the console's pages: ``desk``, ``device`` or ``devices``."""
        self.page.get_by_role("navigation").get_by_role("button", name=self.said(f"console-page-{name}"), exact=True).click()

    def log_in(self) -> None:
        """Log in with password and code, from the log-in screen. A code is good once: waits for one that was not used."""
        wait_until(lambda: totp_code(self.totp_secret) != self._used, seconds=35)
        self.page.locator('input[name="username"]').fill(self.username)
        self.page.locator('input[name="password"]').fill(PASSWORD)
        self.page.locator('input[name="totp"]').fill(self._code())
        self.button("console-login-submit").click()
        expect(self.page.locator("header")).to_be_visible(timeout=PATIENCE_MS)

    _used: str = field(default="", repr=False)

    def _code(self) -> str:
        self._used = totp_code(self.totp_secret)
        return self._used


@dataclass(slots=True)
class Hotline:
    """Everybody of ``hotline_open``."""

    organisation: Organisation
    supervisor: Member
    advocates: dict[str, Member]

    @property
    def link(self) -> str:
        """The survivor's page as the organisation prints it."""
        return self.organisation.link


@contextmanager
def hotline_open(
    server: Server,
    driver: Playwright,
    folder: Path,
    *,
    advocates: Sequence[str] = ("ana",),
    languages: Sequence[str] = ("en",),
    on_shift: bool = True,
) -> Iterator[Hotline]:
    """An organisation whose advocates are certified and, unless told otherwise, on shift; their browsers stay open until the end.

    ``languages`` are the advocates' own, the last one for all that follow; the supervisor's is English. Profiles lie in ``folder``.
    """
    organisation = organisation_made(server, folder)
    with ExitStack() as stack:
        boss = stack.enter_context(person_enrolled(organisation, driver, folder, username="boss", roles=("supervisor",)))
        signing_device_made(organisation, boss, folder)
        members = {}
        for number, username in enumerate(advocates):
            language = languages[min(number, len(languages) - 1)]
            members[username] = stack.enter_context(person_enrolled(organisation, driver, folder, username=username, language=language))
            browser_certified(members[username], by=boss)
            keys_passed_on(members[username], by=[members[earlier] for earlier in members if earlier != username])
            if on_shift:
                shift_begun(members[username])
        intake_awaited(organisation)
        yield Hotline(organisation, boss, members)


def organisation_made(server: Server, folder: Path, *, slug: str = SLUG) -> Organisation:
    """Make a root key and an organisation that has it. ``folder`` stands for the offline machine."""
    key_file = folder / f"{slug}.pem"
    server.manage("root_key", "--passphrase-fd", "0", "new", str(key_file), given=f"{PASSPHRASE}\n")
    shown = server.manage("root_key", "--passphrase-fd", "0", "show", str(key_file), given=f"{PASSPHRASE}\n")
    public = next(line.split(":", 1)[1].strip() for line in shown.splitlines() if line.startswith("Public key"))
    for language, text in EXCEPTIONS.items():
        (folder / f"exceptions-{language}.txt").write_text(text, encoding="utf-8")
    exceptions = [part for language in EXCEPTIONS for part in (f"--exceptions-{language}", str(folder / f"exceptions-{language}.txt"))]
    names = ("--name-en", "Clara House", "--name-es", "Casa Clara", "--language", "en", "--language", "es")
    server.manage("organisation_create", slug, "--root", public, *names, *exceptions)
    key = base64.urlsafe_b64decode(public + "=")
    fingerprint = base64.urlsafe_b64encode(hashlib.sha256(b"quietline root v1\x00" + key).digest()[:20]).decode().rstrip("=")
    return Organisation(server, slug, key_file, fingerprint)


@contextmanager
def person_enrolled(
    organisation: Organisation,
    driver: Playwright,
    folder: Path,
    *,
    username: str,
    roles: Sequence[str] = ("advocate",),
    language: str = "en",
) -> Iterator[Member]:
    """Invite a person and set up their account in a browser of their own: password, authenticator app, no passkey. They are logged in."""
    granted = [part for role in roles for part in ("--role", role)]
    invited = organisation.server.manage("staff_invite", organisation.slug, username, "--name", username.title(), *granted)
    locale = {"en": "en-US", "es": "es-MX"}[language]
    with chromium_profile(driver, folder / f"profile-{username}", language=locale) as context:
        page = context.pages[0]
        page.set_default_timeout(PATIENCE_MS)
        member = Member(username, context, page, language, totp_secret="")
        page.goto(invited.strip().splitlines()[-1])
        page.locator('input[name="password"]').fill(PASSWORD)
        page.locator('input[name="again"]').fill(PASSWORD)
        page.get_by_role("button", name=words("shared", "continue", language), exact=True).click()
        member.totp_secret = page.locator(".secret").inner_text().replace(" ", "")
        page.locator('input[name="totp"]').fill(member._code())
        member.button("console-setup-totp-submit").click()
        member.button("console-setup-passkey-later").click()
        expect(page.locator("header")).to_be_visible(timeout=PATIENCE_MS)
        yield member


def signing_device_made(organisation: Organisation, supervisor: Member, folder: Path) -> None:
    """Make the supervisor's browser a signing device: request, root key, certificate. The first revocation list follows by itself."""
    page = supervisor.page
    supervisor.page_open("devices")
    supervisor.button("console-signing-make").click()
    request = page.locator("[data-signing-request]").inner_text()
    page.locator('textarea[name="certificate"]').fill(organisation.root_certify(request, folder=folder))
    supervisor.button("console-signing-save").click()
    supervisor.page_open("device")
    expect(page.locator("[data-list]")).to_be_visible(timeout=PATIENCE_MS)


def browser_certified(member: Member, *, by: Member) -> None:
    """Make keys in a person's browser, let two people compare the numbers, and certify."""
    member.page_open("device")
    member.button("console-device-enrol").click()
    numbers = member.page.locator("[data-standing=requested] [data-fingerprint]").inner_text()
    by.page_open("devices")
    by.page.locator(f'[data-request="{member.username}"] button').click()
    expect(by.page.get_by_role("dialog").locator("[data-fingerprint]")).to_have_text(numbers)
    by.button("console-certify", within=by.page.get_by_role("dialog")).click()
    expect(by.page.get_by_role("dialog")).to_be_hidden(timeout=PATIENCE_MS)
    member.page_open("device")
    expect(member.page.locator("[data-standing=certified]")).to_be_visible(timeout=PATIENCE_MS)
    member.page_open("desk")


def keys_passed_on(member: Member, *, by: Sequence[Member]) -> None:
    """Have colleagues' consoles look now instead of in half a minute: they pass the intake keys on to a browser that is new."""
    for colleague in by:
        colleague.page_open("device")
        colleague.page_open("desk")
    expect(member.page.locator("[data-keys]")).to_have_count(0, timeout=PATIENCE_MS)


def shift_begun(member: Member) -> None:
    """Press the switch of an advocate who is off shift."""
    switch = member.page.get_by_role("switch")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true", timeout=PATIENCE_MS)


def intake_awaited(organisation: Organisation) -> None:
    """Wait until a note can be sealed to the organisation."""

    def served() -> bool:
        with urllib.request.urlopen(f"{organisation.server.url}/api/v1/organisations/{organisation.slug}/trust", timeout=5) as answer:
            return json.load(answer)["intake"] is not None

    wait_until(served, seconds=PATIENCE_MS / 1000)


def totp_code(secret: str, *, at: float | None = None) -> str:
    """The six digits that an authenticator app shows (RFC 6238) for a base32 ``secret``, now or at another time."""
    step = int((time.time() if at is None else at) // 30)
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
