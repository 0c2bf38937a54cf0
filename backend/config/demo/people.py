"""The people who wait in the demonstration. They are made up, and nobody answers for them: a newcomer can claim, read the note and write."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from backend.config.demo.keypackage import key_package_new
from backend.config.demo.sealing import note_info, seal
from backend.core.padding import pad
from backend.core.tokens import b64_encode, id_new, token_new, verifier_of
from backend.hotline.drafts import PackageDraft, RequestDraft, SealedDraft
from backend.hotline.labels import Level, Topic

PACKAGES: Final = 4
NOTE_BUCKETS: Final = (4096, 16384)


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody chose to share."""

    level: Level
    language: str
    topics: tuple[Topic, ...]
    region: str
    text: str


PEOPLE: Final = (
    Person(
        Level.SOON,
        "en",
        (Topic.LABOR_TRAFFICKING, Topic.DOCS_CONFISCATED),
        "US-TX",
        "(Made up for the demonstration.) The man I clean for keeps my passport and says I still owe him. I am not sure if this is allowed.",
    ),
    Person(
        Level.NOW,
        "es",
        (Topic.PARTNER_VIOLENCE, Topic.NEED_SHELTER),
        "US-CA",
        "(Inventado para la demostración.) Mi pareja vuelve a las ocho. Necesito saber adónde puedo ir esta noche con mi hijo.",
    ),
    Person(
        Level.TALK,
        "en",
        (Topic.JOB_OFFER_CHECK,),
        "",
        "(Made up for the demonstration.) Someone offered me a job abroad and wants to hold my ID. Something doesn't feel right.",
    ),
    Person(Level.SOON, "es", (Topic.DEVICE_SAFETY,), "", ""),
)


@dataclass(frozen=True, slots=True)
class Intake:
    """Whom the notes are sealed for."""

    slug: str
    root: bytes
    key_id: bytes
    public: bytes


def request_new(person: Person, *, intake: Intake, now: datetime) -> RequestDraft:
    """A real request: fresh key packages, and a note that is bound to them. Its token is forgotten at once."""
    request_id = id_new()
    packages = tuple(PackageDraft(package=key_package_new(now=now), seat=verifier_of(token_new())) for _ in range(PACKAGES))
    note = _note(person, request_id=request_id, packages=packages, intake=intake)
    info = note_info(slug=intake.slug, request_id=request_id)
    sealed = SealedDraft(intake_key=intake.key_id, packages=packages, note=seal(note, to=intake.public, info=info))
    return RequestDraft(
        public_id=request_id,
        verifier=secrets.token_bytes(32),
        organisation=intake.slug,
        sealed=sealed,
        language=person.language,
        topics=person.topics,
        region=person.region,
        level=person.level,
    )


def _note(person: Person, *, request_id: bytes, packages: tuple[PackageDraft, ...], intake: Intake) -> bytes:
    told = {
        "v": 1,
        "request": b64_encode(request_id),
        "organisation": intake.slug,
        "root": b64_encode(hashlib.sha256(intake.root).digest()),
        "packages": [{"hash": b64_encode(hashlib.sha256(one.package).digest()), "seat": b64_encode(one.seat)} for one in packages],
        "rejoin": b64_encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()),
        "language": person.language,
        "text": person.text,
    }
    return pad(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), buckets=NOTE_BUCKETS)
