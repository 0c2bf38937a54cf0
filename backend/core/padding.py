"""Padding to fixed sizes, so that a length tells next to nothing (docs/protocol.md §2)."""

from typing import Final

BUCKETS: Final = (1024, 4096, 16384, 65536)
PREFIX: Final = 4


class PaddingError(ValueError):
    """The bytes are not a padded body, or the content fits into no bucket."""


def pad(content: bytes, *, buckets: tuple[int, ...] = BUCKETS) -> bytes:
    """``u32 length ‖ content ‖ zeros`` in the smallest bucket that holds it. Raises PaddingError where none does."""
    needed = PREFIX + len(content)
    for size in buckets:
        if needed <= size:
            return len(content).to_bytes(PREFIX) + content + bytes(size - needed)
    raise PaddingError("larger than the largest bucket")


def unpad(padded: bytes, *, buckets: tuple[int, ...] = BUCKETS) -> bytes:
    """The content of a padded body. Raises PaddingError for another size, a length that does not fit, or padding that is not zero."""
    if len(padded) not in buckets:
        raise PaddingError("not a bucket's size")
    length = int.from_bytes(padded[:PREFIX])
    if length > len(padded) - PREFIX or any(padded[PREFIX + length :]):
        raise PaddingError("the length or the padding is wrong")
    return padded[PREFIX : PREFIX + length]
