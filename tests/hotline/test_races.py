"""Two at the same moment: each thread has its own connection, as each process would."""

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection

from backend.core.tokens import id_new, token_new
from backend.hotline import services
from backend.hotline.errors import AlreadyClaimed
from backend.hotline.models import HelpRequest, RequestPackage, ReturnPlace
from backend.hotline.services.claims import Reason
from backend.hotline.states import State
from backend.relay.models import Conversation, Seat
from tests.hotline.conftest import desk_made
from tests.hotline.samples import asker_sample, place_sample

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all of them at the same moment; what each gave, or the error that it met."""
    ready = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(place: int) -> None:
        try:
            ready.wait(timeout=30)
            results[place] = acts[place]()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_two_claims_at_the_same_moment_exactly_one_wins(now: datetime) -> None:
    desk = desk_made(now)
    for _ in range(5):
        asker = desk.ask()
        results = at_once(
            lambda asker=asker: desk.claim(asker, desk.one, owner=token_new()),  # type: ignore[misc]
            lambda asker=asker: desk.claim(asker, desk.other, owner=token_new()),  # type: ignore[misc]
        )
        assert sorted(type(result).__name__ for result in results) == ["AlreadyClaimed", "Claim"]
        winner = (desk.one, desk.other)[[isinstance(result, AlreadyClaimed) for result in results].index(False)]
        row = HelpRequest.objects.get(public_id=asker.request_id)
        assert (row.state, row.claimed_by_id) == (State.CLAIMED, winner.user.pk)
        assert row.packages.filter(used_at__isnull=False).count() == 1
    assert Conversation.objects.count() == Seat.objects.count() == 5


def test_the_same_claim_twice_at_the_same_moment_is_one_claim(now: datetime) -> None:
    desk = desk_made(now)
    asker, owner = desk.ask(), token_new()
    first, second = at_once(lambda: desk.claim(asker, owner=owner), lambda: desk.claim(asker, owner=owner))
    assert first == second
    assert Conversation.objects.count() == 1


def test_the_same_request_twice_at_the_same_moment_is_one_request(now: datetime) -> None:
    desk = desk_made(now)
    draft = asker_sample(slug=desk.house.slug, intake_key=desk.intake_key).draft
    first, second = at_once(*[lambda: services.request_create(draft=draft, now=now)] * 2)
    assert first == second
    assert HelpRequest.objects.count() == 1
    assert RequestPackage.objects.count() == 3


def test_a_request_that_is_withdrawn_while_it_is_claimed_leaves_no_seat(now: datetime) -> None:
    desk = desk_made(now)
    for _ in range(5):
        asker = desk.ask()
        _, withdrawn = at_once(
            lambda asker=asker: desk.claim(asker, owner=token_new()),  # type: ignore[misc]
            lambda asker=asker: services.request_withdraw(request_id=asker.request_id, token=asker.token, now=now),  # type: ignore[misc]
        )
        assert withdrawn is None
    assert not HelpRequest.objects.exists()
    assert not Seat.objects.exists()


def test_what_is_given_back_and_closed_at_the_same_moment_ends_in_one_of_both(now: datetime) -> None:
    desk = desk_made(now)
    asker = desk.ask()
    desk.claim(asker)
    at_once(
        lambda: services.request_return(request_id=asker.request_id, user=desk.one.user, reason=Reason.LOST, now=now),
        lambda: services.request_close(request_id=asker.request_id, user=desk.one.user, now=now),
    )
    assert desk.status(asker).state in (State.WAITING, State.CLOSED)
    assert not Seat.objects.exists()


def test_the_same_place_kept_twice_at_the_same_moment_is_one_place(now: datetime) -> None:
    place_id, token = id_new(), token_new()
    draft = place_sample(token)
    assert at_once(*[lambda: services.place_keep(place_id=place_id, token=token, draft=draft, now=now)] * 2) == [None, None]
    assert ReturnPlace.objects.count() == 1
    assert services.place_open(place_id=place_id, token=token, now=now) == draft.sealed
