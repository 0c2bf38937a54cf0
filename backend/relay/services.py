"""What rooms above may do with conversations, inside a transaction of theirs. What seats do goes through ``backend.relay.store``."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import F, QuerySet

from backend.core.tokens import id_new
from backend.relay.errors import NotAllowed
from backend.relay.lives import day_of
from backend.relay.models import Conversation, Receipt, Seat, Slot
from backend.relay.wakeups import conversation_wake, wake_key

OWNER = 0


def conversation_create(*, owner: bytes, now: datetime) -> bytes:
    """Open a conversation whose seat 0 has the address ``owner``; its id of 16 bytes. Raises NotAllowed where a seat has that address already."""
    if Seat.objects.filter(address=owner).exists():
        raise NotAllowed
    conversation = Conversation.objects.create(public_id=id_new(), seats_opened=1)
    Seat.objects.create(
        address=owner, conversation=conversation, number=OWNER, opener=OWNER, first=1, cursor=0, seen_day=day_of(now)
    )  # fmt: skip
    return bytes(conversation.public_id)


def conversation_end(*, conversation_id: bytes, now: datetime) -> None:
    """End every seat. Nothing in the log can be read from then on and the sweeper erases it; connected sockets are told after the commit.

    A conversation that is over already stays so.
    """
    with transaction.atomic():
        found = Conversation.objects.filter(public_id=conversation_id, ended=False)
        if not found.update(ended=True, revision=F("revision") + 1):
            return
        seats_erase(Seat.objects.filter(conversation__public_id=conversation_id))
        transaction.on_commit(partial(conversation_wake, wake_key(conversation_id)))


def seats_erase(seats: "QuerySet[Seat]") -> None:
    """Erase seats with their cells and receipts. Inside a transaction that holds their conversations."""
    Slot.objects.filter(seat__in=seats).delete()
    Receipt.objects.filter(seat__in=seats).delete()
    seats.delete()
