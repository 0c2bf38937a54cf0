"""The change of an organisation's root key. It is signed where the old key is, never here."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from backend.core.errors import NotFound
from backend.staff import trust
from backend.staff.models import Organisation, RootRotation, SigningCertificate
from backend.staff.services.devices import signing_certificate_keep
from backend.staff.standing import seconds_of
from backend.staff.trust.errors import WrongContent


def root_rotate(*, slug: str, signed: bytes, certificates: Sequence[bytes], now: datetime) -> Organisation:
    """Put the new root in the place of the old one, together with the new root's certificates for the signing devices that go on.

    What only the old root vouched for counts no more, so without ``certificates`` nobody at the organisation is believed until the new root has
    certified a signing device. A root that was in use before cannot return. Raises NotFound, trust.Untrusted, RequestMismatch.
    """
    with transaction.atomic():
        organisation = Organisation.objects.select_for_update().filter(slug=slug).first()
        if organisation is None:
            raise NotFound
        old = bytes(organisation.root_key)
        new = trust.verify_rotations([signed], first_root=old, organisation=slug, now=seconds_of(now))
        if new == old or new in _roots_before(organisation):
            raise WrongContent
        RootRotation.objects.create(organisation=organisation, signed=signed)
        organisation.root_key = new
        organisation.save(update_fields=["root_key"])
        SigningCertificate.objects.filter(organisation=organisation).delete()
        for certificate in certificates:
            signing_certificate_keep(organisation=organisation, signed=certificate, now=now)
        return organisation


def _roots_before(organisation: Organisation) -> set[bytes]:
    return {trust.decode(bytes(one.signed), trust.RootRotation).body.old_key for one in organisation.rotations.all()}
