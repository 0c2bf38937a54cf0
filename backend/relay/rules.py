"""What each act does to a conversation, and why it may be refused (docs/protocol.md §3)."""

from backend.core.errors import Refusal
from backend.relay.acts import Appended, Burned, News, Operation, Outcome, SeatEnded, SeatRef, SlotChanged, Touch
from backend.relay.errors import BadCursor, ClientIdReused, NotAllowed, QuotaConversation, QuotaSeat, SlotStale, StaleEpoch, TooManySeats
from backend.relay.frames import Ack, Answer, Append, Burn, Change, Kind, Leave, SlotPut
from backend.relay.ledger import Ledger, LogState, SeatState
from backend.relay.limits import Limit

OWNER = 0


def apply(ledger: Ledger, operation: Operation) -> Outcome:
    """Let one act happen, or refuse it and leave everything as it was."""
    try:
        return _apply(ledger, operation)
    except Refusal as refusal:
        return Outcome(refusal)


def _apply(ledger: Ledger, operation: Operation) -> Outcome:
    ref, digest = operation.seat, operation.deed.digest
    log, seat = ledger.seat(ref)
    act = operation.deed.act
    if isinstance(act, Touch):
        return Outcome(None)
    if isinstance(act, Ack):
        return _ack(log, seat, act)
    known = ledger.known(log, ref.id, act.client_id)
    if known is not None:
        if known.digest != digest:
            raise ClientIdReused
        return Outcome(Answer(act.client_id, known.sequence, known.extra))
    match act:
        case Append():
            return _append(ledger, log, ref, act, digest)
        case Change():
            return _change(ledger, log, ref, act, digest)
        case SlotPut():
            return _slot(ledger, log, ref, act, digest)
        case Burn():
            return _burn(ledger, log, ref, act, digest)
        case Leave():
            return _leave(ledger, log, ref, act)


def _ack(log: LogState, seat: SeatState, act: Ack) -> Outcome:
    if act.cursor > log.head:
        raise BadCursor
    if act.cursor > seat.cursor:
        seat.cursor, seat.changed = act.cursor, True
        log.settle()
    return Outcome(None)


def _append(ledger: Ledger, log: LogState, ref: SeatRef, act: Append, digest: bytes) -> Outcome:
    _epoch_demand(log, act.epoch)
    _room_demand(ledger, log, ref.id, act.body)
    kind = Kind(act.kind)
    ttl = act.ttl if kind == Kind.APPLICATION else Limit.SILENCE_SECONDS
    sequence = ledger.envelope(log, writer=ref.id, kind=kind, act=act, digest=digest, ttl=ttl, body=act.body, extra=0)
    news = Appended(log.id, sequence, kind, log.epoch, ref.id, act.client_id, act.body)
    return Outcome(Answer(act.client_id, sequence, 0), (news,))


def _change(ledger: Ledger, log: LogState, ref: SeatRef, act: Change, digest: bytes) -> Outcome:
    _epoch_demand(log, act.epoch)
    ends = _ends(log, ref.number, act.ends)
    _seats_demand(ledger, log, act.opens, len(ends))
    _room_demand(ledger, log, ref.id, act.commit, act.welcome)
    extra = log.seats_opened if act.opens else 0
    news: list[News] = []
    for kind, body in ((Kind.COMMIT, act.commit), (Kind.WELCOME, act.welcome)):
        if body:
            sequence = ledger.envelope(
                log, writer=ref.id, kind=kind, act=act, digest=digest, ttl=Limit.SILENCE_SECONDS, body=body, extra=extra
            )
            news.append(Appended(log.id, sequence, kind, log.epoch, ref.id, act.client_id, body))
    commit = log.head - len(news) + 1
    for address in act.opens:
        ledger.seat_open(log, address=address, opener=ref.number, first=commit)
    log.epoch += 1
    return Outcome(Answer(act.client_id, commit, extra), (*news, *_seats_end(ledger, log, ends)))


def _slot(ledger: Ledger, log: LogState, ref: SeatRef, act: SlotPut, digest: bytes) -> Outcome:
    if act.counter <= ledger.counters.get((ref.id, act.slot), -1):
        raise SlotStale
    ledger.slot(log, seat=ref.id, act=act)
    ledger.receipt(log, seat=ref.id, client_id=act.client_id, digest=digest)
    return Outcome(Answer(act.client_id, log.head, 0), (SlotChanged(log.id, ref, act.slot, act.counter, act.body),))


def _burn(ledger: Ledger, log: LogState, ref: SeatRef, act: Burn, digest: bytes) -> Outcome:
    if act.up_to > log.head:
        raise BadCursor
    ledger.burn(log, up_to=act.up_to)
    ledger.receipt(log, seat=ref.id, client_id=act.client_id, digest=digest)
    return Outcome(Answer(act.client_id, log.head, 0), (Burned(log.id),))


def _leave(ledger: Ledger, log: LogState, ref: SeatRef, act: Leave) -> Outcome:
    return Outcome(Answer(act.client_id, log.head, 0), _seats_end(ledger, log, [ref.number]))


def _seats_end(ledger: Ledger, log: LogState, numbers: list[int]) -> tuple[News, ...]:
    rows = [ledger.seat_end(log, number) for number in numbers]
    log.settle()
    return tuple(SeatEnded(log.id, row) for row in rows if row is not None)


def _epoch_demand(log: LogState, epoch: int) -> None:
    if epoch != log.epoch:
        raise StaleEpoch


def _ends(log: LogState, number: int, ends: tuple[int, ...]) -> list[int]:
    """The seats to end: the owner may end any, others those that they opened. One that is over already may be named."""
    if any(end >= log.seats_opened for end in ends):
        raise NotAllowed
    living = [end for end in ends if end in log.seats]
    if number != OWNER and any(log.seats[end].opener != number for end in living):
        raise NotAllowed
    return living


def _seats_demand(ledger: Ledger, log: LogState, opens: tuple[bytes, ...], ended: int) -> None:
    if len(log.seats) - ended + len(opens) > Limit.SEATS or log.seats_opened + len(opens) > Limit.SEAT_NUMBER:
        raise TooManySeats
    if not ledger.addresses.isdisjoint(opens):
        raise NotAllowed


def _room_demand(ledger: Ledger, log: LogState, writer: int, *bodies: bytes) -> None:
    """Raises QuotaSeat or QuotaConversation. Nothing is counted while even the largest envelopes could not reach a limit."""
    sizes = [len(body) for body in bodies if body]
    span = log.head - log.floor + len(sizes)
    if span <= Limit.UNREAD_ENVELOPES_PER_SEAT and span * Limit.BODY_BYTES <= Limit.UNREAD_BYTES:
        return
    unread = ledger.unread(log)
    if unread.by_writer[writer] + len(sizes) > Limit.UNREAD_ENVELOPES_PER_SEAT:
        raise QuotaSeat
    if unread.by_writer.total() + len(sizes) > Limit.UNREAD_ENVELOPES or unread.size + sum(sizes) > Limit.UNREAD_BYTES:
        raise QuotaConversation
