"""What staff do with a request."""

from datetime import timedelta

import pytest

from backend.core.errors import NotFound
from backend.core.tokens import id_new
from backend.core.wrapping import keyring
from backend.hotline import limits, services
from backend.hotline.errors import AlreadyClaimed, DeviceNotCertified, WrongState
from backend.hotline.models import HelpRequest, RequestPackage
from backend.hotline.selectors import queue_for
from backend.hotline.services.claims import Reason
from backend.hotline.states import State
from backend.relay.models import Conversation, Seat
from tests.hotline.conftest import Desk, desk_made
from tests.hotline.samples import Asker
from tests.staff.people import Member

MINUTE = timedelta(minutes=1)
OWNER = bytes(range(32))


def _return(desk: Desk, asker: Asker, by: Member | None = None) -> State:
    return services.request_return(request_id=asker.request_id, user=(by or desk.one).user, reason=Reason.LOST, now=desk.now)


def _talk(desk: Desk, asker: Asker, by: Member | None = None) -> None:
    services.request_talking(request_id=asker.request_id, user=(by or desk.one).user, now=desk.now)


def _close(desk: Desk, asker: Asker, by: Member | None = None) -> None:
    services.request_close(request_id=asker.request_id, user=(by or desk.one).user, now=desk.now)


def test_a_claim_gives_the_note_and_the_first_key_package_and_opens_a_conversation(desk: Desk) -> None:
    asker = desk.ask()
    claim = desk.claim(asker, owner=OWNER)
    first = asker.draft.sealed.packages[0]
    assert (claim.public_id, claim.note, claim.intake_key) == (asker.request_id, asker.draft.sealed.note, desk.intake_key)
    assert (claim.package, claim.seat) == (first.package, first.seat)
    seat = Seat.objects.get()
    assert (bytes(seat.address), seat.number) == (OWNER, 0)
    status = desk.status(asker)
    assert (status.state, status.ahead, status.seat) == (State.CLAIMED, 0, first.seat)


def test_the_same_claim_again_gives_the_same_answer_and_opens_nothing_new(desk: Desk) -> None:
    asker = desk.ask()
    first = desk.claim(asker, owner=OWNER)
    assert desk.claim(asker, owner=OWNER, now=desk.now + MINUTE) == first
    assert Conversation.objects.count() == 1


def test_a_second_claim_is_refused_whoever_makes_it(desk: Desk) -> None:
    asker = desk.ask()
    desk.claim(asker, owner=OWNER)
    for member, owner in ((desk.one, bytes(32)), (desk.other, OWNER)):
        with pytest.raises(AlreadyClaimed):
            desk.claim(asker, member, owner=owner)
    assert Seat.objects.count() == 1


def test_only_an_advocate_may_claim(desk: Desk) -> None:
    asker = desk.ask()
    with pytest.raises(NotFound):
        services.request_claim(
            request_id=asker.request_id, user=desk.house.supervisor, device_id=desk.one.device_id, owner=OWNER, now=desk.now
        )


def test_a_device_that_is_unknown_or_a_colleagues_or_revoked_may_not_claim(desk: Desk) -> None:
    asker = desk.ask()
    for device_id in (id_new(), desk.other.device_id):
        with pytest.raises(DeviceNotCertified):
            services.request_claim(request_id=asker.request_id, user=desk.one.user, device_id=device_id, owner=OWNER, now=desk.now)
    desk.house.revoke(desk.one)
    with pytest.raises(DeviceNotCertified):
        desk.claim(asker)
    assert desk.status(asker).state is State.WAITING


def test_a_request_of_another_organisation_is_not_there(desk: Desk) -> None:
    asker = desk.ask()
    elsewhere = desk_made(desk.now, slug="elsewhere")
    with pytest.raises(NotFound):
        desk.claim(asker, elsewhere.one)
    desk.claim(asker)
    for act in (_talk, _close, _return):
        with pytest.raises(NotFound):
            act(desk, asker, elsewhere.one)
    assert not queue_for(user=elsewhere.one.user, now=desk.now).requests


def test_a_request_whose_keys_are_gone_cannot_be_claimed_and_still_waits(desk: Desk) -> None:
    asker = desk.ask()
    keyring().destroy_before(desk.now + timedelta(hours=1))
    with pytest.raises(NotFound):
        desk.claim(asker)
    assert desk.status(asker).state is State.WAITING
    assert not Conversation.objects.exists()


