"""The arrival page: whole without JavaScript, calm to a strict policy, and true to the facts."""

import gzip
import json
import re
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import OperationalError
from django.http import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from backend.core.words import LANGUAGES, words
from backend.directory.facts import Line, lines_all
from backend.directory.selectors import lines_for
from backend.hotline.selectors import OrganisationListed
from safety import arrival
from safety.words import HoleInPage, Words
from tests.safety.page import Page, page_read

IDS = ("bar", "exit", "exit-status", "main", "title", "start", "start-talk", "start-return", "start-note", "leaving-script")
FACTS = lines_all()
LIMIT = 12 * 1024
"""Compressed bytes of the document: a page that a slow network shows in a moment."""


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(autouse=True)
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody answers here, unless a test says otherwise."""
    monkeypatch.setattr(arrival, "organisations_listed", lambda now: (_organisation("Clear House", "Casa Clara"),))


@pytest.fixture
def page(client: Client, language: str) -> Page:
    return page_read(client.get("/", {"lang": language}).content)


def test_the_document_is_well_formed_and_every_id_is_there_once(page: Page) -> None:
    assert page.faults == []
    ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    assert len(set(ids)) == len(ids)
    assert set(IDS) <= set(ids)


def test_it_says_its_language_and_gives_every_other_one(page: Page, language: str) -> None:
    assert page.named("html")[0].attributes["lang"] == language
    assert [one.attributes["href"] for one in page.named("a") if "hreflang" in one.attributes] == [f"/?lang={code}" for code in LANGUAGES]
    assert [one.attributes["hreflang"] for one in page.elements if one.attributes.get("aria-current")] == [language]


def test_what_labels_something_exists(page: Page) -> None:
    for name in [one.attributes["aria-labelledby"] for one in page.elements if "aria-labelledby" in one.attributes]:
        assert page.by_id(name).text


def test_there_is_one_main_title_and_no_level_of_headings_is_skipped(page: Page) -> None:
    levels = [int(one.name[1]) for one in page.named("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_way_out_is_the_first_thing_that_the_keyboard_reaches_and_works_without_javascript(page: Page) -> None:
    reached = page.named("a", "button", "summary", "input", "select", "textarea")[0]
    assert reached is page.by_id("exit")
    assert reached.name == "a"
    assert reached.attributes["href"] == "/exit"
    assert all(reached.attributes[f"data-{name}"] for name in ("two", "one", "over"))


def test_what_only_a_script_can_do_is_hidden_until_a_script_shows_it(page: Page) -> None:
    assert "hidden" in page.by_id("start").attributes
    assert "hidden" in page.by_id("leaving-script").attributes
    assert len(page.named("noscript")) == 2


def test_no_script_and_no_style_is_inline(page: Page) -> None:
    assert not page.named("style")
    assert not [one for one in page.named("script") if one.text or not one.attributes.get("src")]
    assert not [key for one in page.elements for key in one.attributes if key == "style" or key.startswith("on")]


def test_nothing_is_fetched_from_another_origin_and_no_link_leads_to_one(page: Page) -> None:
    assert all(re.match(r"/[^/]|/\?|/$|tel:|sms:|#", address) for address in page.addresses)


def test_the_scripts_and_styles_of_the_build_are_loaded_by_address(
    client: Client, settings: Settings, tmp_path: Path, language: str
) -> None:
    chunks = {
        "frontend/src/app/main.ts": {"file": "assets/app-1.js", "isEntry": True, "imports": ["_shared.js"], "css": ["assets/app-2.css"]},
        "_shared.js": {"file": "assets/shared-3.js"},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(chunks), encoding="utf-8")
    settings.QUIETLINE_DIST = tmp_path
    page = page_read(client.get("/", {"lang": language}).content)
    assert [one.attributes for one in page.named("script")] == [{"type": "module", "src": "/assets/app-1.js"}]
    assert {one.attributes["rel"]: one.attributes["href"] for one in page.named("link")} == {
        "icon": "/icon.svg",
        "stylesheet": "/assets/app-2.css",
        "modulepreload": "/assets/shared-3.js",
    }


def test_every_number_on_the_page_stands_in_the_facts_and_every_fact_on_the_page(page: Page) -> None:
    calls = [one.attributes["href"] for one in page.named("a") if one.attributes["href"].startswith("tel:")]
    texts = [one.attributes["href"] for one in page.named("a") if one.attributes["href"].startswith("sms:")]
    assert sorted(calls) == sorted(f"tel:{line.call.number}" for line in FACTS)
    assert sorted(texts) == sorted(f"sms:{line.text.number}" for line in FACTS if line.text)


def test_the_deployments_countries_come_first_in_its_order_and_the_others_wait_folded(
    client: Client, settings: Settings, language: str
) -> None:
    settings.QUIETLINE_COUNTRIES = ("MX", "US", "BE", "LU", "XX")
    page = page_read(client.get("/", {"lang": language}).content)
    shown = [one.text for one in page.elements if one.attributes.get("class") == "country"]
    assert shown == [words("directory", f"country-{code}", language) for code in ("MX", "US", "EU")]
    calls = [one.attributes["href"] for one in page.named("a") if one.attributes["href"].startswith("tel:")]
    assert calls[: len(lines_for("MX"))] == [f"tel:{line.call.number}" for line in lines_for("MX")]
    assert len(calls) == len(FACTS)
    assert "open" not in page.named("details")[0].attributes


def test_a_deployment_in_a_country_without_lines_shows_all_of_them_unfolded(client: Client, settings: Settings) -> None:
    settings.QUIETLINE_COUNTRIES = ("XX",)
    page = page_read(client.get("/").content)
    assert "open" in page.named("details")[0].attributes


@pytest.mark.parametrize("line", [line for line in FACTS if line.police], ids=lambda line: line.id)
def test_a_line_of_the_police_says_so_before_its_number(client: Client, language: str, line: Line) -> None:
    html = client.get("/", {"lang": language}).content.decode()
    name = words("directory", f"line-{line.id}-name", language)
    card = html[html.index(f"<h4>{name}</h4>") :].split("</li>", 1)[0]
    assert words("arrival", "line-police", language) in card.split("tel:", 1)[0]


def test_every_line_says_when_it_was_compared_and_for_which_country(client: Client) -> None:
    html = client.get("/", {"lang": "en"}).content.decode()
    assert html.count("compared with public sources on \u206823 November 2026\u2069") + html.count("\u2068November 23, 2026\u2069") == len(
        FACTS
    )


@pytest.mark.parametrize(
    ("asked", "accepted", "spoken"), [("es", "en", "es"), ("", "es-MX,es;q=0.9,en;q=0.5", "es"), ("xx", "fr", "en"), ("", "", "en")]
)
def test_the_language_is_the_one_asked_for_or_the_browsers_first_that_we_speak(
    client: Client, asked: str, accepted: str, spoken: str
) -> None:
    answer = client.get("/", {"lang": asked}, headers={"Accept-Language": accepted})
    assert page_read(answer.content).named("html")[0].attributes["lang"] == spoken
    assert "Accept-Language" in answer["Vary"]


def test_no_names_of_organisations_show_unless_the_deployment_says_so(client: Client, settings: Settings, language: str) -> None:
    settings.QUIETLINE_NAME_ORGANISATIONS = False
    assert words("arrival", "answered", language) in client.get("/", {"lang": language}).content.decode()


def test_the_names_show_where_the_deployment_says_so(
    client: Client, settings: Settings, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.QUIETLINE_NAME_ORGANISATIONS = True
    monkeypatch.setattr(arrival, "organisations_listed", lambda now: (_organisation("A & B", "A y B"), _organisation("C", "C")))
    html = client.get("/", {"lang": language}).content.decode()
    assert f"<strong>{'A &amp; B' if language == 'en' else 'A y B'}, C</strong>" in html


def test_the_numbers_show_even_while_the_database_is_away(client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(now: datetime) -> tuple[OrganisationListed, ...]:
        raise OperationalError

    settings.QUIETLINE_NAME_ORGANISATIONS = True
    monkeypatch.setattr(arrival, "organisations_listed", away)
    answer = client.get("/")
    assert answer.status_code == 200
    assert b"tel:+18883737888" in answer.content
    assert arrival.answering("en", now=datetime(2026, 3, 4, tzinfo=UTC)) == arrival.Answering(names="", nobody=False)


def test_where_nobody_answers_the_page_has_no_door_and_promises_calls_alone(
    client: Client, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrival, "organisations_listed", lambda now: ())
    html = client.get("/", {"lang": language}).content.decode()
    page = page_read(html.encode())
    assert page.faults == []
    assert [one for one in page.elements if one.attributes.get("id", "").startswith("start")] == []
    assert words("arrival", "nobody", language) in html
    assert words("arrival", "heading", language) not in html
    assert "tel:+18883737888" in html


def test_nobody_keeps_the_page_and_no_cookie_is_set(client: Client) -> None:
    answer = client.get("/")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Request-OTR"] == "1"
    assert not answer.cookies


def test_the_page_is_small_on_the_wire(client: Client, language: str) -> None:
    answer = client.get("/", {"lang": language}, headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content).startswith(b"<!doctype html>")
    assert len(answer.content) < LIMIT


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_the_page_is_only_read(client: Client, method: str) -> None:
    answer: HttpResponseBase = getattr(client, method)("/")
    assert answer.status_code == 405


def test_the_words_are_calm(language: str) -> None:
    shown = Words("arrival", language)
    for name in ("heading", "lead", "enough", "choice", "numbers_about", "leaving_script", "leaving_no_script", "left_spyware"):
        assert not re.search(r"[!¡]", shown[name])


def test_a_text_that_does_not_exist_stops_the_page() -> None:
    with pytest.raises(HoleInPage):
        Words("arrival", "en")["no_such_text"]


def _organisation(en: str, es: str) -> OrganisationListed:
    return OrganisationListed(slug="one", name={"en": en, "es": es}, languages=("en",), exceptions={"en": "", "es": ""}, on_shift=True)
