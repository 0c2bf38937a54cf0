"""The shared vectors, read by a client that shares no code with those who made them."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.peer import frames, note, signed, trust
from tests.peer.group import safety_number
from tests.peer.places import return_keys
from tests.peer.sealing import SealingKeys
from tests.peer.tree import Leaf
from tests.peer.wire import Malformed, b64, unb64

VECTORS = Path(__file__).parent.parent / "vectors"
TRUST = json.loads((VECTORS / "trust.json").read_text(encoding="utf-8"))
FRAMES = json.loads((VECTORS / "frames.json").read_text(encoding="utf-8"))
SPOKEN = json.loads((VECTORS / "spoken.json").read_text(encoding="utf-8"))
SEALED = json.loads((VECTORS / "hpke.json").read_text(encoding="utf-8"))


def raw(value: Any) -> Any:
    return unb64(value) if isinstance(value, str) else value


def check(one: dict[str, Any]) -> object:
    """Run a case as its ``check`` says."""
    given = {name: value if name == "organisation" else raw(value) for name, value in one["with"].items()}
    object_ = raw(one.get("signed", ""))
    match one["check"]:
        case "signing_certificate":
            return trust.signing_certificate(object_, **given)
        case "device_certificate":
            return trust.device_certificate(object_, issuer=signed.decode(given["issuer"], signed.SigningCertificate), now=given["now"])
        case "revocation_list":
            known = signed.decode(given["known"], signed.RevocationList) if given["known"] else None
            issuer = signed.decode(given["issuer"], signed.SigningCertificate)
            return trust.revocation_list(object_, issuer=issuer, now=given["now"], known=known)
        case "intake_key":
            return trust.intake_key(object_, issuer=signed.decode(given["issuer"], signed.DeviceCertificate), now=given["now"])
        case "rotations":
            return trust.rotations([raw(rotation) for rotation in one["rotations"]], **given)
        case "device_request":
            return trust.device_request(object_, **given)
        case "rejoin":
            return trust.rejoin(object_, **given)
        case "staff_identity":
            newest = signed.decode(given.pop("newest"), signed.RevocationList)
            given.pop("newest_issuer")
            return trust.staff_member(object_, newest=newest, **given)
    raise AssertionError(one["check"])


@pytest.mark.parametrize("one", TRUST["cases"], ids=lambda one: f"{one['check']}: {one['name']}")
def test_the_peer_believes_and_refuses_what_the_vectors_say(one: dict[str, Any]) -> None:
    if one["outcome"] == "ok":
        found = check(one)
        assert one["check"] != "rotations" or found == raw(one["root"])
        return
    with pytest.raises(signed.Untrusted) as refused:
        check(one)
    assert refused.value.code == one["outcome"]


def test_the_peer_shows_the_same_fingerprint() -> None:
    root = raw(TRUST["keys"]["root"]["public"])
    assert b64(trust.fingerprint(root)) == TRUST["fingerprint"]["b64"]
    assert trust.fingerprint_groups(root) == TRUST["fingerprint"]["groups"]


WRITERS: dict[str, Any] = {
    "Hello": frames.hello,
    "Append": frames.append,
    "Ack": frames.ack,
    "Change": frames.change,
    "SlotPut": frames.slot,
    "Burn": frames.burn,
    "Leave": frames.leave,
}


@pytest.mark.parametrize("one", FRAMES["client"], ids=lambda one: str(one["name"]))
def test_the_peer_writes_the_frames_of_the_vectors(one: dict[str, Any]) -> None:
    fields = {name: plain(value) for name, value in one["fields"].items()}
    positional = [fields.pop(name) for name in ("token", "client_id", "cursor", "after") if name in fields]
    assert WRITERS[one["frame"]](*positional, **fields).hex() == one["hex"]


@pytest.mark.parametrize("one", FRAMES["server"], ids=lambda one: str(one["name"]))
def test_the_peer_reads_the_frames_of_the_vectors(one: dict[str, Any]) -> None:
    found = frames.read(bytes.fromhex(one["hex"]))
    assert type(found).__name__ == one["frame"]
    for name, value in one["fields"].items():
        assert getattr(found, name) == plain(value, like=getattr(found, name))


@pytest.mark.parametrize("one", FRAMES["bad_server"], ids=lambda one: str(one["name"]))
def test_the_peer_refuses_what_no_server_says(one: dict[str, Any]) -> None:
    with pytest.raises(Malformed) as refused:
        frames.read(bytes.fromhex(one["hex"]))
    assert refused.value.code == one["code"]


@pytest.mark.parametrize("one", SPOKEN["safety_numbers"], ids=lambda one: str(one["name"]))
def test_the_peer_computes_the_same_safety_numbers(one: dict[str, Any]) -> None:
    members = [Leaf(raw(member["identity"]), raw(member["key"])) for member in one["members"]]
    assert safety_number(members) == one["number"]


@pytest.mark.parametrize("one", SPOKEN["return_words"], ids=lambda one: str(one["words"]))
def test_the_same_return_words_lead_to_the_same_place(one: dict[str, Any]) -> None:
    found = return_keys(one["words"].split(), host=one["host"])
    assert (found.id, found.token, found.key) == (raw(one["id"]), raw(one["token"]), raw(one["key"]))


@pytest.mark.parametrize("one", SEALED["notes"], ids=lambda one: f"{one['by']}: {one['name']}")
def test_the_peer_opens_the_notes_of_others(one: dict[str, Any]) -> None:
    told, keys = one["note"], SealingKeys(raw(SEALED["keys"]["intake"]["seed"]))
    found = note.opened(raw(one["sealed"]), keys=keys, organisation=told["organisation"], request=raw(told["request"]))
    assert (found.text, found.language, b64(found.rejoin)) == (told["text"], told["language"], told["rejoin"])
    assert [{"hash": b64(hash_), "seat": b64(seat)} for hash_, seat in found.packages] == told["packages"]


def plain(value: Any, like: object = b"") -> Any:
    """A vector's value: hexadecimal text stands for bytes."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    return bytes.fromhex(value) if isinstance(value, str) and isinstance(like, bytes) else value
