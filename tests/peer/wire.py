"""Bytes: base64url, integers, and the padding of bodies (docs/protocol.md, head and §2)."""

import base64
import hashlib
import struct

BUCKETS = (1024, 4096, 16384, 65536)
NOTE_BUCKETS = (4096, 16384)
LARGEST = 2**53 - 1


class Malformed(ValueError):
    """Bytes that docs/protocol.md does not describe. ``code`` is the page's word for it."""

    def __init__(self, code: str = "malformed") -> None:
        super().__init__(code)
        self.code = code


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def unb64(text: object, size: int | None = None) -> bytes:
    """The bytes of base64url without padding. Raises Malformed for anything that does not come back the same."""
    if not isinstance(text, str):
        raise Malformed
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise Malformed from None
    if b64(raw) != text or (size is not None and len(raw) != size):
        raise Malformed
    return raw


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def u8(value: int) -> bytes:
    return struct.pack(">B", value)


def u16(value: int) -> bytes:
    return struct.pack(">H", value)


def u32(value: int) -> bytes:
    return struct.pack(">I", value)


def u64(value: int) -> bytes:
    return struct.pack(">Q", value)


class Reader:
    """Takes fields off the front of some bytes. Raises Malformed where they end too early or too late."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._at = 0

    @property
    def left(self) -> int:
        return len(self._raw) - self._at

    def take(self, size: int) -> bytes:
        if size > self.left:
            raise Malformed
        self._at += size
        return self._raw[self._at - size : self._at]

    def number(self, size: int) -> int:
        value = int.from_bytes(self.take(size), "big")
        if value > LARGEST:
            raise Malformed
        return value

    def rest(self) -> bytes:
        return self.take(self.left)

    def end(self) -> None:
        if self.left:
            raise Malformed


def pad(content: bytes, buckets: tuple[int, ...] = BUCKETS) -> bytes:
    """``u32 length ‖ content ‖ zeros``, filled up to the smallest bucket. Raises Malformed where none is large enough."""
    for bucket in buckets:
        if len(content) + 4 <= bucket:
            return (u32(len(content)) + content).ljust(bucket, b"\0")
    raise Malformed("bad_padding")


def unpad(body: bytes, buckets: tuple[int, ...] = BUCKETS) -> bytes:
    """The content. Raises Malformed for another size than a bucket's, and for anything but zeros after the content."""
    if len(body) not in buckets:
        raise Malformed("bad_padding")
    reader = Reader(body)
    content = reader.take(reader.number(4))
    if reader.rest().strip(b"\0"):
        raise Malformed("bad_padding")
    return content
