"""What the hotline keeps. Nothing here names a person who asks for help, and what they wrote is sealed and wrapped.

Rows of a request and of a return place are read through ``backend.hotline.access`` and ``backend.hotline.selectors`` alone.
"""

from django.conf import settings
from django.db import models

from backend.core.tokens import ID_BYTES, TOKEN_BYTES
from backend.hotline.labels import Level
from backend.hotline.states import State


class HelpRequest(models.Model):
    """One person who asks for somebody. ``public_id`` is theirs and unguessable; the bearer token's SHA-256 is ``verifier``.

    ``note`` is wrapped for storage (``window`` names the key), and inside sealed to an intake key of the organisation. ``content`` is a
    digest by which a request that is sent again is known, ``claim`` one by which a claim is. ``conversation`` is the relay's id of it.
    """

    public_id = models.BinaryField(max_length=ID_BYTES, unique=True)
    verifier = models.BinaryField(max_length=TOKEN_BYTES)
    content = models.BinaryField(max_length=32)
    organisation = models.ForeignKey("staff.Organisation", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    level = models.SmallIntegerField(choices=Level.choices)
    language = models.CharField(max_length=6)
    topics: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    region = models.CharField(max_length=6, blank=True)
    intake_key = models.BinaryField(max_length=ID_BYTES)
    note = models.BinaryField()
    window = models.BigIntegerField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    claim = models.BinaryField(max_length=32, null=True)
    conversation = models.BinaryField(max_length=ID_BYTES, null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "state", "level", "created_at"], name="hotline_queue"),
            models.Index(fields=["claimed_by", "state"], name="hotline_mine"),
            models.Index(fields=["expires_at"], name="hotline_request_expiry"),
            models.Index(fields=["state", "changed_at"], name="hotline_request_change"),
            models.Index(fields=["window"], name="hotline_request_window"),
        )


class RequestPackage(models.Model):
    """A single-use key package of a request, with the seat that it opens: ``sealed`` is address 32 ‖ MLSMessage, wrapped.

    ``position`` is the order of use. ``used_at`` is when a claim took it; a used one is never taken again.
    """

    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="packages")
    position = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    window = models.BigIntegerField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["request", "position"], name="hotline_package_position"),)
        indexes = (models.Index(fields=["window"], name="hotline_package_window"),)


class ReturnPlace(models.Model):
    """A sealed place to return to, found and opened by return words: the server learns neither the words nor what is inside."""

    public_id = models.BinaryField(max_length=ID_BYTES, unique=True)
    verifier = models.BinaryField(max_length=TOKEN_BYTES)
    sealed = models.BinaryField()
    window = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["expires_at"], name="hotline_place_expiry"),
            models.Index(fields=["window"], name="hotline_place_window"),
        )


class PlaceTries(models.Model):
    """Wrong tokens for one return place's id, whether there is such a place or not: so that the refusal tells nothing."""

    place = models.BinaryField(max_length=ID_BYTES, unique=True)
    count = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["since"], name="hotline_tries_since"),)


class Shift(models.Model):
    """A staff member who takes requests now. ``seen_at`` is when their console was last heard of."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+")
    organisation = models.ForeignKey("staff.Organisation", on_delete=models.CASCADE, related_name="+")
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["organisation", "seen_at"], name="hotline_shift_seen"),)
