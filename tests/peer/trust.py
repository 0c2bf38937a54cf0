"""Whom this client believes: root → signing device → device, and the revocation list (docs/protocol.md §4 to §6)."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.peer.signed import (
    DeviceCertificate,
    DeviceRequest,
    IntakeKey,
    Rejoin,
    RevocationList,
    RootRotation,
    SigningCertificate,
    Untrusted,
    decode,
    key_check,
    signature_check,
    times_check,
)
from tests.peer.wire import Malformed, Reader, sha256, u8, u16, unb64

DAY = 86_400
STAFF, PSEUDONYM = 1, 2


def signing_certificate(signed: bytes, *, root: bytes, organisation: str, now: int) -> SigningCertificate:
    body = decode(signed, SigningCertificate)
    signature_check(signed, root)
    _same_organisation(body.organisation, organisation)
    times_check(body.not_before, body.not_after, longest=400 * DAY, now=now)
    return body


def device_certificate(signed: bytes, *, issuer: SigningCertificate, now: int) -> DeviceCertificate:
    body = decode(signed, DeviceCertificate)
    signature_check(signed, issuer.signature_key)
    _same_organisation(body.organisation, issuer.organisation)
    _same_issuer(body.issuer, issuer.device_id)
    times_check(body.not_before, body.not_after, longest=7 * DAY, now=now)
    return body


def revocation_list(signed: bytes, *, issuer: SigningCertificate, now: int, known: RevocationList | None) -> RevocationList:
    """``known`` is the newest list that was accepted before, or None."""
    body = decode(signed, RevocationList)
    signature_check(signed, issuer.signature_key)
    _same_organisation(body.organisation, issuer.organisation)
    _same_issuer(body.issuer, issuer.device_id)
    if not body.issued_at <= body.expires_at <= body.issued_at + 7 * DAY:
        raise Untrusted("lifetime")
    if now < body.issued_at - 600:
        raise Untrusted("time")
    if now > body.expires_at + 600:
        raise Untrusted("list_stale")
    if known is not None and body.number < known.number:
        raise Untrusted("list_older")
    if body.issuer in body.revoked or (known is not None and body.issuer in known.revoked):
        raise Untrusted("revoked")
    return body


def intake_key(signed: bytes, *, issuer: DeviceCertificate, now: int) -> IntakeKey:
    body = decode(signed, IntakeKey)
    signature_check(signed, issuer.signature_key)
    _same_organisation(body.organisation, issuer.organisation)
    _same_issuer(body.issuer, issuer.device_id)
    times_check(body.not_before, body.not_after, longest=7 * DAY, now=now)
    return body


def rotations(given: Sequence[bytes], *, first_root: bytes, organisation: str, now: int) -> bytes:
    """The root that ``first_root`` leads to. Rotations before it are passed over."""
    root = first_root
    for signed in given:
        body = decode(signed, RootRotation)
        if body.old_key != root:
            continue
        signature_check(signed, root)
        _same_organisation(body.organisation, organisation)
        if body.at > now + 600:
            raise Untrusted("time")
        root = body.new_key
    return root


def device_request(signed: bytes, *, organisation: str, hpke_key: bytes) -> DeviceRequest:
    body = decode(signed, DeviceRequest)
    signature_check(signed, body.signature_key)
    _same_organisation(body.organisation, organisation)
    if body.hpke_hash != sha256(hpke_key):
        raise Untrusted("content")
    return body


def rejoin(signed: bytes, *, rejoin_key: bytes, key_package: bytes, last_counter: int) -> Rejoin:
    body = decode(signed, Rejoin)
    signature_check(signed, rejoin_key)
    if body.package_hash != sha256(key_package):
        raise Untrusted("content")
    if body.counter <= last_counter:
        raise Untrusted("counter")
    return body


def cleared(newest: RevocationList, device_ids: Sequence[bytes], *, now: int) -> None:
    """Raises Untrusted where the list is over, or names one of the devices."""
    if now > newest.expires_at + 600:
        raise Untrusted("list_stale")
    if set(device_ids) & set(newest.revoked):
        raise Untrusted("revoked")


def staff_identity(signing: bytes, device: bytes) -> bytes:
    return u8(STAFF) + u16(len(signing)) + signing + u16(len(device)) + device


def staff_member(
    identity: bytes, *, signature_key: bytes, root: bytes, organisation: str, newest: RevocationList, now: int
) -> DeviceCertificate:
    """The certified device behind a leaf. Raises Untrusted."""
    try:
        reader = Reader(identity)
        if reader.number(1) != STAFF:
            raise Malformed
        first, second = reader.take(reader.number(2)), reader.take(reader.number(2))
        reader.end()
    except Malformed:
        raise Untrusted("malformed") from None
    signing = signing_certificate(first, root=root, organisation=organisation, now=now)
    device = device_certificate(second, issuer=signing, now=now)
    cleared(newest, (signing.device_id, device.device_id), now=now)
    if device.signature_key != signature_key:
        raise Untrusted("content")
    return device


def fingerprint(root: bytes) -> bytes:
    return sha256(b"quietline root v1\0", root)[:20]


def fingerprint_groups(root: bytes) -> str:
    letters = base64.b32encode(fingerprint(root)).decode()
    return " ".join(letters[at : at + 4] for at in range(0, 32, 4))


def device_fingerprint(request: DeviceRequest) -> str:
    digest = sha256(b"quietline device v1\0", request.device_id, request.signature_key, request.hpke_hash)
    numbers = [int.from_bytes(digest[at : at + 4], "big") % 100_000 for at in range(0, 24, 4)]
    return " ".join(f"{number:05d}" for number in numbers)


def revocation_mark(newest: RevocationList) -> bytes:
    return sha256(b"quietline intake mark v1\0", *newest.revoked)[:8]


@dataclass(frozen=True, slots=True)
class Trust:
    """A trust answer (§7) that was believed. ``intake`` is None where none is served, ``refused`` says why one is not believed."""

    organisation: str
    root: bytes
    newest: RevocationList
    intake: IntakeKey | None
    refused: str | None
    signed_list: bytes = field(repr=False)

    def admit(self, identity: bytes, signature_key: bytes, *, now: int) -> DeviceCertificate:
        """The member of staff behind a leaf. Raises Untrusted."""
        return staff_member(
            identity, signature_key=signature_key, root=self.root, organisation=self.organisation, newest=self.newest, now=now
        )


def believe(answer: dict[str, Any], *, organisation: str, pin: bytes | None, known: bytes | None, now: int) -> Trust:
    """Check a trust answer. ``pin`` is a root's fingerprint (None: first use), ``known`` the signed list accepted before."""
    root = key_check(unb64(answer["root"], 32))
    given = [unb64(one) for one in answer["rotations"]]
    first = root if pin is None else _pinned(pin, [root, *(decode(one, RootRotation).old_key for one in given)])
    if rotations(given, first_root=first, organisation=organisation, now=now) != root:
        raise Untrusted("root")
    signing = []
    for one in answer["signing_certificates"]:
        try:
            signing.append(signing_certificate(unb64(one), root=root, organisation=organisation, now=now))
        except Untrusted:
            continue
    signed_list = unb64(answer["revocation_list"])
    named = decode(signed_list, RevocationList).issuer
    issuer = next((one for one in signing if one.device_id == named), None)
    if issuer is None:
        raise Untrusted("issuer")
    before = decode(known, RevocationList) if known else None
    newest = revocation_list(signed_list, issuer=issuer, now=now, known=before)
    intake, refused = None, None
    if answer["intake"] is not None:
        try:
            intake = _intake(answer["intake"], root=root, organisation=organisation, newest=newest, now=now)
        except Untrusted as error:
            refused = error.code
    return Trust(organisation, root, newest, intake, refused, signed_list)


def _pinned(pin: bytes, candidates: Sequence[bytes]) -> bytes:
    for candidate in candidates:
        if fingerprint(candidate) == pin:
            return candidate
    raise Untrusted("root")


def _intake(served: dict[str, str], *, root: bytes, organisation: str, newest: RevocationList, now: int) -> IntakeKey:
    signing = signing_certificate(unb64(served["signing_certificate"]), root=root, organisation=organisation, now=now)
    device = device_certificate(unb64(served["device_certificate"]), issuer=signing, now=now)
    cleared(newest, (signing.device_id, device.device_id), now=now)
    key = intake_key(unb64(served["key"]), issuer=device, now=now)
    if key.key_id[:8] != revocation_mark(newest):
        raise Untrusted("revoked")
    return key


def _same_organisation(found: str, expected: str) -> None:
    if found != expected:
        raise Untrusted("organisation")


def _same_issuer(found: bytes, expected: bytes) -> None:
    if found != expected:
        raise Untrusted("issuer")
