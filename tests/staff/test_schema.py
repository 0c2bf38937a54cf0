"""The published schema says what this room's calls take and give."""

from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    told: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return told


def test_every_call_of_the_protocol_is_in_the_schema(schema: dict[str, Any]) -> None:
    calls = {(path, method) for path, methods in schema["paths"].items() for method in methods}
    staff = "/api/v1/staff/"
    assert calls >= {
        ("/api/v1/organisations/{slug}/trust", "get"),
        (staff + "session", "get"),
        (staff + "setup", "post"),
        (staff + "setup/confirm", "post"),
        (staff + "login", "post"),
        (staff + "logout", "post"),
        (staff + "passkey", "post"),
        (staff + "passkey/options", "post"),
        (staff + "passkey/login", "post"),
        (staff + "passkey/login/options", "post"),
        (staff + "trust", "get"),
        (staff + "devices", "post"),
        (staff + "devices/{device_id}/certificate", "post"),
        (staff + "signing-certificates", "post"),
        (staff + "revocation-lists", "post"),
        (staff + "intake-keys", "get"),
        (staff + "intake-keys", "post"),
        (staff + "intake-keys/{key_id}/sealed", "post"),
    }


def test_bytes_are_text_and_what_may_be_absent_is_nullable(schema: dict[str, Any]) -> None:
    told = schema["components"]["schemas"]["TrustOut"]
    assert told["properties"]["root"] == {"type": "string"}
    assert told["properties"]["revocation_list"] == {"type": "string", "nullable": True}
    assert told["properties"]["intake"]["nullable"]
    assert set(told["required"]) == {"root", "rotations", "revocation_list", "signing_certificates", "intake", "time"}
    assert set(schema["components"]["schemas"]["StaffTrustOut"]["required"]) == {*told["required"], "devices", "requests"}


def test_secrets_are_only_ever_sent_in_bodies(schema: dict[str, Any]) -> None:
    for path, methods in schema["paths"].items():
        if path.startswith("/api/v1/staff/"):
            for call in methods.values():
                assert {one["name"] for one in call.get("parameters", ())} <= {"device", "device_id", "key_id", "request_id"}, path
