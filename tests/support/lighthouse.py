"""Lighthouse, on a phone's screen and network as it simulates them, against a page of a running server."""

import json
import os
import subprocess
from pathlib import Path

from tests.support.browser import CHROMIUM, QUIET
from tests.support.server import ROOT

CATEGORIES = ("performance", "accessibility", "best-practices")


def lighthouse_scores(url: str, folder: Path) -> dict[str, int]:
    """The scores of CATEGORIES, 0 to 100. The whole report is left in ``folder``."""
    report = folder / "lighthouse.json"
    command = [
        str(ROOT / "node_modules" / ".bin" / "lighthouse"),
        url,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(QUIET)} --user-data-dir={folder / 'profile'}",
    ]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "CHROME_PATH": CHROMIUM}, cwd=folder)
    categories = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: round(categories[name]["score"] * 100) for name in CATEGORIES}


def failed_audits(folder: Path) -> list[str]:
    """What cost points, by name."""
    audits = json.loads((folder / "lighthouse.json").read_text(encoding="utf-8"))["audits"]
    return [name for name, audit in audits.items() if audit.get("score") is not None and audit["score"] < 1]
