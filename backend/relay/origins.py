"""Which pages may talk to the relay."""

from asgiref.typing import HTTPScope, WebSocketScope
from django.conf import settings


def origin_own(scope: HTTPScope | WebSocketScope) -> bool:
    """Whether the page that sent this is ours. A client that is no browser names none."""
    origins = [value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"origin"]
    return not origins or (len(origins) == 1 and origins[0] in settings.QUIETLINE_ORIGINS)
