"""The relay's refusals, one class per code of docs/protocol.md §8."""

from backend.core.errors import Refusal


class Malformed(Refusal):
    """The frame cannot be read."""

    code = "relay.malformed"


class UnknownVersion(Malformed):
    """The version byte is not 1."""

    code = "relay.unknown_version"


class UnknownFrame(Malformed):
    """The type byte names no frame that travels in this direction."""

    code = "relay.unknown_frame"


class NoSeat(Refusal):
    """A wrong token, an ended seat, no conversation: the answer is the same."""

    code = "relay.no_seat"
    status = 404


class StaleEpoch(Refusal):
    """The frame names another epoch than the conversation's: read on, then try again."""

    code = "relay.stale_epoch"
    status = 409


class TooLarge(Refusal):
    """More bytes than a body or a frame may have."""

    code = "relay.too_large"
    status = 413


class BadPadding(Refusal):
    """A body whose size is not one of the buckets."""

    code = "relay.bad_padding"


class BadExpiry(Refusal):
    """A time to live outside the limits."""

    code = "relay.bad_expiry"


class BadCursor(Refusal):
    """A number beyond the head of the log."""

    code = "relay.bad_cursor"


class ClientIdReused(Refusal):
    """The same client id came before with other content."""

    code = "relay.client_id_reused"
    status = 409


class NotAllowed(Refusal):
    """This seat may not do that: end a seat that it did not open, write a kind that only a change writes, open an address twice."""

    code = "relay.not_allowed"
    status = 403


class QuotaSeat(Refusal):
    """This seat has too many unread envelopes in the conversation."""

    code = "relay.quota_seat"
    status = 429
    retry_after = 30


class QuotaConversation(Refusal):
    """The conversation holds too many unread envelopes, or too many bytes of them."""

    code = "relay.quota_conversation"
    status = 429
    retry_after = 30


class TooManySeats(Refusal):
    """The conversation would have more seats than it may."""

    code = "relay.too_many_seats"
    status = 409


class SlotStale(Refusal):
    """The slot's counter is not higher than the stored one."""

    code = "relay.slot_stale"
    status = 409


class Busy(Refusal):
    """The queue is full. Nothing was kept: send the same frame again, with the same client id."""

    code = "relay.busy"
    status = 503
    retry_after = 1


class Storage(Refusal):
    """The disk is full or the database is away. Nothing was kept: send the same frame again, with the same client id."""

    code = "relay.storage"
    status = 503
    retry_after = 2
