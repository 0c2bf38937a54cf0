from typing import Any

import pytest
from django.db import OperationalError
from django.test import AsyncClient

from backend.config import health
from backend.core.clock import system_clock
from backend.core.worker import ALIVE_FOR, beat

pytestmark = pytest.mark.django_db(transaction=True)


async def _asked() -> tuple[int, dict[str, Any]]:
    answer = await AsyncClient().get("/healthz")
    return answer.status_code, answer.json()


@pytest.fixture
def worker() -> None:
    beat(system_clock())


async def test_all_is_well_where_database_layer_and_worker_answer(worker: None) -> None:
    assert await _asked() == (200, {"database": True, "layer": True, "worker": True})


async def test_a_worker_that_was_never_there_is_said() -> None:
    assert await _asked() == (503, {"database": True, "layer": True, "worker": False})


async def test_a_worker_that_fell_silent_is_said(monkeypatch: pytest.MonkeyPatch, worker: None) -> None:
    monkeypatch.setattr(health, "system_clock", lambda: system_clock() + ALIVE_FOR)
    assert (await _asked())[1]["worker"] is False


async def test_a_database_that_is_away_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_: Any) -> bool:
        raise OperationalError

    monkeypatch.setattr(health, "worker_alive", away)
    assert await _asked() == (503, {"database": False, "layer": True, "worker": False})


async def test_a_layer_that_is_away_is_said(monkeypatch: pytest.MonkeyPatch, worker: None) -> None:
    class Away:
        async def group_send(self, group: str, message: dict[str, Any]) -> None:
            raise ConnectionRefusedError

    monkeypatch.setattr(health, "get_channel_layer", Away)
    assert await _asked() == (503, {"database": True, "layer": False, "worker": True})
