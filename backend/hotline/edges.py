"""What the hotline's edges share: tokens from headers, checked queries."""

from collections.abc import Mapping
from typing import Any

from rest_framework.request import Request

from backend.core.errors import Invalid, NotFound
from backend.core.tokens import TOKEN_BYTES, b64_decode
from backend.hotline.limits import WAIT_MOST


def token_from(request: Request) -> bytes:
    """The bearer token. Raises NotFound where there is none: as for a wrong one."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer":
        raise NotFound
    try:
        return b64_decode(text, length=TOKEN_BYTES)
    except Invalid:
        raise NotFound from None


def query_demand(query: Mapping[str, Any]) -> None:
    """Check what StatusWait has already obeyed. Raises Invalid for another name, or a time out of range."""
    wait = query.get("wait", "0")
    if set(query) - {"wait", "known"} or not wait.isascii() or not wait.isdigit() or int(wait[:4]) > WAIT_MOST.total_seconds():
        raise Invalid
