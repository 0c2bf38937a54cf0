"""One hotline, enrolled through its own console, for all flows of a process: every test brings its own survivor."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from tests.flows.enrolment import Hotline, Member, hotline_open
from tests.flows.neutral import Neutral, neutral_page
from tests.flows.person import Person
from tests.support.browser import chromium_profile
from tests.support.server import Server, server_running

Arrive = Callable[..., Person]


@pytest.fixture(scope="session")
def neutral() -> Iterator[Neutral]:
    """Where the exit leads."""
    with neutral_page() as page:
        yield page


@pytest.fixture(scope="session")
def deployment(neutral: Neutral, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real server, with data of its own."""
    with server_running(tmp_path_factory.mktemp("deployment"), environment={"QUIETLINE_EXIT_URL": neutral.url}) as running:
        yield running


@pytest.fixture(scope="session")
def hotline(deployment: Server, driver: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hotline]:
    """A supervisor, and Ana who is on shift and whose console speaks Spanish."""
    with hotline_open(deployment, driver, tmp_path_factory.mktemp("staff"), advocates=("ana",), languages=("es",)) as opened:
        yield opened


@pytest.fixture
def ana(hotline: Hotline) -> Member:
    return hotline.advocates["ana"]


@pytest.fixture
def arrive(hotline: Hotline, driver: Playwright, tmp_path: Path) -> Iterator[Arrive]:
    """Somebody opens the organisation's link in a fresh browser: ``arrive("name", language="es")``. Their profile lies in ``tmp_path / name``."""
    with ExitStack() as stack:

        def come(name: str = "survivor", *, language: str = "en", link: str | None = None, **options: Any) -> Person:
            locale = {"en": "en-US", "es": "es-MX"}[language]
            context = stack.enter_context(chromium_profile(driver, tmp_path / name, language=locale, **options))
            return Person.arrive(context, link or hotline.link, language=language)

        yield come
