"""Wake-ups through the channel layer, after the commit and with ids alone.

One may be lost: the row is the truth, and readers read again.
"""

import hashlib
from functools import partial
from typing import Final

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from backend.core import log

QUEUE: Final = "hotline.queue"
REQUEST: Final = "hotline.request"


def queue_group(organisation_id: int) -> str:
    """The group that hears of every change in an organisation's queue."""
    return f"hotline.queue.{organisation_id}"


def request_group(request_id: bytes) -> str:
    """The group that hears of one request: named by a hash, so that the layer never holds an id that opens something."""
    return f"hotline.request.{hashlib.sha256(request_id).hexdigest()[:32]}"


def queue_changed(*, organisation_id: int) -> None:
    """Once the transaction is committed, wake the consoles of an organisation."""
    transaction.on_commit(partial(_send, queue_group(organisation_id), QUEUE))


def request_changed(*, request_id: bytes, organisation_id: int) -> None:
    """Once the transaction is committed, wake the person who waits and the consoles of the organisation."""
    transaction.on_commit(partial(_send, request_group(request_id), REQUEST))
    queue_changed(organisation_id=organisation_id)


def _send(group: str, kind: str) -> None:
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        async_to_sync(layer.group_send)(group, {"type": kind})
    except Exception as error:
        # What was committed stays committed, whatever the layer's client raises; readers come by themselves within WAIT_STEP.
        log.event("hotline.nudge_lost", error=type(error).__name__)
