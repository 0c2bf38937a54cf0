"""Calls over HTTP as the app and the console make them."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.test import Client

from backend.core.tokens import b64_encode

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer


def call(
    client: Client, method: str, path: str, *, body: object = None, token: bytes | None = None, headers: Mapping[str, str] | None = None
) -> "Answer":
    """One call under /api/v1/: ``body`` as JSON where there is one, ``token`` as the bearer."""
    told = dict(headers or {})
    if token is not None:
        told["Authorization"] = f"Bearer {b64_encode(token)}"
    if body is None:
        return client.generic(method, f"/api/v1/{path}", headers=told)
    return client.generic(method, f"/api/v1/{path}", json.dumps(body).encode(), content_type="application/json", headers=told)


def refused(answer: "Answer", status: int, code: str) -> None:
    """Demand this refusal, with words for people."""
    told = answer.json()
    assert (answer.status_code, told["code"]) == (status, code)
    assert told["message"]
