"""Fixtures that more than one room's tests use. tests/README.md says which to take."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.support.browser import chromium_driver
from tests.support.postgres import postgres_running
from tests.support.server import Server, server_running
from tests.support.valkey import valkey_running


@pytest.fixture
def now() -> datetime:
    """A fixed moment for services that take the clock as an argument."""
    return datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server's DATABASE_URL."""
    with postgres_running() as url:
        yield url


@pytest.fixture(scope="session")
def valkey_url() -> Iterator[str]:
    """A Valkey server's VALKEY_URL."""
    with valkey_running() as url:
        yield url


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A running embedded server with empty data."""
    with server_running(tmp_path) as running:
        yield running


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """Playwright's driver for ``tests.support.browser.chromium_profile``."""
    with chromium_driver() as running:
        yield running
