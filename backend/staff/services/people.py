"""Organisations and their people: made, invited, invited anew, switched off. Only an operator at the server's own console does any of this."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from backend.core.errors import Invalid, NotFound
from backend.core.tokens import token_new, verifier_of
from backend.staff import limits, trust
from backend.staff.errors import AlreadyThere
from backend.staff.models import Device, Invitation, Organisation, Role, StaffSession, StaffUser
from backend.staff.trust.objects import SLUG, name_allowed

LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
USERNAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])?")
NAME_CHARACTERS_MAX: Final = 120


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in both of our languages."""

    en: str
    es: str


def organisation_create(*, slug: str, name: Bilingual, languages: Sequence[str], exceptions: Bilingual, root_key: bytes) -> Organisation:
    """Make an organisation with the public half of its root key.

    ``exceptions`` is what people are told before their first message about when the organisation must tell others. Raises Invalid, AlreadyThere,
    and trust.WrongKey for a root key that proves nothing.
    """
    texts = (name.en, name.es, exceptions.en, exceptions.es)
    if not SLUG.fullmatch(slug) or not all(text.strip() for text in texts) or max(len(name.en), len(name.es)) > NAME_CHARACTERS_MAX:
        raise Invalid
    if not languages or not all(LANGUAGE.fullmatch(language) for language in languages):
        raise Invalid
    try:
        with transaction.atomic():
            return Organisation.objects.create(
                slug=slug,
                name_en=name.en,
                name_es=name.es,
                languages=list(languages),
                exceptions_en=exceptions.en,
                exceptions_es=exceptions.es,
                root_key=trust.key_check(root_key),
            )
    except IntegrityError:
        raise AlreadyThere from None


def staff_invite(*, organisation: Organisation, username: str, shown_name: str, roles: Sequence[Role], now: datetime) -> bytes:
    """Make a person and give the token of the link by which they set a password and a second factor. Raises Invalid, AlreadyThere.

    ``shown_name`` is what the people whom they answer read.
    """
    if not USERNAME.fullmatch(username) or not name_allowed(shown_name) or not roles:
        raise Invalid
    user = StaffUser(organisation=organisation, username=username, shown_name=shown_name, roles=sorted(set(roles)))
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise AlreadyThere from None
    return _invitation_new(user, now=now)


def staff_reinvite(*, username: str, now: datetime) -> bytes:
    """A new link for a person who lost the password or the second factor; the ones before it open nothing any more.

    What they log in with now holds until the new link was used. Raises NotFound for nobody, and for a person who is switched off.
    """
    user = StaffUser.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise NotFound
    return _invitation_new(user, now=now)


def staff_switch_off(*, username: str) -> None:
    """Nobody logs in under this name any more, and their sessions end now. Raises NotFound.

    Their devices stay certified for everybody else until a supervisor has put them on a revocation list.
    """
    with transaction.atomic():
        user = StaffUser.objects.select_for_update().filter(username=username).first()
        if user is None:
            raise NotFound
        user.is_active = False
        user.save(update_fields=["is_active"])
        StaffSession.objects.filter(user=user).delete()
        Invitation.objects.filter(user=user).delete()
        Device.objects.filter(user=user, certificate__isnull=True).delete()


def _invitation_new(user: StaffUser, *, now: datetime) -> bytes:
    token = token_new()
    with transaction.atomic():
        Invitation.objects.filter(user=user).delete()
        Invitation.objects.create(user=user, verifier=verifier_of(token), expires_at=now + limits.INVITATION_LIFE)
    return token
