"""Sizes and numbers: what no request can have is refused before anything is kept."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.errors import Invalid
from backend.hotline.drafts import PackageDraft, PlaceDraft, RequestDraft, SealedDraft
from backend.hotline.labels import Level, Topic
from backend.hotline.limits import NOTE_BYTES, PACKAGE_BYTES
from tests.hotline.samples import asker_sample, sealed_sample

KEY = bytes(16)


@given(st.integers(min_value=0, max_value=20_000))
def test_a_note_of_any_other_size_than_the_two_sealed_buckets_is_refused(size: int) -> None:
    packages = sealed_sample(intake_key=KEY).packages
    if size in (1120 + 4096 + 16, 1120 + 16384 + 16):
        assert SealedDraft(intake_key=KEY, packages=packages, note=bytes(size)).note == bytes(size)
    else:
        with pytest.raises(Invalid):
            SealedDraft(intake_key=KEY, packages=packages, note=bytes(size))


@pytest.mark.parametrize("size", NOTE_BYTES)
def test_both_sealed_buckets_pass(size: int) -> None:
    assert len(sealed_sample(intake_key=KEY, note=bytes(size)).note) == size


@pytest.mark.parametrize("number", [0, 1, 9, 20])
def test_fewer_than_two_or_more_than_eight_key_packages_are_refused(number: int) -> None:
    with pytest.raises(Invalid):
        sealed_sample(intake_key=KEY, packages=number)


@pytest.mark.parametrize(
    ("package", "seat"), [(b"", bytes(32)), (bytes(PACKAGE_BYTES + 1), bytes(32)), (b"x", bytes(31)), (b"x", bytes(33))]
)
def test_a_key_package_or_a_seat_of_another_size_is_refused(package: bytes, seat: bytes) -> None:
    with pytest.raises(Invalid):
        PackageDraft(package=package, seat=seat)


def test_a_key_package_or_a_seat_that_stands_twice_is_refused() -> None:
    one, other = sealed_sample(intake_key=KEY, packages=2).packages
    for double in (replace(other, package=one.package), replace(other, seat=one.seat)):
        with pytest.raises(Invalid):
            SealedDraft(intake_key=KEY, packages=(one, double), note=bytes(NOTE_BYTES[0]))


@pytest.mark.parametrize(
    "change",
    [
        {"public_id": bytes(15)},
        {"verifier": bytes(31)},
        {"language": "english"},
        {"region": "Texas"},
        {"topics": tuple(Topic)[:6]},
        {"topics": (Topic.NEED_LEGAL, Topic.NEED_LEGAL)},
    ],
)
def test_a_request_with_a_value_that_none_can_have_is_refused(change: dict[str, object]) -> None:
    draft = asker_sample(slug="line", intake_key=KEY).draft
    with pytest.raises(Invalid):
        replace(draft, **change)  # type: ignore[arg-type]


def test_the_digest_tells_every_part_apart() -> None:
    draft = asker_sample(slug="line", intake_key=KEY).draft
    changes: list[dict[str, object]] = [
        {"organisation": "other"},
        {"language": "es"},
        {"topics": ()},
        {"region": ""},
        {"level": Level.NOW},
        {"public_id": bytes(16)},
        {"verifier": bytes(32)},
        {"sealed": replace(draft.sealed, note=bytes(NOTE_BYTES[0]))},
        {"sealed": replace(draft.sealed, packages=tuple(reversed(draft.sealed.packages)))},
    ]
    others: list[RequestDraft] = [replace(draft, **change) for change in changes]  # type: ignore[arg-type]
    assert len({draft.digest(), *(other.digest() for other in others)}) == len(changes) + 1
    assert replace(draft).digest() == draft.digest()


@pytest.mark.parametrize(("size", "expires_in"), [(4095, 60), (4097, 60), (4096, 0), (4096, 604801)])
def test_a_return_place_of_another_size_or_life_is_refused(size: int, expires_in: int) -> None:
    with pytest.raises(Invalid):
        PlaceDraft(verifier=bytes(32), sealed=bytes(size), expires_in=expires_in)


def test_nothing_secret_shows_in_a_repr() -> None:
    asker = asker_sample(slug="line", intake_key=KEY)
    shown = repr(asker)
    for secret in (asker.token, asker.request_id, asker.draft.sealed.note, asker.draft.sealed.packages[0].seat):
        assert repr(secret) not in shown
