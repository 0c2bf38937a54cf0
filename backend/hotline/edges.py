"""What the hotline's edges share: ids from addresses, tokens from headers, checked bodies."""

from collections.abc import Mapping
from typing import Any, TypeVar

from rest_framework.request import Request

from backend.core.errors import Invalid, NotFound
from backend.core.tokens import ID_BYTES, TOKEN_BYTES, b64_decode
from backend.hotline.limits import WAIT_MOST
from backend.hotline.serializers import Strict

S = TypeVar("S", bound=Strict)


def id_from(text: str) -> bytes:
    """The id in an address. Raises NotFound for anything that is none: there can be no such thing."""
    try:
        return b64_decode(text, length=ID_BYTES)
    except Invalid:
        raise NotFound from None


def token_from(request: Request) -> bytes:
    """The bearer token. Raises NotFound where there is none: as for a wrong one."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer":
        raise NotFound
    try:
        return b64_decode(text, length=TOKEN_BYTES)
    except Invalid:
        raise NotFound from None


def body_from(request: Request, form: type[S]) -> S:
    """The request's body, checked. Raises ValidationError, which is answered as ``request.invalid``."""
    checked = form(data=request.data)
    checked.is_valid(raise_exception=True)
    return checked


def empty_demand(request: Request) -> None:
    """Refuse a body where none belongs, but for an empty object. Raises Invalid."""
    if request.data:
        raise Invalid


def query_demand(query: Mapping[str, Any]) -> None:
    """Check what StatusWait has already obeyed. Raises Invalid for another name, or a time out of range."""
    wait = query.get("wait", "0")
    if set(query) - {"wait", "known"} or not wait.isascii() or not wait.isdigit() or int(wait[:4]) > WAIT_MOST.total_seconds():
        raise Invalid
