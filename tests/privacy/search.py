"""Looks for something in everything that a deployment or a browser left behind, also where it was packed or written in another alphabet."""

import base64
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote_from_bytes

# How streams of deflated bytes begin: gzip, and zlib at its usual levels.
PACKED = (b"\x1f\x8b\x08", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
UNPACKED_MOST = 8 * 1024 * 1024


def forms(marker: bytes) -> set[bytes]:
    """The ways in which a marker may be written down."""
    written = {marker, marker.hex().encode(), quote_from_bytes(marker).encode()}
    with suppress(UnicodeDecodeError):
        written |= {marker.decode().encode("utf-16-le"), marker.decode().encode("utf-16-be")}
    for shift in range(3):
        # In base64 the first and the last letters depend on the neighbours: what lies between does not.
        inner = base64.b64encode(b"\0" * shift + marker)[-(-shift * 8 // 6) : (shift + len(marker)) * 8 // 6]
        written |= {inner, inner.translate(bytes.maketrans(b"+/", b"-_"))}
    return {form for form in written if len(form) >= 8}


def unpacked(data: bytes) -> Iterator[bytes]:
    """The content of every deflated stream that begins somewhere in ``data``."""
    view = memoryview(data)
    for magic in PACKED:
        at = data.find(magic)
        while at >= 0:
            try:
                content = zlib.decompressobj(wbits=47).decompress(view[at:], UNPACKED_MOST)
            except zlib.error:
                content = b""
            if len(content) > 8:
                yield content
            at = data.find(magic, at + 1)


def holds(data: bytes, marker: bytes) -> bool:
    """Whether the marker is in the bytes, in any form, packed or not."""
    written = forms(marker)
    return any(form in content for content in (data, *unpacked(data)) for form in written)


def found(folder: Path, markers: dict[str, bytes]) -> list[str]:
    """Which marker is in which file under ``folder``, by contents or by name: ``"the note: server.log"``."""
    told = []
    written = {what: forms(marker) for what, marker in markers.items()}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        try:
            data = path.read_bytes() if path.is_file() else b""
        except OSError:
            continue
        contents = (name.encode(), data, *unpacked(data))
        told += [f"{what}: {name}" for what, known in written.items() if any(form in one for form in known for one in contents)]
    return told
