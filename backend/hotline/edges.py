"""What the hotline's edges share: tokens from headers, checked queries."""

import re
from collections.abc import Mapping
from typing import Any, Final

from rest_framework.request import Request

from backend.core.errors import Invalid, NotFound
from backend.core.tokens import TOKEN_BYTES, b64_decode
from backend.hotline.limits import WAIT_MOST

WAIT: Final = re.compile(r"[0-9]{1,3}")


def token_from(request: Request) -> bytes:
    """The bearer token. Raises NotFound where there is none: as for a wrong one."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer":
        raise NotFound
    try:
        return b64_decode(text, length=TOKEN_BYTES)
    except Invalid:
        raise NotFound from None


def wait_from(text: str) -> int:
    """How many seconds to wait. Raises Invalid for anything else than a whole number in range."""
    if WAIT.fullmatch(text) is None or int(text) > WAIT_MOST.total_seconds():
        raise Invalid
    return int(text)


def query_demand(query: Mapping[str, Any]) -> None:
    """Check what StatusWait has already obeyed. Raises Invalid for another name, or a time out of range."""
    if set(query) - {"wait", "known"}:
        raise Invalid
    wait_from(query.get("wait", "0"))
