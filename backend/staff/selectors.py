"""What may be read of organisations and their trust chains."""

from dataclasses import dataclass, field
from datetime import datetime

from backend.core.errors import NotFound
from backend.staff.models import Device, Organisation, Role, StaffUser
from backend.staff.standing import Standing, standing_of
from backend.staff.totp import device_of


@dataclass(frozen=True, slots=True)
class IntakeAnswer:
    """The intake key to seal notes to, with what a client needs to believe it."""

    key: bytes
    device_certificate: bytes
    signing_certificate: bytes


@dataclass(frozen=True, slots=True)
class TrustAnswer:
    """What everybody may know of an organisation's chain (docs/protocol.md §7). ``time`` is the server's clock in seconds."""

    root: bytes
    rotations: tuple[bytes, ...]
    revocation_list: bytes | None
    signing_certificates: tuple[bytes, ...]
    intake: IntakeAnswer | None
    time: int


@dataclass(frozen=True, slots=True)
class DeviceSeen:
    """A certified device, as its colleagues see it."""

    device: bytes
    role: str
    shown_name: str
    certificate: bytes
    hpke_key: bytes = field(repr=False)
    not_after: int
    revoked: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class RequestSeen:
    """A device that waits for its certificate."""

    device: bytes
    request: bytes
    hpke_key: bytes = field(repr=False)
    username: str
    mine: bool


@dataclass(frozen=True, slots=True)
class StaffTrustAnswer:
    """What the organisation's own staff know: the public answer and more (docs/protocol.md §9)."""

    public: TrustAnswer
    devices: tuple[DeviceSeen, ...]
    requests: tuple[RequestSeen, ...]


def organisation_for(slug: str) -> Organisation:
    """The organisation. Raises NotFound."""
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise NotFound
    return organisation


def organisations_all() -> list[Organisation]:
    """Every organisation of this deployment, by slug."""
    return list(Organisation.objects.order_by("slug"))


def intake_key_valid(organisation: Organisation, key_id: bytes, now: datetime) -> bool:
    """Whether a note may be sealed to this key of the organisation now."""
    return any(bytes(key.key_id) == key_id for key in standing_of(organisation, now=now).intake_keys())


def device_certified(device_id: bytes, now: datetime) -> Device | None:
    """The device, if its certificate holds now and the newest revocation list clears it."""
    device = Device.objects.select_related("user", "organisation").filter(device_id=device_id).first()
    return device if device is not None and standing_of(device.organisation, now=now).certified(device) else None


def trust_answer(organisation: Organisation, *, now: datetime) -> TrustAnswer:
    """The public answer."""
    return _public(standing_of(organisation, now=now))


def staff_trust_answer(user: StaffUser, *, now: datetime) -> StaffTrustAnswer:
    """The answer for a member of staff: their own organisation's chain, its devices, and the requests that they may see."""
    standing = standing_of(user.organisation, now=now)
    rows = list(Device.objects.filter(organisation=user.organisation).select_related("user").order_by("pk"))
    return StaffTrustAnswer(
        public=_public(standing),
        devices=tuple(_device_seen(row, standing, user) for row in rows if row.certificate is not None and row.role in Role),
        requests=tuple(_request_seen(row, user) for row in rows if row.certificate is None and _may_see(row, user)),
    )


def _public(standing: Standing) -> TrustAnswer:
    return TrustAnswer(
        root=bytes(standing.organisation.root_key),
        rotations=tuple(bytes(signed) for signed in standing.organisation.rotations.values_list("signed", flat=True)),
        revocation_list=standing.newest_signed,
        signing_certificates=tuple(bytes(one.signed) for one in standing.signing),
        intake=_intake(standing),
        time=standing.now,
    )


def _intake(standing: Standing) -> IntakeAnswer | None:
    for key in standing.intake_keys():
        signing = standing.signing_for(key.issuer)
        if signing is not None and key.issuer.certificate is not None:
            return IntakeAnswer(bytes(key.signed), bytes(key.issuer.certificate), bytes(signing.signed))
    return None


def _may_see(waiting: Device, user: StaffUser) -> bool:
    return waiting.user_id == user.pk or (Role.SUPERVISOR in user.roles and waiting.user.is_active)


def _device_seen(row: Device, standing: Standing, user: StaffUser) -> DeviceSeen:
    return DeviceSeen(
        device=bytes(row.device_id),
        role=row.role,
        shown_name=row.shown_name,
        certificate=bytes(row.certificate or b""),
        hpke_key=bytes(row.hpke_key),
        not_after=row.not_after or 0,
        revoked=bytes(row.device_id) in standing.revoked,
        mine=row.user_id == user.pk,
    )


def _request_seen(row: Device, user: StaffUser) -> RequestSeen:
    return RequestSeen(
        device=bytes(row.device_id),
        request=bytes(row.request),
        hpke_key=bytes(row.hpke_key),
        username=row.user.username,
        mine=row.user_id == user.pk,
    )


def second_factor(user: StaffUser) -> bool:
    """Whether the person has an authenticator app or a passkey."""
    return device_of(user) is not None or user.passkeys.exists()
