"""Two real servers on one PostgreSQL and one Valkey, with real sockets."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from backend.relay.codec import client_encode, server_decode
from backend.relay.frames import Answer, ClientFrame, Ended, Envelope, Hello, Ready
from backend.relay.socket import SUBPROTOCOL
from tests.relay.driver import address_of, append_of, change_of, token_of
from tests.support.server import Server, server_running

PATIENCE = 20
CREATE = """
from backend.core.clock import system_clock
from backend.relay.services import conversation_create
print(conversation_create(owner=bytes.fromhex("{owner}"), now=system_clock()).hex())
"""
END = """
from backend.core.clock import system_clock
from backend.relay.services import conversation_end
conversation_end(conversation_id=bytes.fromhex("{conversation}"), now=system_clock())
"""


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory, postgres_url: str, valkey_url: str) -> Iterator[tuple[Server, Server]]:
    """One deployment, two machines: the same database, layer and key folder."""
    keys = tmp_path_factory.mktemp("keys")
    shared = {"DATABASE_URL": postgres_url, "VALKEY_URL": valkey_url, "QUIETLINE_KEY_DIR": str(keys)}
    with ExitStack() as stack:
        first, second = (
            stack.enter_context(server_running(tmp_path_factory.mktemp(name), environment=shared)) for name in ("first", "second")
        )
        yield first, second


def conversation_begin(server: Server, owner: str) -> str:
    return server.manage("shell", "--no-imports", "-c", CREATE.format(owner=address_of(owner).hex())).strip()


@contextmanager
def said_hello(server: Server, name: str, after: int = 0) -> Iterator[ClientConnection]:
    url = f"{server.url.replace('http', 'ws')}/api/v1/relay"
    with connect(url, subprotocols=[Subprotocol(SUBPROTOCOL)], compression=None) as socket:
        say(socket, Hello(token_of(name), after))
        assert isinstance(hear(socket), Ready)
        yield socket


def say(socket: ClientConnection, *frames: ClientFrame) -> None:
    for frame in frames:
        socket.send(client_encode(frame))


def hear(socket: ClientConnection) -> Any:
    raw = socket.recv(timeout=PATIENCE)
    assert isinstance(raw, bytes)
    return server_decode(raw)


def test_what_is_said_to_one_server_is_heard_at_the_other(servers: tuple[Server, Server]) -> None:
    first, second = servers
    conversation = conversation_begin(first, "owner")
    with said_hello(first, "owner") as owner:
        say(owner, change_of("friend"))
        assert isinstance(hear(owner), Answer)
        with said_hello(second, "friend") as friend:
            assert isinstance(hear(friend), Envelope)
            for number in range(2, 30):
                act = append_of("there", epoch=1)
                say(owner, act)
                assert hear(friend) == Envelope(number, 1, 1, None, act.body)
            reply = append_of("and back", epoch=1)
            say(friend, reply)
            while (heard := hear(owner)) != Envelope(30, 1, 1, None, reply.body):
                assert isinstance(heard, Answer | Envelope)
            second.manage("shell", "--no-imports", "-c", END.format(conversation=conversation))
            while not isinstance(hear(friend), Ended):
                pass


def test_a_server_killed_in_the_middle_loses_nothing_that_it_answered(servers: tuple[Server, Server]) -> None:
    _, server = servers
    conversation_begin(server, "survivor")
    acts = [append_of(str(number)) for number in range(200)]
    answered: dict[bytes, int] = {}
    with said_hello(server, "survivor") as socket:
        say(socket, *acts)
        while len(answered) < 50:
            frame = hear(socket)
            if isinstance(frame, Answer):
                answered[frame.client_id] = frame.sequence
        server.kill()
    server.start()
    with said_hello(server, "survivor") as socket:
        say(socket, *acts)
        again = {frame.client_id: frame.sequence for frame in hear_until(socket, len(acts)) if isinstance(frame, Answer)}
    assert answered.items() <= again.items()
    assert sorted(again.values()) == list(range(1, len(acts) + 1))


def hear_until(socket: ClientConnection, answers: int) -> list[Any]:
    """Everything up to that many answers."""
    heard: list[Any] = []
    while sum(isinstance(frame, Answer) for frame in heard) < answers:
        heard.append(hear(socket))
    return heard
