"""The shared vectors: whoever believes or refuses otherwise than this file is no client of ours."""

import json
from typing import Any

import pytest

from backend.core.tokens import b64_decode
from backend.staff import trust
from backend.staff.trust import Untrusted
from tests.staff import vectors
from tests.staff.cast import NOW

FILE = json.loads(vectors.PATH.read_text())


def raw(value: Any) -> Any:
    """A JSON argument as Python's: text that is not a slug is bytes."""
    return b64_decode(value) if isinstance(value, str) else value


def signing_of(signed: bytes) -> trust.SigningCertificate:
    return trust.decode(signed, trust.SigningCertificate).body


def check(one: dict[str, Any]) -> object:
    """Run a case as its ``check`` says. Raises what the verifier raises."""
    given = {key: value if key == "organisation" else raw(value) for key, value in one["with"].items()}
    signed = raw(one.get("signed", ""))
    match one["check"]:
        case "signing_certificate":
            return trust.verify_signing_certificate(signed, **given)
        case "device_certificate":
            return trust.verify_device_certificate(signed, issuer=signing_of(given["issuer"]), now=given["now"])
        case "revocation_list":
            known = given["known"] and trust.decode(given["known"], trust.RevocationList).body
            return trust.verify_revocation_list(signed, issuer=signing_of(given["issuer"]), now=given["now"], known=known)
        case "intake_key":
            device = trust.verify_device_certificate(given["issuer"], issuer=signing_of(given["signing"]), now=NOW)
            return trust.verify_intake_key(signed, issuer=device, now=given["now"])
        case "rotations":
            return trust.verify_rotations([raw(rotation) for rotation in one["rotations"]], **given)
        case "device_request":
            return trust.verify_device_request(signed, **given)
        case "rejoin":
            return trust.verify_rejoin(signed, **given)
        case "staff_identity":
            newest = trust.decode(given.pop("newest"), trust.RevocationList).body
            given.pop("newest_issuer")
            return trust.verify_staff_identity(signed, newest=newest, **given)
    raise AssertionError(one["check"])


@pytest.mark.parametrize("one", FILE["cases"], ids=lambda one: f"{one['check']}: {one['name']}")
def test_each_vector_ends_as_it_says(one: dict[str, Any]) -> None:
    if one["outcome"] != "ok":
        with pytest.raises(Untrusted) as refused:
            check(one)
        assert refused.value.code == one["outcome"]
        return
    found = check(one)
    if one["check"] == "rotations":
        assert found == raw(one["root"])
    for name, value in one.get("fields", {}).items():
        assert json.loads(vectors.written(getattr(found, name))) == value


def test_the_file_is_what_its_maker_makes() -> None:
    assert vectors.PATH.read_text() == vectors.written(vectors.made())


def test_the_fingerprint_is_shown_in_groups_and_in_b64_of_the_same_bytes() -> None:
    root = b64_decode(FILE["keys"]["root"]["public"])
    assert trust.fingerprint(root) == b64_decode(FILE["fingerprint"]["b64"], length=20)
    assert trust.fingerprint_groups(root) == FILE["fingerprint"]["groups"]
    assert [len(group) for group in FILE["fingerprint"]["groups"].split(" ")] == [4] * 8


def test_people_compare_six_groups_of_five_digits() -> None:
    groups = FILE["device_fingerprint"]["groups"]
    assert vectors.device_groups(FILE["device_fingerprint"]["of"]) == groups
    assert [len(group) for group in groups.split(" ")] == [5] * 6
    assert vectors.device_groups("advocate") != vectors.device_groups("stranger")
