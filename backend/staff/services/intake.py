"""Intake keys: what notes are sealed to, and their private halves, each sealed to one device. The server can open none of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from backend.core import log
from backend.core.errors import NotFound
from backend.staff import limits, trust
from backend.staff.errors import KeyIdTaken, MarkStale, RequestMismatch
from backend.staff.models import Device, IntakeKey, Organisation, SealedIntakeKey, StaffUser
from backend.staff.standing import Standing, revocation_mark, seconds_of, standing_of
from backend.staff.trust.errors import NotNow


@dataclass(frozen=True, slots=True)
class SealedHalf:
    """An intake key's private half, sealed to a device."""

    device: bytes
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class IntakeKeySeen:
    """An intake key, the certificate of the device that made it, and the private half sealed to the one who asks, if there is one."""

    key: bytes
    issuer: bytes
    sealed: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Missing:
    """A certified device that cannot open an intake key yet."""

    key_id: bytes
    device: bytes


@dataclass(frozen=True, slots=True)
class IntakeKeysAnswer:
    """What a console needs to open notes, and whom it can help to."""

    keys: tuple[IntakeKeySeen, ...]
    missing: tuple[Missing, ...]


def intake_keys_for(*, user: StaffUser, device_id: bytes, now: datetime) -> IntakeKeysAnswer:
    """The keys that are in use, or whose notes may still wait, for the caller's own certified device. Raises NotFound for any other device."""
    standing = standing_of(user.organisation, now=now)
    device = _own_device(user, device_id, standing)
    rows = list(_kept(user.organisation, now).select_related("issuer").order_by("not_before", "pk"))
    halves = SealedIntakeKey.objects.filter(key__in=rows)
    own = {key: bytes(sealed) for key, sealed in halves.filter(device=device).values_list("key_id", "sealed")}
    certified = _certified(standing)
    there = set(halves.values_list("key_id", "device_id"))
    return IntakeKeysAnswer(
        keys=tuple(_key_seen(row, own.get(row.pk)) for row in rows),
        missing=tuple(
            Missing(bytes(row.key_id), bytes(other.device_id))
            for row in rows
            if row.pk in own
            for other in certified
            if (row.pk, other.pk) not in there
        ),
    )


def intake_key_add(*, user: StaffUser, signed: bytes, halves: Sequence[SealedHalf], now: datetime) -> None:
    """Keep a new intake key of the caller's own certified device, for today or one of the next days. The same again changes nothing.

    Raises trust.Untrusted, MarkStale where it was not made under the newest revocation list, KeyIdTaken, RequestMismatch for a half that is
    sealed to a device of nobody here. Halves for devices that do not hold any more are dropped.
    """
    claimed = trust.decode(signed, trust.IntakeKey).body
    with transaction.atomic():
        organisation = Organisation.objects.select_for_update().get(pk=user.organisation_id)
        standing = standing_of(organisation, now=now)
        issuer = _own_device(user, claimed.issuer, standing)
        body = trust.verify_intake_key(signed, issuer=_certificate(issuer), now=max(standing.now, claimed.not_before))
        if body.not_before > seconds_of(now + limits.INTAKE_AHEAD):
            raise NotNow
        if not body.key_id.startswith(revocation_mark(standing.revoked)):
            raise MarkStale
        key, made = IntakeKey.objects.get_or_create(
            organisation=organisation,
            key_id=body.key_id,
            defaults={"issuer": issuer, "not_before": body.not_before, "not_after": body.not_after, "signed": signed},
        )
        if not made and bytes(key.signed) != signed:
            raise KeyIdTaken
        _halves_keep(key, halves, standing)
    log.event("staff.intake_key_kept", count=len(halves))


def intake_key_seal(*, user: StaffUser, key_id: bytes, halves: Sequence[SealedHalf], now: datetime) -> None:
    """Keep private halves that the caller sealed for colleagues; those that are there already stay as they are.

    Raises NotFound for a key that no certified device of the caller can open, RequestMismatch as above.
    """
    with transaction.atomic():
        organisation = Organisation.objects.select_for_update().get(pk=user.organisation_id)
        standing = standing_of(organisation, now=now)
        key = _kept(organisation, now).filter(key_id=key_id).first()
        own = [device.pk for device in _certified(standing) if device.user_id == user.pk]
        if key is None or not key.sealed.filter(device__in=own).exists():
            raise NotFound
        _halves_keep(key, halves, standing)


def _kept(organisation: Organisation, now: datetime) -> "QuerySet[IntakeKey]":
    return IntakeKey.objects.filter(organisation=organisation, not_after__gte=intake_keys_end(now))


def intake_keys_end(now: datetime) -> int:
    """Keys that ended before this (in seconds) are over: no note that was sealed to them can still wait."""
    return seconds_of(now - limits.NOTE_WAIT - timedelta(seconds=trust.TOLERANCE))


def _key_seen(row: IntakeKey, sealed: bytes | None) -> IntakeKeySeen:
    return IntakeKeySeen(bytes(row.signed), bytes(row.issuer.certificate or b""), sealed)


def _own_device(user: StaffUser, device_id: bytes, standing: Standing) -> Device:
    device = Device.objects.filter(organisation=user.organisation, user=user, device_id=device_id).select_related("user").first()
    if device is None or not standing.certified(device):
        raise NotFound
    return device


def _certified(standing: Standing) -> list[Device]:
    rows = Device.objects.filter(organisation=standing.organisation, certificate__isnull=False).select_related("user").order_by("pk")
    return [device for device in rows if standing.certified(device)]


def _certificate(device: Device) -> trust.DeviceCertificate:
    return trust.decode(bytes(device.certificate or b""), trust.DeviceCertificate).body


def _halves_keep(key: IntakeKey, halves: Iterable[SealedHalf], standing: Standing) -> None:
    certificates = Device.objects.filter(organisation=standing.organisation, certificate__isnull=False).select_related("user")
    devices = {bytes(device.device_id): device for device in certificates}
    for half in halves:
        if half.device not in devices or len(half.sealed) != limits.SEALED_INTAKE_BYTES:
            raise RequestMismatch
        if standing.certified(devices[half.device]):
            SealedIntakeKey.objects.get_or_create(key=key, device=devices[half.device], defaults={"sealed": half.sealed})
