"""The connections of this process, by conversation: who is handed what after a commit."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from backend.relay.acts import Appended, Burned, News, Operation, SeatEnded, SeatRef, SlotChanged
from backend.relay.codec import server_encode
from backend.relay.frames import Envelope, SlotValue
from backend.relay.store import Committed, Revision


class Listener(Protocol):
    """A connection that wants to hear of its conversation. No method waits."""

    seat: SeatRef

    def hand(self, sequence: int, frame: bytes) -> None:
        """The next envelope of the log."""

    def slot(self, value: SlotValue) -> None:
        """Another seat's cell."""

    def wake(self) -> None:
        """Something changed: what waits to be sent may be dead, read the log again."""

    def end(self) -> None:
        """The seat is over."""

    def look(self) -> None:
        """Some time went by: is the other side still taking what it is sent?"""

    async def stop(self) -> None:
        """The process ends."""


@dataclass(slots=True)
class Audience:
    """Everybody of one conversation who is connected here. ``revision``: what they have heard of."""

    revision: int
    listeners: set[Listener] = field(default_factory=set)


class Registry:
    """Only ever used on the event loop."""

    def __init__(self) -> None:
        self._audiences: dict[int, Audience] = {}
        self._by_key: dict[bytes, int] = {}

    def join(self, listener: Listener, *, revision: int) -> None:
        """From now on ``listener`` is told. What happened before, it reads from the log."""
        seat = listener.seat
        self._by_key[seat.key] = seat.conversation
        self._audiences.setdefault(seat.conversation, Audience(revision)).listeners.add(listener)

    def leave(self, listener: Listener) -> None:
        """``listener`` is not told any more."""
        audience = self._audiences.get(listener.seat.conversation)
        if audience is None:
            return
        audience.listeners.discard(listener)
        if not audience.listeners:
            del self._audiences[listener.seat.conversation]
            self._by_key.pop(listener.seat.key, None)

    def conversations(self) -> list[int]:
        """The conversations that somebody here listens to."""
        return list(self._audiences)

    def listeners(self) -> list[Listener]:
        """Everybody, as of now."""
        return [listener for audience in self._audiences.values() for listener in audience.listeners]

    def committed(self, operations: Iterable[Operation], done: Committed) -> None:
        """Tell each sender what came of its act, and the others of its conversation what there is to hear, in the order of the log."""
        for conversation, revision in done.revisions.items():
            self._follow(conversation, revision)
        for operation, outcome in zip(operations, done.outcomes, strict=True):
            operation.reply(outcome.reply)
            for news in outcome.news:
                self._tell(news)

    def woken(self, keys: Iterable[bytes]) -> None:
        """Another process changed these conversations."""
        for key in keys:
            self._wake(self._by_key.get(key, -1))

    def compare(self, found: dict[int, int], asked: Iterable[int]) -> None:
        """Wake whoever missed something: ``found`` holds the revisions in the database, and what is not in it is over."""
        for conversation in asked:
            audience, revision = self._audiences.get(conversation), found.get(conversation)
            if audience is not None and (revision is None or revision > audience.revision):
                audience.revision = revision or audience.revision
                self._wake(conversation)

    def _follow(self, conversation: int, revision: Revision) -> None:
        audience = self._audiences.get(conversation)
        if audience is None:
            return
        if audience.revision < revision.before:
            self._wake(conversation)
        audience.revision = max(audience.revision, revision.after)

    def _wake(self, conversation: int) -> None:
        audience = self._audiences.get(conversation)
        for listener in tuple(audience.listeners) if audience else ():
            listener.wake()

    def _tell(self, news: News) -> None:
        audience = self._audiences.get(news.conversation)
        if audience is None:
            return
        match news:
            case Appended():
                _hand(audience.listeners, news)
            case SlotChanged():
                value = SlotValue(news.seat.number, news.slot, news.counter, news.body)
                for listener in audience.listeners:
                    if listener.seat.id != news.seat.id:
                        listener.slot(value)
            case SeatEnded():
                for listener in tuple(audience.listeners):
                    if listener.seat.id == news.seat:
                        listener.end()
            case Burned():
                self._wake(news.conversation)


def _hand(listeners: Iterable[Listener], news: Appended) -> None:
    theirs = server_encode(Envelope(news.sequence, news.kind, news.epoch, None, news.body))
    for listener in listeners:
        own = listener.seat.id == news.writer
        mine = server_encode(Envelope(news.sequence, news.kind, news.epoch, news.client_id, None)) if own else theirs
        listener.hand(news.sequence, mine)
