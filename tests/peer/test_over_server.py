"""Survivor and advocate over the real server, both on mls-rs: the contract of docs/protocol.md from one end to the other."""

import secrets

import pytest

from tests.peer.advocate import Advocate, Case
from tests.peer.api import ApiRefused
from tests.peer.note import NoteMismatch
from tests.peer.office import intake_publish
from tests.peer.organisation import Organisation
from tests.peer.places import return_keys
from tests.peer.seat import Refusal, Seat, SeatOver
from tests.peer.signed import Untrusted
from tests.peer.survivor import Offer, Survivor
from tests.peer.talk import Talk
from tests.peer.wire import b64, pad, sha256


def claimed(advocate: Advocate, survivor: Survivor) -> Case:
    return advocate.claim(b64(survivor.id))


def talking(advocate: Advocate, survivor: Survivor, *, polling: bool = False) -> tuple[Case, Talk]:
    """Asked, claimed, joined, greeted both ways."""
    survivor.ask("Something doesn't feel right.")
    case = claimed(advocate, survivor)
    case.open(timer=3600)
    talk = survivor.wait_for_seat(polling=polling)
    talk.until(lambda: talk.timer == 3600)
    return case, talk


def test_the_server_names_who_answers(survivor: Survivor, organisation: Organisation) -> None:
    named = next(one for one in survivor.organisations() if one["slug"] == organisation.slug)
    assert named["name"] == {"en": "Clara House", "es": "Casa Clara"}
    assert set(named["exceptions"]) == {"en", "es"}
    assert named["on_shift"] is True


def test_the_chain_leads_from_the_link_to_the_intake_key(survivor: Survivor, organisation: Organisation) -> None:
    believed = survivor.look()
    assert believed.root == organisation.root
    assert believed.refused is None
    assert believed.intake is not None


def test_another_fingerprint_believes_nobody(organisation: Organisation) -> None:
    stranger = Survivor(organisation.server.url, organisation=organisation.slug, pin=secrets.token_bytes(20))
    with pytest.raises(Untrusted, match="root"):
        stranger.look()


def test_the_note_reaches_the_advocate(advocate: Advocate, survivor: Survivor) -> None:
    status = survivor.ask("Tiene mi pasaporte.", language="es", level="now")
    assert status["state"] == "waiting"
    case = claimed(advocate, survivor)
    assert (case.note.text, case.note.language) == ("Tiene mi pasaporte.", "es")
    assert survivor.status()["state"] == "claimed"


def test_they_talk_both_ways_in_both_languages(advocate: Advocate, survivor: Survivor) -> None:
    case, talk = talking(advocate, survivor)
    case.talk.say("Is it safe to talk?")
    talk.until(lambda: talk.texts == ["Is it safe to talk?"])
    talk.say("Sí. Está en el trabajo.")
    case.talk.until(lambda: "Sí. Está en el trabajo." in case.talk.texts)
    assert survivor.status()["state"] == "talking"
    assert talk.notices == case.talk.notices == []


def test_a_receipt_says_what_was_seen(advocate: Advocate, survivor: Survivor) -> None:
    case, talk = talking(advocate, survivor)
    message = talk.say("Hello")
    case.talk.until(lambda: case.talk.texts == ["Hello"])
    assert not message.seen
    case.talk.confirm()
    talk.until(lambda: message.seen)


def test_plain_polling_carries_the_same_conversation(advocate: Advocate, survivor: Survivor) -> None:
    case, talk = talking(advocate, survivor, polling=True)
    case.talk.say("Over plain requests")
    talk.until(lambda: talk.texts == ["Over plain requests"])
    talk.say("And back")
    case.talk.until(lambda: "And back" in case.talk.texts)


def test_a_timer_change_is_seen_by_both(advocate: Advocate, survivor: Survivor) -> None:
    case, talk = talking(advocate, survivor)
    talk.set_timer(300)
    case.talk.until(lambda: case.talk.timer == 300)
    assert case.talk.notices == ["timer"]


def test_messages_are_gone_when_their_time_is_over(advocate: Advocate, survivor: Survivor) -> None:
    case, talk = talking(advocate, survivor)
    case.talk.say("Read")
    case.talk.say("Not read yet")
    talk.until(lambda: len(talk.screen) == 2)
    talk.read(talk.screen[0])
    later = talk.now() + 3601
    talk.now = case.talk.now = lambda: later
    assert talk.texts == ["Not read yet"]
    assert case.talk.texts == []


def test_a_burn_empties_both_screens_and_the_log(advocate: Advocate, survivor: Survivor) -> None:
    case, talk = talking(advocate, survivor)
    talk.say("Erase this")
    case.talk.until(lambda: case.talk.texts == ["Erase this"])
    case.talk.burn()
    talk.until(lambda: "burned" in talk.notices)
    assert talk.texts == case.talk.texts == []


def test_somebody_who_lost_everything_rejoins_with_fresh_keys(advocate: Advocate, survivor: Survivor) -> None:
    case, talk = talking(advocate, survivor)
    talk.say("Before")
    case.talk.until(lambda: case.talk.texts == ["Before"])
    survivor.rejoin()
    case.talk.until(lambda: "rejoined" in case.talk.notices)
    talk.until(lambda: talk.group is not None)
    talk.say("After")
    case.talk.until(lambda: "After" in case.talk.texts)
    case.talk.say("Welcome back")
    talk.until(lambda: "Welcome back" in talk.texts)


