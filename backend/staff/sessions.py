"""Where staff sessions live: in this room's own table, under the hash of the cookie's value.

Use as ``SESSION_ENGINE``. A session can be ended from the server at any time by deleting its row.
"""

import hashlib
from typing import Any

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from backend.staff.models import StaffSession


def key_hash(session_key: str) -> str:
    """What the table keeps of a cookie's value: its SHA-256 in hex."""
    return hashlib.sha256(session_key.encode()).hexdigest()


class SessionStore(SessionBase):
    """Sessions that a copied database cannot open. Saving never touches the columns that access.py keeps (user, times)."""

    def load(self) -> dict[str, Any]:
        """The session's data, or nothing where it has ended or never was."""
        row = StaffSession.objects.filter(session_key=key_hash(self.session_key or ""), expire_date__gt=timezone.now()).first()
        if row is None:
            self._session_key = None
            return {}
        return dict(self.decode(row.session_data))

    def exists(self, session_key: str) -> bool:
        """Whether a session has this key."""
        return StaffSession.objects.filter(session_key=key_hash(session_key)).exists()

    def create(self) -> None:
        """Begin a session under a new key."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # the stubs lack it
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Keep the data. Raises CreateError where the key is taken, UpdateError where the session was ended meanwhile."""
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # the stubs lack it
        values = {"session_data": self.encode(data), "expire_date": self.get_expiry_date()}
        hashed = key_hash(self.session_key)
        if not must_create:
            if not StaffSession.objects.filter(session_key=hashed).update(**values):
                raise UpdateError
            return
        try:
            with transaction.atomic():
                StaffSession.objects.create(session_key=hashed, **values)
        except IntegrityError as error:
            raise CreateError from error

    def delete(self, session_key: str | None = None) -> None:
        """End this session, or the one with this key."""
        key = session_key or self.session_key
        if key is not None:
            StaffSession.objects.filter(session_key=key_hash(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Delete what has expired."""
        StaffSession.objects.filter(expire_date__lt=timezone.now()).delete()
