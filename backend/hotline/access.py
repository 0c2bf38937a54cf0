"""The one door to help requests and return places.

A token opens exactly one thing. What is missing, what is not yours and what has expired are refused alike, and the comparison is made in
constant time even where there is nothing to compare with.
"""

from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from backend.core.errors import NotFound
from backend.core.tokens import token_matches
from backend.hotline.models import HelpRequest, ReturnPlace
from backend.hotline.states import ANSWERED
from backend.staff.models import StaffUser

NOBODY: Final = bytes(32)
"""No token has this verifier that anybody could find."""


def request_for(*, request_id: bytes, token: bytes, now: datetime, lock: bool = False) -> HelpRequest:
    """The person's own request. Raises NotFound. With ``lock`` (inside a transaction) nobody else changes it meanwhile."""
    request = _living(lock).filter(public_id=request_id, expires_at__gt=now).first()
    if not token_matches(token=token, verifier=bytes(request.verifier) if request else NOBODY) or request is None:
        raise NotFound
    return request


def request_for_staff(*, request_id: bytes, user: StaffUser, now: datetime, lock: bool = False) -> HelpRequest:
    """A request of the staff member's own organisation. Raises NotFound."""
    request = _living(lock).filter(public_id=request_id, organisation=user.organisation, expires_at__gt=now).first()
    if request is None:
        raise NotFound
    return request


def request_held_by(*, request_id: bytes, user: StaffUser, now: datetime, lock: bool = False) -> HelpRequest:
    """A request that this staff member answers. Raises NotFound, for a colleague's request too."""
    request = (
        _living(lock)
        .filter(public_id=request_id, organisation=user.organisation, claimed_by=user, state__in=ANSWERED, expires_at__gt=now)
        .first()
    )
    if request is None:
        raise NotFound
    return request


def place_for(*, place_id: bytes, token: bytes, now: datetime) -> ReturnPlace:
    """The return place that this token opens. Raises NotFound."""
    place = ReturnPlace.objects.filter(public_id=place_id, expires_at__gt=now).first()
    if not token_matches(token=token, verifier=bytes(place.verifier) if place else NOBODY) or place is None:
        raise NotFound
    return place


def _living(lock: bool) -> QuerySet[HelpRequest]:
    requests = HelpRequest.objects.all()
    return requests.select_for_update(of=("self",)) if lock else requests
