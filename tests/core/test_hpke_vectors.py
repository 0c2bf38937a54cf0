"""What the browser seals opens with another implementation of HPKE and X-Wing, and the other way round (frontend/tests/e2ee/hpke.test.ts)."""

import json
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from backend.core.padding import unpad
from backend.core.tokens import b64_decode
from tests.core import hpke_vectors as vectors

FILE = json.loads(vectors.PATH.read_text())
INTAKE, INTAKE_PUBLIC = vectors.keys_of(FILE, "intake")
DEVICE, DEVICE_PUBLIC = vectors.keys_of(FILE, "device")
ENC = 1120


def name_of(case: dict[str, Any]) -> str:
    return f"{case['by']} {case.get('name', '')}"


def note_info(case: dict[str, Any]) -> bytes:
    return vectors.note_info(case["note"]["organisation"], b64_decode(case["note"]["request"], length=16))


def intake_info(case: dict[str, Any]) -> bytes:
    key_id, device_id = b64_decode(case["key_id"], length=16), b64_decode(case["device_id"], length=16)
    return vectors.intake_info(case["organisation"], key_id=key_id, device_id=device_id)


def test_both_sides_have_cases() -> None:
    for kind in ("notes", "intake"):
        assert {case["by"] for case in FILE[kind]} == {"python", "typescript"}


def test_a_public_key_is_the_one_of_its_seed() -> None:
    assert vectors.public_of(INTAKE) == INTAKE_PUBLIC
    assert vectors.public_of(DEVICE) == DEVICE_PUBLIC


@pytest.mark.parametrize("case", FILE["notes"], ids=name_of)
def test_a_note_opens_and_says_what_was_written(case: dict[str, Any]) -> None:
    sealed = b64_decode(case["sealed"])
    plaintext = vectors.unseal(sealed, private=INTAKE, info=note_info(case))
    assert len(sealed) - ENC - 16 == len(plaintext)
    assert len(plaintext) in vectors.NOTE_BUCKETS
    assert json.loads(unpad(plaintext, buckets=vectors.NOTE_BUCKETS)) == case["note"]


@pytest.mark.parametrize("case", FILE["intake"], ids=name_of)
def test_an_intake_key_opens_for_its_device(case: dict[str, Any]) -> None:
    assert vectors.unseal(b64_decode(case["sealed"]), private=DEVICE, info=intake_info(case)) == INTAKE


@pytest.mark.parametrize("case", FILE["notes"], ids=name_of)
def test_a_note_does_not_open_for_another_request_key_or_when_changed(case: dict[str, Any]) -> None:
    sealed, info = b64_decode(case["sealed"]), note_info(case)
    other_request = info[:-1] + bytes((info[-1] ^ 1,))
    changed = sealed[:-1] + bytes((sealed[-1] ^ 1,))
    other_enc = bytes((sealed[0] ^ 1,)) + sealed[1:]
    for box, private, context in (
        (sealed, INTAKE, other_request),
        (sealed, DEVICE, info),
        (changed, INTAKE, info),
        (other_enc, INTAKE, info),
    ):
        with pytest.raises(InvalidTag):
            vectors.unseal(box, private=private, info=context)
