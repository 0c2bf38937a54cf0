"""Serves the built front end's hashed files from memory.

The build is small and never changes while the process lives, so each file is read once at the start, together with its brotli form, which the build
made. Only what the folder holds can be named: no path of a request ever touches the file system.
"""

import gzip
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, Scope

PREFIX: Final = "/assets/"
TYPES: Final = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
}
BROTLI: Final = ".br"
IMMUTABLE: Final = b"public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One built file, and its compressed forms by the name that Accept-Encoding gives them, the smallest first."""

    type: bytes
    plain: bytes
    packed: Mapping[str, bytes]


def assets_read(folder: Path) -> dict[str, Asset]:
    """Every file in ``folder`` by the path under which it is served. Empty where nothing was built."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != BROTLI)
    return {PREFIX + path.relative_to(folder).as_posix(): _asset(path) for path in files}


def _asset(path: Path) -> Asset:
    plain = path.read_bytes()
    brotli = path.with_name(path.name + BROTLI)
    forms = {"br": brotli.read_bytes() if brotli.is_file() else plain, "gzip": gzip.compress(plain, mtime=0)}
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    packed = {name: form for name, form in forms.items() if len(form) < len(plain)}
    return Asset(type=f"{kind}{charset}".encode(), plain=plain, packed=packed)


class Assets:
    """An ASGI application that answers GET and HEAD under PREFIX."""

    def __init__(self, folder: Path) -> None:
        self.files = assets_read(folder)

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        assert scope["type"] == "http"
        asset = self.files.get(scope["path"])
        if asset is None or scope["method"] not in ("GET", "HEAD"):
            status, body, headers = 404, b"", [(b"cache-control", b"no-store")]
        else:
            status, (body, headers) = 200, _choose(asset, dict(scope["headers"]).get(b"accept-encoding", b""))
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers, "trailers": False})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body, "more_body": False})


def _choose(asset: Asset, accepted: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    headers = [(b"content-type", asset.type), (b"cache-control", IMMUTABLE), (b"vary", b"Accept-Encoding")]
    welcome = {part.split(b";")[0].strip() for part in accepted.split(b",")}
    for name, form in asset.packed.items():
        if name.encode() in welcome:
            return form, [*headers, (b"content-encoding", name.encode())]
    return asset.plain, headers
