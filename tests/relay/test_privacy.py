"""What somebody finds who takes all the files: nothing in clear while an envelope lives, nothing at all after its end."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection

from backend.core.wrapping import HEADER, NONCE, keyring
from backend.relay import jobs
from backend.relay.access import seat_for
from backend.relay.acts import Deed, Operation, digest_of
from backend.relay.codec import client_encode
from backend.relay.frames import Append, Burn, SlotPut
from backend.relay.services import conversation_create, conversation_end
from backend.relay.store import Store
from tests.relay.driver import Hands, address_of, body_of, client_id, token_of

SAID = "the words that must not be found"
PLACE = "the place that must not be found"
WRAPPED = HEADER + NONCE + 1024 + 16


def files() -> Iterator[bytes]:
    """Everything that the database has on the disk: heap, write-ahead log, whatever else."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            database = Path(settings.DATABASES["default"]["NAME"])
            yield from (path.read_bytes() for path in database.parent.glob(f"{database.name}*"))
            return
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
    for root, _, names in os.walk(folder):
        yield from (path.read_bytes() for path in (Path(root) / name for name in names) if path.is_file())


def recovered() -> set[str]:
    """What can be read in those files with every key that is left."""
    found: set[str] = set()
    for raw in files():
        assert SAID.encode() not in raw
        assert PLACE.encode() not in raw
        assert token_of("owner") not in raw
        for window in keyring().windows():
            found |= opened(raw, window)
    return found


def opened(raw: bytes, window: int) -> set[str]:
    """Every wrapped body of this window in one file."""
    key = AESGCM((settings.QUIETLINE_KEY_DIR / f"{window}.key").read_bytes())
    header, found, at = b"\x01" + window.to_bytes(4), set(), 0
    while (at := raw.find(header, at)) >= 0:
        nonce, sealed = raw[at + HEADER : at + HEADER + NONCE], raw[at + HEADER + NONCE : at + WRAPPED]
        try:
            body = key.decrypt(nonce, sealed, header)
            found.add(body[4 : 4 + int.from_bytes(body[:4])].decode())
        except (InvalidTag, ValueError):
            pass
        at += 1
    return found


def say(hands: Hands, *acts: Any) -> None:
    seat = seat_for(token=token_of("owner"), now=hands()).seat
    for act in acts:
        raw = client_encode(act)
        Store(keyring=keyring(), clock=hands).commit([Operation(seat, Deed(act, digest_of(raw), len(raw)), lambda reply: None)])


def time_goes_by(hands: Hands, **how: float) -> None:
    """What the worker does meanwhile."""
    hands.go(**how)
    jobs.rewrap(hands())
    jobs.sweep(hands())
    keyring().destroy_before(jobs.oldest_needed(hands()))


def test_what_was_said_is_found_by_nobody_after_the_end(transactional_db: None, hands: Hands) -> None:
    conversation_id = conversation_create(owner=address_of("owner"), now=hands())
    say(hands, Append(client_id(), 1, 0, 604_800, body_of(SAID)), SlotPut(client_id(), 0, 1, 604_800, body_of(PLACE)))
    assert {SAID, PLACE} <= recovered()  # the control: it is there, for who has files and keys
    time_goes_by(hands, hours=3)
    assert {SAID, PLACE} <= recovered()  # it lives on under another key
    conversation_end(conversation_id=conversation_id, now=hands())
    time_goes_by(hands, hours=1)
    assert not {SAID, PLACE} & recovered()


def test_what_was_burned_or_ran_out_is_found_by_nobody(transactional_db: None, hands: Hands) -> None:
    conversation_create(owner=address_of("owner"), now=hands())
    say(hands, Append(client_id(), 1, 0, 604_800, body_of(SAID)), SlotPut(client_id(), 0, 1, 300, body_of(PLACE)))
    assert {SAID, PLACE} <= recovered()
    say(hands, Burn(client_id(), 1))
    time_goes_by(hands, hours=1)
    assert not {SAID, PLACE} & recovered()
