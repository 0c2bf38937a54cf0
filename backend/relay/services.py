"""What rooms above may do with conversations, inside a transaction of theirs. What seats do goes through ``backend.relay.store``."""

from datetime import datetime
from functools import partial

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from django.db.models import F

from backend.core import log
from backend.core.tokens import id_new
from backend.relay.errors import NotAllowed
from backend.relay.lives import day_of
from backend.relay.models import Conversation, Receipt, Seat, Slot
from backend.relay.wakeups import GROUP, message_of, wake_key

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
        seats = Seat.objects.filter(conversation__public_id=conversation_id)
        Slot.objects.filter(seat__in=seats).delete()
        Receipt.objects.filter(seat__in=seats).delete()
        seats.delete()
        transaction.on_commit(partial(_wake, wake_key(conversation_id)))


def _wake(key: bytes) -> None:
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        async_to_sync(layer.group_send)(GROUP, message_of([key]))
    except Exception as error:
        # What was committed stays committed, whatever the layer's client raises; every process looks by itself soon.
        log.event("relay.wakeup_lost", error=type(error).__name__)
