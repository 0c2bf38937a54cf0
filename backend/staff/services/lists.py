"""Revocation lists: who is not to be believed any more. A new one ends what the revoked devices still have open here."""

from datetime import datetime

from django.db import transaction

from backend.core import log
from backend.staff import trust
from backend.staff.access import require_role
from backend.staff.errors import ListIncomplete, ListNotNewer
from backend.staff.models import Device, Organisation, RevocationList, Role, SealedIntakeKey, StaffSession, StaffUser
from backend.staff.standing import standing_of
from backend.staff.trust.errors import WrongIssuer


def revocation_list_keep(*, user: StaffUser, signed: bytes, now: datetime, spared: str = "") -> None:
    """Put a list in the place of the one before it. The same again changes nothing.

    It must have a higher number and hold everybody whom the one before it held. ``spared`` is the session that brings it (access.session_hash):
    it goes on even if its own person has lost a device. Raises NotFound (also for who is no supervisor),
    trust.Untrusted, ListNotNewer, ListIncomplete.
    """
    require_role(user, Role.SUPERVISOR)
    with transaction.atomic():
        organisation = Organisation.objects.select_for_update().get(pk=user.organisation_id)
        standing = standing_of(organisation, now=now)
        issuer = standing.signing_by(trust.decode(signed, trust.RevocationList).body.issuer)
        if issuer is None:
            raise WrongIssuer
        body = trust.verify_revocation_list(signed, issuer=issuer, now=standing.now)
        if signed == standing.newest_signed:
            return
        if standing.newest is not None and body.number <= standing.newest.number:
            raise ListNotNewer
        if set(standing.revoked) - set(body.revoked):
            raise ListIncomplete
        RevocationList.objects.update_or_create(organisation=organisation, defaults={"signed": signed})
        added = set(body.revoked) - set(standing.revoked)
        _revoked_end(organisation, added, spared=spared)
    log.event("staff.list_kept", count=len(added))


def _revoked_end(organisation: Organisation, revoked: set[bytes], *, spared: str) -> None:
    """The sessions of people who lost a device end, wherever they are: whoever has the device may have moved on. Nothing more is sealed for it."""
    devices = Device.objects.filter(organisation=organisation, device_id__in=revoked)
    owners = list(devices.values_list("user_id", flat=True))
    StaffSession.objects.filter(user__in=owners).exclude(pk=spared).delete()
    SealedIntakeKey.objects.filter(device__in=devices).delete()
    devices.filter(certificate__isnull=True).delete()
