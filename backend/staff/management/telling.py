"""How commands say no: in the words that the API would use."""

from collections.abc import Iterator
from contextlib import contextmanager

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
