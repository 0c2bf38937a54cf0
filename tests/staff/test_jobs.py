"""What is over is forgotten, and nothing else."""

from datetime import datetime, timedelta

import pytest

from backend.staff import limits, trust
from backend.staff.jobs import JOBS, sweep
from backend.staff.models import Device, IntakeKey, Invitation, SealedIntakeKey, SigningCertificate, StaffSession, StaffUser
from tests.staff.people import DAY, House, Member, organisation_made

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(now: datetime) -> House:
    return organisation_made(now=now)


@pytest.fixture
def dana(house: House) -> Member:
    return house.advocate("dana")


def session(key: str, *, user: StaffUser | None, now: datetime) -> None:
    StaffSession.objects.create(
        session_key=key * 64, session_data="", expire_date=now + limits.SESSION_ABSOLUTE, user=user, started_at=now, seen_at=now
    )


def left() -> set[str]:
    return {row.session_key[0] for row in StaffSession.objects.all()}


def test_sessions_go_when_idle_or_old_or_expired(dana: Member, now: datetime) -> None:
    session("a", user=dana.user, now=now)
    session("b", user=dana.user, now=now)
    sweep(now + limits.SESSION_IDLE - timedelta(seconds=1))
    assert left() == {"a", "b"}
    StaffSession.objects.filter(session_key="a" * 64).update(seen_at=now + limits.SESSION_IDLE)
    sweep(now + limits.SESSION_IDLE)
    assert left() == {"a"}
    StaffSession.objects.update(seen_at=now + limits.SESSION_ABSOLUTE)
    sweep(now + limits.SESSION_ABSOLUTE)
    assert left() == set()


def test_a_session_of_nobody_goes_when_it_expires(now: datetime) -> None:
    StaffSession.objects.create(session_key="c" * 64, session_data="", expire_date=now + limits.CHALLENGE_LIFE)
    sweep(now)
    assert left() == {"c"}
    sweep(now + limits.CHALLENGE_LIFE)
    assert left() == set()


def test_invitations_go_when_too_old_or_tried_too_often(house: House, dana: Member, now: datetime) -> None:
    sweep(now)
    assert Invitation.objects.count() == 2
    Invitation.objects.filter(user=dana.user).update(tries=limits.INVITATION_TRIES)
    sweep(now)
    assert [one.user for one in Invitation.objects.all()] == [house.supervisor]
    sweep(now + limits.INVITATION_LIFE)
    assert not Invitation.objects.exists()


def test_intake_keys_go_once_no_note_can_wait_for_them(house: House, dana: Member, now: datetime) -> None:
    house.intake_key(dana)
    midnight = datetime.fromtimestamp(house.at - house.at % DAY + DAY, tz=now.tzinfo)
    last = midnight + limits.NOTE_WAIT + timedelta(seconds=trust.TOLERANCE)
    sweep(last)
    assert IntakeKey.objects.count() == 1
    sweep(last + timedelta(seconds=1))
    assert not IntakeKey.objects.exists()
    assert not SealedIntakeKey.objects.exists()


def test_devices_are_forgotten_a_month_after_their_certificate_or_request(house: House, dana: Member, now: datetime) -> None:
    waiting = house.request(dana.user, device="never certified")
    sweep(now + limits.DEVICE_FORGET)
    assert Device.objects.count() == 2
    sweep(now + limits.DEVICE_FORGET + timedelta(seconds=1))
    assert not Device.objects.filter(device_id=waiting).exists()
    sweep(now + timedelta(days=7) + limits.DEVICE_FORGET + timedelta(seconds=1))
    assert not Device.objects.exists()


def test_signing_certificates_are_forgotten_a_month_after_they_ran_out(house: House, now: datetime) -> None:
    over = now + timedelta(days=400) + limits.DEVICE_FORGET
    sweep(over)
    assert SigningCertificate.objects.count() == 1
    sweep(over + timedelta(seconds=1))
    assert not SigningCertificate.objects.exists()


def test_sweeping_twice_does_no_harm(house: House, dana: Member, now: datetime) -> None:
    house.intake_key(dana)
    session("a", user=dana.user, now=now)
    for _ in range(2):
        sweep(now)
    assert (Device.objects.count(), IntakeKey.objects.count(), StaffSession.objects.count()) == (1, 1, 1)


def test_the_worker_knows_the_job() -> None:
    assert [job.name for job in JOBS] == ["staff.sweep"]
