"""What the built front end consists of, read from Vite's manifest."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings


class NotBuilt(RuntimeError):
    """The front end's build is absent, or has no such entry: run ``make build``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The addresses a document loads: one module script, the chunks it will ask for, and its style sheets."""

    script: str
    preloads: tuple[str, ...]
    styles: tuple[str, ...]


def entry(name: str) -> Entry:
    """The entry whose source ends with ``name``, for instance ``console/main.ts``. Raises NotBuilt."""
    return _entry(settings.QUIETLINE_DIST / "manifest.json", name)


@cache
def _entry(path: Path, name: str) -> Entry:
    if not path.is_file():
        raise NotBuilt(str(path))
    manifest: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    found = [key for key, chunk in manifest.items() if chunk.get("isEntry") and key.endswith(name)]
    if len(found) != 1:
        raise NotBuilt(name)
    keys = _reached(manifest, found[0])
    styles = dict.fromkeys(style for key in keys for style in manifest[key].get("css", ()))
    preloads = [manifest[key]["file"] for key in keys if key != found[0]]
    return Entry(
        script=f"/{manifest[found[0]]['file']}",
        preloads=tuple(f"/{file}" for file in preloads),
        styles=tuple(f"/{style}" for style in styles),
    )


def _reached(manifest: dict[str, dict[str, Any]], start: str) -> list[str]:
    """``start`` and everything that it imports statically, the deepest first."""
    seen: set[str] = set()
    reached: list[str] = []

    def visit(key: str) -> None:
        # Chunks may import each other in a circle.
        if key not in seen:
            seen.add(key)
            for imported in manifest[key].get("imports", ()):
                visit(imported)
            reached.append(key)

    visit(start)
    return reached
