"""What a person's phone loads from the built front end, compressed by brotli: fails above the limit.

Counted is the first load of arrival page and app: the entry, every chunk that the app asks for with the conversation's encryption among them, the style
sheets, and the texts of one language. What is asked for later is listed and not counted: the sealing of a request (when one is sent), the words of return
words, the kept place, the Argon2 worker and its fallback.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

DIST: Final = Path(__file__).resolve().parent.parent / "frontend" / "dist"
LIMIT: Final = 120_000
ENTRY: Final = "frontend/src/app/main.ts"
LATER: Final = ("console", "wordlists/", "worker", "e2ee/words.ts", "e2ee/container.ts", "e2ee/hpke.ts", "noble", "locales/es/")


def reached(manifest: dict[str, dict[str, Any]], start: str) -> list[str]:
    """Every chunk that ``start`` leads to, by static and by dynamic imports, but for those that are loaded later."""
    found: dict[str, None] = {}
    left = [start]
    while left:
        key = left.pop()
        if key in found or any(word in key for word in LATER):
            continue
        found[key] = None
        left += [*manifest[key].get("imports", ()), *manifest[key].get("dynamicImports", ())]
    return list(found)


def _served(file: Path) -> int:
    packed = file.with_name(f"{file.name}.br")
    return (packed if packed.exists() else file).stat().st_size


def main() -> int:
    manifest = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    keys = reached(manifest, ENTRY)
    files = dict.fromkeys([*(manifest[key]["file"] for key in keys), *(style for key in keys for style in manifest[key].get("css", ()))])
    sizes = {file: _served(DIST / file) for file in files}
    for file, size in sorted(sizes.items(), key=lambda pair: -pair[1]):
        print(f"{size:>8}  {file}")
    total = sum(sizes.values())
    print(f"{total:>8}  in all; the limit is {LIMIT}")
    return 0 if total <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
