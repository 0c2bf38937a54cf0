"""The links that an operator hands to a person."""

from django.conf import settings

from backend.core.tokens import b64_encode


def setup_link(token: bytes) -> str:
    """Where an invited person sets their password and second factor. It works once."""
    return f"{settings.QUIETLINE_ORIGINS[-1]}/console/#setup={b64_encode(token)}"
