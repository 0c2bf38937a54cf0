"""How the devices and intake keys of one organisation stand at one moment, as every client would find it (docs/protocol.md §4 and §5).

The signatures were checked when the rows were written; what changes with time and with a newer revocation list is checked here.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from backend.staff import trust
from backend.staff.models import Device, IntakeKey, Organisation, RevocationList, SigningCertificate

MARK_BYTES: Final = 8
MARK_CONTEXT: Final = b"quietline intake mark v1\x00"


def seconds_of(moment: datetime) -> int:
    """Whole seconds since 1970, as signed objects count them."""
    return int(moment.timestamp())


def revocation_mark(revoked: tuple[bytes, ...]) -> bytes:
    """The first 8 bytes of an intake key's id: under which revocations it was made. ``revoked`` is sorted."""
    return hashlib.sha256(MARK_CONTEXT + b"".join(revoked)).digest()[:MARK_BYTES]


@dataclass(frozen=True, slots=True)
class Standing:
    """One organisation's chain at ``now`` (seconds). ``newest`` is its revocation list, None before the first; ``signing`` holds the
    signing devices' certificates that are valid and not revoked, the one that lasts longest first."""

    organisation: Organisation
    now: int
    newest: trust.RevocationList | None
    newest_signed: bytes | None
    signing: tuple[SigningCertificate, ...]

    @property
    def revoked(self) -> tuple[bytes, ...]:
        """The ids of the revoked devices, sorted."""
        return self.newest.revoked if self.newest is not None else ()

    def signing_for(self, device: Device) -> SigningCertificate | None:
        """The certificate of the signing device that vouches for ``device``, None where there is none that holds."""
        return self._signing_row(device.issuer)

    def signing_by(self, device_id: bytes) -> trust.SigningCertificate | None:
        """What the root says of the signing device with this id, None where it says nothing that holds."""
        found = self._signing_row(device_id)
        return trust.decode(bytes(found.signed), trust.SigningCertificate).body if found is not None else None

    def certified(self, device: Device) -> bool:
        """Whether a client would believe the device: certified now, by a signing device that is believed, and cleared by a list that is fresh
        and whose own issuer is believed. Without such a list nobody is."""
        if device.certificate is None or not device.user.is_active or self.signing_for(device) is None:
            return False
        if self.newest is None or self._signing_row(self.newest.issuer) is None:
            return False
        if not _within(device.not_before, device.not_after, self.now):
            return False
        try:
            trust.cleared(self.newest, now=self.now, ids=(bytes(device.device_id),))
        except trust.Untrusted:
            return False
        return True

    def intake_keys(self) -> tuple[IntakeKey, ...]:
        """The keys that notes may be sealed to now, the one to serve first.

        Those made under older revocations count only where no other is left: until a console has replaced them, a person who asks for
        help can still be heard.
        """
        rows = IntakeKey.objects.filter(
            organisation=self.organisation, not_before__lte=self.now + trust.TOLERANCE, not_after__gte=self.now - trust.TOLERANCE
        )
        keys = [one for one in rows.select_related("issuer__user").order_by("-pk") if self.certified(one.issuer)]
        keys.sort(key=lambda one: not one.not_before <= self.now <= one.not_after)
        mark = revocation_mark(self.revoked)
        return tuple(one for one in keys if bytes(one.key_id).startswith(mark)) or tuple(keys)

    def _signing_row(self, device_id: bytes | memoryview | None) -> SigningCertificate | None:
        return next((one for one in self.signing if device_id is not None and bytes(one.device_id) == bytes(device_id)), None)


def standing_of(organisation: Organisation, *, now: datetime) -> Standing:
    """How things stand in ``organisation``."""
    at = seconds_of(now)
    row = RevocationList.objects.filter(organisation=organisation).first()
    newest = trust.decode(bytes(row.signed), trust.RevocationList).body if row is not None else None
    certificates = SigningCertificate.objects.filter(
        organisation=organisation, not_before__lte=at + trust.TOLERANCE, not_after__gte=at - trust.TOLERANCE
    ).order_by("-not_after", "-pk")
    revoked = newest.revoked if newest is not None else ()
    return Standing(
        organisation=organisation,
        now=at,
        newest=newest,
        newest_signed=bytes(row.signed) if row is not None else None,
        signing=tuple(one for one in certificates if bytes(one.device_id) not in revoked),
    )


def _within(not_before: int | None, not_after: int | None, now: int) -> bool:
    if not_before is None or not_after is None:
        return False
    return not_before - trust.TOLERANCE <= now <= not_after + trust.TOLERANCE
