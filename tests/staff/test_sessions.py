"""The sessions' own table."""

from datetime import datetime

import pytest
from django.contrib.sessions.backends.base import UpdateError

from backend.staff.models import StaffSession
from backend.staff.sessions import SessionStore, key_hash
from tests.staff.people import organisation_made

pytestmark = pytest.mark.django_db


def kept(**data: int) -> SessionStore:
    store = SessionStore()
    store.update(data)
    store.save()
    return store


def test_what_was_kept_is_there_for_the_same_key_only() -> None:
    store = kept(n=1)
    assert SessionStore(store.session_key)["n"] == 1
    assert SessionStore("another key of some length 00000").get("n") is None


def test_the_table_holds_no_key() -> None:
    store = kept(n=1)
    row = StaffSession.objects.get()
    assert store.session_key not in (row.session_key, row.session_data)
    assert row.session_key == key_hash(store.session_key or "")
    assert store.exists(store.session_key or "")
    assert not store.exists(row.session_key)


def test_a_session_that_expired_is_empty_before_it_is_swept(now: datetime) -> None:
    store = kept(n=1)
    StaffSession.objects.update(expire_date=now)
    assert SessionStore(store.session_key).get("n") is None
    SessionStore.clear_expired()
    assert not StaffSession.objects.exists()


def test_a_session_that_was_ended_does_not_come_back_by_being_saved() -> None:
    store = kept(n=1)
    StaffSession.objects.all().delete()
    store["n"] = 2
    with pytest.raises(UpdateError):
        store.save()
    assert not StaffSession.objects.exists()


def test_saving_data_never_touches_who_is_logged_in(now: datetime) -> None:
    user = organisation_made(now=now).supervisor
    store = kept(n=1)
    StaffSession.objects.update(user=user, started_at=now, seen_at=now)
    store["n"] = 2
    store.save()
    row = StaffSession.objects.get()
    assert (row.user, row.started_at, row.seen_at) == (user, now, now)


def test_a_new_key_leaves_the_old_one_without_a_session() -> None:
    store = kept(n=1)
    old = store.session_key
    store.cycle_key()
    assert SessionStore(old).get("n") is None
    assert SessionStore(store.session_key)["n"] == 1


def test_deleting_ends_this_session_or_a_named_one() -> None:
    first, second = kept(n=1), kept(n=2)
    first.delete()
    first.delete(second.session_key)
    assert not StaffSession.objects.exists()
