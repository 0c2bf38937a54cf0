"""What a person does with their own request."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.core.errors import NotFound
from backend.core.tokens import id_new, token_new
from backend.core.wrapping import keyring
from backend.hotline import limits, services
from backend.hotline.errors import IdTaken, IntakeKeyStale, NotWaiting, QueueFull
from backend.hotline.labels import Level
from backend.hotline.models import HelpRequest, RequestPackage
from backend.hotline.states import State
from backend.relay.models import Seat
from tests.hotline.conftest import Desk, desk_made
from tests.hotline.samples import asker_sample, sealed_sample

MINUTE = timedelta(minutes=1)


def test_a_request_made_while_nobody_is_on_shift_waits_and_says_so(desk: Desk) -> None:
    asker = asker_sample(slug=desk.house.slug, intake_key=desk.intake_key)
    status = services.request_create(draft=asker.draft, now=desk.now)
    assert (status.state, status.on_shift, status.ahead, status.seat) == (State.WAITING, False, 0, None)


def test_a_request_made_while_somebody_is_on_shift_says_so(desk: Desk) -> None:
    services.shift_set(user=desk.other.user, on=True, now=desk.now)
    assert desk.status(desk.ask()).on_shift


def test_a_shift_of_another_organisation_is_nobodys_here(desk: Desk) -> None:
    elsewhere = desk_made(desk.now, slug="elsewhere")
    services.shift_set(user=elsewhere.one.user, on=True, now=desk.now)
    assert not desk.status(desk.ask()).on_shift


def test_ahead_counts_who_is_more_urgent_and_who_waits_longer(desk: Desk) -> None:
    talk = desk.ask(level=Level.TALK)
    soon = desk.ask(now=desk.now + MINUTE)
    later = desk.ask(now=desk.now + 2 * MINUTE)
    urgent = desk.ask(level=Level.NOW, now=desk.now + 3 * MINUTE)
    desk_made(desk.now, slug="elsewhere").ask(level=Level.NOW)
    assert [desk.status(one, now=desk.now + 4 * MINUTE).ahead for one in (urgent, soon, later, talk)] == [0, 1, 2, 3]


def test_two_who_asked_at_the_same_moment_are_answered_one_after_the_other(desk: Desk) -> None:
    assert sorted(desk.status(one).ahead for one in [desk.ask() for _ in range(3)]) == [0, 1, 2]


def test_the_same_request_again_gives_the_same_answer_and_changes_nothing(desk: Desk) -> None:
    asker = desk.ask()
    before = list(HelpRequest.objects.values())
    assert services.request_create(draft=asker.draft, now=desk.now + MINUTE) == desk.status(asker)
    assert list(HelpRequest.objects.values()) == before
    assert RequestPackage.objects.count() == 3


def test_the_same_request_again_is_known_even_after_its_intake_key_is_over(desk: Desk) -> None:
    asker = desk.ask()
    assert services.request_create(draft=asker.draft, now=desk.now + timedelta(days=2)).state is State.WAITING


def test_another_request_of_the_same_id_is_refused(desk: Desk) -> None:
    asker = desk.ask()
    with pytest.raises(IdTaken):
        services.request_create(draft=replace(asker.draft, level=Level.NOW), now=desk.now)


def test_a_request_to_an_organisation_that_does_not_exist_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFound):
        services.request_create(draft=asker_sample(slug="nowhere", intake_key=desk.intake_key).draft, now=desk.now)


def test_a_note_to_a_key_that_is_unknown_or_over_or_anothers_is_refused(desk: Desk) -> None:
    elsewhere = desk_made(desk.now, slug="elsewhere")
    theirs = elsewhere.house.intake_key(elsewhere.one, name="another")
    for key, now in ((id_new(), desk.now), (theirs, desk.now), (desk.intake_key, desk.now + timedelta(days=2))):
        with pytest.raises(IntakeKeyStale):
            services.request_create(draft=asker_sample(slug=desk.house.slug, intake_key=key).draft, now=now)
    assert not HelpRequest.objects.exists()


def test_a_full_queue_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WAITING_MOST", 1)
    first = desk.ask()
    with pytest.raises(QueueFull):
        desk.ask()
    assert services.request_create(draft=first.draft, now=desk.now).state is State.WAITING


def test_a_wrong_token_and_a_request_that_never_was_are_refused_alike(desk: Desk) -> None:
    asker = desk.ask()
    for request_id, token in ((asker.request_id, token_new()), (id_new(), asker.token)):
        with pytest.raises(NotFound):
            services.request_status(request_id=request_id, token=token, now=desk.now)
        with pytest.raises(NotFound):
            services.request_withdraw(request_id=request_id, token=token, now=desk.now)
        with pytest.raises(NotFound):
            services.request_replace(request_id=request_id, token=token, sealed=sealed_sample(intake_key=desk.intake_key), now=desk.now)
    assert HelpRequest.objects.count() == 1


def test_a_request_is_unreadable_at_its_end_before_the_sweeper_ran(desk: Desk) -> None:
    asker = desk.ask()
    end = desk.now + limits.REQUEST_LIFE
    assert desk.status(asker, now=end - timedelta(microseconds=1)).state is State.WAITING
    with pytest.raises(NotFound):
        desk.status(asker, now=end)
    with pytest.raises(NotFound):
        desk.claim(asker, now=end)


def test_what_waits_can_be_replaced_and_the_old_note_and_packages_are_gone(desk: Desk) -> None:
    asker = desk.ask()
    sealed = sealed_sample(intake_key=desk.intake_key, packages=2)
    status = services.request_replace(request_id=asker.request_id, token=asker.token, sealed=sealed, now=desk.now + MINUTE)
    assert status.state is State.WAITING
    claim = desk.claim(asker)
    assert (claim.note, claim.package, claim.seat) == (sealed.note, sealed.packages[0].package, sealed.packages[0].seat)
    assert RequestPackage.objects.count() == 2


def test_a_replacement_keeps_the_place_in_the_queue(desk: Desk) -> None:
    asker = desk.ask()
    desk.ask(now=desk.now + MINUTE)
    sealed = sealed_sample(intake_key=desk.intake_key)
    assert services.request_replace(request_id=asker.request_id, token=asker.token, sealed=sealed, now=desk.now + 2 * MINUTE).ahead == 0


def test_a_replacement_sealed_to_a_key_that_is_over_is_refused_and_changes_nothing(desk: Desk) -> None:
    asker = desk.ask()
    with pytest.raises(IntakeKeyStale):
        services.request_replace(request_id=asker.request_id, token=asker.token, sealed=sealed_sample(intake_key=id_new()), now=desk.now)
    assert desk.claim(asker).note == asker.draft.sealed.note


def test_what_is_claimed_cannot_be_replaced(desk: Desk) -> None:
    asker = desk.ask()
    desk.claim(asker)
    with pytest.raises(NotWaiting):
        services.request_replace(
            request_id=asker.request_id, token=asker.token, sealed=sealed_sample(intake_key=desk.intake_key), now=desk.now
        )


def test_a_withdrawn_request_leaves_no_row_and_no_seat(desk: Desk) -> None:
    asker = desk.ask()
    desk.claim(asker)
    assert Seat.objects.count() == 1
    services.request_withdraw(request_id=asker.request_id, token=asker.token, now=desk.now)
    assert not HelpRequest.objects.exists()
    assert not RequestPackage.objects.exists()
    assert not Seat.objects.exists()
    with pytest.raises(NotFound):
        desk.status(asker)


def test_what_is_stored_is_wrapped_and_opens_with_no_other_key(desk: Desk) -> None:
    asker = desk.ask()
    note = bytes(HelpRequest.objects.get().note)
    package = bytes(RequestPackage.objects.get(position=0).sealed)
    assert keyring().unwrap(note) == asker.draft.sealed.note
    assert asker.draft.sealed.note[:64] not in note
    assert asker.draft.sealed.packages[0].seat not in package
    keyring().destroy_before(desk.now + timedelta(hours=1))
    with pytest.raises(NotFound):
        desk.claim(asker)
    assert desk.status(asker).state is State.WAITING
    assert not Seat.objects.exists()
