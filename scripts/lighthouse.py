"""``make lighthouse``: scores of the arrival page on a simulated phone; fails below 100. A measurement, so it is not part of make test."""

import sys
import tempfile
from pathlib import Path

from tests.support.lighthouse import failed_audits, lighthouse_scores
from tests.support.server import server_running


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="quietline-lighthouse-") as name, server_running(Path(name)) as server:
        scores = lighthouse_scores(f"{server.url}/", Path(name))
        for category, score in scores.items():
            print(f"{category:16} {score}")
        if min(scores.values()) < 100:
            print("below 100:", ", ".join(failed_audits(Path(name))))
    return 0 if min(scores.values()) == 100 else 1


if __name__ == "__main__":
    sys.exit(main())
