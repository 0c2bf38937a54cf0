"""Who takes requests now: said, and heard of."""

from datetime import timedelta

import pytest

from backend.core.errors import NotFound
from backend.hotline import limits, services
from backend.hotline.models import Shift
from backend.hotline.selectors import organisations_listed, queue_for, shift_count
from tests.hotline.conftest import Desk, desk_made

SECOND = timedelta(seconds=1)


def _count(desk: Desk, *, after: timedelta = timedelta()) -> int:
    return shift_count(organisation_id=desk.house.organisation.pk, now=desk.now + after)


def test_a_shift_begins_and_ends_when_the_advocate_says_so(desk: Desk) -> None:
    assert services.shift_set(user=desk.one.user, on=True, now=desk.now)
    services.shift_set(user=desk.other.user, on=True, now=desk.now)
    assert _count(desk) == 2
    assert not services.shift_set(user=desk.one.user, on=False, now=desk.now)
    assert _count(desk) == 1
    assert not queue_for(user=desk.one.user, now=desk.now).shift
    assert queue_for(user=desk.other.user, now=desk.now).shift


def test_a_console_that_was_not_heard_of_does_not_count(desk: Desk) -> None:
    services.shift_set(user=desk.one.user, on=True, now=desk.now)
    assert _count(desk, after=limits.SHIFT_SEEN - SECOND) == 1
    assert _count(desk, after=limits.SHIFT_SEEN) == 0
    assert services.shift_seen(user=desk.one.user, now=desk.now + limits.SHIFT_SEEN)
    assert _count(desk, after=limits.SHIFT_SEEN) == 1


def test_hearing_of_a_console_again_at_once_writes_nothing(desk: Desk) -> None:
    services.shift_set(user=desk.one.user, on=True, now=desk.now)
    services.shift_seen(user=desk.one.user, now=desk.now + SECOND)
    assert Shift.objects.get().seen_at == desk.now


def test_a_shift_that_began_too_long_ago_is_over_however_often_the_console_is_heard_of(desk: Desk) -> None:
    services.shift_set(user=desk.one.user, on=True, now=desk.now)
    assert not services.shift_seen(user=desk.one.user, now=desk.now + limits.SHIFT_LIFE)
    assert _count(desk, after=limits.SHIFT_LIFE) == 0


def test_a_new_shift_can_begin_before_the_sweeper_took_the_old_one(desk: Desk) -> None:
    services.shift_set(user=desk.one.user, on=True, now=desk.now)
    services.shift_set(user=desk.one.user, on=True, now=desk.now + limits.SHIFT_LIFE)
    assert _count(desk, after=limits.SHIFT_LIFE) == 1


def test_saying_on_again_does_not_begin_the_shift_anew(desk: Desk) -> None:
    services.shift_set(user=desk.one.user, on=True, now=desk.now)
    services.shift_set(user=desk.one.user, on=True, now=desk.now + timedelta(hours=1))
    assert Shift.objects.get().began_at == desk.now


def test_who_is_switched_off_is_not_on_shift(desk: Desk) -> None:
    services.shift_set(user=desk.one.user, on=True, now=desk.now)
    type(desk.one.user).objects.filter(pk=desk.one.user.pk).update(is_active=False)
    assert _count(desk) == 0


def test_only_an_advocate_has_shifts(desk: Desk) -> None:
    with pytest.raises(NotFound):
        services.shift_set(user=desk.house.supervisor, on=True, now=desk.now)


def test_somebody_without_a_shift_is_not_made_to_have_one_by_being_heard_of(desk: Desk) -> None:
    assert not services.shift_seen(user=desk.one.user, now=desk.now)
    assert not Shift.objects.exists()


def test_the_list_of_organisations_says_in_both_languages_who_they_are_and_whether_somebody_is_there(desk: Desk) -> None:
    elsewhere = desk_made(desk.now, slug="elsewhere")
    services.shift_set(user=elsewhere.one.user, on=True, now=desk.now)
    listed = {one.slug: one for one in organisations_listed(now=desk.now)}
    assert {slug: one.on_shift for slug, one in listed.items()} == {"casa-clara": False, "elsewhere": True}
    assert set(listed["casa-clara"].name) == set(listed["casa-clara"].exceptions) == {"en", "es"}
