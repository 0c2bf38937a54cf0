"""Debian's Chromium, driven by Playwright, with a fresh profile for each person in a test."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Playwright, sync_playwright

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium_driver() -> Iterator[Playwright]:
    """Playwright's driver; one of them serves several profiles."""
    with sync_playwright() as driver:
        yield driver


@contextmanager
def chromium_profile(
    driver: Playwright, folder: Path, *, language: str = "en-US", javascript: bool = True, **options: Any
) -> Iterator[BrowserContext]:
    """One person's browser: everything that it keeps lies in ``folder``, and stays there after the end for a test to search.

    Without ``javascript`` it is switched off in the browser's own settings, as a person does it.
    """
    if not javascript:
        (folder / "Default").mkdir(parents=True)
        (folder / "Default" / "Preferences").write_text(json.dumps({"profile": {"default_content_setting_values": {"javascript": 2}}}))
    context = driver.chromium.launch_persistent_context(
        folder, executable_path=CHROMIUM, args=list(QUIET), headless=True, locale=language, **options
    )
    try:
        yield context
    finally:
        context.close()
