"""The periodic work of this room: what is over is forgotten. Nothing here decides what still holds; selectors and access do."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from backend.core.worker import Job
from backend.staff import limits
from backend.staff.models import Device, IntakeKey, Invitation, SigningCertificate, StaffSession
from backend.staff.services.intake import intake_keys_end
from backend.staff.standing import seconds_of


def sweep(now: datetime) -> None:
    """Forget sessions, invitations, devices, certificates and intake keys whose time is over."""
    over = Q(expire_date__lte=now) | Q(started_at__lte=now - limits.SESSION_ABSOLUTE) | Q(seen_at__lte=now - limits.SESSION_IDLE)
    StaffSession.objects.filter(over).delete()
    Invitation.objects.filter(Q(expires_at__lte=now) | Q(tries__gte=limits.INVITATION_TRIES)).delete()
    IntakeKey.objects.filter(not_after__lt=intake_keys_end(now)).delete()
    forgotten = seconds_of(now - limits.DEVICE_FORGET)
    Device.objects.filter(Q(not_after__lt=forgotten) | Q(certificate__isnull=True, asked_at__lt=forgotten)).delete()
    SigningCertificate.objects.filter(not_after__lt=forgotten).delete()


JOBS: Final = (Job("staff.sweep", timedelta(minutes=1), sweep),)
