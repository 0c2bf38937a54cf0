"""A browser, an organisation and an invitation for this room's tests of calls.

Nobody's tries slow another test down, and passwords are stretched less (test_hashers.py has the real costs).
"""

import pytest

from backend.core.clock import system_clock
from backend.staff.hashers import Argon2idHasher
from backend.staff.models import Role
from backend.staff.services import staff_invite
from backend.staff.throttle import Throttle
from tests.staff.browsing import Browser, browser_new
from tests.staff.people import House, organisation_made


@pytest.fixture
def browser() -> Browser:
    """A browser that nobody has logged in with."""
    return browser_new()


@pytest.fixture
def house() -> House:
    """An organisation at this moment, for calls; tests of services make theirs at a fixed one."""
    return organisation_made(now=system_clock())


@pytest.fixture
def token(house: House) -> bytes:
    """The link of dana, who is invited."""
    roles = [Role.ADVOCATE, Role.SUPERVISOR]
    return staff_invite(organisation=house.organisation, username="dana", shown_name="Dana", roles=roles, now=system_clock())


@pytest.fixture(autouse=True)
def _fresh_throttle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.staff.services.login.LOGIN", Throttle())


@pytest.fixture
def real_costs() -> tuple[int, int, int]:
    """What a deployment spends on one password: KiB, passes, lanes."""
    return Argon2idHasher.memory_cost, Argon2idHasher.iterations, Argon2idHasher.lanes


@pytest.fixture(autouse=True)
def _cheap_passwords(real_costs: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Argon2idHasher, "memory_cost", 64)
