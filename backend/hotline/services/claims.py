"""What staff do with a help request: claim it, talk, give it back, close it."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from backend.core import log
from backend.core.errors import NotFound
from backend.core.wrapping import KeyDestroyed, keyring
from backend.hotline import limits
from backend.hotline.access import request_for_staff, request_held_by
from backend.hotline.errors import DeviceNotCertified, WrongState
from backend.hotline.labels import Level
from backend.hotline.models import HelpRequest
from backend.hotline.nudges import request_changed
from backend.hotline.selectors import package_in_use
from backend.hotline.states import ANSWERED, Act, State, state_after
from backend.relay.services import conversation_create, conversation_end
from backend.staff.access import require_role
from backend.staff.models import Role, StaffUser
from backend.staff.selectors import device_certified


class Reason(StrEnum):
    """Why a request goes back to the queue."""

    NOTE_MISMATCH = "note_mismatch"
    LOST = "lost"
    MISTAKE = "mistake"
    TIMED_OUT = "timed_out"


@dataclass(frozen=True, slots=True)
class Claim:
    """What the advocate's browser needs to open the note and to add the person to a group."""

    public_id: bytes = field(repr=False)
    note: bytes = field(repr=False)
    intake_key: bytes
    package: bytes = field(repr=False)
    seat: bytes = field(repr=False)
    language: str
    level: Level


def request_claim(*, request_id: bytes, user: StaffUser, device_id: bytes, owner: bytes, now: datetime) -> Claim:
    """Answer a person who waits: take the request and its next key package, and begin a conversation whose seat 0 is ``owner``.

    All of it happens or nothing. The same claim again (same person, device and owner) gives the same answer.

    Raises NotFound, DeviceNotCertified, AlreadyClaimed.
    """
    require_role(user, Role.ADVOCATE)
    with transaction.atomic():
        request = request_for_staff(request_id=request_id, user=user, now=now, lock=True)
        _device_demand(user=user, device_id=device_id, now=now)
        digest = _claim_digest(user=user, device_id=device_id, owner=owner)
        if request.state != State.CLAIMED or request.claim is None or bytes(request.claim) != digest:
            _claim(request=request, user=user, digest=digest, owner=owner, now=now)
        return _claim_answer(request)


def request_talking(*, request_id: bytes, user: StaffUser, now: datetime) -> None:
    """The person's seat is open. Saying so again changes nothing. Raises NotFound for everybody but the one who claimed."""
    with transaction.atomic():
        request = request_held_by(request_id=request_id, user=user, now=now, lock=True)
        if request.state == State.TALKING:
            return
        _move(request, Act.TALK, now=now)
        request.expires_at = now + limits.TALK_LIFE
        request.save()


def request_return(*, request_id: bytes, user: StaffUser, reason: Reason, now: datetime) -> State:
    """Let the request wait again, in its old place and with its next key package; closed where none is left. The conversation ends.

    The one who claimed may do so, or a supervisor of the organisation. Raises NotFound, WrongState.
    """
    with transaction.atomic():
        request = _answered_for(request_id=request_id, user=user, now=now)
        return request_give_back(request=request, reason=reason, now=now)


def request_close(*, request_id: bytes, user: StaffUser, now: datetime) -> None:
    """End the conversation and keep no more than the word "closed" for the person to read. Raises NotFound, WrongState."""
    with transaction.atomic():
        _close(_answered_for(request_id=request_id, user=user, now=now), Act.CLOSE, now=now)


def request_give_back(*, request: HelpRequest, reason: Reason, now: datetime) -> State:
    """Inside a transaction, for a locked request: as ``request_return``."""
    log.event("hotline.returned", reason=reason.value)
    left = request.packages.filter(used_at__isnull=True).exists()
    until = request.created_at + limits.REQUEST_LIFE
    if not left or until <= now:
        _close(request, Act.EXHAUST, now=now)
        return State.CLOSED
    _conversation_leave(request, now=now)
    _move(request, Act.RETURN, now=now)
    request.claimed_by = None
    request.reopened += 1
    request.expires_at = until
    request.save()
    return State.WAITING


def _claim(*, request: HelpRequest, user: StaffUser, digest: bytes, owner: bytes, now: datetime) -> None:
    _move(request, Act.CLAIM, now=now)
    package = request.packages.filter(used_at__isnull=True).order_by("position").first()
    if package is None:
        raise WrongState
    package.used_at = now
    package.save(update_fields=["used_at"])
    request.claimed_by = user
    request.claim = digest
    request.conversation = conversation_create(owner=owner, now=now)
    request.save()


def _claim_answer(request: HelpRequest) -> Claim:
    seat, package = package_in_use(request)
    try:
        note = keyring().unwrap(bytes(request.note))
    except KeyDestroyed:
        raise NotFound from None
    return Claim(
        public_id=bytes(request.public_id),
        note=note,
        intake_key=bytes(request.intake_key),
        package=package,
        seat=seat,
        language=request.language,
        level=Level(request.level),
    )


def _claim_digest(*, user: StaffUser, device_id: bytes, owner: bytes) -> bytes:
    return hashlib.sha256(b"quietline claim v1\x00" + user.pk.to_bytes(8) + device_id + owner).digest()


def _device_demand(*, user: StaffUser, device_id: bytes, now: datetime) -> None:
    device = device_certified(device_id, now)
    if device is None or device.user_id != user.pk:
        raise DeviceNotCertified


def _answered_for(*, request_id: bytes, user: StaffUser, now: datetime) -> HelpRequest:
    """The request for the one who claimed it, or for a supervisor once somebody has. Raises NotFound."""
    if Role.SUPERVISOR not in user.roles:
        return request_held_by(request_id=request_id, user=user, now=now, lock=True)
    request = request_for_staff(request_id=request_id, user=user, now=now, lock=True)
    if request.state not in ANSWERED:
        raise WrongState
    return request


def _move(request: HelpRequest, act: Act, *, now: datetime) -> None:
    request.state = state_after(request.state, act)
    request.changed_at = now
    request_changed(request_id=bytes(request.public_id), organisation_id=request.organisation_id)


def _conversation_leave(request: HelpRequest, *, now: datetime) -> None:
    if request.conversation is None:
        raise NotFound
    conversation_end(conversation_id=bytes(request.conversation), now=now)
    request.conversation = None
    request.claim = None


def _close(request: HelpRequest, act: Act, *, now: datetime) -> None:
    _conversation_leave(request, now=now)
    _move(request, act, now=now)
    request.packages.all().delete()
    request.note = b""
    request.window = None
    request.topics = []
    request.region = ""
    request.claimed_by = None
    request.expires_at = now + limits.CLOSED_LIFE
    request.save()
