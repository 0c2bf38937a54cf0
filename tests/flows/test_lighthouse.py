from pathlib import Path

from tests.support.lighthouse import failed_audits, lighthouse_scores
from tests.support.server import Server


def test_the_arrival_page_is_faultless_to_lighthouse_but_for_what_a_clock_measures(server: Server, tmp_path: Path) -> None:
    scores = lighthouse_scores(f"{server.url}/", tmp_path)
    assert (scores["accessibility"], scores["best-practices"]) == (100, 100), failed_audits(tmp_path)
