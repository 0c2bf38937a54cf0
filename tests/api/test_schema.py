"""The REST surface against its own schema: whatever is sent by whomever, nothing answers 5xx, and what is answered well is what the schema says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as effort
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import response_schema_conformance

from backend.core.clock import system_clock
from backend.staff.models import Role
from tests.staff.people import log_in, organisation_made
from tests.support.effort import examples

pytestmark = pytest.mark.django_db

ORIGIN = "http://localhost:8000"
CHECKS = [not_a_server_error, response_schema_conformance]

few = effort(
    max_examples=examples(10),
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends the requests: what their browser adds by itself."""

    headers: dict[str, str]
    cookies: dict[str, str]


@contextmanager
def one_connection() -> Iterator[None]:
    """Django ends a request by letting its database connection go: here it belongs to the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@pytest.fixture
def nobody() -> Caller:
    return Caller({"Host": "localhost:8000"}, {})


@pytest.fixture
def staff() -> Caller:
    """A supervisor who is an advocate too, logged in."""
    house, client = organisation_made(now=system_clock()), Client()
    log_in(client, house.person("everything", roles=(Role.ADVOCATE, Role.SUPERVISOR)))
    csrf = client.get("/api/v1/staff/session").json()["csrf"]
    cookies = {name: client.cookies[name].value for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)}
    return Caller({"Host": "localhost:8000", "Origin": ORIGIN, "X-CSRFToken": csrf}, cookies)


GENERATOR: Any = SchemaGenerator
SCHEMA = schemathesis.openapi.from_dict(GENERATOR().get_schema(public=True))
SCHEMA.app = get_wsgi_application()


def _calls() -> Iterator[Any]:
    for found in SCHEMA.get_all_operations():
        assert isinstance(found, Ok)
        yield found.ok()


CALLS = {f"{call.method.upper()} {call.path}": call for call in _calls()}
STAFF = [name for name in CALLS if "/staff/" in name and not name.endswith("/logout")]


def _tried(name: str, caller: Caller) -> list[int]:
    """Every status that generated requests of this call were answered with."""
    statuses = []

    @few
    @given(case=CALLS[name].as_strategy())
    def tried(case: Any) -> None:
        answer = case.call(headers=caller.headers, cookies=caller.cookies)
        case.validate_response(answer, checks=CHECKS)
        statuses.append(answer.status_code)

    with one_connection():
        tried()
    return statuses


@pytest.mark.parametrize("name", CALLS)
def test_no_call_of_nobody_fails_on_the_server(name: str, nobody: Caller) -> None:
    assert _tried(name, nobody)


@pytest.mark.parametrize("name", STAFF)
def test_no_call_of_a_logged_in_person_fails_on_the_server(name: str, staff: Caller) -> None:
    assert 401 not in _tried(name, staff), "the session must hold, or this test tries nothing"


def test_the_schema_holds_every_call_of_the_protocol() -> None:
    paths = {name.split(" ")[1] for name in CALLS}
    assert {"/api/v1/organisations", "/api/v1/help-requests", "/api/v1/staff/session", "/api/v1/staff/queue"} <= paths
    assert len(CALLS) >= 30
