from datetime import datetime, timedelta

import pytest

from backend.config import jobs
from backend.core.wrapping import Keyring, keyring, window_start


@pytest.fixture
def ring(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Keyring:  # type: ignore[no-untyped-def]
    made = Keyring(tmp_path / "keys")
    monkeypatch.setattr(jobs, "keyring", lambda: made)
    return made


def _windows(ring: Keyring) -> list[datetime]:
    return [window_start(window) for window in ring.windows()]


@pytest.mark.django_db
def test_keys_that_no_room_needs_are_destroyed_and_the_window_before_this_one_is_kept(ring: Keyring, now: datetime) -> None:
    hour = timedelta(hours=1)
    for age in (3, 2, 1, 0):
        ring.wrap(b"x", now=now - age * hour)
    jobs.keys_destroy(now)
    this = now.replace(minute=0, second=0)
    assert _windows(ring) == [this - hour, this]


@pytest.mark.django_db
@pytest.mark.parametrize("room", ["hotline", "relay"])
def test_a_key_that_a_room_still_needs_is_kept(ring: Keyring, now: datetime, monkeypatch: pytest.MonkeyPatch, room: str) -> None:
    needed = (now - timedelta(hours=9)).replace(minute=0, second=0)
    ring.wrap(b"x", now=needed)
    ring.wrap(b"x", now=needed - timedelta(hours=1))
    monkeypatch.setattr(getattr(jobs, room), "oldest_needed", lambda _: needed)
    jobs.keys_destroy(now)
    assert _windows(ring) == [needed]


def test_every_job_has_a_name_of_its_own() -> None:
    names = [job.name for job in jobs.JOBS]
    assert len(set(names)) == len(names)
    assert {name.split(".")[0] for name in names} == {"relay", "staff", "hotline", "config"}


def test_this_process_uses_the_deployments_key_folder(settings) -> None:  # type: ignore[no-untyped-def]
    assert keyring()._folder == settings.QUIETLINE_KEY_DIR
