"""Puts the made-up people into the queue."""

from datetime import datetime

from backend.config.demo.people import PEOPLE, Intake, request_new
from backend.hotline.services import request_create
from backend.staff import trust
from backend.staff.selectors import organisation_for, trust_answer


def people_wait(*, slug: str, now: datetime) -> None:
    """Everybody of PEOPLE asks for somebody. The organisation must have an intake key for now."""
    organisation = organisation_for(slug)
    served = trust_answer(organisation, now=now).intake
    assert served is not None
    key = trust.decode(served.key, trust.IntakeKey).body
    intake = Intake(slug=slug, root=bytes(organisation.root_key), key_id=key.key_id, public=key.hpke_key)
    for person in PEOPLE:
        request_create(draft=request_new(person, intake=intake, now=now), now=now)
