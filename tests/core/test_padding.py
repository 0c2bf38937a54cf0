"""Padding: sizes tell next to nothing, and what is not a padded body is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.padding import BUCKETS, PREFIX, PaddingError, pad, unpad


@given(st.binary(max_size=5000))
def test_what_was_padded_comes_back_and_its_size_is_a_bucket(content: bytes) -> None:
    padded = pad(content)
    assert len(padded) in BUCKETS
    assert unpad(padded) == content


@given(st.integers(0, max(BUCKETS) - PREFIX))
def test_the_smallest_bucket_that_holds_it_is_taken(length: int) -> None:
    size = len(pad(bytes(length)))
    assert size >= length + PREFIX
    assert all(bucket < length + PREFIX for bucket in BUCKETS if bucket < size)


@pytest.mark.parametrize("bucket", BUCKETS)
def test_a_bucket_is_filled_to_its_last_byte(bucket: int) -> None:
    full = b"x" * (bucket - PREFIX)
    assert len(pad(full)) == bucket
    assert unpad(pad(full)) == full


def test_what_fits_into_no_bucket_is_refused() -> None:
    with pytest.raises(PaddingError):
        pad(bytes(max(BUCKETS) - PREFIX + 1))
    with pytest.raises(PaddingError):
        pad(bytes(4093), buckets=(1024, 4096))


@given(st.integers(0, 5000).filter(lambda size: size not in BUCKETS))
def test_another_size_is_refused(size: int) -> None:
    with pytest.raises(PaddingError):
        unpad(bytes(size))


@given(st.binary(max_size=1000), st.integers(0, 1023), st.integers(1, 255))
def test_a_changed_byte_of_the_length_or_the_padding_never_gives_the_same_content(content: bytes, place: int, change: int) -> None:
    padded = bytearray(pad(content))
    padded[place] ^= change
    try:
        opened = unpad(bytes(padded))
    except PaddingError:
        return
    assert opened != content


@given(st.binary(max_size=900), st.integers(0, 1), st.integers(1, 255))
def test_padding_that_is_not_zero_is_refused(content: bytes, first_or_last: int, byte: int) -> None:
    padded = bytearray(pad(content))
    padded[-1 if first_or_last else PREFIX + len(content)] = byte
    with pytest.raises(PaddingError):
        unpad(bytes(padded))


@pytest.mark.parametrize("length", [1021, 1024, 2**32 - 1])
def test_a_length_beyond_the_body_is_refused(length: int) -> None:
    with pytest.raises(PaddingError):
        unpad(length.to_bytes(PREFIX) + bytes(1020))