def test_a_closed_conversation_is_over_for_both(advocate: Advocate, survivor: Survivor) -> None:
    case, talk = talking(advocate, survivor)
    case.close()
    talk.until(lambda: talk.over)
    assert survivor.status()["state"] == "closed"
    with pytest.raises(SeatOver):
        Seat.take(survivor.api.origin, talk.seat.token)


def test_a_withdrawn_request_is_gone(advocate: Advocate, survivor: Survivor) -> None:
    survivor.ask("")
    survivor.withdraw()
    with pytest.raises(ApiRefused) as refused:
        survivor.status()
    assert (refused.value.status, refused.value.code) == (404, "request.not_found")
    assert b64(survivor.id) not in [card["id"] for card in advocate.queue()["requests"]]


def test_a_request_given_back_waits_with_its_next_key_package(advocate: Advocate, survivor: Survivor) -> None:
    survivor.ask("")
    first = claimed(advocate, survivor)
    assert first.give_back("lost") == "waiting"
    second = claimed(advocate, survivor)
    second.open(timer=3600)
    talk = survivor.wait_for_seat()
    second.talk.say("Here again")
    talk.until(lambda: "Here again" in talk.texts)


def test_a_request_is_claimed_once(advocate: Advocate, survivor: Survivor) -> None:
    survivor.ask("")
    claimed(advocate, survivor)
    with pytest.raises(ApiRefused) as refused:
        claimed(advocate, survivor)
    assert (refused.value.status, refused.value.code) == (409, "hotline.already_claimed")


def test_key_packages_can_be_replaced_while_waiting(advocate: Advocate, survivor: Survivor) -> None:
    survivor.ask("first")
    survivor.ask_again("second")
    assert claimed(advocate, survivor).note.text == "second"


def test_return_words_lead_to_what_was_kept_there_until_it_is_erased(survivor: Survivor) -> None:
    keys = return_keys(["river", "lamp", "onion", "second", "quote", "zoo"], host="127.0.0.1")
    survivor.place_save(keys, b"what brings me back")
    elsewhere = Survivor(survivor.api.origin, organisation=survivor.organisation)
    assert elsewhere.place_open(keys) == b"what brings me back"
    elsewhere.place_erase(keys)
    with pytest.raises(ApiRefused, match="404"):
        survivor.place_open(keys)


def test_nobody_sits_with_a_token_of_their_own_making(survivor: Survivor) -> None:
    for polling in (False, True):
        with pytest.raises(SeatOver):
            Seat.take(survivor.api.origin, secrets.token_bytes(32), polling=polling)


def test_the_same_client_id_writes_once(advocate: Advocate, survivor: Survivor) -> None:
    case, talk = talking(advocate, survivor)
    client_id, body = secrets.token_bytes(16), pad(secrets.token_bytes(40))
    first = talk.seat.append(kind=1, epoch=talk.epoch, ttl=300, body=body, client_id=client_id)
    assert talk.seat.append(kind=1, epoch=talk.epoch, ttl=300, body=body, client_id=client_id) == first
    with pytest.raises(Refusal, match=r"relay\.client_id_reused"):
        talk.seat.append(kind=1, epoch=talk.epoch, ttl=300, body=pad(b"other"), client_id=client_id)
    case.talk.until(lambda: case.talk.notices == ["unreadable"])


def test_an_older_epoch_is_refused(advocate: Advocate, survivor: Survivor) -> None:
    _, talk = talking(advocate, survivor)
    with pytest.raises(Refusal, match=r"relay\.stale_epoch"):
        talk.seat.append(kind=1, epoch=talk.epoch + 1, ttl=300, body=pad(b"x"))


def test_a_seat_that_did_not_open_another_may_not_end_it(advocate: Advocate, survivor: Survivor) -> None:
    _, talk = talking(advocate, survivor)
    with pytest.raises(Refusal, match=r"relay\.not_allowed"):
        talk.seat.change(epoch=talk.epoch, opens=[], ends=[0], commit=pad(b"x"), welcome=b"")


def test_a_slot_keeps_the_last_value_only(advocate: Advocate, survivor: Survivor) -> None:
    _, talk = talking(advocate, survivor)
    talk.seat.slot_put(slot=0, counter=2, ttl=300, body=pad(b"here"))
    with pytest.raises(Refusal, match=r"relay\.slot_stale"):
        talk.seat.slot_put(slot=0, counter=2, ttl=300, body=pad(b"there"))


def test_a_note_of_other_key_packages_is_refused_and_given_back(advocate: Advocate, survivor: Survivor) -> None:
    body = survivor.sealed(text="", language="en")
    body["packages"] = [Offer.new().told() for _ in survivor.offers]
    named = {"id": b64(survivor.id), "verifier": b64(sha256(survivor.token)), "organisation": survivor.organisation}
    chosen = {"language": "en", "level": "soon", "topics": [], "region": ""}
    survivor.api.call("POST", "/api/v1/help-requests", {**named, **body, **chosen})
    with pytest.raises(NoteMismatch):
        claimed(advocate, survivor)
    assert survivor.status()["state"] in ("waiting", "closed")


def test_a_revoked_advocate_is_believed_no_more(organisation: Organisation, advocate: Advocate, survivor: Survivor) -> None:
    nora = organisation.advocate("nora", name="Nora")
    _, talk = talking(nora, survivor)
    talk.say("Before")
    organisation.office.revoke(nora.keys.device_id)
    intake_publish(advocate)
    survivor.look()
    with pytest.raises(Untrusted, match="revoked"):
        talk.say("After")
