"""What the edges of every room share: ids from addresses, checked bodies."""

from typing import TypeVar

from rest_framework.request import Request

from backend.core.errors import Invalid, NotFound
from backend.core.fields import Strict
from backend.core.tokens import ID_BYTES, b64_decode

S = TypeVar("S", bound=Strict)


def id_from(text: str) -> bytes:
    """The id in an address. Raises NotFound for anything that is none: there can be no such thing."""
    try:
        return b64_decode(text, length=ID_BYTES)
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
