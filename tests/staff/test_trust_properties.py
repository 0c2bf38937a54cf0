"""What holds for every signed object, whatever is in it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.staff import trust
from backend.staff.trust import Untrusted
from backend.staff.trust.errors import Malformed, NotNow, WrongKey
from backend.staff.trust.keys import key_check
from backend.staff.trust.objects import NUMBER_MAX, body_decode, body_encode
from tests.staff import cast
from tests.staff.cast import NOW, SLUG

slugs = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?", fullmatch=True)
ids = st.binary(min_size=16, max_size=16)
hashes = st.binary(min_size=32, max_size=32)
keys = st.sampled_from([trust.public_of(cast.ed25519(str(number))) for number in range(8)])
numbers = st.integers(0, NUMBER_MAX)
names = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=15).filter(lambda name: name.isprintable())
revoked = st.sets(ids, max_size=6).map(lambda found: tuple(sorted(found)))
times: dict[str, Any] = {"not_before": numbers, "not_after": numbers}

bodies = st.one_of(
    st.builds(trust.SigningCertificate, organisation=slugs, device_id=ids, signature_key=keys, **times),
    st.builds(
        trust.DeviceCertificate,
        organisation=slugs,
        device_id=ids,
        signature_key=keys,
        hpke_hash=hashes,
        role=st.sampled_from(["advocate", "supervisor"]),
        shown_name=names,
        issuer=ids,
        **times,
    ),
    st.builds(trust.RevocationList, organisation=slugs, number=numbers, issued_at=numbers, expires_at=numbers, revoked=revoked, issuer=ids),
    st.builds(trust.IntakeKey, organisation=slugs, key_id=ids, hpke_key=st.binary(min_size=1216, max_size=1216), issuer=ids, **times),
    st.builds(trust.RootRotation, organisation=slugs, old_key=keys, new_key=keys, at=numbers),
    st.builds(
        trust.DeviceRequest,
        organisation=slugs,
        device_id=ids,
        signature_key=keys,
        hpke_hash=hashes,
        shown_name=names,
        role=st.sampled_from(["advocate", "supervisor", "signing"]),
    ),
    st.builds(trust.Rejoin, package_hash=hashes, counter=numbers),
)


@given(bodies)
def test_decoding_what_was_encoded_gives_the_same_object(body: Any) -> None:
    assert body_decode(body_encode(body), type(body)) == body


@given(bodies, st.data())
@settings(max_examples=300)
def test_any_single_bit_flip_is_refused(body: Any, data: st.DataObject) -> None:
    signed = trust.sign(body, cast.ed25519("root"))
    bit = data.draw(st.integers(0, len(signed) * 8 - 1))
    flipped = bytearray(signed)
    flipped[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Untrusted):
        trust.decode(bytes(flipped), type(body)).signature_check(trust.public_of(cast.ed25519("root")))


@given(st.binary(max_size=400), st.sampled_from([trust.SigningCertificate, trust.DeviceCertificate, trust.RevocationList, trust.Rejoin]))
def test_bytes_that_nobody_made_are_refused_and_never_break_the_reader(raw: bytes, kind: Any) -> None:
    with pytest.raises(Untrusted):
        trust.decode(raw, kind)


@given(bodies)
def test_what_is_read_has_exactly_one_encoding(body: Any) -> None:
    signed = trust.sign(body, cast.ed25519("root"))
    assert trust.sign(trust.decode(signed, type(body)).body, cast.ed25519("root")) == signed


@given(st.integers(-2000, 2000), st.integers(0, 5000))
def test_a_certificate_is_valid_within_its_times_and_600_seconds_around_them(offset: int, length: int) -> None:
    signed = cast.device_certificate(seconds=length)
    issuer = trust.decode(cast.signing_certificate(now=NOW - 86400), trust.SigningCertificate).body
    for now, inside in ((NOW + offset, offset >= -600), (NOW + length + offset, -length - 600 <= offset <= 600)):
        if inside and now <= NOW + length + 600:
            assert trust.verify_device_certificate(signed, issuer=issuer, now=now).shown_name == "Marisol"
        else:
            with pytest.raises(NotNow):
                trust.verify_device_certificate(signed, issuer=issuer, now=now)


@pytest.mark.parametrize("y", [0, 1, 2**255 - 20, 2**255 - 19, 2**255 - 18, 2**255 - 1])
@pytest.mark.parametrize("sign", [0, 1])
def test_keys_of_small_order_and_keys_in_another_form_are_refused(y: int, sign: int) -> None:
    with pytest.raises(WrongKey):
        key_check((y | sign << 255).to_bytes(32, "little"))


@pytest.mark.parametrize(
    "key",
    [
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    ],
)
def test_the_four_points_of_order_eight_are_refused(key: str) -> None:
    with pytest.raises(WrongKey):
        key_check(bytes.fromhex(key))


@pytest.mark.parametrize("name", ["", " Ana", "Ana ", "A\u200bna", "A\u202ena", "A\nna", "A" * 61, "é" * 31])
def test_a_shown_name_holds_nothing_invisible_and_fits(name: str) -> None:
    with pytest.raises(Malformed):
        cast.device_certificate(name=name)


@pytest.mark.parametrize("slug", ["", "-a", "a-", "A", "a" * 41, "a.b", "á"])
def test_a_slug_is_short_and_plain(slug: str) -> None:
    with pytest.raises(Malformed):
        cast.signing_certificate(organisation=slug)


def test_a_name_sixty_bytes_long_and_a_slug_of_forty_are_kept_as_they_are() -> None:
    signed = cast.device_certificate(name="é" * 30, organisation="a" * 40)
    body = trust.decode(signed, trust.DeviceCertificate).body
    assert (body.shown_name, body.organisation) == ("é" * 30, "a" * 40)


def test_a_list_that_has_expired_clears_nobody() -> None:
    newest = trust.decode(cast.revocation_list(), trust.RevocationList).body
    trust.cleared(newest, now=newest.expires_at + 600, ids=(cast.ident("advocate"),))
    with pytest.raises(Untrusted) as refused:
        trust.cleared(newest, now=newest.expires_at + 601, ids=())
    assert refused.value.code == "trust.list_stale"


def test_a_pseudonym_has_sixteen_bytes_and_a_byte_that_says_so() -> None:
    assert trust.pseudonym_identity(cast.ident("p")) == b"\x02" + cast.ident("p")
    with pytest.raises(Malformed):
        trust.pseudonym_identity(b"short")


def test_an_identity_gives_back_the_certificates_it_was_made_of() -> None:
    pair = (cast.signing_certificate(), cast.device_certificate())
    identity = trust.staff_identity(signing_certificate=pair[0], device_certificate=pair[1])
    assert trust.staff_identity_split(identity) == pair
    assert SLUG.encode() in identity
