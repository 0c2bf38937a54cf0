"""The way out, and the picture in the tab."""

import pytest
from django.test import Client
from pytest_django import Settings

from backend.staff.known import cookie_name

OURS = {"Origin": "http://127.0.0.1:8000"}


@pytest.fixture(autouse=True)
def _deployment(settings: Settings) -> None:
    settings.QUIETLINE_ORIGINS = ("http://127.0.0.1:8000",)
    settings.QUIETLINE_EXIT_URL = "https://weather.example/"


def test_without_javascript_the_link_leads_to_the_neutral_page_and_clears_the_cache_alone(client: Client) -> None:
    answer = client.get("/exit")
    assert answer.status_code == 303
    assert answer["Location"] == "https://weather.example/"
    assert answer["Clear-Site-Data"] == '"cache"'


def test_the_app_is_told_to_clear_everything_only_when_it_keeps_nothing(client: Client) -> None:
    assert client.post("/exit", headers=OURS)["Clear-Site-Data"] == '"cache"'
    assert client.post("/exit?all", headers=OURS)["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Origin": "https://elsewhere.example"}])
def test_another_site_cannot_erase_what_somebody_keeps(client: Client, headers: dict[str, str]) -> None:
    assert client.post("/exit?all", headers=headers)["Clear-Site-Data"] == '"cache"'


def test_leaving_needs_no_proof_of_a_session_and_gives_none() -> None:
    answer = Client(enforce_csrf_checks=True).post("/exit", headers=OURS)
    assert answer.status_code == 204
    assert answer.content == b""
    assert not answer.cookies


@pytest.mark.parametrize("path", ["/exit", "/icon.svg"])
def test_nobody_keeps_it(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer["Cache-Control"] == "no-store"
    assert answer["Request-OTR"] == "1"


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_there_is_no_other_way_of_leaving(client: Client, method: str) -> None:
    assert getattr(client, method)("/exit").status_code == 405


def test_the_picture_is_a_plain_shape_without_a_script(client: Client) -> None:
    answer = client.get("/icon.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.count(b"<rect") == 1
    assert b"script" not in answer.content


def test_a_browser_in_which_staff_logged_in_keeps_its_device_keys(client: Client) -> None:
    client.cookies[cookie_name()] = "whatever it holds"
    assert client.post("/exit?all", headers=OURS)["Clear-Site-Data"] == '"cache"'