def test_talking_is_said_once_or_often_by_the_one_who_claimed_and_by_nobody_else(desk: Desk) -> None:
    asker = desk.ask()
    desk.claim(asker)
    with pytest.raises(NotFound):
        _talk(desk, asker, desk.other)
    _talk(desk, asker)
    _talk(desk, asker)
    assert desk.status(asker).state is State.TALKING


def test_what_waits_cannot_be_talked_in_or_closed_or_given_back(desk: Desk) -> None:
    asker = desk.ask()
    for act in (_talk, _close, _return):
        with pytest.raises(NotFound):
            act(desk, asker)
    for act in (_close, _return):
        with pytest.raises(WrongState):
            act(desk, asker, Member(desk.house.supervisor, ""))


def test_a_request_that_comes_back_keeps_its_place_and_is_answered_with_its_next_key_package(desk: Desk) -> None:
    asker = desk.ask()
    desk.ask(now=desk.now + MINUTE)
    desk.claim(asker)
    assert _return(desk, asker) is State.WAITING
    assert not Seat.objects.exists()
    first = queue_for(user=desk.other.user, now=desk.now).requests[0]
    assert (first.public_id, first.reopened) == (asker.request_id, 1)
    assert desk.claim(asker, desk.other).package == asker.draft.sealed.packages[1].package


def test_a_request_without_a_key_package_left_is_closed_instead_of_waiting_for_ever(desk: Desk) -> None:
    asker = desk.ask(packages=2)
    desk.claim(asker)
    assert _return(desk, asker) is State.WAITING
    desk.claim(asker, desk.other)
    assert _return(desk, asker, desk.other) is State.CLOSED
    assert desk.status(asker).state is State.CLOSED


def test_a_conversation_that_was_talked_in_can_come_back_too(desk: Desk) -> None:
    asker = desk.ask()
    desk.claim(asker)
    _talk(desk, asker)
    assert _return(desk, asker) is State.WAITING
    assert desk.status(asker, now=desk.now + limits.REQUEST_LIFE - MINUTE).state is State.WAITING
    with pytest.raises(NotFound):
        desk.status(asker, now=desk.now + limits.REQUEST_LIFE)


def test_a_supervisor_may_give_back_and_close_what_others_answer_and_a_colleague_may_not(desk: Desk) -> None:
    supervisor = Member(desk.house.supervisor, "")
    asker = desk.ask()
    desk.claim(asker)
    for act in (_close, _return):
        with pytest.raises(NotFound):
            act(desk, asker, desk.other)
    assert _return(desk, asker, supervisor) is State.WAITING
    desk.claim(asker)
    _close(desk, asker, supervisor)
    assert desk.status(asker).state is State.CLOSED


def test_a_closed_request_keeps_nothing_but_the_word_and_that_for_a_day(desk: Desk) -> None:
    asker = desk.ask()
    desk.claim(asker)
    _close(desk, asker)
    row = HelpRequest.objects.get()
    assert (bytes(row.note), row.window, row.topics, row.region, row.claimed_by, row.conversation) == (b"", None, [], "", None, None)
    assert not RequestPackage.objects.exists()
    assert not Seat.objects.exists()
    status = desk.status(asker, now=desk.now + limits.CLOSED_LIFE - MINUTE)
    assert (status.state, status.seat, status.ahead) == (State.CLOSED, None, 0)
    with pytest.raises(NotFound):
        desk.status(asker, now=desk.now + limits.CLOSED_LIFE)


def test_nothing_more_happens_to_a_closed_request(desk: Desk) -> None:
    asker = desk.ask()
    desk.claim(asker)
    _close(desk, asker)
    with pytest.raises(AlreadyClaimed):
        desk.claim(asker)
    with pytest.raises(NotFound):
        _close(desk, asker)
    with pytest.raises(WrongState):
        _close(desk, asker, Member(desk.house.supervisor, ""))


def test_the_queue_shows_what_identifies_nobody_and_mine_shows_mine(desk: Desk) -> None:
    waiting, answered = desk.ask(), desk.ask()
    desk.claim(answered)
    queue = queue_for(user=desk.one.user, now=desk.now)
    (card,) = queue.requests
    assert (card.public_id, card.state, card.language, card.topics, card.region, card.reopened) == (
        waiting.request_id,
        State.WAITING,
        "en",
        ("need_shelter", "stalking_monitoring"),
        "US-TX",
        0,
    )
    assert card.since == int(desk.now.timestamp())
    assert [one.public_id for one in queue.mine] == [answered.request_id]
    assert not queue_for(user=desk.other.user, now=desk.now).mine
    assert not queue_for(user=desk.one.user, now=desk.now + limits.REQUEST_LIFE).requests
