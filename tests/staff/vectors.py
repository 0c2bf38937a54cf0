"""Makes tests/vectors/trust.json: ``python -m tests.staff.vectors``. The keys are fixed, so the file never changes by itself.

How to read it: every byte string is base64url without padding, every time seconds. Run each case's ``check`` with its ``signed`` object and
its ``with`` arguments; the outcome is ``ok`` (then ``fields`` is what the object says) or the code of the refusal.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from backend.core.tokens import b64_encode
from backend.staff import trust
from backend.staff.trust.keys import signature_make
from backend.staff.trust.objects import body_encode
from tests.staff import cast
from tests.staff.cast import DAY, NOW, SLUG

PATH: Final = Path(__file__).resolve().parent.parent / "vectors" / "trust.json"
PACKAGE: Final = b"a key package"
KEYS: Final = ("root", "next root", "signing", "other signing", "advocate", "rejoin", "stranger")

Case = dict[str, Any]


def public(name: str) -> bytes:
    return trust.public_of(cast.ed25519(name))


def signing_body(by: str = "signing") -> trust.SigningCertificate:
    return trust.decode(cast.signing_certificate(device=by), trust.SigningCertificate).body


def case(check: str, name: str, signed: bytes, outcome: str = "ok", **arguments: Any) -> Case:
    return {"check": check, "name": name, "signed": signed, "outcome": outcome, "with": arguments}


def resigned(signed: bytes, *, at: int, value: int, by: str) -> bytes:
    """The object with one byte of its body changed and signed again, so that only reading it can refuse it."""
    body = bytearray(signed[2:-64])
    body[at] = value
    return len(body).to_bytes(2) + bytes(body) + signature_make(cast.ed25519(by), body=bytes(body))


def longer(signed: bytes, *, by: str) -> bytes:
    """The object with one byte more in its body than its fields, signed."""
    body = signed[2:-64] + b"\x00"
    return len(body).to_bytes(2) + body + signature_make(cast.ed25519(by), body=body)


def signing_cases() -> list[Case]:
    def one(name: str, signed: bytes, outcome: str = "ok", now: int = NOW, **changed: Any) -> Case:
        return case("signing_certificate", name, signed, outcome, **{"root": public("root"), "organisation": SLUG, "now": now, **changed})

    good = cast.signing_certificate()
    return [
        one("the root's certificate", good),
        one("on its first second less the tolerance", good, now=NOW - 600),
        one("on its last second plus the tolerance", good, now=NOW + 400 * DAY + 600),
        one("too early", good, "trust.time", now=NOW - 601),
        one("too late", good, "trust.time", now=NOW + 400 * DAY + 601),
        one("for longer than 400 days", cast.signing_certificate(days=401), "trust.lifetime"),
        one("ends before it begins", cast.signing_certificate(days=-1), "trust.lifetime"),
        one("signed by a stranger", cast.signing_certificate(by="stranger"), "trust.signature"),
        one("of another organisation", cast.signing_certificate(organisation="other"), "trust.organisation"),
        one("one bit of the signature changed", good[:-1] + bytes((good[-1] ^ 1,)), "trust.signature"),
        one("one bit of the device id changed", good[:20] + bytes((good[20] ^ 1,)) + good[21:], "trust.signature"),
        one("version 2, signed", resigned(good, at=0, value=2, by="root"), "trust.malformed"),
        one("another kind, signed", resigned(good, at=1, value=2, by="root"), "trust.malformed"),
        one("a slug in capitals, signed", resigned(good, at=4, value=ord("C"), by="root"), "trust.malformed"),
        one("one byte after the fields, signed", longer(good, by="root"), "trust.malformed"),
        one("one byte after the signature", good + b"\x00", "trust.malformed"),
        one("one byte short", good[:-1], "trust.malformed"),
        one("nothing", b"", "trust.malformed"),
        one("under a root of small order", good, "trust.key", root=bytes(32)),
        one("under a root that is not canonical", good, "trust.key", root=b"\xee" + b"\xff" * 30 + b"\x7f"),
        one("for a key of small order, signed", small_order(good), "trust.key"),
    ]


def small_order(signed: bytes) -> bytes:
    """The certificate with the neutral element as the device's key, signed by the root."""
    body = signed[2:-64].replace(public("signing"), b"\x01" + bytes(31))
    return len(body).to_bytes(2) + body + signature_make(cast.ed25519("root"), body=body)


def device_cases() -> list[Case]:
    def one(name: str, signed: bytes, outcome: str = "ok", now: int = NOW, issuer: str = "signing") -> Case:
        return case("device_certificate", name, signed, outcome, issuer=cast.signing_certificate(device=issuer), now=now)

    good = cast.device_certificate()
    return [
        one("an advocate's certificate", good),
        one("a supervisor's certificate, with accents", cast.device_certificate(role="supervisor", name="Ágata Núñez")),
        one("after seven days and the tolerance", good, "trust.time", now=NOW + 7 * DAY + 601),
        one("for longer than seven days", cast.device_certificate(seconds=7 * DAY + 1), "trust.lifetime"),
        one("signed by a stranger in the issuer's name", stranger_device(), "trust.signature"),
        one("of another signing device", cast.device_certificate(by="other signing"), "trust.signature"),
        one("names another issuer than the one that signed", other_issuer(), "trust.issuer"),
        one("of another organisation", cast.device_certificate(organisation="other"), "trust.organisation"),
        one("a role that does not exist", resigned(good, at=good.index(b"advocate") - 2, value=ord("A"), by="signing"), "trust.malformed"),
        one("a name with a control character", resigned(good, at=good.index(b"Marisol") - 2, value=7, by="signing"), "trust.malformed"),
    ]


