"""What a verifier accepts (docs/protocol.md §4): signature, organisation, issuer, lifetime, times, revocation, in this order.

Times are seconds since 1970 UTC; ``now`` is the verifier's clock, and ``TOLERANCE`` what clocks may differ by.
"""

import hashlib
from collections.abc import Iterable
from typing import Final

from backend.staff.trust.errors import (
    CounterOlder,
    ListOlder,
    ListStale,
    NotNow,
    Revoked,
    TooLong,
    WrongContent,
    WrongIssuer,
    WrongOrganisation,
)
from backend.staff.trust.objects import (
    DeviceCertificate,
    DeviceRequest,
    IntakeKey,
    Rejoin,
    RevocationList,
    RootRotation,
    SigningCertificate,
    decode,
)

TOLERANCE: Final = 600
DAY: Final = 86400
SIGNING_LIFETIME_MAX: Final = 400 * DAY
DEVICE_LIFETIME_MAX: Final = 7 * DAY
LIST_LIFETIME_MAX: Final = 7 * DAY
INTAKE_LIFETIME_MAX: Final = 7 * DAY


def verify_signing_certificate(signed: bytes, *, root: bytes, organisation: str, now: int) -> SigningCertificate:
    """The certificate, if ``root`` made it for this organisation and it is valid now. Raises Untrusted."""
    body = decode(signed, SigningCertificate).signature_check(root)
    _organisation_check(body.organisation, organisation)
    _times_check(body.not_before, body.not_after, longest=SIGNING_LIFETIME_MAX, now=now)
    return body


def verify_device_certificate(signed: bytes, *, issuer: SigningCertificate, now: int) -> DeviceCertificate:
    """The certificate, if the verified ``issuer`` made it and it is valid now. Raises Untrusted."""
    body = decode(signed, DeviceCertificate).signature_check(issuer.signature_key)
    _organisation_check(body.organisation, issuer.organisation)
    _issuer_check(body.issuer, issuer.device_id)
    _times_check(body.not_before, body.not_after, longest=DEVICE_LIFETIME_MAX, now=now)
    return body


def verify_revocation_list(signed: bytes, *, issuer: SigningCertificate, now: int, known: RevocationList | None = None) -> RevocationList:
    """The list, if the verified ``issuer`` made it, it is fresh, and no list with a higher number was seen. Raises Untrusted.

    A list is also refused where its issuer is revoked, by itself or by the list that is ``known``: a stolen signing device must not clear
    itself.
    """
    body = decode(signed, RevocationList).signature_check(issuer.signature_key)
    _organisation_check(body.organisation, issuer.organisation)
    _issuer_check(body.issuer, issuer.device_id)
    if not 0 <= body.expires_at - body.issued_at <= LIST_LIFETIME_MAX:
        raise TooLong
    if now + TOLERANCE < body.issued_at:
        raise NotNow
    if now > body.expires_at + TOLERANCE:
        raise ListStale
    if known is not None and body.number < known.number:
        raise ListOlder
    if body.issuer in body.revoked or (known is not None and body.issuer in known.revoked):
        raise Revoked
    return body


def verify_intake_key(signed: bytes, *, issuer: DeviceCertificate, now: int) -> IntakeKey:
    """The key, if the verified device ``issuer`` made it and it is valid now. Raises Untrusted."""
    body = decode(signed, IntakeKey).signature_check(issuer.signature_key)
    _organisation_check(body.organisation, issuer.organisation)
    _issuer_check(body.issuer, issuer.device_id)
    _times_check(body.not_before, body.not_after, longest=INTAKE_LIFETIME_MAX, now=now)
    return body


def verify_rotations(rotations: Iterable[bytes], *, first_root: bytes, organisation: str, now: int) -> bytes:
    """The root that the rotations lead to, each signed by the one before, starting at ``first_root``. Raises Untrusted.

    Rotations from before ``first_root`` are passed over, so a client may give the whole chain whatever root it pinned.
    """
    root = first_root
    for signed in rotations:
        rotation = decode(signed, RootRotation)
        if rotation.body.old_key != root:
            continue
        body = rotation.signature_check(root)
        _organisation_check(body.organisation, organisation)
        if body.at > now + TOLERANCE:
            raise NotNow
        root = body.new_key
    return root


def verify_device_request(signed: bytes, *, organisation: str, hpke_key: bytes) -> DeviceRequest:
    """The request, if its own key signed it and it names ``hpke_key``. Raises Untrusted. Who asks must be known otherwise."""
    request = decode(signed, DeviceRequest)
    body = request.signature_check(request.body.signature_key)
    _organisation_check(body.organisation, organisation)
    if hashlib.sha256(hpke_key).digest() != body.hpke_hash:
        raise WrongContent
    return body


def verify_rejoin(signed: bytes, *, rejoin_key: bytes, key_package: bytes, last_counter: int) -> Rejoin:
    """The rejoin, if the note's key signed it for this key package with a counter above ``last_counter``. Raises Untrusted."""
    body = decode(signed, Rejoin).signature_check(rejoin_key)
    if hashlib.sha256(key_package).digest() != body.package_hash:
        raise WrongContent
    if body.counter <= last_counter:
        raise CounterOlder
    return body


def cleared(newest: RevocationList, *, now: int, ids: Iterable[bytes]) -> None:
    """Raises Revoked if any of ``ids`` is revoked, and ListStale if the list cannot tell any more."""
    if now > newest.expires_at + TOLERANCE:
        raise ListStale
    if any(one in newest.revoked for one in ids):
        raise Revoked


def _organisation_check(found: str, expected: str) -> None:
    if found != expected:
        raise WrongOrganisation


def _issuer_check(found: bytes, expected: bytes) -> None:
    if found != expected:
        raise WrongIssuer


def _times_check(not_before: int, not_after: int, *, longest: int, now: int) -> None:
    if not 0 <= not_after - not_before <= longest:
        raise TooLong
    if not not_before - TOLERANCE <= now <= not_after + TOLERANCE:
        raise NotNow
