"""Refusals: how every room says no.

A refusal carries a stable code and nothing about who asked or for what. The words that people read are looked up by code in the Fluent
files (``refusal-<code with dots as dashes>``), in their language.
"""

from typing import ClassVar


class Refusal(Exception):
    """A request that is refused on purpose. Subclass it once per code; never put an identifier into it.

    ``status`` is the HTTP status, ``retry_after`` seconds after which the same request may succeed (0: not unchanged).
    """

    code: ClassVar[str] = "request.invalid"
    status: ClassVar[int] = 400
    retry_after: ClassVar[float] = 0

    def __init__(self) -> None:
        super().__init__(self.code)


class Invalid(Refusal):
    """The request cannot be read, or says something impossible."""


class NotFound(Refusal):
    """There is no such thing, or it is not yours: the answer is the same."""

    code = "request.not_found"
    status = 404


class TooLarge(Refusal):
    """More bytes than the limit."""

    code = "request.too_large"
    status = 413


class SlowDown(Refusal):
    """Too many in too short a time."""

    code = "request.slow_down"
    status = 429
    retry_after = 30


class TryLater(Refusal):
    """The database is away, the disk is full, the queue is long: nothing was kept, the same request may be sent again."""

    code = "request.try_later"
    status = 503
    retry_after = 2
