"""Capability tokens and their form on the wire."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.errors import Invalid
from backend.core.tokens import ID_BYTES, TOKEN_BYTES, b64_decode, b64_encode, id_new, token_matches, token_new, verifier_of

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def test_tokens_and_ids_have_their_sizes_and_do_not_repeat() -> None:
    assert {len(token_new()) for _ in range(50)} == {TOKEN_BYTES}
    assert {len(id_new()) for _ in range(50)} == {ID_BYTES}
    assert len({token_new() for _ in range(50)}) == len({id_new() for _ in range(50)}) == 50


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_a_token_opens_what_was_made_of_it_and_nothing_else(token: bytes, other: bytes) -> None:
    assert verifier_of(token) == hashlib.sha256(token).digest()
    assert token_matches(token=token, verifier=verifier_of(token))
    assert token_matches(token=other, verifier=verifier_of(token)) is (other == token)
    assert not token_matches(token=token, verifier=token)


@given(st.binary(max_size=200))
def test_bytes_come_back_from_their_text(raw: bytes) -> None:
    text = b64_encode(raw)
    assert set(text) <= set(ALPHABET)
    assert b64_decode(text) == b64_decode(text, length=len(raw)) == raw


@given(st.text(alphabet=ALPHABET, max_size=40))
def test_a_text_is_either_the_only_one_for_its_bytes_or_refused(text: str) -> None:
    try:
        raw = b64_decode(text)
    except Invalid:
        return
    assert b64_encode(raw) == text


@given(st.text(max_size=30).filter(lambda text: not set(text) <= set(ALPHABET)))
def test_a_text_with_any_other_character_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        b64_decode(text)


@given(st.binary(max_size=40), st.integers(0, 40))
def test_another_length_is_refused(raw: bytes, length: int) -> None:
    if length == len(raw):
        assert b64_decode(b64_encode(raw), length=length) == raw
    else:
        with pytest.raises(Invalid):
            b64_decode(b64_encode(raw), length=length)


@pytest.mark.parametrize("text", ["A", "AA==", "AB", "+/+/", "AA AA", "AAAA\n", "ÄÄÄÄ"])
def test_what_is_not_canonical_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        b64_decode(text)
