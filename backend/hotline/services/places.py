"""Return places: a sealed cell that return words find and open.

The server limits guesses per id, for places that exist and for those that don't, so that neither the answer nor the limit tells which is
which. The table of tries is bounded: a flood of made-up ids stops the counting, but an id is as hard to guess as its token.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from backend.core.errors import Invalid, NotFound
from backend.core.tokens import ID_BYTES, token_matches
from backend.core.wrapping import KeyDestroyed, keyring, window_of
from backend.hotline import limits
from backend.hotline.access import place_for
from backend.hotline.drafts import PlaceDraft
from backend.hotline.errors import QueueFull, TooManyTries
from backend.hotline.models import PlaceTries, ReturnPlace


def place_keep(*, place_id: bytes, token: bytes, draft: PlaceDraft, now: datetime) -> None:
    """Keep a sealed place, or replace it with the same token.

    Raises Invalid where the verifier is not the token's, NotFound where the id belongs to another token, TooManyTries, QueueFull.
    """
    if not token_matches(token=token, verifier=draft.verifier):
        raise Invalid
    with _tries_counted(place_id=place_id, now=now):
        try:
            _place_write(place_id=place_id, token=token, draft=draft, now=now)
        except IntegrityError:
            # Another place of this id was kept at the same moment, and was first: now it is one to replace.
            _place_write(place_id=place_id, token=token, draft=draft, now=now)


def place_open(*, place_id: bytes, token: bytes, now: datetime) -> bytes:
    """The sealed bytes. Raises NotFound, TooManyTries."""
    with _tries_counted(place_id=place_id, now=now):
        try:
            return keyring().unwrap(bytes(place_for(place_id=place_id, token=token, now=now).sealed))
        except KeyDestroyed:
            raise NotFound from None


def place_erase(*, place_id: bytes, token: bytes, now: datetime) -> None:
    """Erase the place. Raises NotFound, TooManyTries."""
    with _tries_counted(place_id=place_id, now=now):
        place_for(place_id=place_id, token=token, now=now).delete()


def _place_write(*, place_id: bytes, token: bytes, draft: PlaceDraft, now: datetime) -> None:
    with transaction.atomic():
        ReturnPlace.objects.filter(public_id=place_id, expires_at__lte=now).delete()
        sealed, expires_at = keyring().wrap(draft.sealed, now=now), now + timedelta(seconds=draft.expires_in)
        values = {"sealed": sealed, "window": window_of(now), "expires_at": expires_at}
        if ReturnPlace.objects.filter(public_id=place_id).exists():
            ReturnPlace.objects.filter(pk=place_for(place_id=place_id, token=token, now=now).pk).update(**values)
            return
        if ReturnPlace.objects.count() >= limits.PLACES_MOST:
            raise QueueFull
        ReturnPlace.objects.create(public_id=place_id, verifier=draft.verifier, **values)


@contextmanager
def _tries_counted(*, place_id: bytes, now: datetime) -> Iterator[None]:
    """Refuse once too many wrong tokens came for this id, and count the one that is refused inside. Raises TooManyTries."""
    # The table tells nobody which ids exist: it holds hashes.
    place = hashlib.sha256(place_id).digest()[:ID_BYTES]
    since = now - limits.TRIES_WINDOW
    if PlaceTries.objects.filter(place=place, since__gt=since, count__gte=limits.TRIES_MOST).exists():
        raise TooManyTries
    try:
        yield
    except NotFound:
        _try_count(place=place, now=now)
        raise


def _try_count(*, place: bytes, now: datetime) -> None:
    with transaction.atomic():
        PlaceTries.objects.filter(since__lte=now - limits.TRIES_WINDOW).delete()
        if PlaceTries.objects.count() < limits.TRIES_KEPT:
            PlaceTries.objects.get_or_create(place=place, defaults={"since": now})
        PlaceTries.objects.filter(place=place).update(count=F("count") + 1)
