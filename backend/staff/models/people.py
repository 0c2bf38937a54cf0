"""Organisations and the people who work for them."""

import secrets
from typing import ClassVar, Final

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from backend.core import tokens

HANDLE_BYTES: Final = 32


def handle_new() -> bytes:
    """A new WebAuthn user handle: random, so that an authenticator that is found tells no name."""
    return secrets.token_bytes(HANDLE_BYTES)


class Role(models.TextChoices):
    """What a member of staff may do. A person may hold several."""

    ADVOCATE = "advocate"
    SUPERVISOR = "supervisor"


class Organisation(models.Model):
    """A hotline. Its root key is made and kept outside this server; here is its public half, as last rotated."""

    slug = models.CharField(max_length=40, unique=True)
    name_en = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120)
    languages: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    exceptions_en = models.TextField()
    exceptions_es = models.TextField()
    root_key = models.BinaryField(max_length=32)


class RootRotation(models.Model):
    """A change of the root key, signed by the old one (docs/protocol.md §4, kind 5). In the order of ``id``."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="rotations")
    signed = models.BinaryField()

    class Meta:
        ordering = ("id",)


class StaffUserManager(BaseUserManager["StaffUser"]):
    """Makes no shortcuts: people are invited by a service."""


class StaffUser(AbstractBaseUser):
    """A member of staff. No e-mail address, no telephone number and no time of the last login is kept."""

    # AbstractBaseUser would store when somebody last logged in.
    last_login = None

    username = models.CharField(max_length=40, unique=True)
    shown_name = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="staff")
    roles: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    handle = models.BinaryField(max_length=HANDLE_BYTES, unique=True, default=handle_new)

    objects: ClassVar[StaffUserManager] = StaffUserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []


class Passkey(models.Model):
    """A WebAuthn credential. ``sign_count`` is the authenticator's own counter, 0 where it has none."""

    user = models.ForeignKey(StaffUser, on_delete=models.CASCADE, related_name="passkeys")
    credential_id = models.BinaryField(max_length=1023, unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)


class Invitation(models.Model):
    """A single-use link by which a person sets (or sets anew) a password and a second factor.

    Of the link's token only the SHA-256 is kept. What the person chose stays here until the second factor is confirmed; only then does it
    become the account's, and the row goes.
    """

    user = models.ForeignKey(StaffUser, on_delete=models.CASCADE, related_name="invitations")
    verifier = models.BinaryField(max_length=tokens.TOKEN_BYTES, unique=True)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    pending_password = models.CharField(max_length=200, blank=True)
    pending_totp = models.CharField(max_length=80, blank=True)


class StaffSession(AbstractBaseSession):
    """A browser's session. ``session_key`` holds the SHA-256 of the cookie's value, so that a copied database opens no session."""

    user = models.ForeignKey(StaffUser, on_delete=models.CASCADE, related_name="sessions", null=True)
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    session_key = models.CharField(max_length=64, primary_key=True)

    @classmethod
    def get_session_store_class(cls) -> type:
        """Where Django finds the store that belongs to this table."""
        from backend.staff.sessions import SessionStore

        return SessionStore
