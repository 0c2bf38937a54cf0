"""A conversation as one member keeps it: the log in its order, counts, receipts, timers (docs/protocol.md §6)."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.peer import frames, payload
from tests.peer.frames import Ended, Envelope, Gone, SlotValue
from tests.peer.group import Ghost, Group, Started, Unprocessable
from tests.peer.payload import Payload
from tests.peer.seat import Refusal, Seat, SeatOver
from tests.peer.tree import Leaf
from tests.peer.wire import Malformed, b64, pad, unb64, unpad

WEEK = 604_800
Clock = Callable[[], float]


class CannotSpeak(Exception):
    """Not a member, or the conversation is over or no longer believed."""


@dataclass(slots=True)
class Message:
    """One text. ``n`` and ``sequence`` are the sender's and the server's count; ``gone_at`` is None until it was read."""

    id: bytes
    text: str = field(repr=False)
    mine: bool
    n: int
    sequence: int
    timer: int
    once: bool
    gone_at: float | None
    seen: bool = False


@dataclass(slots=True)
class Pending:
    """A change of ours on its way through the log."""

    client_id: bytes
    group: Group
    started: Started


class Talk:
    """``join`` makes the group of a Welcome or raises Unprocessable or Ghost; ``rejoined`` is asked about a rejoin envelope of somebody else."""

    def __init__(
        self,
        seat: Seat,
        *,
        admit: Callable[[Leaf], object],
        join: Callable[[bytes], Group] | None = None,
        rejoined: Callable[[bytes], None] | None = None,
        restart: Callable[[], None] | None = None,
        list_number: int,
        tells_list: bool,
        now: Clock = time.time,
    ) -> None:
        self.seat = seat
        self.group: Group | None = None
        self.epoch = seat.ready.epoch
        self.timer = WEEK
        self.notices: list[str] = []
        self.over = False
        self._admit, self._join, self._rejoined, self._restart = admit, join, rejoined, restart
        self._list, self._tells_list = list_number, tells_list
        self.now = now
        self._messages: list[Message] = []
        self._sequence = 0
        self._sent = 0
        self._heard: dict[bytes, int] = {}
        self._pending: Pending | None = None
        self._broken = False

    # What a person sees and does.

    @property
    def screen(self) -> list[Message]:
        """The messages that have not run out."""
        now = self.now()
        self._messages = [message for message in self._messages if message.gone_at is None or message.gone_at > now]
        return list(self._messages)

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.screen]

    def say(self, text: str, *, once: bool = False) -> Message:
        id_ = secrets.token_bytes(16)
        sequence = self._send("text", {"id": b64(id_), "text": text, "timer": self.timer, "once": once})
        message = Message(id_, text, True, self._sent, sequence, self.timer, once, self.now() + self.timer)
        self._messages.append(message)
        return message

    def read(self, message: Message) -> None:
        """The person has read it: its time runs."""
        message.gone_at = message.gone_at or self.now() + message.timer

    def put_away(self, message: Message) -> None:
        """A message to be viewed once was closed."""
        self._messages.remove(message)

    def set_timer(self, seconds: int) -> None:
        self._send("timer", {"seconds": seconds})
        self.timer = seconds

    def confirm(self) -> None:
        """Tell the others what came."""
        self._send("seen", {})

    def burn(self) -> None:
        sequence = self._send("burn", {})
        self._messages.clear()
        self.seat.burn(sequence - 1)

    def close(self) -> None:
        self._send("close", {})

    def _send(self, kind: str, fields: dict[str, object]) -> int:
        while True:
            if self.group is None or self._broken or self.over:
                raise CannotSpeak
            for leaf in self.group.others:
                self._admit(leaf)
            told = self._list if self._tells_list else None
            content = Payload(self._sent + 1, dict(self._heard), kind, fields, told).encode()
            body = pad(self.group.encrypt(content))
            try:
                answer = self.seat.append(kind=frames.APPLICATION, epoch=self.epoch, ttl=WEEK, body=body)
            except Refusal as refusal:
                if refusal.code != "relay.stale_epoch":
                    raise
                self._read_on()
                continue
            self._sent += 1
            return answer.sequence

    def _read_on(self) -> None:
        """The group has moved on: process the log until this member has, too."""
        reached = self.epoch
        self.until(lambda: self.epoch != reached)

    # What changes the group.

    def enter(self, group: Group, key_package: bytes, *, opens: list[bytes]) -> None:
        """Put the other member into a new group, and say hello once the change stands in the log."""
        started = group.add(key_package)
        client_id, _ = self.seat.change(epoch=self.epoch, opens=opens, ends=[], commit=pad(started.commit), welcome=pad(started.welcome))
        self._pending = Pending(client_id, group, started)
        self.until(lambda: self._pending is None)

    def forget(self) -> None:
        """The state is lost: another Welcome is needed."""
        self.group, self._broken = None, False

    def ask_back(self, content: bytes) -> None:
        """Send a rejoin envelope at the present epoch."""
        while True:
            try:
                self.seat.append(kind=frames.REJOIN, epoch=self.epoch, ttl=WEEK, body=pad(content))
                return
            except Refusal as refusal:
                if refusal.code != "relay.stale_epoch":
                    raise
                self._read_on()

    def _joined(self, group: Group, fields: dict[str, object]) -> None:
        self.group, self._broken = group, False
        self._sent, self._heard = 0, {leaf.mark: 0 for leaf in group.others}
        self._send("hello", {"seat": self.seat.ready.seat, **fields})

    # The log.

    def until(self, done: Callable[[], bool], seconds: float = 20) -> None:
        """Process the log until ``done``. Raises TimeoutError."""
        end = time.monotonic() + seconds
        while not done():
            left = end - time.monotonic()
            if left <= 0 or not self.step(left):
                raise TimeoutError("it did not come")

    def step(self, seconds: float = 0.0) -> bool:
        """Process the next thing in the log; False where nothing came in time."""
        try:
            return self._step(seconds)
        except SeatOver:
            self.over = True
            return True

    def _step(self, seconds: float) -> bool:
        match self.seat.receive(seconds):
            case None:
                return False
            case Ended():
                self.over = True
            case Gone(first=first, last=last):
                self._follow(first, last)
            case Envelope() as envelope:
                self._follow(envelope.sequence, envelope.sequence)
                self._envelope(envelope)
            case SlotValue():
                pass
        if not self.over:
            self.seat.ack(self._sequence)
        return True

    def _follow(self, first: int, last: int) -> None:
        if self._sequence and first != self._sequence + 1:
            self.notices.append("order_broken")
        self._sequence = max(self._sequence, last)

    def _envelope(self, envelope: Envelope) -> None:
        if envelope.kind == frames.COMMIT:
            self.epoch = envelope.epoch + 1
        try:
            if envelope.client_id is not None:
                self._own(envelope.client_id)
            elif envelope.body is not None:
                self._others(envelope.kind, unpad(envelope.body))
        except Ghost:
            self.notices.append("stranger")
            self._broken = True
        except (Unprocessable, Malformed):
            self.notices.append("unreadable")
            self._broken = self._broken or envelope.kind == frames.COMMIT

    def _own(self, client_id: bytes) -> None:
        if self._pending is not None and self._pending.client_id == client_id:
            pending, self._pending = self._pending, None
            pending.group.enter(pending.started, admit=self._admit)
            self._joined(pending.group, {"timer": self.timer})

    def _others(self, kind: int, content: bytes) -> None:
        if kind == frames.APPLICATION and self.group is not None:
            self._payload(self.group, payload.decode(self.group.read(content)))
        elif kind == frames.COMMIT and self.group is not None and not self._broken:
            if not self.group.follow(content):
                self.notices.append("removed")
                self.group = None
            elif self.group.others:
                self._heard = {leaf.mark: self._heard.get(leaf.mark, 0) for leaf in self.group.others}
        elif kind == frames.WELCOME and self._join is not None and self.group is None:
            self._joined(self._join(content), {})
        elif kind == frames.REJOIN and self._rejoined is not None:
            self._rejoined(content)
        elif kind == frames.RESTART and self._restart is not None:
            self._restart()

    def _payload(self, group: Group, said: Payload) -> None:
        (sender,) = group.others
        before = self._heard.get(sender.mark, 0)
        if said.n <= before:
            self.notices.append("unreadable")
            return
        if said.n > before + 1:
            self.notices.append(f"missing {said.n - before - 1}")
        self._heard[sender.mark] = said.n
        confirmed = said.seen.get(group.me.leaf.mark, 0)
        for message in self._messages:
            message.seen = message.seen or (message.mine and message.n <= confirmed)
        if said.list is not None and said.list > self._list:
            self.notices.append("newer_list")
        self._said(said)

    def _said(self, said: Payload) -> None:
        fields = said.fields
        match said.type:
            case "text":
                message = Message(unb64(fields["id"]), fields["text"], False, said.n, self._sequence, fields["timer"], fields["once"], None)
                self._messages.append(message)
            case "hello" if "timer" in fields:
                self.timer = fields["timer"]
            case "timer":
                self.timer = fields["seconds"]
                self.notices.append("timer")
            case "burn":
                self._messages = [message for message in self._messages if message.sequence >= self._sequence]
                self.notices.append("burned")
            case "close":
                self.notices.append("closed")
                self.over = True
