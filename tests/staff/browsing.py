"""A browser on our own page, for tests of calls."""

import json
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from django_otp.oath import TOTP

from backend.core.clock import system_clock
from backend.core.tokens import b64_encode
from backend.staff.models import Invitation

PASSWORD: Final = "a quiet place by the river"
ORIGIN: Final = "http://localhost:8000"


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser on our own page: it holds the session's CSRF value and sends it."""

    client: Client

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1/staff/{path}")

    def post(self, path: str, body: Any = None, *, csrf: str | None = None, **headers: str) -> Any:
        told = {"X-CSRFToken": self.get("session").json()["csrf"] if csrf is None else csrf, "Origin": ORIGIN, **headers}
        return self.client.post(f"/api/v1/staff/{path}", json.dumps({} if body is None else body), "application/json", headers=told)

    @property
    def session_key(self) -> str:
        cookie = self.client.cookies.get(settings.SESSION_COOKIE_NAME)
        return cookie.value if cookie is not None else ""


def code_now(key: str, *, later: int = 0) -> str:
    clock = TOTP(bytes.fromhex(key))
    clock.time = system_clock().timestamp() + later
    return f"{clock.token():06d}"


def set_up(browser: Browser, token: bytes) -> str:
    """Set dana's account up as her browser does; the authenticator's key in hex."""
    assert browser.post("setup", {"token": b64_encode(token), "password": PASSWORD}).status_code == 200
    key = Invitation.objects.get(user__username="dana").pending_totp
    assert browser.post("setup/confirm", {"token": b64_encode(token), "totp": code_now(key)}).status_code == 200
    return key


def refused(answer: HttpResponseBase, status: int, code: str) -> None:
    assert (answer.status_code, json.loads(getattr(answer, "content", b""))["code"]) == (status, code)


def browser_new() -> Browser:
    """A browser that nobody has logged in with, where the CSRF check is not switched off."""
    return Browser(Client(enforce_csrf_checks=True, SERVER_NAME="localhost", SERVER_PORT="8000", REMOTE_ADDR="192.0.2.7"))