def stranger_device() -> bytes:
    good = cast.device_certificate()
    return good[:-64] + signature_make(cast.ed25519("stranger"), body=good[2:-64])


def other_issuer() -> bytes:
    body = cast.device_certificate()[2:-64].replace(cast.ident("signing"), cast.ident("other signing"))
    return len(body).to_bytes(2) + body + signature_make(cast.ed25519("signing"), body=body)


def list_cases() -> list[Case]:
    def one(name: str, signed: bytes, outcome: str = "ok", now: int = NOW, known: bytes | None = None) -> Case:
        return case("revocation_list", name, signed, outcome, issuer=cast.signing_certificate(), now=now, known=known)

    good = cast.revocation_list(revoked=("advocate", "other signing"))
    return [
        one("two devices revoked", good),
        one("nobody revoked", cast.revocation_list()),
        one("the same number again", good, known=cast.revocation_list(number=12)),
        one("an older number", good, "trust.list_older", known=cast.revocation_list(number=13)),
        one("stale", good, "trust.list_stale", now=NOW + 7 * DAY + 601),
        one("on its last second plus the tolerance", good, now=NOW + 7 * DAY + 600),
        one("from the future", good, "trust.time", now=NOW - 601),
        one("for longer than seven days", cast.revocation_list(seconds=7 * DAY + 1), "trust.lifetime"),
        one("revokes its own issuer", cast.revocation_list(revoked=("signing",)), "trust.revoked"),
        one("by an issuer that a known list revokes", good, "trust.revoked", known=cast.revocation_list(number=11, revoked=("signing",))),
        one("ids out of order", unsorted_list(), "trust.malformed"),
        one("an id twice", doubled_list(), "trust.malformed"),
        one("signed by a device that may not", cast.revocation_list(by="advocate"), "trust.signature"),
        one("of another organisation", cast.revocation_list(organisation="other"), "trust.organisation"),
    ]


def unsorted_list() -> bytes:
    first, second = sorted((cast.ident("advocate"), cast.ident("other signing")))
    return list_with(first + second, second + first)


def doubled_list() -> bytes:
    first, second = sorted((cast.ident("advocate"), cast.ident("other signing")))
    return list_with(first + second, first + first)


def list_with(ids: bytes, other: bytes) -> bytes:
    body = cast.revocation_list(revoked=("advocate", "other signing"))[2:-64].replace(ids, other)
    return len(body).to_bytes(2) + body + signature_make(cast.ed25519("signing"), body=body)


def intake_cases() -> list[Case]:
    def one(name: str, signed: bytes, outcome: str = "ok", now: int = NOW) -> Case:
        return case("intake_key", name, signed, outcome, issuer=cast.device_certificate(), signing=cast.signing_certificate(), now=now)

    return [
        one("a day's key", cast.intake_key()),
        one("after its day and the tolerance", cast.intake_key(), "trust.time", now=NOW + DAY + 601),
        one("for longer than seven days", cast.intake_key(seconds=7 * DAY + 1), "trust.lifetime"),
        one("signed by a stranger", cast.intake_key(signer="stranger"), "trust.signature"),
        one("names another device than the one that signed", cast.intake_key(by="stranger", signer="advocate"), "trust.issuer"),
        one("of another organisation", cast.intake_key(organisation="other"), "trust.organisation"),
    ]


def rotation_cases() -> list[Case]:
    def one(name: str, rotations: list[bytes], outcome: str, *, first: str = "root", leads_to: str = "", now: int = NOW) -> Case:
        made = case("rotations", name, b"", outcome, first_root=public(first), organisation=SLUG, now=now)
        del made["signed"]
        return {**made, "rotations": rotations, **({"root": public(leads_to)} if leads_to else {})}

    first, second = cast.rotation(), cast.rotation(old="next root", new="stranger")
    return [
        one("none", [], "ok", leads_to="root"),
        one("one", [first], "ok", leads_to="next root"),
        one("two", [first, second], "ok", leads_to="stranger"),
        one("two, pinned between them", [first, second], "ok", first="next root", leads_to="stranger"),
        one("one that starts elsewhere is passed over", [second], "ok", leads_to="root"),
        one("signed by the new root instead of the old", [cast.rotation(by="next root")], "trust.signature"),
        one("of another organisation", [cast.rotation(organisation="other")], "trust.organisation"),
        one("from the future", [cast.rotation(at=NOW + 601)], "trust.time"),
    ]


