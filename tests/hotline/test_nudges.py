"""Wake-ups: after the commit, never instead of it."""

from functools import partial

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from backend.core.errors import NotFound
from backend.hotline import nudges, services
from backend.hotline.states import State
from tests.hotline.conftest import Desk


def test_what_is_not_committed_wakes_nobody(desk: Desk, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    asker = desk.ask()

    def claim_in_vain() -> None:
        with transaction.atomic():
            desk.claim(asker)
            raise NotFound

    with django_capture_on_commit_callbacks() as callbacks, pytest.raises(NotFound):
        claim_in_vain()
    assert not callbacks


def test_a_claim_wakes_the_person_and_the_consoles(desk: Desk, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    asker = desk.ask()
    with django_capture_on_commit_callbacks() as callbacks:
        desk.claim(asker)
    sent = [one.args[0] for one in callbacks if isinstance(one, partial) and one.func is nudges._send]
    assert set(sent) == {nudges.request_group(asker.request_id), nudges.queue_group(desk.house.organisation.pk)}


def test_a_layer_that_is_away_undoes_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    class Away:
        async def group_send(self, group: str, message: dict[str, str]) -> None:
            raise ConnectionError

    monkeypatch.setattr(nudges, "get_channel_layer", Away)
    with django_capture_on_commit_callbacks(execute=True):
        asker = desk.ask()
    assert desk.status(asker).state is State.WAITING
    with django_capture_on_commit_callbacks(execute=True):
        services.shift_set(user=desk.one.user, on=True, now=desk.now)
    assert desk.status(asker).on_shift
