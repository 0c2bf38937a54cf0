"""Many seats' acts in one transaction: the only writer of the log (docs/adr/0002-group-commit.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import InterfaceError, OperationalError, connection, transaction

from backend.core import log
from backend.core.clock import Clock
from backend.core.wrapping import Keyring
from backend.relay.acts import Operation, Outcome
from backend.relay.errors import Storage
from backend.relay.ledger import Ledger
from backend.relay.rules import apply

PATIENCE: Final = timedelta(minutes=10)
"""A commit that took longer since its wrapping is undone: the key may be about to be destroyed."""


@dataclass(frozen=True, slots=True)
class Revision:
    """How far a conversation's revision rose. ``key`` is its name between processes."""

    before: int
    after: int
    public_id: bytes


@dataclass(frozen=True, slots=True)
class Committed:
    """What came of each act, in order, and which conversations have news."""

    outcomes: tuple[Outcome, ...]
    revisions: dict[int, Revision]


class Store:
    """Commits batches. Every call belongs to one thread with a database connection of its own."""

    def __init__(self, *, keyring: Keyring, clock: Clock) -> None:
        self._keyring, self._clock = keyring, clock

    def commit(self, operations: Sequence[Operation]) -> Committed:
        """All of these acts, durable on return or refused one by one; never raises.

        Where the disk is full or the database away, every act is refused with Storage and nothing was kept.
        """
        try:
            return self._commit(operations)
        except (OperationalError, InterfaceError, OSError, Storage) as error:
            log.event("relay.storage", error=type(error).__name__, count=len(operations))
            connection.close()
            return Committed(tuple(Outcome(Storage()) for _ in operations), {})
        except Exception as error:
            log.failure("relay.batch_failed", error, count=len(operations))
            return self._alone(operations)

    def _commit(self, operations: Sequence[Operation]) -> Committed:
        now = self._clock()
        with transaction.atomic(), connection.cursor() as cursor:
            ledger = Ledger(cursor, keyring=self._keyring, now=now, lock=connection.features.has_select_for_update)
            ledger.load(operations)
            outcomes = tuple(apply(ledger, operation) for operation in operations)
            ledger.close()
            if self._clock() - now > PATIENCE:
                raise Storage
        stirred = (log for log in ledger.logs.values() if log.revision != log.revision_read)
        return Committed(outcomes, {log.id: Revision(log.revision_read, log.revision, bytes(log.public_id)) for log in stirred})

    def _alone(self, operations: Sequence[Operation]) -> Committed:
        """One after the other, so that an act which cannot be written (a fault of ours) does not sink the others."""
        if len(operations) == 1:
            return Committed((Outcome(Storage()),), {})
        parts = [self.commit([operation]) for operation in operations]
        revisions: dict[int, Revision] = {}
        for part in parts:
            for conversation, revision in part.revisions.items():
                first = revisions.get(conversation, revision)
                revisions[conversation] = Revision(first.before, revision.after, revision.public_id)
        return Committed(tuple(outcome for part in parts for outcome in part.outcomes), revisions)
