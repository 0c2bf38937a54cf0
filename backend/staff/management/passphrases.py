"""Where the root key's commands get passphrases from: the keyboard, without showing them, or a file descriptor, one a line."""

import os
from collections.abc import Callable
from getpass import getpass

from django.core.management.base import CommandError

Passphrases = Callable[..., str]


def passphrases(descriptor: int | None) -> Passphrases:
    """A function that gives the next passphrase: ``ask(prompt)``, or ``ask(prompt, twice=True)`` for a new one. Raises CommandError."""
    return _from_keyboard if descriptor is None else _from_descriptor(descriptor)


def _from_keyboard(prompt: str, *, twice: bool = False) -> str:
    passphrase = getpass(f"{prompt}: ")
    if twice and getpass("The same again: ") != passphrase:
        raise CommandError("These were two different passphrases. Nothing was made.")
    return passphrase


def _from_descriptor(descriptor: int) -> Passphrases:
    with os.fdopen(descriptor, encoding="utf-8") as file:
        lines = file.read().splitlines()
    left = iter(lines)

    def ask(prompt: str, *, twice: bool = False) -> str:
        try:
            return next(left)
        except StopIteration:
            raise CommandError(f"{prompt}: the file descriptor holds no more lines.") from None

    return ask
