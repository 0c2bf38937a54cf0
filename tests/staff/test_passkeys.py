"""The WebAuthn ceremonies against a soft authenticator."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from backend.core.tokens import b64_encode
from backend.staff import limits
from backend.staff.errors import LoginFailed, PasskeyRefused
from backend.staff.models import Passkey, StaffUser
from backend.staff.services import passkey_add, passkey_login, passkey_login_options, passkey_options, staff_switch_off
from backend.staff.services.passkeys import Ceremony, ceremony_new
from tests.staff.authenticator import USER_PRESENT, USER_VERIFIED, Authenticator
from tests.staff.people import organisation_made

pytestmark = pytest.mark.django_db
ORIGIN = "https://line.example.org"


@pytest.fixture
def dana(now: datetime) -> StaffUser:
    return organisation_made(now=now).person("dana")


@pytest.fixture
def key() -> Authenticator:
    return Authenticator(origin=ORIGIN, rp_id="line.example.org")


def registered(user: StaffUser, key: Authenticator) -> Authenticator:
    ceremony = ceremony_new(ORIGIN)
    kept, answer = key.register(passkey_options(user=user, ceremony=ceremony))
    passkey_add(user=user, ceremony=ceremony, credential=answer)
    return kept


def logged_in(key: Authenticator) -> StaffUser:
    ceremony = ceremony_new(ORIGIN)
    return passkey_login(ceremony=ceremony, credential=key.login(passkey_login_options(ceremony=ceremony)))


def test_a_passkey_logs_its_owner_in_without_a_name(dana: StaffUser, key: Authenticator) -> None:
    assert logged_in(registered(dana, key)) == dana


def test_options_ask_for_a_discoverable_credential_that_verifies_the_person(dana: StaffUser) -> None:
    options = passkey_options(user=dana, ceremony=ceremony_new(ORIGIN))
    assert options["authenticatorSelection"] == {"residentKey": "required", "requireResidentKey": True, "userVerification": "required"}
    assert options["rp"]["id"] == "line.example.org"
    assert options["attestation"] == "none"
    asked = passkey_login_options(ceremony=ceremony_new(ORIGIN))
    assert asked["userVerification"] == "required"
    assert asked["allowCredentials"] == []


def test_nothing_in_the_options_names_the_service_or_carries_an_identity(dana: StaffUser) -> None:
    options = passkey_options(user=dana, ceremony=ceremony_new(ORIGIN))
    assert options["rp"]["name"] == "Console"
    assert options["user"]["id"] == b64_encode(bytes(dana.handle))


@pytest.mark.parametrize(
    "changed",
    [
        {"flags": USER_PRESENT},
        {"flags": USER_VERIFIED},
        {"origin": "https://line.example.org.attacker.example"},
        {"rp_id": "attacker.example"},
    ],
    ids=["person not verified", "person not present", "another origin", "another party"],
)
def test_a_ceremony_that_is_not_ours_is_refused(dana: StaffUser, key: Authenticator, changed: dict[str, Any]) -> None:
    with pytest.raises(PasskeyRefused):
        registered(dana, replace(key, **changed))
    kept = registered(dana, key)
    with pytest.raises(LoginFailed):
        logged_in(replace(kept, **changed))


def test_another_challenge_is_refused(dana: StaffUser, key: Authenticator) -> None:
    kept = registered(dana, key)
    answer = kept.login(passkey_login_options(ceremony=ceremony_new(ORIGIN)))
    with pytest.raises(LoginFailed):
        passkey_login(ceremony=ceremony_new(ORIGIN), credential=answer)
    _, made = key.register(passkey_options(user=dana, ceremony=ceremony_new(ORIGIN)))
    with pytest.raises(PasskeyRefused):
        passkey_add(user=dana, ceremony=ceremony_new(ORIGIN), credential=made)


def test_another_key_or_handle_is_refused(dana: StaffUser, key: Authenticator) -> None:
    kept = registered(dana, key)
    stranger = Authenticator(origin=ORIGIN, rp_id="line.example.org")
    for wrong in (
        replace(kept, private=stranger.private),
        replace(kept, credential_id=stranger.credential_id),
        replace(kept, handle=bytes(32)),
    ):
        with pytest.raises(LoginFailed):
            logged_in(wrong)


def test_a_counter_that_does_not_rise_gives_a_copied_key_away(dana: StaffUser, key: Authenticator) -> None:
    kept = replace(registered(dana, replace(key, count=4)), count=5)
    assert logged_in(kept) == dana
    with pytest.raises(LoginFailed):
        logged_in(kept)
    assert logged_in(replace(kept, count=6)) == dana


def test_nobody_who_is_switched_off_logs_in(dana: StaffUser, key: Authenticator) -> None:
    kept = registered(dana, key)
    staff_switch_off(username="dana")
    with pytest.raises(LoginFailed):
        logged_in(kept)


def test_a_credential_belongs_to_one_person_once(dana: StaffUser, key: Authenticator) -> None:
    registered(dana, key)
    with pytest.raises(PasskeyRefused):
        registered(dana, key)
    assert passkey_options(user=dana, ceremony=ceremony_new(ORIGIN))["excludeCredentials"][0]["id"] == b64_encode(key.credential_id)


def test_nobody_has_passkeys_without_end(dana: StaffUser, key: Authenticator) -> None:
    Passkey.objects.bulk_create(Passkey(user=dana, credential_id=bytes([n]), public_key=b"") for n in range(limits.PASSKEYS_MAX - 1))
    ceremony = ceremony_new(ORIGIN)
    _, answer = key.register(passkey_options(user=dana, ceremony=ceremony))
    Passkey.objects.create(user=dana, credential_id=b"one more", public_key=b"")
    with pytest.raises(PasskeyRefused):
        passkey_add(user=dana, ceremony=ceremony, credential=answer)
    with pytest.raises(PasskeyRefused):
        passkey_options(user=dana, ceremony=ceremony)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda answer: {},
        lambda answer: {**answer, "response": None},
        lambda answer: {**answer, "response": {**answer["response"], "clientDataJSON": "!"}},
        lambda answer: {**answer, "response": {**answer["response"], "clientDataJSON": b64_encode(b"[]")}},
        lambda answer: {
            **answer,
            "response": {**answer["response"], "clientDataJSON": b64_encode(b'{"type":1,"challenge":2,"origin":[]}')},
        },
        lambda answer: {**answer, "response": {**answer["response"], "clientDataJSON": b64_encode(b"\xff")}},
        lambda answer: {**answer, "response": {**answer["response"], "attestationObject": b64_encode(b"\x00"), "authenticatorData": "AA"}},
        lambda answer: {**answer, "response": {**answer["response"], "attestationObject": b64_encode(b"\xa1"), "signature": ""}},
        lambda answer: {**answer, "id": "AA", "rawId": "AQ"},
        lambda answer: {**answer, "type": "password"},
        lambda answer: {**answer, "response": {**answer["response"], "userHandle": 7, "attestationObject": 7}},
    ],
)
def test_an_unreadable_answer_is_refused_calmly(dana: StaffUser, key: Authenticator, spoil: Any) -> None:
    ceremony = ceremony_new(ORIGIN)
    kept, made = key.register(passkey_options(user=dana, ceremony=ceremony))
    with pytest.raises(PasskeyRefused):
        passkey_add(user=dana, ceremony=ceremony, credential=spoil(made))
    passkey_add(user=dana, ceremony=ceremony, credential=made)
    login = Ceremony(challenge=ceremony.challenge, origin=ORIGIN)
    with pytest.raises(LoginFailed):
        passkey_login(ceremony=login, credential=spoil(kept.login(passkey_login_options(ceremony=login))))