def request_cases() -> list[Case]:
    def one(name: str, signed: bytes, outcome: str = "ok", hpke: str = "advocate") -> Case:
        return case("device_request", name, signed, outcome, organisation=SLUG, hpke_key=cast.hpke_public(hpke))

    return [
        one("an advocate's browser", cast.device_request()),
        one("a signing device", cast.device_request(role="signing")),
        one("comes with another HPKE key", cast.device_request(), "trust.content", hpke="stranger"),
        one("signed by a stranger", cast.device_request(by="stranger"), "trust.signature"),
        one("of another organisation", cast.device_request(organisation="other"), "trust.organisation"),
    ]


def rejoin_cases() -> list[Case]:
    def one(name: str, signed: bytes, outcome: str = "ok", last: int = 2, package: bytes = PACKAGE) -> Case:
        return case("rejoin", name, signed, outcome, rejoin_key=public("rejoin"), key_package=package, last_counter=last)

    return [
        one("a fresh key package", cast.rejoin()),
        one("the same counter again", cast.rejoin(), "trust.counter", last=3),
        one("another key package", cast.rejoin(), "trust.content", package=b"another key package"),
        one("signed by a stranger", cast.rejoin(by="stranger"), "trust.signature"),
    ]


def identity_cases() -> list[Case]:
    def one(name: str, signed: bytes, outcome: str = "ok", key: str = "advocate", newest: bytes | None = None) -> Case:
        made = case("staff_identity", name, signed, outcome, signature_key=public(key), root=public("root"), organisation=SLUG, now=NOW)
        made["with"] |= {"newest": newest or cast.revocation_list(), "newest_issuer": cast.signing_certificate()}
        return made

    def identity(device: bytes | None = None, signing: bytes | None = None) -> bytes:
        return trust.staff_identity(
            signing_certificate=signing or cast.signing_certificate(), device_certificate=device or cast.device_certificate()
        )

    return [
        one("a certified advocate", identity()),
        one("another leaf key than the certified one", identity(), "trust.content", key="stranger"),
        one("revoked", identity(), "trust.revoked", newest=cast.revocation_list(revoked=("advocate",))),
        one(
            "certified by a revoked signing device",
            identity(cast.device_certificate(by="other signing"), cast.signing_certificate(device="other signing")),
            "trust.revoked",
            newest=cast.revocation_list(revoked=("other signing",)),
        ),
        one("the certificate has expired", identity(cast.device_certificate(now=NOW - 8 * DAY)), "trust.time"),
        one("the list has expired", identity(), "trust.list_stale", newest=cast.revocation_list(now=NOW - 8 * DAY)),
        one("certified by a stranger's root", identity(signing=cast.signing_certificate(by="stranger")), "trust.signature"),
        one("a byte left over", identity() + b"\x00", "trust.malformed"),
        one("a pseudonym is no member of staff", trust.pseudonym_identity(cast.ident("survivor")), "trust.malformed"),
    ]


def fields_of(check: str, signed: bytes) -> dict[str, Any]:
    kinds: dict[str, Any] = {
        "signing_certificate": trust.SigningCertificate,
        "device_certificate": trust.DeviceCertificate,
        "revocation_list": trust.RevocationList,
        "intake_key": trust.IntakeKey,
        "device_request": trust.DeviceRequest,
        "rejoin": trust.Rejoin,
    }
    if check not in kinds:
        return {}
    body = trust.decode(signed, kinds[check]).body
    assert body_encode(body) == signed[2:-64]
    return {"fields": {name: getattr(body, name) for name in body.__dataclass_fields__}}


def made() -> dict[str, Any]:
    """The whole file, with bytes as bytes."""
    groups = (signing_cases, device_cases, list_cases, intake_cases, rotation_cases, request_cases, rejoin_cases, identity_cases)
    cases = [one for group in groups for one in group()]
    for one in cases:
        if one["outcome"] == "ok" and "signed" in one:
            one.update(fields_of(one["check"], one["signed"]))
    return {
        "about": "Signed objects of docs/protocol.md §4 and identities of §6. Bytes are base64url, times seconds.",
        "now": NOW,
        "organisation": SLUG,
        "keys": {name: {"seed": cast.seed(name), "public": public(name), "device_id": cast.ident(name)} for name in KEYS},
        "hpke": {name: {"seed": cast.seed(f"{name} hpke"), "public": cast.hpke_public(name)} for name in ("advocate", "intake")},
        "fingerprint": {"of": "root", "b64": trust.fingerprint(public("root")), "groups": trust.fingerprint_groups(public("root"))},
        "device_fingerprint": {"of": "advocate", "groups": device_groups("advocate")},
        "cases": cases,
    }


def device_groups(name: str) -> str:
    """What people compare before this device is certified."""
    hpke_hash = hashlib.sha256(cast.hpke_public(name)).digest()
    return trust.device_fingerprint_groups(device_id=cast.ident(name), signature_key=public(name), hpke_hash=hpke_hash)


def written(value: Any) -> str:
    """The file's text."""
    return json.dumps(value, indent=1, ensure_ascii=False, default=b64_encode) + "\n"


if __name__ == "__main__":
    PATH.write_text(written(made()))
