"""Wrapping at rest: what rooms store is encrypted under keys that live outside the database and are destroyed on time.

A deleted row lives on in PostgreSQL's heap, in a write-ahead log, in a replica, in a backup. Its key does not: there is one per arrival
window of an hour, in a folder that no backup copies. A room wraps again what must outlive a window and names its oldest one; older keys are
overwritten and removed.

Wrapped form: ``u8 version = 1 ‖ u32 window ‖ nonce 12 ‖ AES-256-GCM(plain)``, the first five bytes authenticated. A window is the hours
since 1970.
"""

import os
import secrets
import threading
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

VERSION: Final = 1
WINDOW: Final = timedelta(hours=1)
HEADER: Final = 5
NONCE: Final = 12
KEY: Final = 32
SUFFIX: Final = ".key"


class KeyDestroyed(LookupError):
    """The key of this window is gone, or these bytes were never wrapped by it: nobody can read them any more."""


def window_of(moment: datetime) -> int:
    """The number of the window that ``moment`` lies in."""
    return int(moment.timestamp() // WINDOW.total_seconds())


def window_start(window: int) -> datetime:
    """When a window began."""
    return datetime.fromtimestamp(window * WINDOW.total_seconds(), UTC)


def wrapped_window(wrapped: bytes) -> int:
    """The window whose key opens ``wrapped``. Raises KeyDestroyed for bytes of another form."""
    if len(wrapped) < HEADER + NONCE or wrapped[0] != VERSION:
        raise KeyDestroyed
    return int.from_bytes(wrapped[1:HEADER])


class Keyring:
    """The keys in one folder. Safe for threads, and for processes and machines that share the folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._known: dict[int, AESGCM] = {}
        self._making = threading.Lock()

    def window(self, now: datetime) -> int:
        """The window that ``wrap`` uses now."""
        return window_of(now)

    def wrap(self, plain: bytes, *, now: datetime) -> bytes:
        """``plain`` under the key of ``now``'s window, which is on the disk before anything is wrapped with it."""
        window = window_of(now)
        header = VERSION.to_bytes(1) + window.to_bytes(4)
        nonce = os.urandom(NONCE)
        key = self._key(window) or self._make(window)
        return header + nonce + key.encrypt(nonce, plain, header)

    def unwrap(self, wrapped: bytes) -> bytes:
        """The plain bytes. Raises KeyDestroyed where the key is gone in this process or in any other."""
        key = self._key(wrapped_window(wrapped))
        if key is None:
            raise KeyDestroyed
        try:
            return key.decrypt(wrapped[HEADER : HEADER + NONCE], wrapped[HEADER + NONCE :], wrapped[:HEADER])
        except InvalidTag:
            raise KeyDestroyed from None

    def windows(self) -> list[int]:
        """The windows that still have a key, the oldest first."""
        return sorted(int(path.stem) for path in self._folder.glob(f"*{SUFFIX}"))

    def destroy_before(self, moment: datetime) -> int:
        """Overwrite and remove the keys of all windows before the one of ``moment``. How many there were."""
        gone = [window for window in self.windows() if window < window_of(moment)]
        for window in gone:
            self._known.pop(window, None)
            _destroy(self._path(window))
        if gone:
            _sync(self._folder)
        return len(gone)

    def _path(self, window: int) -> Path:
        return self._folder / f"{window}{SUFFIX}"

    def _key(self, window: int) -> AESGCM | None:
        """The window's key or None. From memory only while its file exists: another process may have destroyed it."""
        path = self._path(window)
        known = self._known.get(window)
        if known is not None and path.exists():
            return known
        self._known.pop(window, None)
        try:
            key = AESGCM(path.read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        self._known[window] = key
        return key

    def _make(self, window: int) -> AESGCM:
        """A new key for a window that has none. Raises KeyDestroyed where it was destroyed in the same moment."""
        with self._making:
            self._forget_destroyed()
            if not self._path(window).exists():
                self._publish(self._path(window))
            key = self._key(window)
        if key is None:
            raise KeyDestroyed
        return key

    def _publish(self, path: Path) -> None:
        """Put a new key under its name in one step, so that of two processes both end with the same one.

        A crash may leave the draft. Either its key was never used, or it is the same file as the key and is overwritten together with it.
        """
        draft = self._folder / f".{secrets.token_hex(8)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(KEY))
                file.flush()
                os.fsync(file.fileno())
            os.link(draft, path)
        except FileExistsError:
            pass  # Another process was first: its key counts.
        finally:
            draft.unlink()
        _sync(self._folder)

    def _forget_destroyed(self) -> None:
        living = set(self.windows())
        for window in set(self._known) - living:
            self._known.pop(window, None)


def _destroy(path: Path) -> None:
    """Overwrite a key where it lies, then remove its name. A key that another process removed first is gone already."""
    try:
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(KEY))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@cache
def keyring() -> Keyring:
    """This process's keys, in the folder that the deployment chose."""
    return Keyring(settings.QUIETLINE_KEY_DIR)
