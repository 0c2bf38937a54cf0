"""What was said is nowhere on the server: not in the database, its write-ahead log, the program's log, or what passes through Valkey."""

import json
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.peer.organisation import PASSWORD, Organisation
from tests.peer.signed import public_of
from tests.peer.survivor import Survivor
from tests.peer.wire import b64, sha256
from tests.privacy.search import forms, found, holds
from tests.support.server import server_running

pytestmark = pytest.mark.timeout(240)
NOTE, FROM_SURVIVOR, FROM_ADVOCATE = ("The blue door, third floor", "He counts the money on Fridays", "A bed is free tonight")

BINARY = {"content-type": "application/octet-stream"}


class Said:
    """A conversation between two people, and what must not be left of it: words, secrets, and in logs also names."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        advocate = organisation.advocate("marisol", name="Marisol")
        survivor = Survivor(organisation.server.url, organisation=organisation.slug)
        survivor.ask(NOTE, level="now", topics=("need_shelter",), region="US-TX")
        case = advocate.claim(b64(survivor.id))
        case.open(timer=3600)
        self.talk = survivor.wait_for_seat()
        self.talk.say(FROM_SURVIVOR)
        case.talk.until(lambda: FROM_SURVIVOR in case.talk.texts)
        case.talk.say(FROM_ADVOCATE)
        self.talk.until(lambda: FROM_ADVOCATE in self.talk.texts)
        self.case = case
        words = {"the note": NOTE, "the survivor's words": FROM_SURVIVOR, "the advocate's words": FROM_ADVOCATE, "a password": PASSWORD}
        self.words = {what: text.encode() for what, text in words.items()}
        self.secrets = {
            "the request's token": survivor.token,
            "a seat's token": self.talk.seat.token,
            "the rejoin key": survivor.rejoin_seed,
            "the root key": organisation.root_seed,
            "a device's signing key": advocate.keys.seed,
            "a device's sealing key": advocate.keys.sealing.seed,
        }
        self.names = {"a request's id": survivor.id, "a seat's address": sha256(self.talk.seat.token), "a user name": b"marisol"}
        self.public = {"the root's public half": public_of(organisation.root_seed)}


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Said]:
    with server_running(tmp_path_factory.mktemp("embedded")) as server:
        yield Said(Organisation.new(server, tmp_path_factory.mktemp("texts")))


@pytest.fixture(scope="module")
def monitored(valkey_url: str) -> Iterator[bytearray]:
    """Everything that passes through Valkey."""
    with monitor(valkey_url) as heard:
        yield heard


@pytest.fixture(scope="module")
def cluster(postgres_url: str, valkey_url: str, monitored: bytearray, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Said]:
    environment = {"DATABASE_URL": postgres_url, "VALKEY_URL": valkey_url}
    with server_running(tmp_path_factory.mktemp("cluster"), environment=environment) as server:
        yield Said(Organisation.new(server, tmp_path_factory.mktemp("texts")))


@contextmanager
def monitor(url: str) -> Iterator[bytearray]:
    """Listen to a Valkey server's every command."""
    heard = bytearray()
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port)) as line:
        line.sendall(b"MONITOR\r\n")
        assert line.recv(5) == b"+OK\r\n"

        def listen() -> None:
            while data := line.recv(65536):
                heard.extend(data)

        thread = Thread(target=listen)
        thread.start()
        try:
            yield heard
        finally:
            line.shutdown(socket.SHUT_RDWR)
            thread.join()


def test_nothing_that_was_said_is_in_any_file_of_the_embedded_server(embedded: Said) -> None:
    folder = embedded.organisation.server.folder
    assert found(folder, embedded.words | embedded.secrets) == []
    # The control: what is public lies there in clear, and the search finds it, in the database as well.
    assert any("sqlite3" in place for place in found(folder, embedded.public))


def test_its_log_names_nobody(embedded: Said) -> None:
    log = embedded.organisation.server.log.encode()
    markers = embedded.words | embedded.secrets | embedded.names
    assert [what for what, marker in markers.items() if holds(log, marker)] == []
    assert b"/api/v1/" not in log


def test_nothing_that_was_said_is_in_any_file_of_postgresql(cluster: Said, postgres_url: str) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        (folder,) = connection.execute("SHOW data_directory").fetchone() or ("",)
    assert found(Path(folder), cluster.words | cluster.secrets) == []
    places = found(Path(folder), cluster.public)
    assert any(place.split(": ")[1].startswith("base/") for place in places)
    assert any(place.split(": ")[1].startswith("pg_wal/") for place in places)


def test_nothing_that_was_said_is_in_the_files_beside_it(cluster: Said) -> None:
    assert found(cluster.organisation.server.folder, cluster.words | cluster.secrets) == []


def test_valkey_passes_on_nothing_but_ids(cluster: Said, monitored: bytearray) -> None:
    cluster.talk.say("One more")
    cluster.case.talk.until(lambda: "One more" in cluster.case.talk.texts)
    markers = cluster.words | cluster.secrets | cluster.names
    assert [what for what, marker in markers.items() if holds(bytes(monitored), marker)] == []
    assert b"publish" in bytes(monitored).lower()


def test_after_its_end_not_even_the_sealed_bytes_are_served(embedded: Said) -> None:
    """Runs last: it ends the conversation."""
    token = embedded.talk.seat.token
    embedded.case.close()
    embedded.talk.until(lambda: embedded.talk.over)
    survivor = Survivor(embedded.organisation.server.url, organisation=embedded.organisation.slug)
    answers = [
        survivor.api.client.post("/api/v1/relay/exchange", content=row(one), headers=BINARY) for one in (token, secrets.token_bytes(32))
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert json.loads(answers[0].content) == json.loads(answers[1].content)


def row(token: bytes) -> bytes:
    hello = b"\x01\x01" + token + bytes(8)
    return len(hello).to_bytes(4, "big") + hello


def test_markers_are_long_enough_to_mean_something() -> None:
    assert all(len(form) >= 8 for form in forms(NOTE.encode()))
