"""Wrapping at rest: one key an hour, the same for all processes, and what its end means."""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core import wrapping
from backend.core.wrapping import HEADER, KEY, NONCE, WINDOW, KeyDestroyed, Keyring, window_of, window_start, wrapped_window

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
OVERHEAD = HEADER + NONCE + 16


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keys")


def key_files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "keys").iterdir())


@given(st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001  the timezone is given beside
def test_a_moment_lies_in_its_window(moment: datetime) -> None:
    window = window_of(moment)
    assert window_start(window) <= moment < window_start(window + 1)
    assert window_start(window + 1) - window_start(window) == WINDOW


def test_what_was_wrapped_comes_back_and_does_not_show(ring: Keyring) -> None:
    plain = b"what somebody wrote " * 20
    wrapped = ring.wrap(plain, now=NOW)
    assert ring.unwrap(wrapped) == plain
    assert b"somebody" not in wrapped
    assert len(wrapped) == len(plain) + OVERHEAD
    assert wrapped_window(wrapped) == window_of(NOW)


def test_the_same_bytes_wrapped_twice_look_different(ring: Keyring) -> None:
    assert ring.wrap(b"same", now=NOW) != ring.wrap(b"same", now=NOW)


def test_nobody_but_the_owner_may_read_the_keys(ring: Keyring, tmp_path: Path) -> None:
    ring.wrap(b"x", now=NOW)
    (file,) = key_files(tmp_path)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert file.stat().st_size == KEY


@pytest.mark.parametrize("place", [0, 1, 4, 5, HEADER + NONCE, -1])
def test_a_changed_byte_anywhere_is_refused(ring: Keyring, place: int) -> None:
    wrapped = bytearray(ring.wrap(b"plain", now=NOW))
    wrapped[place] ^= 1
    with pytest.raises(KeyDestroyed):
        ring.unwrap(bytes(wrapped))


@pytest.mark.parametrize("wrapped", [b"", b"\x01", b"\x02" + bytes(40), bytes(HEADER + NONCE - 1)])
def test_bytes_of_another_form_are_refused(ring: Keyring, wrapped: bytes) -> None:
    with pytest.raises(KeyDestroyed):
        ring.unwrap(wrapped)


def test_another_ring_on_the_same_folder_reads_and_writes_with_the_same_keys(ring: Keyring, tmp_path: Path) -> None:
    other = Keyring(tmp_path / "keys")
    assert other.unwrap(ring.wrap(b"one", now=NOW)) == b"one"
    assert ring.unwrap(other.wrap(b"two", now=NOW)) == b"two"
    assert len(key_files(tmp_path)) == 1


def test_windows_have_keys_of_their_own_and_only_the_older_ones_are_destroyed(ring: Keyring, tmp_path: Path) -> None:
    wrapped = [ring.wrap(bytes([hour]), now=NOW + hour * WINDOW) for hour in range(4)]
    assert ring.windows() == [window_of(NOW) + hour for hour in range(4)]
    assert ring.destroy_before(NOW + 2 * WINDOW) == 2
    assert ring.windows() == [window_of(NOW) + hour for hour in (2, 3)]
    for old in wrapped[:2]:
        with pytest.raises(KeyDestroyed):
            ring.unwrap(old)
    assert [ring.unwrap(kept) for kept in wrapped[2:]] == [b"\x02", b"\x03"]
    assert ring.destroy_before(NOW + 2 * WINDOW) == 0


def test_a_ring_that_still_remembers_a_destroyed_key_does_not_use_it(ring: Keyring, tmp_path: Path) -> None:
    wrapped = ring.wrap(b"gone", now=NOW)
    assert ring.unwrap(wrapped) == b"gone"
    Keyring(tmp_path / "keys").destroy_before(NOW + WINDOW)
    with pytest.raises(KeyDestroyed):
        ring.unwrap(wrapped)


def test_a_late_writer_in_a_destroyed_window_makes_a_new_key_that_everybody_finds(ring: Keyring, tmp_path: Path) -> None:
    """A process that slept through the end of its window must not wrap under a key that nobody has any more."""
    old = ring.wrap(b"old", now=NOW)
    other = Keyring(tmp_path / "keys")
    other.destroy_before(NOW + WINDOW)
    late = ring.wrap(b"late", now=NOW)
    assert other.unwrap(late) == b"late"
    with pytest.raises(KeyDestroyed):
        other.unwrap(old)


def test_a_destroyed_key_is_overwritten_where_it_lay(ring: Keyring, tmp_path: Path) -> None:
    ring.wrap(b"x", now=NOW)
    (file,) = key_files(tmp_path)
    before = file.read_bytes()
    held = os.open(file, os.O_RDONLY)
    try:
        ring.destroy_before(NOW + WINDOW)
        assert not file.exists()
        assert os.pread(held, KEY, 0) != before
    finally:
        os.close(held)


def test_a_crash_before_the_key_has_its_name_leaves_no_key(ring: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("backend.core.wrapping.os.link", crash)
        with pytest.raises(KeyboardInterrupt):
            ring.wrap(b"x", now=NOW)
    assert ring.windows() == []
    assert ring.unwrap(ring.wrap(b"x", now=NOW)) == b"x"


def test_a_power_cut_between_name_and_clean_up_leaves_a_draft_that_dies_with_the_key(
    ring: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", lambda *_, **__: None)
        wrapped = ring.wrap(b"x", now=NOW)
    draft, file = key_files(tmp_path)
    assert draft.read_bytes() == file.read_bytes()
    assert ring.windows() == [window_of(NOW)]
    before = file.read_bytes()
    ring.destroy_before(NOW + WINDOW)
    assert draft.read_bytes() != before
    with pytest.raises(KeyDestroyed):
        Keyring(tmp_path / "keys").unwrap(wrapped)


def test_a_full_disk_leaves_no_draft(ring: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "no space left")

    with monkeypatch.context() as patched:
        patched.setattr("backend.core.wrapping.os.fsync", full)
        with pytest.raises(OSError, match="no space"):
            ring.wrap(b"x", now=NOW)
    assert key_files(tmp_path) == []


def test_threads_that_need_a_windows_first_key_at_once_end_with_one(tmp_path: Path) -> None:
    rings = [Keyring(tmp_path / "keys") for _ in range(8)]
    ready = threading.Barrier(len(rings))
    wrapped: list[bytes] = []

    def write(ring: Keyring) -> None:
        ready.wait(timeout=30)
        wrapped.append(ring.wrap(b"x", now=NOW))

    threads = [threading.Thread(target=write, args=(ring,)) for ring in rings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(key_files(tmp_path)) == 1
    assert [rings[0].unwrap(one) for one in wrapped] == [b"x"] * len(rings)


PROCESS = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from backend.core.wrapping import WINDOW, Keyring
ring, now = Keyring(Path(sys.argv[1])), datetime.fromisoformat(sys.argv[2])
sys.stdout.write("ready\\n"); sys.stdout.flush(); sys.stdin.readline()
for hour in range(20):
    print(ring.wrap(b"x", now=now + hour * WINDOW).hex())
"""


def test_two_processes_that_make_the_same_windows_keys_at_once_read_each_other(ring: Keyring, tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROCESS, str(tmp_path / "keys"), NOW.isoformat()]
    root = Path(wrapping.__file__).parent.parent.parent
    both = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) for _ in range(2)]
    for one in both:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in both:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    told = [line for one in both for line in one.communicate(timeout=60)[0].split()]
    assert [one.returncode for one in both] == [0, 0]
    assert [ring.unwrap(bytes.fromhex(line)) for line in told] == [b"x"] * 40
    assert len(ring.windows()) == 20


def test_keys_that_two_destroy_at_once_are_gone_without_a_fault(ring: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ring.wrap(b"x", now=NOW)
    other = Keyring(tmp_path / "keys")
    monkeypatch.setattr(ring, "windows", lambda: [window_of(NOW)])
    other.destroy_before(NOW + timedelta(hours=2))
    assert ring.destroy_before(NOW + timedelta(hours=2)) == 1
    assert key_files(tmp_path) == []
