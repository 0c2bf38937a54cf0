"""What a person does with their own help request."""

import hmac
from datetime import datetime

from django.db import IntegrityError, transaction

from backend.core.wrapping import keyring, window_of
from backend.hotline import limits
from backend.hotline.access import request_for
from backend.hotline.drafts import RequestDraft, SealedDraft
from backend.hotline.errors import IdTaken, IntakeKeyStale, QueueFull
from backend.hotline.models import HelpRequest, RequestPackage
from backend.hotline.nudges import queue_changed, request_changed
from backend.hotline.selectors import Status, status_of, waiting
from backend.hotline.states import Act, State, state_after
from backend.relay.services import conversation_end
from backend.staff.models import Organisation
from backend.staff.selectors import intake_key_valid, organisation_for


def request_create(*, draft: RequestDraft, now: datetime) -> Status:
    """Let a person wait, and say where they stand. The same draft again gives the same request and changes nothing.

    Raises NotFound for an unknown organisation, IntakeKeyStale, QueueFull, and IdTaken where the id belongs to anything else.
    """
    organisation = organisation_for(draft.organisation)
    try:
        with transaction.atomic():
            request = _existing(draft=draft, now=now) or _create(draft=draft, organisation=organisation, now=now)
    except IntegrityError:
        # The same draft arrived twice at the same moment, and the other one was first.
        other = _existing(draft=draft, now=now)
        if other is None:
            raise
        request = other
    return status_of(request=request, now=now)


def request_status(*, request_id: bytes, token: bytes, now: datetime) -> Status:
    """Where the person stands. Raises NotFound."""
    return status_of(request=request_for(request_id=request_id, token=token, now=now), now=now)


def request_replace(*, request_id: bytes, token: bytes, sealed: SealedDraft, now: datetime) -> Status:
    """Put another note and other key packages in the place of the old ones, which are erased.

    Raises NotFound, NotWaiting, IntakeKeyStale.
    """
    with transaction.atomic():
        request = request_for(request_id=request_id, token=token, now=now, lock=True)
        request.state = state_after(request.state, Act.REPLACE)
        _intake_key_demand(organisation=request.organisation, key_id=sealed.intake_key, now=now)
        request.intake_key = sealed.intake_key
        request.note = keyring().wrap(sealed.note, now=now)
        request.window = window_of(now)
        request.changed_at = now
        request.save(update_fields=["state", "intake_key", "note", "window", "changed_at"])
        request.packages.all().delete()
        _packages_keep(request=request, sealed=sealed, now=now)
    return status_of(request=request, now=now)


def request_withdraw(*, request_id: bytes, token: bytes, now: datetime) -> None:
    """Erase the request, its note and its key packages, and end the conversation that came of it. Raises NotFound."""
    with transaction.atomic():
        request_erase(request=request_for(request_id=request_id, token=token, now=now, lock=True), now=now)


def request_erase(*, request: HelpRequest, now: datetime) -> None:
    """Inside a transaction: nothing of the request is left. What hung on it is told."""
    if request.conversation is not None:
        conversation_end(conversation_id=bytes(request.conversation), now=now)
    request_changed(request_id=bytes(request.public_id), organisation_id=request.organisation_id)
    request.delete()


def _existing(*, draft: RequestDraft, now: datetime) -> HelpRequest | None:
    request = HelpRequest.objects.filter(public_id=draft.public_id, expires_at__gt=now).first()
    if request is not None and not hmac.compare_digest(bytes(request.content), draft.digest()):
        raise IdTaken
    return request


def _create(*, draft: RequestDraft, organisation: Organisation, now: datetime) -> HelpRequest:
    _intake_key_demand(organisation=organisation, key_id=draft.sealed.intake_key, now=now)
    if waiting(organisation_id=organisation.pk, now=now).count() >= limits.WAITING_MOST:
        raise QueueFull
    request = HelpRequest.objects.create(
        public_id=draft.public_id,
        verifier=draft.verifier,
        content=draft.digest(),
        organisation=organisation,
        state=State.WAITING,
        level=draft.level,
        language=draft.language,
        topics=list(draft.topics),
        region=draft.region,
        intake_key=draft.sealed.intake_key,
        note=keyring().wrap(draft.sealed.note, now=now),
        window=window_of(now),
        created_at=now,
        changed_at=now,
        expires_at=now + limits.REQUEST_LIFE,
    )
    _packages_keep(request=request, sealed=draft.sealed, now=now)
    queue_changed(organisation_id=organisation.pk)
    return request


def _intake_key_demand(*, organisation: Organisation, key_id: bytes, now: datetime) -> None:
    if not intake_key_valid(organisation, key_id, now):
        raise IntakeKeyStale


def _packages_keep(*, request: HelpRequest, sealed: SealedDraft, now: datetime) -> None:
    RequestPackage.objects.bulk_create(
        RequestPackage(
            request=request, position=position, sealed=keyring().wrap(draft.seat + draft.package, now=now), window=window_of(now)
        )
        for position, draft in enumerate(sealed.packages)
    )
