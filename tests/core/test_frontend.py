"""What the built front end consists of."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from backend.core.frontend import NotBuilt, entry


@pytest.fixture
def dist(tmp_path: Path, settings: Settings) -> Path:
    settings.QUIETLINE_DIST = tmp_path
    return tmp_path


def _build(dist: Path, manifest: dict[str, object]) -> None:
    (dist / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_an_entry_names_its_script_its_styles_and_all_that_it_imports_the_deepest_first(dist: Path) -> None:
    _build(
        dist,
        {
            "frontend/src/app/main.ts": {
                "file": "assets/app.js",
                "isEntry": True,
                "imports": ["_a.js", "_b.js"],
                "dynamicImports": ["_later.js"],
                "css": ["assets/app.css", "assets/base.css"],
            },
            "frontend/src/console/main.ts": {"file": "assets/console.js", "isEntry": True},
            "_a.js": {"file": "assets/a.js", "imports": ["_b.js"], "css": ["assets/base.css"]},
            "_b.js": {"file": "assets/b.js", "imports": ["_a.js"]},
            "_later.js": {"file": "assets/later.js"},
        },
    )
    built = entry("app/main.ts")
    assert built.script == "/assets/app.js"
    assert built.preloads == ("/assets/b.js", "/assets/a.js")
    assert built.styles == ("/assets/base.css", "/assets/app.css")


def test_without_a_build_or_without_such_an_entry_it_says_so(dist: Path) -> None:
    with pytest.raises(NotBuilt):
        entry("app/main.ts")
    _build(dist, {"frontend/src/app/main.ts": {"file": "assets/app.js"}})
    with pytest.raises(NotBuilt):
        entry("app/main.ts")
