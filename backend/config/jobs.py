"""The periodic work of the whole deployment: every room's jobs, and the end of keys that no room needs any more."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from backend.config.demo.supervisor import supervise_demo
from backend.core.worker import Job
from backend.core.wrapping import WINDOW, keyring
from backend.hotline import jobs as hotline
from backend.relay import jobs as relay
from backend.staff import jobs as staff


def keys_destroy(now: datetime) -> None:
    """Destroy the keys of windows that are over for every room.

    The window before this one is kept: a process whose clock or commit is a little late may still be writing under it.
    """
    needed = min(now - WINDOW, hotline.oldest_needed(now), relay.oldest_needed(now))
    keyring().destroy_before(needed)


JOBS: Final[tuple[Job, ...]] = (
    *relay.JOBS,
    *staff.JOBS,
    *hotline.JOBS,
    Job("config.keys", timedelta(minutes=5), keys_destroy),
    *((Job("config.demo", timedelta(seconds=2), supervise_demo),) if settings.QUIETLINE_DEMO else ()),
)
