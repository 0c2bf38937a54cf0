"""How commands say no: in the words that the API would use, or by naming the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import CommandError

from backend.core.errors import Refusal
from backend.core.words import refusal_body


@contextmanager
def refusals_told() -> Iterator[None]:
    """Turn a refusal into the command's error."""
    try:
        yield
    except Refusal as refusal:
        told = refusal_body(refusal, accepted="en")
        raise CommandError(f"{told['message']} ({told['code']})") from None


def text_from(path: Path) -> str:
    """The text in a file, without space around it. Raises CommandError."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise CommandError(f"{path}: there is no such file, or it is no text.") from None
