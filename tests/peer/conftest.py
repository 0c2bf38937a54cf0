"""One server and one organisation for all of the peer's tests of a process."""

from collections.abc import Iterator

import pytest

from tests.peer.advocate import Advocate
from tests.peer.organisation import Organisation
from tests.peer.survivor import Survivor
from tests.peer.trust import fingerprint
from tests.support.server import Server, server_running


@pytest.fixture(scope="session")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with server_running(tmp_path_factory.mktemp("peer")) as running:
        yield running


@pytest.fixture(scope="session")
def organisation(deployment: Server, tmp_path_factory: pytest.TempPathFactory) -> Organisation:
    return Organisation.new(deployment, tmp_path_factory.mktemp("texts"))


@pytest.fixture(scope="session")
def advocate(organisation: Organisation) -> Advocate:
    return organisation.advocate("marisol", name="Marisol")


@pytest.fixture
def survivor(organisation: Organisation, advocate: Advocate) -> Survivor:
    """Somebody who came by the organisation's own link."""
    return Survivor(organisation.server.url, organisation=organisation.slug, pin=fingerprint(organisation.root))
