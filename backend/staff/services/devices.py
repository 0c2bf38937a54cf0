"""Devices of staff: their requests, their certificates, and those of signing devices."""

from datetime import datetime

from django.db import transaction

from backend.core.errors import NotFound
from backend.staff import limits, trust
from backend.staff.access import require_role
from backend.staff.errors import CertificateNotNewer, RequestMismatch
from backend.staff.models import Device, Organisation, Role, SigningCertificate, StaffUser
from backend.staff.standing import Standing, seconds_of, standing_of
from backend.staff.trust.errors import Revoked, WrongIssuer

SIGNING = "signing"


def device_request(*, user: StaffUser, signed: bytes, hpke_key: bytes, now: datetime) -> Device:
    """Let a browser's request wait for its certificate. Sent again, it changes nothing.

    It must speak for the sender: organisation, shown name, and a role that the person has (``signing`` is for supervisors). Of a person's
    waiting requests the newest few are kept. Raises trust.Untrusted, RequestMismatch.
    """
    body = trust.verify_device_request(signed, organisation=user.organisation.slug, hpke_key=hpke_key)
    needed = Role.SUPERVISOR if body.role == SIGNING else body.role
    if needed not in user.roles or body.shown_name != user.shown_name:
        raise RequestMismatch
    with transaction.atomic():
        _organisation_lock(user)
        if body.device_id in standing_of(user.organisation, now=now).revoked:
            raise Revoked
        # Their ids are public: nobody may stand in the way of a signing device's next certificate.
        if SigningCertificate.objects.filter(device_id=body.device_id).exclude(signature_key=body.signature_key).exists():
            raise RequestMismatch
        device = Device.objects.filter(device_id=body.device_id).first()
        if device is not None:
            _same_demand(device, user=user, body=body)
            return device
        device = Device.objects.create(
            organisation=user.organisation,
            user=user,
            device_id=body.device_id,
            signature_key=body.signature_key,
            hpke_key=hpke_key,
            role=body.role,
            shown_name=body.shown_name,
            request=signed,
            asked_at=seconds_of(now),
        )
        waiting = Device.objects.filter(user=user, certificate__isnull=True).order_by("-pk")
        Device.objects.filter(pk__in=list(waiting.values_list("pk", flat=True)[limits.REQUESTS_PENDING_MAX :])).delete()
        return device


def device_certify(*, user: StaffUser, device_id: bytes, signed: bytes, now: datetime) -> None:
    """Keep a device's certificate, its first or a newer one.

    It must come from a signing device that the root vouches for and say exactly what the device asked for. Raises NotFound (also for who is no
    supervisor), trust.Untrusted, RequestMismatch, CertificateNotNewer.
    """
    require_role(user, Role.SUPERVISOR)
    with transaction.atomic():
        _organisation_lock(user)
        rows = Device.objects.filter(organisation=user.organisation, device_id=device_id, role__in=Role.values, user__is_active=True)
        device = rows.select_for_update(of=("self",)).first()
        if device is None:
            raise NotFound
        body = _certificate_check(signed, standing=standing_of(user.organisation, now=now))
        _fit_demand(device, body)
        if device.not_before is not None and body.not_before < device.not_before:
            raise CertificateNotNewer
        device.certificate = signed
        device.issuer = body.issuer
        device.not_before, device.not_after = body.not_before, body.not_after
        device.save(update_fields=["certificate", "issuer", "not_before", "not_after"])


def signing_certify(*, user: StaffUser, signed: bytes, now: datetime) -> None:
    """Keep the root's word for a signing device. The same again changes nothing. Raises NotFound (also for who is no supervisor),
    trust.Untrusted, RequestMismatch where the device asked with other keys."""
    require_role(user, Role.SUPERVISOR)
    with transaction.atomic():
        organisation = _organisation_lock(user)
        signing_certificate_keep(organisation=organisation, signed=signed, now=now)


def signing_certificate_keep(*, organisation: Organisation, signed: bytes, now: datetime) -> None:
    """Inside a transaction, with the organisation locked: as ``signing_certify``."""
    at = seconds_of(now)
    body = trust.verify_signing_certificate(signed, root=bytes(organisation.root_key), organisation=organisation.slug, now=at)
    if body.device_id in standing_of(organisation, now=now).revoked:
        raise Revoked
    device = Device.objects.filter(organisation=organisation, device_id=body.device_id).first()
    if device is not None:
        if (device.role, bytes(device.signature_key)) != (SIGNING, body.signature_key):
            raise RequestMismatch
        device.certificate = signed
        device.not_before, device.not_after = body.not_before, body.not_after
        device.save(update_fields=["certificate", "not_before", "not_after"])
    SigningCertificate.objects.get_or_create(
        organisation=organisation,
        signed=signed,
        defaults={
            "device_id": body.device_id,
            "signature_key": body.signature_key,
            "not_before": body.not_before,
            "not_after": body.not_after,
        },
    )


def _organisation_lock(user: StaffUser) -> Organisation:
    """The organisation, locked: what changes its chain happens one after another."""
    return Organisation.objects.select_for_update().get(pk=user.organisation_id)


def _same_demand(device: Device, *, user: StaffUser, body: trust.DeviceRequest) -> None:
    found = (device.user_id, bytes(device.signature_key), device.role, device.shown_name)
    if found != (user.pk, body.signature_key, body.role, body.shown_name):
        raise RequestMismatch
    if trust.decode(bytes(device.request), trust.DeviceRequest).body.hpke_hash != body.hpke_hash:
        raise RequestMismatch


def _certificate_check(signed: bytes, *, standing: Standing) -> trust.DeviceCertificate:
    claimed = trust.decode(signed, trust.DeviceCertificate).body
    issuer = standing.signing_by(claimed.issuer)
    if issuer is None:
        raise WrongIssuer
    if claimed.device_id in standing.revoked:
        raise Revoked
    return trust.verify_device_certificate(signed, issuer=issuer, now=standing.now)


def _fit_demand(device: Device, body: trust.DeviceCertificate) -> None:
    asked = trust.decode(bytes(device.request), trust.DeviceRequest).body
    found = (body.device_id, body.signature_key, body.hpke_hash, body.role, body.shown_name)
    if found != (asked.device_id, asked.signature_key, asked.hpke_hash, asked.role, asked.shown_name):
        raise RequestMismatch
