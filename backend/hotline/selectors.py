"""What may be read of the hotline, as plain values. What has expired is not seen, whether it was swept or not."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from backend.core.errors import NotFound
from backend.core.tokens import TOKEN_BYTES
from backend.core.wrapping import KeyDestroyed, keyring
from backend.hotline import limits
from backend.hotline.labels import Level
from backend.hotline.models import HelpRequest, Shift
from backend.hotline.states import ANSWERED, State
from backend.staff.models import StaffUser
from backend.staff.selectors import organisations_all


@dataclass(frozen=True, slots=True)
class Status:
    """What the person who waits is told. ``ahead`` counts those who come first; ``seat`` is the address of the package in use."""

    state: State
    on_shift: bool
    ahead: int
    seat: bytes | None = field(repr=False)

    def tag(self) -> str:
        """A short name of exactly this answer, by which a client says what it knows."""
        told = f"{self.state} {self.on_shift} {self.ahead} {self.seat.hex() if self.seat else '-'}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Card:
    """A request as the queue shows it: nothing that identifies anybody. ``since`` is in seconds, ``reopened`` how often it came back."""

    public_id: bytes = field(repr=False)
    state: State
    level: Level
    language: str
    topics: tuple[str, ...]
    region: str
    since: int
    reopened: int


@dataclass(frozen=True, slots=True)
class Queue:
    """What a console shows: who waits, in the order in which to answer, and whom this staff member answers."""

    requests: tuple[Card, ...]
    mine: tuple[Card, ...]
    on_shift: int
    shift: bool


@dataclass(frozen=True, slots=True)
class OrganisationListed:
    """An organisation as everybody may see it, its texts by language. ``exceptions`` says when it cannot keep a secret."""

    slug: str
    name: dict[str, str]
    languages: tuple[str, ...]
    exceptions: dict[str, str]
    on_shift: bool


def status_of(*, request: HelpRequest, now: datetime) -> Status:
    """The status of a request that access.py opened. Raises NotFound where the key of its package is gone."""
    state = State(request.state)
    return Status(
        state=state,
        on_shift=shift_count(organisation_id=request.organisation_id, now=now) > 0,
        ahead=ahead_of(request=request, now=now) if state is State.WAITING else 0,
        seat=package_in_use(request)[0] if state in ANSWERED else None,
    )


def ahead_of(*, request: HelpRequest, now: datetime) -> int:
    """How many people of the same organisation wait and will be answered before this one: more urgent, or as urgent and longer."""
    as_urgent = Q(created_at__lt=request.created_at) | Q(created_at=request.created_at, pk__lt=request.pk)
    sooner = Q(level__lt=request.level) | (Q(level=request.level) & as_urgent)
    return waiting(organisation_id=request.organisation_id, now=now).filter(sooner).count()


def waiting(*, organisation_id: int, now: datetime) -> QuerySet[HelpRequest]:
    """The requests that wait in one organisation, in the order in which to answer them."""
    rows = HelpRequest.objects.filter(organisation_id=organisation_id, state=State.WAITING, expires_at__gt=now)
    return rows.order_by("level", "created_at", "pk")


def queue_for(*, user: StaffUser, now: datetime) -> Queue:
    """The queue of a staff member's organisation."""
    mine = HelpRequest.objects.filter(organisation=user.organisation, claimed_by=user, state__in=ANSWERED, expires_at__gt=now)
    return Queue(
        requests=_cards(waiting(organisation_id=user.organisation_id, now=now)),
        mine=_cards(mine.order_by("created_at", "pk")),
        on_shift=shift_count(organisation_id=user.organisation_id, now=now),
        shift=_on_shift(now).filter(user=user).exists(),
    )


def _cards(requests: QuerySet[HelpRequest]) -> tuple[Card, ...]:
    rows = requests.values_list("public_id", "state", "level", "language", "topics", "region", "created_at", "reopened")
    return tuple(
        Card(bytes(public_id), State(state), Level(level), language, tuple(topics), region, int(since.timestamp()), reopened)
        for public_id, state, level, language, topics, region, since, reopened in rows
    )


def shift_count(*, organisation_id: int, now: datetime) -> int:
    """How many advocates are on shift, honestly: said so, and their console was heard of in the last minutes."""
    return _on_shift(now).filter(organisation_id=organisation_id).count()


def organisations_listed(*, now: datetime) -> tuple[OrganisationListed, ...]:
    """Every organisation of this deployment, and whether somebody is on shift there."""
    open_now = set(_on_shift(now).values_list("organisation_id", flat=True))
    return tuple(
        OrganisationListed(
            slug=one.slug,
            name={"en": one.name_en, "es": one.name_es},
            languages=tuple(one.languages),
            exceptions={"en": one.exceptions_en, "es": one.exceptions_es},
            on_shift=one.pk in open_now,
        )
        for one in organisations_all()
    )


def _on_shift(now: datetime) -> QuerySet[Shift]:
    return Shift.objects.filter(seen_at__gt=now - limits.SHIFT_SEEN, began_at__gt=now - limits.SHIFT_LIFE, user__is_active=True)


def package_in_use(request: HelpRequest) -> tuple[bytes, bytes]:
    """The seat's address and the key package that the last claim took. Raises NotFound where its key is gone."""
    row = request.packages.filter(used_at__isnull=False).order_by("-position").first()
    if row is None:
        raise NotFound
    try:
        opened = keyring().unwrap(bytes(row.sealed))
    except KeyDestroyed:
        raise NotFound from None
    return opened[:TOKEN_BYTES], opened[TOKEN_BYTES:]
