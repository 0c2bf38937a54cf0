"""The WebAuthn ceremonies over HTTP: a challenge is good once, for five minutes, on a page of ours."""

from dataclasses import replace

import pytest

from backend.core.clock import system_clock
from backend.staff import limits
from backend.staff.models import Passkey, StaffSession
from tests.staff.authenticator import Authenticator
from tests.staff.browsing import ORIGIN, Browser, refused, set_up

pytestmark = pytest.mark.django_db


def test_a_passkey_is_made_and_logs_in_on_its_own(browser: Browser, token: bytes) -> None:
    set_up(browser, token)
    key, made = Authenticator(origin=ORIGIN, rp_id="localhost").register(browser.post("passkey/options").json())
    told = browser.post("passkey", made)
    assert (told.status_code, told.json()) == (201, {})
    browser.post("logout")
    told = browser.post("passkey/login", key.login(browser.post("passkey/login/options").json()))
    assert told.json()["user"]["username"] == "dana"


def test_a_challenge_is_good_once(browser: Browser, token: bytes) -> None:
    set_up(browser, token)
    options = browser.post("passkey/options").json()
    key, made = Authenticator(origin=ORIGIN, rp_id="localhost").register(options)
    browser.post("passkey", made)
    again = replace(key, credential_id=b"another credential")
    refused(browser.post("passkey", again.register(options)[1]), 400, "staff.passkey_refused")
    browser.post("logout")
    answer = key.login(browser.post("passkey/login/options").json())
    assert browser.post("passkey/login", answer).status_code == 200
    browser.post("logout")
    refused(browser.post("passkey/login", answer), 403, "staff.login_failed")


def test_a_challenge_of_one_ceremony_is_none_of_the_other(browser: Browser, token: bytes) -> None:
    set_up(browser, token)
    key, made = Authenticator(origin=ORIGIN, rp_id="localhost").register(
        browser.post("passkey/login/options").json() | {"user": {"id": "AA"}}
    )
    refused(browser.post("passkey", made), 400, "staff.passkey_refused")
    assert not Passkey.objects.exists()
    assert key.handle == b"\x00"


def test_a_challenge_dies_after_five_minutes(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    options = browser.post("passkey/login/options").json()
    later = system_clock() + limits.CHALLENGE_LIFE
    monkeypatch.setattr("backend.staff.account_views.system_clock", lambda: later)
    refused(browser.post("passkey/login", Authenticator(origin=ORIGIN, rp_id="localhost").login(options)), 403, "staff.login_failed")


def test_a_ceremony_needs_a_page_of_ours(browser: Browser) -> None:
    csrf = browser.get("session").json()["csrf"]
    told = browser.client.post("/api/v1/staff/passkey/login/options", "{}", "application/json", headers={"X-CSRFToken": csrf})
    refused(told, 403, "request.forbidden")


def test_asking_for_passkeys_leaves_nothing_behind_that_outlives_the_challenge(browser: Browser) -> None:
    browser.post("passkey/login/options")
    row = StaffSession.objects.get()
    assert row.user is None
    assert row.expire_date <= system_clock() + limits.CHALLENGE_LIFE
