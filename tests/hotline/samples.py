"""Help requests, return places and staff for the tests. All synthetic."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from backend.core.tokens import b64_encode, id_new, token_new, verifier_of
from backend.hotline.drafts import PackageDraft, PlaceDraft, RequestDraft, SealedDraft
from backend.hotline.labels import Level, Topic
from backend.hotline.limits import NOTE_BYTES, PLACE_BYTES


def sealed_sample(*, intake_key: bytes, packages: int = 3, note: bytes | None = None) -> SealedDraft:
    """A note and key packages of the right sizes; to the server both are opaque."""
    made = tuple(PackageDraft(package=secrets.token_bytes(300), seat=secrets.token_bytes(32)) for _ in range(packages))
    return SealedDraft(intake_key=intake_key, packages=made, note=note or secrets.token_bytes(NOTE_BYTES[0]))


@dataclass(frozen=True, slots=True)
class Asker:
    """A person who asks: their request and its token."""

    draft: RequestDraft
    token: bytes = field(repr=False)

    @property
    def request_id(self) -> bytes:
        return self.draft.public_id


def asker_sample(
    *, slug: str, intake_key: bytes, level: Level = Level.SOON, packages: int = 3, note: bytes | None = None, language: str = "en"
) -> Asker:
    token = token_new()
    draft = RequestDraft(
        public_id=id_new(),
        verifier=verifier_of(token),
        organisation=slug,
        sealed=sealed_sample(intake_key=intake_key, packages=packages, note=note),
        language=language,
        topics=(Topic.NEED_SHELTER, Topic.STALKING_MONITORING),
        region="US-TX",
        level=level,
    )
    return Asker(draft=draft, token=token)


def sealed_json(sealed: SealedDraft) -> dict[str, Any]:
    return {
        "intake_key": b64_encode(sealed.intake_key),
        "packages": [{"package": b64_encode(one.package), "seat": b64_encode(one.seat)} for one in sealed.packages],
        "note": b64_encode(sealed.note),
    }


def request_json(draft: RequestDraft) -> dict[str, Any]:
    """The draft as it travels."""
    return {
        **sealed_json(draft.sealed),
        "id": b64_encode(draft.public_id),
        "verifier": b64_encode(draft.verifier),
        "organisation": draft.organisation,
        "language": draft.language,
        "topics": [topic.value for topic in draft.topics],
        "region": draft.region,
        "level": draft.level.label,
    }


def place_sample(token: bytes, *, expires_in: int = 3600) -> PlaceDraft:
    return PlaceDraft(verifier=verifier_of(token), sealed=secrets.token_bytes(PLACE_BYTES), expires_in=expires_in)
