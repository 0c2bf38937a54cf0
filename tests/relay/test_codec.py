"""The frames, held against the vectors that every client shares and against themselves."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.errors import Refusal
from backend.core.padding import BUCKETS
from backend.relay import frames
from backend.relay.codec import NUMBER_MAX, client_decode, client_encode, server_decode, server_encode
from backend.relay.limits import Limit

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "frames.json").read_text(encoding="utf-8"))

numbers = st.integers(0, NUMBER_MAX)
ids = st.binary(min_size=16, max_size=16)
addresses = st.binary(min_size=32, max_size=32)
seconds = st.integers(0, 2**32 - 1)
seats = st.integers(0, 65_535)
slots = st.integers(0, Limit.SLOTS_PER_SEAT - 1)
kinds = st.sampled_from([int(kind) for kind in frames.Kind])
bodies = st.builds(lambda size, byte: bytes([byte]) * size, st.sampled_from(BUCKETS), st.integers(0, 255))
slot_bodies = st.sampled_from([b"", bytes(Limit.SLOT_BODY_BYTES)])
client_frames = st.one_of(
    st.builds(frames.Hello, addresses, numbers),
    st.builds(frames.Append, ids, kinds, numbers, seconds, bodies),
    st.builds(frames.Ack, numbers),
    st.builds(
        frames.Change,
        ids,
        numbers,
        st.lists(addresses, max_size=4, unique=True).map(tuple),
        st.lists(seats, max_size=4, unique=True).map(tuple),
        bodies,
        bodies | st.just(b""),
    ),
    st.builds(frames.SlotPut, ids, slots, numbers, seconds, slot_bodies),
    st.builds(frames.Burn, ids, numbers),
    st.builds(frames.Leave, ids),
)
server_frames = st.one_of(
    st.builds(frames.Ready, seats, numbers, numbers, numbers, numbers),
    st.builds(frames.Envelope, numbers, kinds, numbers, ids, st.none()),
    st.builds(frames.Envelope, numbers, kinds, numbers, st.none(), bodies),
    st.builds(frames.Answer, ids, numbers, seats),
    st.builds(frames.Refused, ids, seconds, st.sampled_from(["relay.busy", "relay.no_seat"])),
    st.tuples(numbers, numbers).map(lambda pair: frames.Gone(min(pair), max(pair))),
    st.builds(frames.SlotValue, seats, slots, numbers, slot_bodies),
    st.just(frames.Ended()),
)


def named(part: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("vector", VECTORS[part], ids=lambda vector: vector["name"])


def frame_of(vector: dict[str, Any]) -> Any:
    """The frame that a vector describes: its byte strings are hexadecimal."""
    kind = getattr(frames, vector["frame"])
    fields = {name: value_of(value, kind.__annotations__[name]) for name, value in vector["fields"].items()}
    return kind(**fields)


def value_of(value: Any, annotation: Any) -> Any:
    if isinstance(value, list):
        return tuple(bytes.fromhex(part) if isinstance(part, str) else part for part in value)
    return bytes.fromhex(value) if isinstance(value, str) and annotation is not str else value


@named("client")
def test_what_a_client_says_reads_and_writes_as_in_the_vectors(vector: dict[str, Any]) -> None:
    raw = bytes.fromhex(vector["hex"])
    assert client_decode(raw) == frame_of(vector)
    assert client_encode(frame_of(vector)) == raw


@named("server")
def test_what_a_server_says_reads_and_writes_as_in_the_vectors(vector: dict[str, Any]) -> None:
    raw = bytes.fromhex(vector["hex"])
    assert server_decode(raw) == frame_of(vector)
    assert server_encode(frame_of(vector)) == raw


@named("bad_client")
def test_what_a_client_must_not_say_is_refused_with_its_code(vector: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        client_decode(bytes.fromhex(vector["hex"]))
    assert refused.value.code == vector["code"]


@named("bad_server")
def test_what_a_server_must_not_say_is_refused_with_its_code(vector: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        server_decode(bytes.fromhex(vector["hex"]))
    assert refused.value.code == vector["code"]


@given(client_frames)
def test_every_client_frame_comes_back_as_it_was(frame: Any) -> None:
    assert client_decode(client_encode(frame)) == frame


@given(server_frames)
def test_every_server_frame_comes_back_as_it_was(frame: Any) -> None:
    assert server_decode(server_encode(frame)) == frame


@given(client_frames, st.data())
def test_a_frame_cut_short_is_never_taken_for_a_shorter_one_of_its_kind(frame: Any, data: Any) -> None:
    raw = client_encode(frame)
    cut = data.draw(st.integers(0, min(len(raw), 200) - 1))
    with pytest.raises(Refusal):
        client_decode(raw[:cut])


@given(st.binary(max_size=300))
def test_no_bytes_do_anything_but_decode_or_refuse(raw: bytes) -> None:
    for decode, encode in ((client_decode, client_encode), (server_decode, server_encode)):
        try:
            frame: Any = decode(raw)
        except Refusal:
            continue
        assert encode(frame) == raw


def test_a_frame_above_the_limit_is_too_large() -> None:
    with pytest.raises(Refusal) as refused:
        client_decode(b"\x01\x02" + bytes(Limit.FRAME_BYTES))
    assert refused.value.code == "relay.too_large"


def test_neither_tokens_nor_bodies_show_in_a_repr() -> None:
    secret = b"\xaa" * 32
    shown = [
        frames.Hello(secret, 0),
        frames.Append(bytes(16), 1, 0, 300, secret),
        frames.Change(bytes(16), 0, (secret,), (), secret, secret),
    ]
    assert not any(repr(secret) in repr(frame) for frame in shown)
