"""The demonstration's own supervisor: certifies whoever asks, so that a newcomer need not play every part. A real organisation does this by hand."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings

from backend.config.demo.house import SLUG, logins
from backend.config.demo.keys import DemoKeys, demo_keys
from backend.config.demo.sealing import intake_info, seal
from backend.core.tokens import ID_BYTES
from backend.staff import services, trust
from backend.staff.models import Device, IntakeKey, Organisation, Role, StaffUser
from backend.staff.services.devices import SIGNING
from backend.staff.standing import revocation_mark, seconds_of, standing_of

DAY: Final = 86_400
DAYS_AHEAD: Final = 3
CERTIFIED_FOR: Final = 7 * DAY
RENEW_BEFORE: Final = 3 * DAY
SIGNING_FOR: Final = 90 * DAY
DEVICE: Final = "device"
"""The name of the keys of a device that is no browser: it makes the intake keys until a real one does."""


def supervise_demo(now: datetime) -> None:
    """The worker's job."""
    supervise(keys=demo_keys(settings.QUIETLINE_VAR), slug=SLUG, now=now)


def supervise(*, keys: DemoKeys, slug: str, now: datetime) -> None:
    """Bring the chain of the organisation up to date: list, certificates, intake keys. Doing it again changes nothing."""
    organisation = Organisation.objects.get(slug=slug)
    user = StaffUser.objects.get(username=next(one.username for one in logins(keys) if Role.SUPERVISOR in one.roles))
    supervisor = Supervisor(keys=keys, user=user, organisation=organisation, now=now)
    supervisor.signing_device()
    supervisor.list_fresh()
    supervisor.own_device()
    supervisor.requests_certify()
    supervisor.intake_keys()


@dataclass(frozen=True, slots=True)
class Supervisor:
    """What a supervisor's browser and the root key's keeper do, at one moment."""

    keys: DemoKeys
    user: StaffUser
    organisation: Organisation
    now: datetime

    @property
    def at(self) -> int:
        """Now, in seconds."""
        return seconds_of(self.now)

    def signing_device(self) -> None:
        """The root vouches for the signing device."""
        if standing_of(self.organisation, now=self.now).signing_by(self.keys.id("signing")) is None:
            self._root_certify(self.keys.id("signing"), trust.public_of(self.keys.signature("signing")))

    def list_fresh(self) -> None:
        """A list that does not run out soon, with everybody who is revoked already."""
        newest = standing_of(self.organisation, now=self.now).newest
        if newest is not None and newest.expires_at > self.at + RENEW_BEFORE:
            return
        body = trust.RevocationList(
            organisation=self.organisation.slug,
            number=newest.number + 1 if newest is not None else 1,
            issued_at=self.at,
            expires_at=self.at + CERTIFIED_FOR,
            revoked=newest.revoked if newest is not None else (),
            issuer=self.keys.id("signing"),
        )
        services.revocation_list_keep(user=self.user, signed=trust.sign(body, self.keys.signature("signing")), now=self.now)

    def own_device(self) -> None:
        """The device that makes intake keys asks, and is certified with the others."""
        request = trust.DeviceRequest(
            organisation=self.organisation.slug,
            device_id=self.keys.id(DEVICE),
            signature_key=trust.public_of(self.keys.signature(DEVICE)),
            hpke_hash=hashlib.sha256(self.keys.sealing(DEVICE).public).digest(),
            shown_name=self.user.shown_name,
            role=Role.ADVOCATE.value,
        )
        signed = trust.sign(request, self.keys.signature(DEVICE))
        device = services.device_request(user=self.user, signed=signed, hpke_key=self.keys.sealing(DEVICE).public, now=self.now)
        if device.not_after is not None and device.not_after < self.at + RENEW_BEFORE:
            self._certify(device)

    def requests_certify(self) -> None:
        """Every device that waits gets its certificate; a signing device gets the root's."""
        for device in Device.objects.filter(organisation=self.organisation, certificate__isnull=True, user__is_active=True):
            if device.role == SIGNING:
                self._root_certify(bytes(device.device_id), bytes(device.signature_key))
            else:
                self._certify(device)

    def intake_keys(self) -> None:
        """Keys for the next days, each sealed to every certified device."""
        revoked = standing_of(self.organisation, now=self.now).revoked
        today = self.at - self.at % DAY
        for day in (today + number * DAY for number in range(DAYS_AHEAD)):
            self._intake_key(day, mark=revocation_mark(revoked))

    def _intake_key(self, day: int, *, mark: bytes) -> None:
        name = f"intake {day} {mark.hex()}"
        pair, key_id = self.keys.sealing(name), mark + self.keys.id(name)[: ID_BYTES - len(mark)]
        kept = IntakeKey.objects.filter(organisation=self.organisation, key_id=key_id).first()
        sealed = {bytes(half.device.device_id) for half in kept.sealed.select_related("device")} if kept is not None else set()
        halves = [
            services.SealedHalf(
                device, seal(pair.seed, to=public, info=intake_info(slug=self.organisation.slug, key_id=key_id, device_id=device))
            )
            for device, public in self._certified()
            if device not in sealed
        ]
        if kept is None:
            signed = self._intake_key_signed(key_id=key_id, public=pair.public, day=day)
            services.intake_key_add(user=self.user, signed=signed, halves=halves, now=self.now)
        elif halves:
            services.intake_key_seal(user=self.user, key_id=key_id, halves=halves, now=self.now)

    def _intake_key_signed(self, *, key_id: bytes, public: bytes, day: int) -> bytes:
        body = trust.IntakeKey(
            organisation=self.organisation.slug,
            key_id=key_id,
            hpke_key=public,
            not_before=day,
            not_after=day + DAY,
            issuer=self.keys.id(DEVICE),
        )
        return trust.sign(body, self.keys.signature(DEVICE))

    def _certified(self) -> list[tuple[bytes, bytes]]:
        standing = standing_of(self.organisation, now=self.now)
        devices = Device.objects.filter(organisation=self.organisation, certificate__isnull=False, role__in=Role.values).select_related(
            "user"
        )
        return [(bytes(one.device_id), bytes(one.hpke_key)) for one in devices if standing.certified(one)]

    def _certify(self, device: Device) -> None:
        asked = trust.decode(bytes(device.request), trust.DeviceRequest).body
        body = trust.DeviceCertificate(
            organisation=self.organisation.slug,
            device_id=asked.device_id,
            signature_key=asked.signature_key,
            hpke_hash=asked.hpke_hash,
            role=asked.role,
            shown_name=asked.shown_name,
            not_before=self.at,
            not_after=self.at + CERTIFIED_FOR,
            issuer=self.keys.id("signing"),
        )
        signed = trust.sign(body, self.keys.signature("signing"))
        services.device_certify(user=self.user, device_id=asked.device_id, signed=signed, now=self.now)

    def _root_certify(self, device_id: bytes, signature_key: bytes) -> None:
        body = trust.SigningCertificate(
            organisation=self.organisation.slug,
            device_id=device_id,
            signature_key=signature_key,
            not_before=self.at,
            not_after=self.at + SIGNING_FOR,
        )
        services.signing_certify(user=self.user, signed=trust.sign(body, self.keys.signature("root")), now=self.now)
