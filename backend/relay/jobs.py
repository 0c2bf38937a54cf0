"""The relay's periodic work: erase what is dead, wrap again what lives on. Each step is one short transaction, safe beside another worker and
when killed at any moment. Nothing waits for it: what is dead cannot be read before it is erased.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Min, QuerySet

from backend.core import rewrapping
from backend.core.rewrapping import WrappedColumn
from backend.core.worker import Job
from backend.relay.limits import Limit
from backend.relay.lives import milliseconds, oldest_living_day
from backend.relay.models import Conversation, Envelope, Receipt, Seat, Slot
from backend.relay.services import seats_erase
from backend.relay.wakeups import conversation_wake, wake_key

WRAPPED: Final = (WrappedColumn(Envelope, "body"), WrappedColumn(Slot, "body"))


def sweep(now: datetime) -> None:
    """Erase everything that nobody can read any more, from the files too."""
    _dead_erase(now)
    rewrapping.log_truncate()


def rewrap(now: datetime) -> None:
    """Wrap the living of older windows again under the key of this one, so that the old keys can be destroyed.

    The dead go first: what was erased must not lie somewhere in the files under a younger key.
    """
    _dead_erase(now)
    rewrapping.rewrap(WRAPPED, now=now)


def oldest_needed(now: datetime) -> datetime:
    """The start of the oldest window whose key the relay still needs: this one's where nothing older is kept."""
    return rewrapping.oldest_needed(WRAPPED, now=now)


def _dead_erase(now: datetime) -> None:
    for step in (_silent_end, _ended_erase, _acknowledged_erase, _expired_erase, _slots_empty, _receipts_erase):
        while step(now):
            pass


def _silent_end(now: datetime) -> bool:
    """End the seats that gave no sign of life for too long. Whether there may be more, as in every step."""
    silent = Seat.objects.filter(seen_day__lt=oldest_living_day(now))
    found = list(silent.values_list("conversation", flat=True)[: Limit.SWEEP_ROWS])
    if not found:
        return False
    with transaction.atomic():
        # The writer takes the same locks in the same order.
        for conversation in Conversation.objects.filter(pk__in=found).order_by("pk").select_for_update():
            seats_erase(silent.filter(conversation=conversation))
            conversation.revision += 1
            lowest = conversation.seats.aggregate(lowest=Min("cursor"))["lowest"]
            conversation.ended = lowest is None
            conversation.floor = max(conversation.floor, lowest or 0)
            conversation.save(update_fields=["revision", "ended", "floor"])
            transaction.on_commit(partial(conversation_wake, wake_key(bytes(conversation.public_id))))
    return True


def _ended_erase(now: datetime) -> bool:
    """Erase conversations that are over: the log first, then what is left."""
    over = list(Conversation.objects.filter(ended=True).values_list("pk", flat=True)[: Limit.SWEEP_ROWS])
    if not over:
        return False
    with transaction.atomic():
        rows = Envelope.objects.filter(conversation__in=over).values_list("pk", flat=True)[: Limit.SWEEP_ROWS]
        if Envelope.objects.filter(pk__in=list(rows)).delete()[0]:
            return True
        seats_erase(Seat.objects.filter(conversation__in=over))
        Conversation.objects.filter(pk__in=over).delete()
    return True


def _acknowledged_erase(now: datetime) -> bool:
    """Erase what every living seat has acknowledged."""
    unswept = Conversation.objects.filter(floor__gt=F("swept")).order_by("pk")
    left: int = Limit.SWEEP_ROWS
    with transaction.atomic():
        # Locked first, as the writer does: it may be about to burn the same rows.
        found = list(unswept.select_for_update().values_list("pk", "swept", "floor")[: Limit.SWEEP_ROWS])
        for conversation, swept, floor in found:
            read = Envelope.objects.filter(conversation=conversation, sequence__gt=swept, sequence__lte=floor).order_by("sequence")
            rows = list(read.values_list("pk", "sequence")[:left])
            left -= Envelope.objects.filter(pk__in=[pk for pk, _ in rows]).delete()[0]
            Conversation.objects.filter(pk=conversation).update(swept=floor if left > 0 else rows[-1][1])
            if left <= 0:
                return True
    return len(found) == Limit.SWEEP_ROWS


def _expired_erase(now: datetime) -> bool:
    with transaction.atomic():
        rows = _free(Envelope.objects.filter(expires_at__lte=milliseconds(now)))
        Envelope.objects.filter(pk__in=rows).delete()
    return len(rows) == Limit.SWEEP_ROWS


def _slots_empty(now: datetime) -> bool:
    with transaction.atomic():
        rows = _free(Slot.objects.filter(expires_at__lte=milliseconds(now), window__isnull=False))
        Slot.objects.filter(pk__in=rows).update(body=b"", window=None)
    return len(rows) == Limit.SWEEP_ROWS


def _receipts_erase(now: datetime) -> bool:
    with transaction.atomic():
        rows = _free(Receipt.objects.filter(expires_at__lte=milliseconds(now)))
        Receipt.objects.filter(pk__in=rows).delete()
    return len(rows) == Limit.SWEEP_ROWS


def _free(dead: "QuerySet[Any]") -> list[int]:
    """Some of these rows, locked. One that somebody else holds is left for the next time: a sweeper that waits could wait in a circle."""
    return list(dead.select_for_update(skip_locked=True).values_list("pk", flat=True)[: Limit.SWEEP_ROWS])


JOBS: Final = (Job("relay.sweep", timedelta(seconds=15), sweep), Job("relay.rewrap", timedelta(minutes=10), rewrap))
