"""The hotline's periodic work. Each step is one short transaction, safe beside another worker and when killed at any moment."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from backend.core import rewrapping
from backend.core.rewrapping import WrappedColumn
from backend.core.worker import Job
from backend.hotline import limits
from backend.hotline.models import HelpRequest, PlaceTries, RequestPackage, ReturnPlace, Shift
from backend.hotline.services.claims import Reason, request_give_back
from backend.hotline.services.requests import request_erase
from backend.hotline.states import State

BATCH: Final = 200
WRAPPED: Final = (WrappedColumn(HelpRequest, "note"), WrappedColumn(RequestPackage, "sealed"), WrappedColumn(ReturnPlace, "sealed"))


def sweep(now: datetime) -> None:
    """Give back what was claimed and never answered, then erase what has expired, from the files too."""
    claims_give_back(now)
    dead_erase(now)
    rewrapping.log_truncate()


def dead_erase(now: datetime) -> None:
    """Erase what has expired."""
    while requests_erase(now) or notes_erase(now):
        pass
    ReturnPlace.objects.filter(expires_at__lte=now).delete()
    PlaceTries.objects.filter(since__lte=now - limits.TRIES_WINDOW).delete()
    Shift.objects.filter(Q(began_at__lte=now - limits.SHIFT_LIFE) | Q(user__is_active=False)).delete()


def claims_give_back(now: datetime) -> None:
    """Requests that were claimed too long ago without a word wait again; what has expired meanwhile is only erased."""
    late = HelpRequest.objects.filter(state=State.CLAIMED, changed_at__lte=now - limits.CLAIM_LIFE, expires_at__gt=now)
    for pk in late.values_list("pk", flat=True)[:BATCH]:
        with transaction.atomic():
            request = late.filter(pk=pk).select_for_update(skip_locked=True).first()
            if request is not None:
                request_give_back(request=request, reason=Reason.TIMED_OUT, now=now)


def requests_erase(now: datetime) -> bool:
    """Requests whose time is over go, some at a time; whether there were any. A conversation that is going on goes on without the row: its
    seats are enough."""
    erased = False
    over = HelpRequest.objects.filter(expires_at__lte=now)
    for pk in over.values_list("pk", flat=True)[:BATCH]:
        with transaction.atomic():
            request = over.filter(pk=pk).select_for_update(skip_locked=True).first()
            if request is None:
                continue
            if request.state == State.TALKING:
                request.conversation = None
            request_erase(request=request, now=now)
            erased = True
    return erased


def notes_erase(now: datetime) -> bool:
    """While people talk for longer than a request lives, its note and its key packages go, some at a time; whether there were any."""
    erased = False
    old = HelpRequest.objects.filter(state=State.TALKING, created_at__lte=now - limits.REQUEST_LIFE).exclude(note=b"")
    for pk in old.values_list("pk", flat=True)[:BATCH]:
        with transaction.atomic():
            if old.filter(pk=pk).update(note=b"", window=None):
                RequestPackage.objects.filter(request_id=pk, used_at__isnull=True).delete()
                erased = True
    return erased


def rewrap(now: datetime) -> None:
    """Wrap the living of older windows again under the key of this one, so that the old keys can be destroyed.

    The dead go first: what was erased must not lie somewhere in the files under a younger key.
    """
    dead_erase(now)
    rewrapping.rewrap(WRAPPED, now=now)


def oldest_needed(now: datetime) -> datetime:
    """The start of the oldest window whose key this room still needs."""
    return rewrapping.oldest_needed(WRAPPED, now=now)


JOBS: Final = (Job("hotline.sweep", timedelta(seconds=15), sweep), Job("hotline.rewrap", timedelta(minutes=10), rewrap))
