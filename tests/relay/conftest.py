"""A relay of the test's own: its clock, its keys, the database of the test run."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from backend.core.wrapping import Keyring
from backend.relay.exchange import RelayExchange
from backend.relay.frames import Ack
from backend.relay.runtime import Relay
from backend.relay.services import conversation_create
from backend.relay.socket import RelaySocket
from tests.relay.driver import Hands, act, address_of, change_of, in_thread


@pytest.fixture
def hands() -> Hands:
    """The clock."""
    return Hands()


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    """Keys in a folder that ends with the test."""
    return Keyring(tmp_path / "keys")


@pytest_asyncio.fixture
async def relay(transactional_db: None, hands: Hands, keys: Keyring) -> AsyncIterator[Relay]:
    """A running relay."""
    running = Relay(clock=hands, keys=keys)
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
def socket(relay: Relay) -> RelaySocket:
    """The WebSocket application."""
    return RelaySocket(lambda: relay)


@pytest.fixture
def exchanges(relay: Relay) -> RelayExchange:
    """The HTTP application."""
    return RelayExchange(lambda: relay)


@pytest_asyncio.fixture
async def conversation(relay: Relay, hands: Hands) -> bytes:
    """A conversation that "owner" owns."""
    return await in_thread(lambda: conversation_create(owner=address_of("owner"), now=hands()))


@pytest_asyncio.fixture
async def pair(relay: Relay, conversation: bytes) -> bytes:
    """A conversation where "owner" opened a seat for "friend" in the first envelope, and both have acknowledged it. It is in epoch 1."""
    await act(relay, "owner", change_of("friend"))
    for name in ("owner", "friend"):
        await act(relay, name, Ack(1))
    return conversation
