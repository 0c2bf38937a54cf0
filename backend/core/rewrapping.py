"""What a room does so that its old keys can be destroyed and what it erased is gone from the files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection, models, transaction
from django.db.models import Min

from backend.core.wrapping import KeyDestroyed, keyring, window_of, window_start

BATCH: Final = 100


@dataclass(frozen=True, slots=True)
class WrappedColumn:
    """A column of wrapped bytes. ``window`` beside it names the key, and is None where there is nothing to read."""

    model: type[models.Model]
    name: str


def rewrap(columns: Sequence[WrappedColumn], *, now: datetime) -> None:
    """Wrap what older windows hold again under the key of this one, in short transactions; what nobody can read any more is emptied."""
    for column in columns:
        while _rewrap_some(column, now=now):
            pass


def oldest_needed(columns: Sequence[WrappedColumn], *, now: datetime) -> datetime:
    """The start of the oldest window whose key is still needed: this one's where nothing older is kept."""
    oldest = [column.model._default_manager.aggregate(oldest=Min("window"))["oldest"] for column in columns]
    return window_start(min([window_of(now), *(window for window in oldest if window is not None)]))


def log_truncate() -> None:
    """On SQLite: fold the write-ahead log into the database and empty it, or deleted rows would live on there."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _rewrap_some(column: WrappedColumn, *, now: datetime) -> bool:
    """One batch in one transaction. Whether there was anything to do."""
    rows: Any = column.model._default_manager
    with transaction.atomic():
        old = rows.filter(window__lt=window_of(now)).select_for_update(skip_locked=True)
        batch = list(old.only(column.name, "window")[:BATCH])
        for row in batch:
            try:
                setattr(row, column.name, keyring().wrap(keyring().unwrap(bytes(getattr(row, column.name))), now=now))
                row.window = window_of(now)
            except KeyDestroyed:
                setattr(row, column.name, b"")
                row.window = None
        rows.bulk_update(batch, [column.name, "window"])
    return bool(batch)
