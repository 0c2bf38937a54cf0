"""Organisations, people and certified devices for the tests of every room. All synthetic; the keys are those of tests/staff/cast.py.

``house = organisation_made(now=now)`` makes an organisation with a root key, a signing device and a fresh revocation list;
``house.advocate("marisol")`` adds a person with a certified device, ``house.intake_key(...)`` the key that notes are sealed to;
``advocate_logged_in(client, house, "dana")`` also gives the client that person's session. Views read the real clock, so for them ``now`` is
``system_clock()``.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from backend.core.clock import system_clock
from backend.staff import access, limits, trust
from backend.staff.models import Organisation, Role, StaffUser
from backend.staff.services import (
    SealedHalf,
    device_certify,
    device_request,
    intake_key_add,
    organisation_create,
    revocation_list_keep,
    signing_certify,
    staff_invite,
)
from backend.staff.services.people import Bilingual
from backend.staff.sessions import SessionStore
from backend.staff.standing import revocation_mark, seconds_of, standing_of
from tests.staff import cast

DAY = 86400
EXCEPTIONS = Bilingual(en="If a child is in danger, we must tell others.", es="Si un menor corre peligro, tenemos que avisar.")


@dataclass(frozen=True, slots=True)
class Member:
    """A person with a certified device. ``device`` is the name of its keys in tests/staff/cast.py."""

    user: StaffUser
    device: str

    @property
    def device_id(self) -> bytes:
        return cast.ident(self.device)


@dataclass(frozen=True, slots=True)
class House:
    """An organisation whose chain holds at ``now``. Its keys are named after its slug: "<slug> root", "<slug> signing", "<slug> <username>"."""

    organisation: Organisation
    supervisor: StaffUser
    now: datetime

    @property
    def slug(self) -> str:
        return self.organisation.slug

    @property
    def at(self) -> int:
        """Now, in seconds."""
        return seconds_of(self.now)

    def key(self, name: str) -> str:
        """The name of one of this organisation's keys."""
        return f"{self.slug} {name}"

    def person(self, username: str, *, roles: Sequence[Role] = (Role.ADVOCATE,), shown_name: str = "") -> StaffUser:
        """Somebody without a device."""
        return person_made(self.organisation, username, roles=roles, shown_name=shown_name, now=self.now)

    def advocate(self, username: str, *, shown_name: str = "") -> Member:
        """Somebody with a certified device."""
        user = self.person(username, shown_name=shown_name)
        self.request(user)
        self.certify(user)
        return Member(user, self.key(username))

    def request(self, user: StaffUser, *, device: str = "", role: str = "advocate") -> bytes:
        """Let a device of this person wait for its certificate; its id."""
        name = self.key(device or user.username)
        signed = cast.device_request(device=name, role=role, name=user.shown_name, organisation=self.slug)
        return bytes(device_request(user=user, signed=signed, hpke_key=cast.hpke_public(name), now=self.now).device_id)

    def certificate(self, user: StaffUser, *, device: str = "", role: str = "advocate", now: datetime | None = None) -> bytes:
        """The signing device's certificate for a device of this person."""
        return cast.device_certificate(
            now=seconds_of(now or self.now),
            by=self.key("signing"),
            device=self.key(device or user.username),
            role=role,
            name=user.shown_name,
            organisation=self.slug,
        )

    def certify(self, user: StaffUser, *, device: str = "", role: str = "advocate") -> None:
        """Give that device its certificate."""
        signed = self.certificate(user, device=device, role=role)
        device_certify(user=self.supervisor, device_id=cast.ident(self.key(device or user.username)), signed=signed, now=self.now)

    def revocation_list(self, *, number: int, revoked: Sequence[Member] = (), now: datetime | None = None) -> bytes:
        """A list that the signing device signed."""
        names = tuple(one.device for one in revoked)
        at = seconds_of(now or self.now)
        return cast.revocation_list(now=at, by=self.key("signing"), number=number, revoked=names, organisation=self.slug)

    def revoke(self, *members: Member, number: int = 2) -> None:
        """Put a new list in place that revokes these."""
        revocation_list_keep(user=self.supervisor, signed=self.revocation_list(number=number, revoked=members), now=self.now)

    def intake_key_signed(self, by: Member, *, name: str = "intake", day: int = 0, mark: bytes | None = None) -> bytes:
        """An intake key of that device for today or a later day, made under the newest list unless ``mark`` is given."""
        today = self.at - self.at % DAY
        body = trust.IntakeKey(
            organisation=self.slug,
            key_id=self.intake_key_id(name, mark=mark),
            hpke_key=cast.hpke_public(name),
            not_before=today + day * DAY,
            not_after=today + (day + 1) * DAY,
            issuer=by.device_id,
        )
        return trust.sign(body, cast.ed25519(by.device))

    def intake_key_id(self, name: str = "intake", *, mark: bytes | None = None) -> bytes:
        """The id of the key with this name."""
        newest = revocation_mark(standing_of(self.organisation, now=self.now).revoked)
        return (newest if mark is None else mark) + cast.ident(name)[:8]

    def intake_key(self, by: Member, *, name: str = "intake", day: int = 0, sealed_for: Sequence[Member] = ()) -> bytes:
        """Keep such a key, sealed for its maker and others; its id."""
        halves = [half_for(one, name) for one in (by, *sealed_for)]
        intake_key_add(user=by.user, signed=self.intake_key_signed(by, name=name, day=day), halves=halves, now=self.now)
        return self.intake_key_id(name)


def organisation_made(*, now: datetime, slug: str = cast.SLUG, lists: bool = True) -> House:
    """An organisation with a supervisor and a signing device, and (unless told otherwise) its first revocation list, number 1, empty."""
    organisation = organisation_create(
        slug=slug,
        name=Bilingual(en=f"{slug} helpline", es=f"Línea {slug}"),
        languages=("en", "es"),
        exceptions=EXCEPTIONS,
        root_key=trust.public_of(cast.ed25519(f"{slug} root")),
    )
    supervisor = person_made(organisation, f"{slug}.supervisor", roles=(Role.SUPERVISOR,), now=now)
    house = House(organisation, supervisor, now)
    signing = cast.signing_certificate(now=house.at, by=house.key("root"), organisation=slug, device=house.key("signing"))
    signing_certify(user=supervisor, signed=signing, now=now)
    if lists:
        house.revoke(number=1)
    return house


def person_made(organisation: Organisation, username: str, *, roles: Sequence[Role], now: datetime, shown_name: str = "") -> StaffUser:
    """Somebody who was invited and has not set up anything."""
    staff_invite(organisation=organisation, username=username, shown_name=shown_name or username.title(), roles=roles, now=now)
    return StaffUser.objects.select_related("organisation").get(username=username)


def advocate_logged_in(client: Client, house: House, username: str = "dana") -> Member:
    """An advocate with a certified device, whose session the client has."""
    member = house.advocate(username)
    log_in(client, member.user)
    return member


def log_in(client: Client, user: StaffUser) -> None:
    """Give the client a session of this person, as after a login."""
    request = HttpRequest()
    request.session = SessionStore()
    access.session_begin(request, user=user, now=system_clock())
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key or ""


def half_for(member: Member, name: str) -> SealedHalf:
    """What stands for the private half of an intake key, sealed to this person's device: the server cannot tell."""
    sealed = hashlib.shake_256(f"{name} for {member.device}".encode()).digest(limits.SEALED_INTAKE_BYTES)
    return SealedHalf(device=member.device_id, sealed=sealed)
