"""Refusals: a stable code, and nothing about who asked."""

import re

import pytest

from backend.core import errors
from backend.core.errors import Refusal

ALL = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, Refusal)]


@pytest.mark.parametrize("refusal", ALL, ids=lambda one: one.__name__)
def test_a_refusal_is_made_of_its_class_alone(refusal: type[Refusal]) -> None:
    made = refusal()
    assert str(made) == made.code
    assert made.args == (made.code,)
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", made.code)
    with pytest.raises(TypeError):
        refusal("somebody")  # type: ignore[call-arg]


@pytest.mark.parametrize("refusal", ALL, ids=lambda one: one.__name__)
def test_its_status_is_an_error_and_says_when_to_come_again_where_that_helps(refusal: type[Refusal]) -> None:
    assert 400 <= refusal.status < 600
    assert (refusal.retry_after > 0) is (refusal.status in (429, 503))
