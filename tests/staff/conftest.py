"""For this room's tests: nobody's tries slow another test down, and passwords are stretched less (test_hashers.py has the real costs)."""

import pytest

from backend.staff.hashers import Argon2idHasher
from backend.staff.throttle import Throttle


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
