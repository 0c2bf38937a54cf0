"""``make verify-served URL=…``: does that server serve the reviewed build of this checkout?

Looks at what a browser would load for the arrival page and the console: the documents may load nothing but files of frontend/dist, under the policy of this
checkout, and every file of frontend/dist is compared byte for byte. Says what differs, and ends with 1 where anything does.

What it can't see: a server may serve something else to somebody else, or at another time. So look again, from other places, when nobody expects it.
"""

import gzip
import json
import sys
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from backend.config.headers import security_headers  # noqa: E402

DIST: Final = ROOT / "frontend" / "dist"
# Documents, with the entry that each starts.
DOCUMENTS: Final = {"/": "app/main.ts", "/?lang=es": "app/main.ts", "/console/": "console/main.ts"}
ICON: Final = "/icon.svg"
# The build holds each file's brotli form beside it.
BROTLI: Final = ".br"
LOADING_LINKS: Final = frozenset({"stylesheet", "modulepreload", "preload", "prefetch", "icon", "manifest"})
# Elements that load or run something, or change what addresses mean. None of our documents has one.
FOREIGN: Final = frozenset({"audio", "base", "embed", "frame", "iframe", "img", "object", "source", "style", "track", "video"})
# Asks as a browser does, so that a server can't tell the check from a person.
HEADERS: Final = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-US,en;q=0.9",
}
# What browsers say they can unpack: by https, and by http. Each gets its own bytes.
ACCEPTED: Final = ("gzip, deflate, br, zstd", "gzip, deflate")


class Unreachable(Exception):
    """The server does not answer as a server of ours; the message says how."""


@dataclass(frozen=True, slots=True)
class Served:
    """One answer. ``body`` is as it travelled, packed as ``encoding`` says."""

    status: int
    policy: str
    encoding: str
    body: bytes


class Document(HTMLParser):
    """What a document loads and runs, read from its HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.files: list[str] = []
        self.strange: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.strange += [f"has the attribute {name} on <{tag}>" for name in given if name.startswith("on") or name == "style"]
        if tag == "script":
            self._script(given)
        elif tag == "link" and LOADING_LINKS & set(given.get("rel", "").lower().split()):
            self.files.append(given.get("href", ""))
        elif tag in FOREIGN or (tag == "meta" and "http-equiv" in given):
            self.strange.append(f"has an element <{tag}>")

    def _script(self, given: dict[str, str]) -> None:
        if "src" in given:
            self.scripts.append(given["src"])
        else:
            self.strange.append("has a script of its own")


def differences(url: str, *, dist: Path = DIST) -> list[str]:
    """What of ``url`` is not this checkout's, in sentences; empty where all is the same. Raises Unreachable."""
    manifest = json.loads((dist / "manifest.json").read_text(encoding="utf-8"))
    found: list[str] = []
    for path, entry in DOCUMENTS.items():
        found += _document(url, path, scripts=_scripts(manifest, entry), dist=dist)
    for file in built_files(dist):
        found += _file(url, file, dist=dist)
    return found


def built_files(dist: Path) -> list[str]:
    """Every file that the build would have a browser load."""
    files = (path for path in (dist / "assets").rglob("*") if path.is_file() and path.suffix != BROTLI)
    return sorted(f"/{path.relative_to(dist).as_posix()}" for path in files)


def _scripts(manifest: dict[str, dict[str, Any]], entry: str) -> list[str]:
    return [f"/{chunk['file']}" for key, chunk in manifest.items() if chunk.get("isEntry") and key.endswith(entry)]


def _document(url: str, path: str, *, scripts: list[str], dist: Path) -> list[str]:
    served = _fetch(url, path, accepted=ACCEPTED[0])
    html = _unpacked(served)
    if served.status != 200 or html is None:
        return [f"{path}: answered {served.status} {served.encoding}".rstrip()]
    document = Document(html.decode("utf-8", errors="replace"))
    found = [f"{path}: {strange}" for strange in document.strange]
    if served.policy != _policy(path):
        found.append(f"{path}: has another Content-Security-Policy than this checkout")
    found += [f"{path}: does not start {script}" for script in scripts if script not in document.scripts]
    found += [f"{path}: starts {script}" for script in document.scripts if script not in scripts]
    known = {*built_files(dist), ICON}
    return found + [f"{path}: loads {file}, which is not of this build" for file in document.files if file not in known]


def _file(url: str, path: str, *, dist: Path) -> list[str]:
    found = []
    for accepted in ACCEPTED:
        served = _fetch(url, path, accepted=accepted)
        if served.status != 200:
            found.append(f"{path}: answered {served.status}")
        elif not _same(served, dist / path[1:]):
            found.append(f"{path}: other bytes than in this checkout")
        elif served.policy != _policy(path):
            found.append(f"{path}: has another Content-Security-Policy than this checkout")
    return list(dict.fromkeys(found))


def _same(served: Served, file: Path) -> bool:
    if served.encoding == "br":
        packed = file.with_name(file.name + BROTLI)
        return packed.is_file() and served.body == packed.read_bytes()
    return _unpacked(served) == file.read_bytes()


def _unpacked(served: Served) -> bytes | None:
    """The body; None where it is packed in a way that ours never is, or is damaged."""
    try:
        return {"": lambda: served.body, "gzip": lambda: gzip.decompress(served.body)}[served.encoding]()
    except (KeyError, OSError, EOFError, zlib.error):
        return None


def _policy(path: str) -> str:
    return security_headers(path=path, tls=False)[b"content-security-policy"].decode("ascii")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other: what lies behind it is not what the address serves."""

    def redirect_request(self, *arguments: Any, **named: Any) -> None:
        return None


def _fetch(url: str, path: str, *, accepted: str) -> Served:
    headers = {**HEADERS, "Accept-Encoding": accepted}
    request = urllib.request.Request(url + path, headers=headers)  # noqa: S310 - main() takes http and https only
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=30) as answer:
            policy, encoding = (answer.headers.get(name, "") for name in ("Content-Security-Policy", "Content-Encoding"))
            return Served(answer.status, policy, encoding, answer.read())
    except urllib.error.HTTPError as error:
        return Served(error.code, "", "", b"")
    except OSError as error:
        raise Unreachable(f"{path}: {error}") from None


def main(arguments: list[str]) -> int:
    url = arguments[0].rstrip("/") if len(arguments) == 1 else ""
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        print("Name the server: make verify-served URL=https://line.example.org", file=sys.stderr)
        return 2
    try:
        found = differences(url)
    except (Unreachable, FileNotFoundError) as error:
        print(f"Nothing could be compared. {error}", file=sys.stderr)
        return 2
    for sentence in found:
        print(sentence)
    if found:
        print(f"{url} does NOT serve the build of this checkout.")
        return 1
    print(f"{url} serves the build of this checkout: {len(DOCUMENTS)} documents and {len(built_files(DIST))} files are the same.")
    print("This was seen from here, now. A server can serve something else to somebody else.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
