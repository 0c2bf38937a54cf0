"""What a person sends, as checked values. Whoever holds one of these need not check it again."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from backend.core.errors import Invalid
from backend.core.tokens import ID_BYTES, TOKEN_BYTES, b64_encode
from backend.hotline import limits
from backend.hotline.labels import LANGUAGE, REGION, Level, Topic


def _demand(holds: bool) -> None:
    if not holds:
        raise Invalid


@dataclass(frozen=True, slots=True)
class PackageDraft:
    """A single-use key package (an MLSMessage, opaque here) and the address of the seat that its owner will open."""

    package: bytes = field(repr=False)
    seat: bytes = field(repr=False)

    def __post_init__(self) -> None:
        _demand(0 < len(self.package) <= limits.PACKAGE_BYTES and len(self.seat) == TOKEN_BYTES)


@dataclass(frozen=True, slots=True)
class SealedDraft:
    """A note and the key packages that it is bound to. Raises Invalid where a size or a number is wrong, or something stands twice."""

    intake_key: bytes
    packages: tuple[PackageDraft, ...]
    note: bytes = field(repr=False)

    def __post_init__(self) -> None:
        _demand(len(self.intake_key) == ID_BYTES and len(self.note) in limits.NOTE_BYTES)
        _demand(limits.PACKAGES_LEAST <= len(self.packages) <= limits.PACKAGES_MOST)
        _demand(len({draft.package for draft in self.packages}) == len({draft.seat for draft in self.packages}) == len(self.packages))


@dataclass(frozen=True, slots=True)
class RequestDraft:
    """A whole help request. Raises Invalid for a value that no request can have."""

    public_id: bytes = field(repr=False)
    verifier: bytes = field(repr=False)
    organisation: str
    sealed: SealedDraft
    language: str
    topics: tuple[Topic, ...]
    region: str
    level: Level

    def __post_init__(self) -> None:
        _demand(len(self.public_id) == ID_BYTES and len(self.verifier) == TOKEN_BYTES)
        _demand(len(self.topics) <= limits.TOPICS_MOST and len(set(self.topics)) == len(self.topics))
        _demand(LANGUAGE.fullmatch(self.language) is not None and REGION.fullmatch(self.region) is not None)

    def digest(self) -> bytes:
        """SHA-256 of everything that was sent: the same only where the same was sent again."""
        told: list[Any] = [self.organisation, self.language, list(self.topics), self.region, self.level.value]
        told += [b64_encode(part) for part in (self.public_id, self.verifier, self.sealed.intake_key, self.sealed.note)]
        told += [[b64_encode(draft.package), b64_encode(draft.seat)] for draft in self.sealed.packages]
        return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).digest()


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """A return place to keep. Raises Invalid for another size or life than the protocol's."""

    verifier: bytes = field(repr=False)
    sealed: bytes = field(repr=False)
    expires_in: int

    def __post_init__(self) -> None:
        _demand(len(self.verifier) == TOKEN_BYTES and len(self.sealed) == limits.PLACE_BYTES)
        _demand(0 < self.expires_in <= limits.PLACE_LIFE.total_seconds())
