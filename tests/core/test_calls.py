"""What every room's edges share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.calls import id_from
from backend.core.errors import NotFound
from backend.core.tokens import b64_encode


@given(st.binary(min_size=16, max_size=16))
def test_an_id_in_an_address_is_read(raw: bytes) -> None:
    assert id_from(b64_encode(raw)) == raw


@given(st.text() | st.binary().filter(lambda raw: len(raw) != 16).map(b64_encode))
def test_what_is_no_id_is_not_there(text: str) -> None:
    with pytest.raises(NotFound):
        id_from(text)
