"""The note of a help request (docs/protocol.md §5): what the survivor's client seals, and what the advocate's checks."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.peer.sealing import SealingKeys, note_info, seal
from tests.peer.wire import NOTE_BUCKETS, Malformed, b64, pad, sha256, unb64, unpad

FIELDS = {"v", "request", "organisation", "root", "packages", "rejoin", "language", "text"}


class NoteMismatch(Exception):
    """The note speaks of another request, organisation, root, key package or seat than the server does."""


@dataclass(frozen=True, slots=True)
class Note:
    """``packages`` pairs SHA-256 of a key package with the address of the seat it comes with."""

    request: bytes
    organisation: str
    root: bytes
    packages: tuple[tuple[bytes, bytes], ...]
    rejoin: bytes
    language: str
    text: str = field(repr=False)

    def sealed(self, intake_public: bytes) -> bytes:
        whole = {
            "v": 1,
            "request": b64(self.request),
            "organisation": self.organisation,
            "root": b64(self.root),
            "packages": [{"hash": b64(hash_), "seat": b64(seat)} for hash_, seat in self.packages],
            "rejoin": b64(self.rejoin),
            "language": self.language,
            "text": self.text,
        }
        plaintext = pad(json.dumps(whole, ensure_ascii=False).encode(), NOTE_BUCKETS)
        return seal(plaintext, public=intake_public, info=note_info(self.organisation, self.request))

    def check(self, *, root: bytes, key_package: bytes, seat: bytes) -> None:
        """What the server handed out is what the note names, as a pair. Raises NoteMismatch."""
        if (sha256(key_package), seat) not in self.packages or self.root != sha256(root):
            raise NoteMismatch


def opened(sealed: bytes, *, keys: SealingKeys, organisation: str, request: bytes) -> Note:
    """Raises Unopenable, NoteMismatch."""
    plaintext = keys.open(sealed, info=note_info(organisation, request))
    try:
        note = _read(json.loads(unpad(plaintext, NOTE_BUCKETS).decode()))
    except (ValueError, KeyError, TypeError):
        raise NoteMismatch from None
    if note.organisation != organisation or note.request != request:
        raise NoteMismatch
    return note


def _read(whole: Any) -> Note:
    if set(whole) != FIELDS or whole["v"] != 1 or not isinstance(whole["text"], str):
        raise Malformed
    packages = tuple((unb64(one["hash"], 32), unb64(one["seat"], 32)) for one in whole["packages"])
    return Note(
        request=unb64(whole["request"], 16),
        organisation=whole["organisation"],
        root=unb64(whole["root"], 32),
        packages=packages,
        rejoin=unb64(whole["rejoin"], 32),
        language=whole["language"],
        text=whole["text"],
    )
