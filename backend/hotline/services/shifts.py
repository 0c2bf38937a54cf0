"""Who takes requests now."""

from datetime import datetime, timedelta
from typing import Final

from backend.hotline import limits
from backend.hotline.models import Shift
from backend.hotline.nudges import queue_changed
from backend.staff.access import require_role
from backend.staff.models import Role, StaffUser

SEEN_EVERY: Final = timedelta(seconds=30)
"""Hearing of the same console again sooner than this writes nothing."""


def shift_set(*, user: StaffUser, on: bool, now: datetime) -> bool:
    """Begin or end the advocate's shift; whether it is on. Beginning one that is on changes only when it was heard of. Raises NotFound."""
    require_role(user, Role.ADVOCATE)
    if not on:
        Shift.objects.filter(user=user).delete()
    elif not shift_seen(user=user, now=now):
        Shift.objects.update_or_create(user=user, defaults={"organisation": user.organisation, "began_at": now, "seen_at": now})
    queue_changed(organisation_id=user.organisation_id)
    return on


def shift_seen(*, user: StaffUser, now: datetime) -> bool:
    """The console of this staff member was heard of. Whether they are on a shift that is not over."""
    shift = Shift.objects.filter(user=user, began_at__gt=now - limits.SHIFT_LIFE).first()
    if shift is not None and shift.seen_at <= now - SEEN_EVERY:
        Shift.objects.filter(pk=shift.pk).update(seen_at=now)
    return shift is not None
