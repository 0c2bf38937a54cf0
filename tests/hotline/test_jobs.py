"""The worker's part: what is given back, erased and wrapped again, and what it never touches."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from backend.core import rewrapping
from backend.core.errors import NotFound
from backend.core.tokens import id_new, token_new
from backend.core.wrapping import WINDOW, keyring, window_of, window_start
from backend.hotline import jobs, limits, services
from backend.hotline.models import HelpRequest, PlaceTries, RequestPackage, ReturnPlace, Shift
from backend.hotline.states import State
from backend.relay.models import Conversation, Seat
from tests.hotline.conftest import Desk
from tests.hotline.samples import Asker, place_sample

SECOND = timedelta(seconds=1)


def _talk(desk: Desk, asker: Asker, now: datetime) -> None:
    services.request_talking(request_id=asker.request_id, user=desk.one.user, now=now)


def test_a_claim_without_a_word_waits_again_with_the_next_key_package(desk: Desk) -> None:
    asker = desk.ask()
    desk.claim(asker)
    late = desk.now + limits.CLAIM_LIFE
    jobs.sweep(late - SECOND)
    assert desk.status(asker).state is State.CLAIMED
    jobs.sweep(late)
    assert desk.status(asker, now=late).state is State.WAITING
    assert not Seat.objects.exists()
    assert desk.claim(asker, desk.other, now=late).package == asker.draft.sealed.packages[1].package


def test_a_claim_without_a_word_is_closed_where_no_key_package_is_left(desk: Desk) -> None:
    asker = desk.ask(packages=2)
    now = desk.now
    for _ in range(2):
        desk.claim(asker, now=now)
        now += limits.CLAIM_LIFE
        jobs.sweep(now)
    assert desk.status(asker, now=now).state is State.CLOSED


def test_who_talks_is_left_alone(desk: Desk) -> None:
    asker = desk.ask()
    desk.claim(asker)
    _talk(desk, asker, desk.now)
    jobs.sweep(desk.now + timedelta(hours=1))
    assert desk.status(asker, now=desk.now + timedelta(hours=1)).state is State.TALKING
    assert Seat.objects.exists()


def test_what_has_waited_too_long_is_erased(desk: Desk) -> None:
    desk.ask()
    jobs.sweep(desk.now + limits.REQUEST_LIFE)
    assert not HelpRequest.objects.exists()
    assert not RequestPackage.objects.exists()


def test_a_claimed_request_whose_time_is_over_is_erased_and_does_not_come_back_as_closed(desk: Desk) -> None:
    asker = desk.ask()
    end = desk.now + limits.REQUEST_LIFE
    desk.claim(asker, now=end - timedelta(minutes=10))
    with pytest.raises(NotFound):
        desk.status(asker, now=end)
    jobs.sweep(end)
    with pytest.raises(NotFound):
        desk.status(asker, now=end)
    assert not Seat.objects.exists()


def test_a_conversation_goes_on_when_its_request_is_forgotten(desk: Desk) -> None:
    asker = desk.ask()
    desk.claim(asker)
    _talk(desk, asker, desk.now)
    jobs.sweep(desk.now + limits.TALK_LIFE)
    assert not HelpRequest.objects.exists()
    assert Conversation.objects.filter(ended=False).count() == Seat.objects.count() == 1


def test_the_note_of_a_long_conversation_goes_and_the_seat_stays_known(desk: Desk) -> None:
    asker = desk.ask()
    desk.claim(asker)
    _talk(desk, asker, desk.now)
    jobs.sweep(desk.now + limits.REQUEST_LIFE - SECOND)
    assert HelpRequest.objects.exclude(note=b"").exists()
    later = desk.now + limits.REQUEST_LIFE
    jobs.sweep(later)
    row = HelpRequest.objects.get()
    assert (bytes(row.note), row.window) == (b"", None)
    assert RequestPackage.objects.count() == 1
    assert desk.status(asker, now=later).seat == asker.draft.sealed.packages[0].seat


def test_the_word_closed_goes_after_a_day(desk: Desk) -> None:
    asker = desk.ask()
    desk.claim(asker)
    services.request_close(request_id=asker.request_id, user=desk.one.user, now=desk.now)
    jobs.sweep(desk.now + limits.CLOSED_LIFE)
    assert not HelpRequest.objects.exists()


def test_places_tries_and_shifts_go_on_time(desk: Desk) -> None:
    token = token_new()
    services.place_keep(place_id=id_new(), token=token, draft=place_sample(token, expires_in=60), now=desk.now)
    with pytest.raises(NotFound):
        services.place_open(place_id=id_new(), token=token, now=desk.now)
    services.shift_set(user=desk.one.user, on=True, now=desk.now)
    jobs.sweep(desk.now)
    assert (ReturnPlace.objects.count(), PlaceTries.objects.count(), Shift.objects.count()) == (1, 1, 1)
    jobs.sweep(desk.now + limits.SHIFT_LIFE)
    assert (ReturnPlace.objects.count(), PlaceTries.objects.count(), Shift.objects.count()) == (0, 0, 0)


def test_a_batch_is_no_limit_to_what_one_turn_erases(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BATCH", 2)
    for _ in range(5):
        desk.ask()
    jobs.sweep(desk.now + limits.REQUEST_LIFE)
    assert not HelpRequest.objects.exists()


def test_the_living_are_wrapped_again_and_read_the_same_after_the_old_keys_are_destroyed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewrapping, "BATCH", 2)
    asker, place_id, token = desk.ask(), id_new(), token_new()
    draft = place_sample(token, expires_in=86400)
    services.place_keep(place_id=place_id, token=token, draft=draft, now=desk.now)
    later = desk.now + 3 * WINDOW
    assert jobs.oldest_needed(later) == window_start(window_of(desk.now))
    jobs.rewrap(later)
    assert jobs.oldest_needed(later) == window_start(window_of(later))
    assert keyring().destroy_before(jobs.oldest_needed(later)) == 1
    assert services.place_open(place_id=place_id, token=token, now=later) == draft.sealed
    claim = desk.claim(asker, now=later)
    assert (claim.note, claim.package) == (asker.draft.sealed.note, asker.draft.sealed.packages[0].package)


def test_where_nothing_is_kept_no_old_key_is_needed(desk: Desk) -> None:
    assert jobs.oldest_needed(desk.now) == window_start(window_of(desk.now))


def test_what_nobody_can_read_any_more_keeps_no_key_alive(desk: Desk) -> None:
    desk.ask()
    keyring().destroy_before(desk.now + WINDOW)
    later = desk.now + 2 * WINDOW
    jobs.rewrap(later)
    assert jobs.oldest_needed(later) == window_start(window_of(later))
    assert {(bytes(row.sealed), row.window) for row in RequestPackage.objects.all()} == {(b"", None)}


def test_after_its_end_and_its_keys_end_a_note_is_in_no_file_that_is_left(desk: Desk) -> None:
    """The wrapped bytes may lie in a log or a backup for ever: without the key they are noise."""
    asker = desk.ask()
    stored = bytes(HelpRequest.objects.get().note)
    assert keyring().unwrap(stored) == asker.draft.sealed.note
    end = desk.now + limits.REQUEST_LIFE
    jobs.sweep(end)
    jobs.rewrap(end)
    keyring().destroy_before(jobs.oldest_needed(end))
    with pytest.raises(LookupError):
        keyring().unwrap(stored)


def test_the_dead_are_never_wrapped_again_under_a_younger_key(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BATCH", 1)
    for _ in range(3):
        desk.ask()
    wrapped: list[int] = []
    monkeypatch.setattr(rewrapping, "rewrap", lambda columns, now: wrapped.append(HelpRequest.objects.count()))
    jobs.rewrap(desk.now + limits.REQUEST_LIFE)
    assert wrapped == [0]


@pytest.mark.django_db(transaction=True)
def test_a_swept_row_does_not_live_on_in_the_write_ahead_log(now: datetime, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    if connection.vendor != "sqlite":
        # Elsewhere the log is the server's own: what lies in it is wrapped under a key that goes.
        with django_assert_num_queries(0):
            rewrapping.log_truncate()
        return
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    PlaceTries.objects.create(place=b"a place to forget", since=now)
    assert b"a place to forget" in log.read_bytes()
    jobs.sweep(now + limits.TRIES_WINDOW)
    assert log.read_bytes() == b""
    assert b"a place to forget" not in Path(connection.settings_dict["NAME"]).read_bytes()


def test_the_jobs_are_named_after_the_room() -> None:
    assert [job.name for job in jobs.JOBS] == ["hotline.sweep", "hotline.rewrap"]
