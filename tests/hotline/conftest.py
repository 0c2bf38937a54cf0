"""An organisation with two advocates, an intake key and keys at rest of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from backend.core.tokens import token_new
from backend.core.wrapping import keyring
from backend.hotline import services
from backend.hotline.labels import Level
from backend.hotline.selectors import Status
from backend.hotline.services import Claim
from tests.hotline.samples import Asker, asker_sample
from tests.staff.people import House, Member, organisation_made


@dataclass(frozen=True, slots=True)
class Desk:
    """A hotline at ``now``: who works there, and the key that notes are sealed to."""

    house: House
    now: datetime
    one: Member
    other: Member
    intake_key: bytes

    def ask(self, *, level: Level = Level.SOON, packages: int = 3, now: datetime | None = None) -> Asker:
        """Somebody asks and waits."""
        asker = asker_sample(slug=self.house.slug, intake_key=self.intake_key, level=level, packages=packages)
        services.request_create(draft=asker.draft, now=now or self.now)
        return asker

    def claim(self, asker: Asker, by: Member | None = None, *, owner: bytes | None = None, now: datetime | None = None) -> Claim:
        """One of the advocates answers, with a new owner's seat unless it is given."""
        member = by or self.one
        return services.request_claim(
            request_id=asker.request_id,
            user=member.user,
            device_id=member.device_id,
            owner=owner or token_new(),
            now=now or self.now,
        )

    def status(self, asker: Asker, *, now: datetime | None = None) -> Status:
        """What the person is told."""
        return services.request_status(request_id=asker.request_id, token=asker.token, now=now or self.now)


def desk_made(now: datetime, *, slug: str = "casa-clara") -> Desk:
    """A desk with two advocates, ``<slug>.ana`` and ``<slug>.bea``."""
    house = organisation_made(now=now, slug=slug)
    one, other = house.advocate(f"{slug}.ana"), house.advocate(f"{slug}.bea")
    return Desk(house=house, now=now, one=one, other=other, intake_key=house.intake_key(one))


@pytest.fixture(autouse=True)
def _keys(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """Each test wraps under keys of its own, so that it may destroy them."""
    settings.QUIETLINE_KEY_DIR = tmp_path / "keys"
    keyring.cache_clear()
    yield
    keyring.cache_clear()


@pytest.fixture
def desk(db: None, now: datetime) -> Desk:
    return desk_made(now)
