import os
import subprocess
import sys
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from backend.config.demo.house import SLUG, code_for, fingerprint_link, house_make, logins
from backend.config.demo.keys import DemoKeys, demo_keys
from backend.config.demo.people import PEOPLE
from backend.config.demo.sealing import note_info, opened
from backend.config.demo.supervisor import DAY, supervise
from backend.config.demo.waiting import people_wait
from backend.config.environment import BASE
from backend.hotline.selectors import queue_for
from backend.hotline.services import request_claim
from backend.staff import trust
from backend.staff.errors import LoginFailed
from backend.staff.models import Device, IntakeKey, RevocationList, StaffUser
from backend.staff.selectors import device_certified, organisation_for, trust_answer
from backend.staff.services import device_request, password_login
from backend.staff.standing import revocation_mark, seconds_of
from tests.staff import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(tmp_path: Path) -> DemoKeys:
    return demo_keys(tmp_path)


@pytest.fixture
def house(keys: DemoKeys, now: datetime) -> DemoKeys:
    house_make(keys, now=now)
    supervise(keys=keys, slug=SLUG, now=now)
    return keys


def _state() -> list[object]:
    return [sorted(map(str, model.objects.values_list())) for model in (Device, IntakeKey, RevocationList)]


def test_the_secret_is_made_once_and_gives_the_same_keys(tmp_path: Path) -> None:
    assert demo_keys(tmp_path).id("device") == demo_keys(tmp_path).id("device")
    assert (tmp_path / "demo-secret").stat().st_mode & 0o077 == 0


def test_everybody_can_log_in_with_the_code_that_is_shown_and_each_code_works_once(house: DemoKeys, now: datetime) -> None:
    for login in logins(house):
        code = code_for(login.username, now=now)
        enter = partial(password_login, username=login.username, password=login.password, code=code, source="", known=None, now=now)
        assert enter().username == login.username
        with pytest.raises(LoginFailed):
            enter()
        assert code_for(login.username, now=now) == code_for(login.username, now=now)


def test_the_chain_holds_from_the_root_to_the_intake_key(house: DemoKeys, now: datetime) -> None:
    answer = trust_answer(organisation_for(SLUG), now=now)
    assert answer.intake is not None
    assert answer.root == trust.public_of(house.signature("root"))
    assert fingerprint_link().startswith("#f=")


def test_supervising_again_changes_nothing(house: DemoKeys, now: datetime) -> None:
    before = _state()
    supervise(keys=house, slug=SLUG, now=now + timedelta(seconds=2))
    assert _state() == before


def test_days_later_everything_is_renewed_in_time(house: DemoKeys, now: datetime) -> None:
    for day in range(1, 30):
        moment = now + timedelta(days=day)
        supervise(keys=house, slug=SLUG, now=moment)
        assert trust_answer(organisation_for(SLUG), now=moment).intake is not None


def test_a_browser_that_asks_is_certified_and_can_open_the_intake_keys(house: DemoKeys, now: datetime) -> None:
    user = StaffUser.objects.get(username="dana")
    signed = cast.device_request(name=user.shown_name, organisation=SLUG)
    device_request(user=user, signed=signed, hpke_key=cast.hpke_public("advocate"), now=now)
    supervise(keys=house, slug=SLUG, now=now)
    assert device_certified(cast.ident("advocate"), now) is not None
    assert all(key.sealed.filter(device__device_id=cast.ident("advocate")).exists() for key in IntakeKey.objects.all())


def test_the_people_who_wait_can_be_claimed_and_their_notes_opened(house: DemoKeys, now: datetime) -> None:
    people_wait(slug=SLUG, now=now)
    user = StaffUser.objects.get(username="marisol")
    waiting = queue_for(user=user, now=now).requests
    assert len(waiting) == len(PEOPLE)
    claim = request_claim(request_id=waiting[0].public_id, user=user, device_id=house.id("device"), owner=bytes(range(32)), now=now)
    today = seconds_of(now) - seconds_of(now) % DAY
    pair = house.sealing(f"intake {today} {revocation_mark(()).hex()}")
    info = note_info(slug=SLUG, request_id=claim.public_id)
    assert any(person.text.encode() in opened(claim.note, keys=pair, info=info) for person in PEOPLE if person.text)
    with pytest.raises(InvalidTag):
        opened(claim.note, keys=pair, info=note_info(slug=SLUG, request_id=bytes(16)))


def _manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QUIETLINE_") and name != "DATABASE_URL"}
    return subprocess.run([sys.executable, "manage.py", *arguments], capture_output=True, text=True, cwd=BASE, env={**kept, **variables})


def test_the_demonstration_refuses_to_start_in_production(tmp_path: Path) -> None:
    variables = {
        "QUIETLINE_MODE": "production",
        "QUIETLINE_VAR": str(tmp_path),
        "QUIETLINE_ORIGINS": "https://line.example.org",
        "QUIETLINE_SECRET_KEY": "s" * 50,
        "QUIETLINE_KEY_DIR": str(tmp_path / "keys"),
    }
    refused = _manage("demo", **variables)
    assert refused.returncode != 0
    assert "QUIETLINE_MODE" in refused.stderr
    assert not (tmp_path / "demo").exists()
    assert "QUIETLINE_DEMO" in _manage("check", **variables, QUIETLINE_DEMO="yes").stderr


def test_only_a_demonstration_is_filled(tmp_path: Path) -> None:
    assert _manage("demo_fill", QUIETLINE_VAR=str(tmp_path)).returncode != 0


def test_an_ordinary_server_has_no_page_with_logins(client) -> None:  # type: ignore[no-untyped-def]
    assert client.get("/demo/").status_code == 404
