"""What the relay keeps: opaque envelopes in numbered logs, and who may read them by the hash of a token. Nothing here identifies anybody.

Rows are written by ``backend.relay.store`` and read through ``backend.relay.access`` and ``backend.relay.reading`` alone, in plain SQL: a row
of the ORM for each message costs more than everything else together. Moments are milliseconds since 1970. ``window`` beside a wrapped body
names its key.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from backend.relay.frames import ADDRESS_BYTES, CLIENT_ID_BYTES

ID_BYTES = 16
DIGEST_BYTES = 16


class Conversation(models.Model):
    """A log. ``head`` is its last number, ``floor`` the last that every living seat has acknowledged (a hint for the sweeper: readers compute
    it afresh), ``swept`` how far the sweeper followed. ``revision`` rises with everything that a reader must notice."""

    public_id = models.BinaryField(max_length=ID_BYTES, unique=True)
    head = models.BigIntegerField(default=0)
    epoch = models.BigIntegerField(default=0)
    floor = models.BigIntegerField(default=0)
    swept = models.BigIntegerField(default=0)
    revision = models.BigIntegerField(default=0)
    seats_opened = models.IntegerField(default=0)
    ended = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Conversation"]]

    class Meta:
        indexes = (
            models.Index(fields=["id"], name="relay_conversation_unswept", condition=Q(floor__gt=F("swept"))),
            models.Index(fields=["id"], name="relay_conversation_ended", condition=Q(ended=True)),
        )


class Seat(models.Model):
    """The right to read and write one conversation. A seat that ended has no row.

    ``address`` is the SHA-256 of its token. ``opener`` is the number of the seat that opened it (the owner's: its own), ``first`` its first
    number in the log, ``seen_day`` the day since 1970 of its last sign of life: a day and not a moment.
    """

    address = models.BinaryField(max_length=ADDRESS_BYTES, unique=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="seats")
    number = models.IntegerField()
    opener = models.IntegerField()
    first = models.BigIntegerField()
    cursor = models.BigIntegerField()
    seen_day = models.IntegerField()

    objects: ClassVar[models.Manager["Seat"]]

    class Meta:
        constraints = (models.UniqueConstraint(fields=["conversation", "number"], name="relay_seat_number"),)
        indexes = (models.Index(fields=["seen_day"], name="relay_seat_seen"),)


class Envelope(models.Model):
    """One entry of a log. ``writer`` is the row of the seat that wrote it, which may be gone.

    ``client_id``, ``digest`` and ``extra`` are how the same act that is sent again is known and answered. ``size`` is the body's length before
    wrapping; 0: burned, only the record is left.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    sequence = models.BigIntegerField()
    writer = models.BigIntegerField()
    kind = models.SmallIntegerField()
    epoch = models.BigIntegerField()
    client_id = models.BinaryField(max_length=CLIENT_ID_BYTES)
    digest = models.BinaryField(max_length=DIGEST_BYTES)
    extra = models.IntegerField()
    size = models.IntegerField()
    expires_at = models.BigIntegerField()
    window = models.IntegerField(null=True)
    body = models.BinaryField()

    objects: ClassVar[models.Manager["Envelope"]]

    class Meta:
        constraints = (models.UniqueConstraint(fields=["conversation", "sequence"], name="relay_envelope_sequence"),)
        indexes = (
            models.Index(fields=["writer", "client_id"], name="relay_envelope_client"),
            models.Index(fields=["expires_at"], name="relay_envelope_expiry"),
            models.Index(fields=["window"], name="relay_envelope_window"),
        )


class Slot(models.Model):
    """A latest-wins cell of a seat. An erased or expired one keeps its counter only, until the seat ends."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+", db_index=False)
    slot = models.SmallIntegerField()
    counter = models.BigIntegerField()
    expires_at = models.BigIntegerField()
    window = models.IntegerField(null=True)
    body = models.BinaryField()

    objects: ClassVar[models.Manager["Slot"]]

    class Meta:
        constraints = (models.UniqueConstraint(fields=["seat", "slot"], name="relay_slot_cell"),)
        indexes = (
            models.Index(fields=["expires_at"], name="relay_slot_expiry", condition=Q(window__isnull=False)),
            models.Index(fields=["window"], name="relay_slot_window"),
        )


class Receipt(models.Model):
    """How an act without an envelope (SLOT, BURN) was answered, for when it is sent again."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+", db_index=False)
    client_id = models.BinaryField(max_length=CLIENT_ID_BYTES)
    digest = models.BinaryField(max_length=DIGEST_BYTES)
    sequence = models.BigIntegerField()
    expires_at = models.BigIntegerField()

    objects: ClassVar[models.Manager["Receipt"]]

    class Meta:
        constraints = (models.UniqueConstraint(fields=["seat", "client_id"], name="relay_receipt_client"),)
        indexes = (models.Index(fields=["expires_at"], name="relay_receipt_expiry"),)
