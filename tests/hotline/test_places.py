"""Return places: kept, found and opened by return words, and guarded against guesses."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.core.errors import Invalid, NotFound
from backend.core.tokens import id_new, token_new
from backend.core.wrapping import keyring
from backend.hotline import limits, services
from backend.hotline.errors import QueueFull, TooManyTries
from backend.hotline.models import PlaceTries, ReturnPlace
from tests.hotline.conftest import Desk
from tests.hotline.samples import place_sample

HOUR = timedelta(hours=1)


def test_what_was_kept_is_opened_by_its_token_alone(desk: Desk) -> None:
    place_id, token = id_new(), token_new()
    draft = place_sample(token)
    services.place_keep(place_id=place_id, token=token, draft=draft, now=desk.now)
    assert services.place_open(place_id=place_id, token=token, now=desk.now) == draft.sealed
    assert draft.sealed[:64] not in bytes(ReturnPlace.objects.get().sealed)
    for other_id, other_token in ((place_id, token_new()), (id_new(), token)):
        with pytest.raises(NotFound):
            services.place_open(place_id=other_id, token=other_token, now=desk.now)


def test_the_same_token_replaces_it_and_another_does_not(desk: Desk) -> None:
    place_id, token, stranger = id_new(), token_new(), token_new()
    services.place_keep(place_id=place_id, token=token, draft=place_sample(token), now=desk.now)
    newer = place_sample(token, expires_in=60)
    services.place_keep(place_id=place_id, token=token, draft=newer, now=desk.now)
    with pytest.raises(NotFound):
        services.place_keep(place_id=place_id, token=stranger, draft=place_sample(stranger), now=desk.now)
    assert services.place_open(place_id=place_id, token=token, now=desk.now) == newer.sealed
    assert ReturnPlace.objects.get().expires_at == desk.now + timedelta(seconds=60)


def test_a_verifier_of_another_token_is_refused(desk: Desk) -> None:
    with pytest.raises(Invalid):
        services.place_keep(place_id=id_new(), token=token_new(), draft=place_sample(token_new()), now=desk.now)
    assert not ReturnPlace.objects.exists()


def test_a_place_is_unreadable_at_its_end_before_the_sweeper_ran_and_its_id_is_free_again(desk: Desk) -> None:
    place_id, token, next_token = id_new(), token_new(), token_new()
    services.place_keep(place_id=place_id, token=token, draft=place_sample(token, expires_in=3600), now=desk.now)
    with pytest.raises(NotFound):
        services.place_open(place_id=place_id, token=token, now=desk.now + HOUR)
    services.place_keep(place_id=place_id, token=next_token, draft=place_sample(next_token), now=desk.now + HOUR)
    assert ReturnPlace.objects.count() == 1


def test_an_erased_place_is_gone(desk: Desk) -> None:
    place_id, token = id_new(), token_new()
    services.place_keep(place_id=place_id, token=token, draft=place_sample(token), now=desk.now)
    with pytest.raises(NotFound):
        services.place_erase(place_id=place_id, token=token_new(), now=desk.now)
    services.place_erase(place_id=place_id, token=token, now=desk.now)
    assert not ReturnPlace.objects.exists()


def test_a_place_whose_key_is_gone_is_gone(desk: Desk) -> None:
    place_id, token = id_new(), token_new()
    services.place_keep(place_id=place_id, token=token, draft=place_sample(token), now=desk.now)
    keyring().destroy_before(desk.now + HOUR)
    with pytest.raises(NotFound):
        services.place_open(place_id=place_id, token=token, now=desk.now)


@pytest.mark.parametrize("exists", [True, False])
def test_after_ten_wrong_tokens_even_the_right_one_must_wait_whether_there_is_such_a_place_or_not(desk: Desk, exists: bool) -> None:
    place_id, token = id_new(), token_new()
    if exists:
        services.place_keep(place_id=place_id, token=token, draft=place_sample(token), now=desk.now)
    for _ in range(limits.TRIES_MOST):
        with pytest.raises(NotFound):
            services.place_open(place_id=place_id, token=token_new(), now=desk.now)
    with pytest.raises(TooManyTries):
        services.place_open(place_id=place_id, token=token, now=desk.now + HOUR - timedelta(seconds=1))
    with pytest.raises(TooManyTries):
        services.place_erase(place_id=place_id, token=token, now=desk.now)
    with pytest.raises(TooManyTries):
        services.place_keep(place_id=place_id, token=token, draft=place_sample(token), now=desk.now)


def test_the_tries_are_forgotten_after_an_hour(desk: Desk) -> None:
    place_id, token = id_new(), token_new()
    draft = place_sample(token, expires_in=7200)
    services.place_keep(place_id=place_id, token=token, draft=draft, now=desk.now)
    for _ in range(limits.TRIES_MOST):
        with pytest.raises(NotFound):
            services.place_open(place_id=place_id, token=token_new(), now=desk.now)
    assert services.place_open(place_id=place_id, token=token, now=desk.now + HOUR) == draft.sealed


def test_wrong_tokens_for_one_place_do_not_close_another(desk: Desk) -> None:
    place_id, token = id_new(), token_new()
    services.place_keep(place_id=place_id, token=token, draft=place_sample(token), now=desk.now)
    for _ in range(limits.TRIES_MOST):
        with pytest.raises(NotFound):
            services.place_open(place_id=id_new(), token=token, now=desk.now)
    assert services.place_open(place_id=place_id, token=token, now=desk.now)


def test_the_table_of_tries_holds_no_id_and_no_more_rows_than_its_limit(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TRIES_KEPT", 2)
    ids = [id_new() for _ in range(4)]
    for place_id in ids:
        with pytest.raises(NotFound):
            services.place_open(place_id=place_id, token=token_new(), now=desk.now)
    kept = {bytes(row.place) for row in PlaceTries.objects.all()}
    assert len(kept) == 2
    assert not kept & set(ids)


def test_a_full_store_is_said_and_what_is_kept_can_still_be_replaced(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PLACES_MOST", 1)
    place_id, token, other = id_new(), token_new(), token_new()
    draft = place_sample(token)
    services.place_keep(place_id=place_id, token=token, draft=draft, now=desk.now)
    with pytest.raises(QueueFull):
        services.place_keep(place_id=id_new(), token=other, draft=place_sample(other), now=desk.now)
    services.place_keep(place_id=place_id, token=token, draft=replace(draft, expires_in=60), now=desk.now)
