"""JSON over HTTP (docs/protocol.md §7 to §9)."""

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from typing import Any

import httpx

from tests.peer.wire import b64


class ApiRefused(Exception):
    """A refusal of §8, with its status."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code = status, code


class Api:
    """The calls of somebody without an account. Every call raises ApiRefused."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.client = httpx.Client(base_url=origin, trust_env=False, timeout=40)

    def call(self, method: str, path: str, body: dict[str, Any] | None = None, *, secret: bytes | None = None) -> Any:
        """The JSON of the answer, None for 204."""
        headers = self.headers(method) | ({"authorization": f"Bearer {b64(secret)}"} if secret else {})
        answer = self.client.request(method, path, json=body, headers=headers)
        if answer.is_success:
            return answer.json() if answer.content else None
        told = answer.json() if answer.headers.get("content-type", "").startswith("application/json") else {}
        raise ApiRefused(answer.status_code, told.get("code", "unknown"))

    def headers(self, method: str) -> dict[str, str]:
        return {}


class StaffApi(Api):
    """The calls of a member of staff, with a session."""

    csrf = ""

    def headers(self, method: str) -> dict[str, str]:
        return {"X-CSRFToken": self.csrf, "Origin": self.origin} if method != "GET" else {}

    def staff(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        return self.call(method, f"/api/v1/staff/{path}", body)

    def set_up(self, token: str, *, password: str, now: Callable[[], float] = time.time) -> str:
        """Accept an invitation; gives the secret of the second factor."""
        self.session()
        secret: str = self.staff("POST", "setup", {"token": token, "password": password})["totp_secret"]
        self.staff("POST", "setup/confirm", {"token": token, "totp": totp(secret, now=now())})
        self.session()
        return secret

    def log_in(self, username: str, *, password: str, code: str) -> None:
        self.session()
        self.staff("POST", "login", {"username": username, "password": password, "totp": code})
        self.session()

    def session(self) -> Any:
        found = self.staff("GET", "session")
        self.csrf = found["csrf"]
        return found["user"]


def totp(secret: str, *, now: float) -> str:
    """The six digits of RFC 6238 at ``now``."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
    digest = hmac.digest(key, (int(now) // 30).to_bytes(8, "big"), hashlib.sha1)
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"
