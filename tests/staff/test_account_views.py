"""Logging in and out over HTTP: sessions, cookies, CSRF, and what no answer tells."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from backend.core.clock import system_clock
from backend.core.tokens import b64_encode
from backend.staff import limits
from backend.staff.known import cookie_name
from backend.staff.models import Invitation, StaffSession, StaffUser
from backend.staff.sessions import key_hash
from tests.staff.browsing import ORIGIN, PASSWORD, Browser, browser_new, code_now, refused, set_up
from tests.staff.people import House, log_in

pytestmark = pytest.mark.django_db


def test_nobody_is_logged_in_at_first(browser: Browser) -> None:
    told = browser.get("session").json()
    assert told["user"] is None
    assert told["csrf"]
    refused(browser.get("trust"), 401, "staff.login_required")


def test_an_invited_person_sets_up_and_is_logged_in(browser: Browser, token: bytes) -> None:
    begun = browser.post("setup", {"token": b64_encode(token), "password": PASSWORD}).json()
    assert begun.keys() == {"totp_secret", "totp_uri"}
    key = Invitation.objects.get(user__username="dana").pending_totp
    told = browser.post("setup/confirm", {"token": b64_encode(token), "totp": code_now(key)}).json()
    user = {
        "username": "dana",
        "shown_name": "Dana",
        "roles": ["advocate", "supervisor"],
        "organisation": "casa-clara",
        "second_factor": True,
    }
    assert told["user"] == user
    assert browser.get("session").json()["user"] == user


def test_login_gives_a_session_and_logout_ends_it(browser: Browser, token: bytes) -> None:
    key = set_up(browser, token)
    assert browser.post("logout").status_code == 204
    assert browser.get("session").json()["user"] is None
    told = browser.post("login", {"username": "dana", "password": PASSWORD, "totp": code_now(key, later=30)})
    assert told.json()["user"]["username"] == "dana"
    old = browser.session_key
    assert browser.post("logout").status_code == 204
    browser.client.cookies[settings.SESSION_COOKIE_NAME] = old
    refused(browser.get("trust"), 401, "staff.login_required")


def test_the_value_that_login_answers_with_is_the_one_to_send(browser: Browser, token: bytes) -> None:
    key = set_up(browser, token)
    browser.post("logout")
    csrf = browser.post("login", {"username": "dana", "password": PASSWORD, "totp": code_now(key, later=30)}).json()["csrf"]
    assert browser.post("logout", csrf=csrf).status_code == 204


@pytest.mark.parametrize(
    "wrong", [{"username": "nobody"}, {"password": "another quiet place"}, {"totp": "000000"}, {"totp": ""}, {"password": ""}]
)
def test_every_failed_login_answers_alike(browser: Browser, token: bytes, wrong: dict[str, str]) -> None:
    key = set_up(browser, token)
    browser.post("logout")
    told = browser.post("login", {"username": "dana", "password": PASSWORD, "totp": code_now(key, later=30), **wrong})
    first = browser.post("login", {"username": "x", "password": "x", "totp": "x"})
    if "" in wrong.values():
        assert told.status_code in (400, 403)
        return
    refused(told, 403, "staff.login_failed")
    assert told.content == first.content


def test_guessing_is_answered_with_when_to_come_back(browser: Browser) -> None:
    for _ in range(5):
        refused(browser.post("login", {"username": "x", "password": "x", "totp": "x"}), 403, "staff.login_failed")
    told = browser.post("login", {"username": "x", "password": "x", "totp": "x"})
    refused(told, 429, "request.slow_down")
    assert int(told["Retry-After"]) > 0


def test_a_session_that_was_planted_does_not_become_the_persons(browser: Browser, token: bytes) -> None:
    key = set_up(browser, token)
    browser.post("logout")
    browser.post("passkey/login/options")
    planted = browser.session_key
    assert planted
    browser.post("login", {"username": "dana", "password": PASSWORD, "totp": code_now(key, later=30)})
    assert browser.session_key != planted
    assert not StaffSession.objects.filter(pk=key_hash(planted)).exists()


def test_of_a_session_only_the_hash_is_kept(browser: Browser, token: bytes) -> None:
    set_up(browser, token)
    assert not StaffSession.objects.filter(pk=browser.session_key).exists()
    assert StaffSession.objects.filter(pk=key_hash(browser.session_key)).exists()


@pytest.mark.parametrize("path", ["setup", "setup/confirm", "login", "passkey/login", "passkey/login/options"])
def test_nothing_changes_without_our_own_pages_value_even_before_login(browser: Browser, path: str) -> None:
    refused(browser.post(path, {}, csrf=""), 403, "request.forbidden")
    refused(browser.post(path, {}, csrf="x" * 64), 403, "request.forbidden")


@pytest.mark.parametrize(
    "path", ["logout", "passkey", "passkey/options", "devices", "signing-certificates", "revocation-lists", "intake-keys"]
)
def test_nothing_changes_without_our_own_pages_value_after_login(browser: Browser, token: bytes, path: str) -> None:
    set_up(browser, token)
    refused(browser.post(path, {}, csrf=""), 403, "request.forbidden")


def test_a_foreign_origin_changes_nothing(browser: Browser, token: bytes) -> None:
    set_up(browser, token)
    refused(browser.post("logout", Origin="https://attacker.example"), 403, "request.forbidden")
    assert browser.get("session").json()["user"] is not None


def test_a_session_ends_after_idle_hours_and_at_last_after_half_a_day(browser: Browser, token: bytes) -> None:
    set_up(browser, token)
    row = StaffSession.objects.get(pk=key_hash(browser.session_key))
    now = system_clock()
    StaffSession.objects.update(seen_at=now - limits.SESSION_IDLE)
    refused(browser.get("trust"), 401, "staff.login_required")
    assert not StaffSession.objects.filter(pk=row.pk).exists()


def test_a_busy_session_ends_too(browser: Browser, token: bytes) -> None:
    set_up(browser, token)
    StaffSession.objects.update(started_at=system_clock() - limits.SESSION_ABSOLUTE)
    refused(browser.get("trust"), 401, "staff.login_required")


def test_a_session_that_is_used_is_seen(browser: Browser, token: bytes) -> None:
    set_up(browser, token)
    StaffSession.objects.update(seen_at=system_clock() - limits.SESSION_IDLE / 2)
    assert browser.get("trust").status_code == 200
    seen_at = StaffSession.objects.get(pk=key_hash(browser.session_key)).seen_at
    assert seen_at is not None
    assert seen_at > system_clock() - timedelta(minutes=5)


def test_who_is_switched_off_is_out_at_once(browser: Browser, token: bytes) -> None:
    set_up(browser, token)
    StaffUser.objects.filter(username="dana").update(is_active=False)
    refused(browser.get("trust"), 401, "staff.login_required")


def test_cookies_are_for_this_site_and_no_script(browser: Browser, token: bytes) -> None:
    set_up(browser, token)
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, cookie_name()):
        cookie = browser.client.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/"), name
    assert not browser.client.cookies[settings.SESSION_COOKIE_NAME]["expires"]


def test_a_browser_that_logged_in_before_is_not_slowed_by_others_guesses(browser: Browser, token: bytes) -> None:
    key = set_up(browser, token)
    browser.post("logout")
    stranger = browser_new()
    for _ in range(6):
        told = stranger.post("login", {"username": "dana", "password": "guess", "totp": "000000"})
    refused(told, 429, "request.slow_down")
    assert browser.post("login", {"username": "dana", "password": PASSWORD, "totp": code_now(key, later=30)}).status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("setup", {"token": "AA", "password": PASSWORD}),
        ("setup", {"token": b64_encode(bytes(32)), "password": PASSWORD, "more": 1}),
        ("setup", {"token": b64_encode(bytes(32)), "password": 12345678901234}),
        ("setup/confirm", {"token": b64_encode(bytes(32)), "totp": 123456}),
        ("login", {"username": "dana", "password": PASSWORD}),
        ("login", {"username": "dana", "password": "\ud800", "totp": "1"}),
        ("login", []),
        ("login", None),
        ("passkey/login/options", {"more": 1}),
        ("passkey/login", []),
        ("passkey/login", 7),
    ],
)
def test_what_is_unknown_or_misshapen_is_refused(browser: Browser, path: str, body: Any) -> None:
    refused(browser.post(path, body), 400, "request.invalid")


def test_a_link_that_is_over_says_so(browser: Browser) -> None:
    refused(browser.post("setup", {"token": b64_encode(bytes(32)), "password": PASSWORD}), 404, "staff.invitation_invalid")


def test_a_wrong_code_and_a_weak_password_are_said(browser: Browser, token: bytes) -> None:
    refused(browser.post("setup", {"token": b64_encode(token), "password": "short"}), 400, "staff.password_weak")
    browser.post("setup", {"token": b64_encode(token), "password": PASSWORD})
    refused(browser.post("setup/confirm", {"token": b64_encode(token), "totp": "000000"}), 400, "staff.code_wrong")
    assert Invitation.objects.get(user__username="dana").tries == 1


def test_refusals_speak_the_readers_language(browser: Browser) -> None:
    told = browser.client.get("/api/v1/staff/trust", headers={"Accept-Language": "es-MX,es;q=0.9"}).json()
    assert told["message"] == "La sesión terminó. Vuelve a entrar."


def test_a_session_of_nobody_opens_nothing(browser: Browser) -> None:
    browser.post("passkey/login/options")
    refused(browser.get("trust"), 401, "staff.login_required")


def test_a_made_up_session_opens_nothing(browser: Browser, house: House) -> None:
    log_in(browser.client, house.supervisor)
    assert browser.get("trust").status_code == 200
    browser.client.cookies[settings.SESSION_COOKIE_NAME] = key_hash(browser.session_key)
    refused(browser.get("trust"), 401, "staff.login_required")


def test_json_that_is_nested_without_end_is_refused_and_no_fault(browser: Browser) -> None:
    csrf = browser.get("session").json()["csrf"]
    told = {"X-CSRFToken": csrf, "Origin": ORIGIN}
    answer = browser.client.post("/api/v1/staff/login", "[" * 60_000, "application/json", headers=told)
    refused(answer, 400, "request.invalid")
