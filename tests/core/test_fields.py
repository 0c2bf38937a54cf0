"""Fields of JSON that guess nothing."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rest_framework import serializers

from backend.core.fields import B64Field, Strict, StrictBooleanField, StrictCharField, StrictIntegerField
from backend.core.tokens import b64_encode


class Inner(Strict):
    id = B64Field(length=16)


class Outer(Strict):
    name = StrictCharField(max_length=8)
    on = StrictBooleanField()
    count = StrictIntegerField(min_value=0, max_value=9)
    some = Inner(many=True)
    blob = B64Field(most=4)
    listed = serializers.ListField(child=Inner(), required=False)


GOOD = {"name": " x ", "on": False, "count": 0, "some": [{"id": b64_encode(bytes(16))}], "blob": "AAAA"}


def test_what_is_said_arrives_as_it_was_said() -> None:
    checked = Outer(data=GOOD)
    assert checked.is_valid()
    assert checked.validated_data == {"name": " x ", "on": False, "count": 0, "some": [{"id": bytes(16)}], "blob": bytes(3)}


@pytest.mark.parametrize(
    "changed",
    [
        {"more": 1},
        {"name": 5},
        {"name": None},
        {"name": "\x00"},
        {"name": "\ud800"},
        {"name": "x" * 9},
        {"on": "true"},
        {"on": 1},
        {"count": "1"},
        {"count": True},
        {"count": 1.0},
        {"count": 10},
        {"some": [{"id": b64_encode(bytes(16)), "more": 1}]},
        {"some": [{"id": b64_encode(bytes(15))}]},
        {"some": {"id": "x"}},
        {"some": [7]},
        {"listed": [{"id": b64_encode(bytes(16)), "more": 1}]},
        {"blob": b64_encode(bytes(5))},
        {"blob": "AAAA="},
        {"blob": "AB"},
        {"blob": "é"},
        {"blob": 7},
    ],
)
def test_anything_else_is_refused(changed: dict[str, Any]) -> None:
    checked = Outer(data={**GOOD, **changed})
    assert not checked.is_valid()
    assert checked.errors


@settings(max_examples=60)
@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_no_json_makes_it_stumble(told: Any) -> None:
    assert not Outer(data=told).is_valid()
