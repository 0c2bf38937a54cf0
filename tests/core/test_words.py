"""Words for people: found, whole, and in a language that the person reads."""

from datetime import date
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from backend.core.errors import NotFound
from backend.core.words import LANGUAGES, MissingWords, bundle_for, language_choose, refusal_body, words


@pytest.fixture
def files(tmp_path: Path, settings: Settings) -> Path:
    """Fluent files of the test's own: fills locales/<language>/house.ftl."""
    for language, text in (
        ("en", 'hello = Hello { $name }\nday = On { DATETIME($day, dateStyle: "long") }\n'),
        ("es", "hello = Hola { $name }\n"),
    ):
        (tmp_path / language).mkdir()
        (tmp_path / language / "house.ftl").write_text(text, encoding="utf-8")
    settings.QUIETLINE_LOCALES = tmp_path
    bundle_for.cache_clear()
    return tmp_path


@pytest.fixture(autouse=True)
def _fresh() -> None:
    bundle_for.cache_clear()


def plain(text: str) -> str:
    """Without the marks that isolate what was put in."""
    return text.replace("\u2068", "").replace("\u2069", "")


def test_a_message_is_found_in_each_language_with_its_values(files: Path) -> None:
    assert plain(words("house", "hello", "en", name="Ana")) == "Hello Ana"
    assert plain(words("house", "hello", "es", name="Ana")) == "Hola Ana"
    assert plain(words("house", "day", "en", day=date(2026, 11, 23))) == "On November 23, 2026"


@pytest.mark.parametrize(
    ("room", "message", "language"), [("house", "bye", "en"), ("house", "day", "es"), ("shed", "hello", "en"), ("house", "hello", "fr")]
)
def test_a_message_that_is_not_there_is_never_answered_with_something_else(files: Path, room: str, message: str, language: str) -> None:
    with pytest.raises(MissingWords):
        words(room, message, language)


def test_a_value_that_is_missing_is_no_hole_in_the_text(files: Path) -> None:
    with pytest.raises(MissingWords):
        words("house", "hello", "en")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("es", "es"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en;q=0.5, es; q=0.9", "es"),
        ("fr, de;q=0.9", "en"),
        ("ES-419", "es"),
        ("fr;q=1, es;q=0.1", "es"),
        ("en;q=x, es;q=0.2", "es"),
        ("*", "en"),
    ],
)
def test_the_language_is_the_best_that_we_speak(accepted: str, language: str) -> None:
    assert language_choose(accepted) == language


@given(st.text(max_size=200))
def test_no_header_of_a_browser_is_stumbled_over(accepted: str) -> None:
    assert language_choose(accepted) in LANGUAGES


def test_a_refusal_is_answered_with_its_code_and_words_in_the_readers_language() -> None:
    english, spanish = refusal_body(NotFound(), accepted="en"), refusal_body(NotFound(), accepted="es")
    assert english["code"] == spanish["code"] == "request.not_found"
    assert english["message"]
    assert english["message"] != spanish["message"]


def test_every_language_has_the_same_files_with_the_same_messages_and_the_same_values(settings: Settings) -> None:
    first, *others = [_messages(settings.QUIETLINE_LOCALES / language) for language in LANGUAGES]
    for other in others:
        assert other == first


def test_no_file_has_a_part_that_cannot_be_read_or_a_message_twice(settings: Settings) -> None:
    for path in sorted(settings.QUIETLINE_LOCALES.rglob("*.ftl")):
        body = FluentParser().parse(path.read_text(encoding="utf-8")).body
        assert not [entry for entry in body if isinstance(entry, ast.Junk)], path
        ids = [entry.id.name for entry in body if isinstance(entry, ast.Message)]
        assert len(set(ids)) == len(ids), path


def _messages(folder: Path) -> dict[str, dict[str, set[str]]]:
    """For each file its messages, and for each message the values that it needs."""
    return {path.name: _values(path) for path in sorted(folder.glob("*.ftl"))}


def _values(path: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
        if isinstance(entry, ast.Message):
            found[entry.id.name] = _variables(entry)
    return found


def _variables(node: object) -> set[str]:
    if isinstance(node, ast.VariableReference):
        return {node.id.name}
    if isinstance(node, ast.BaseNode):
        return set().union(*(_variables(part) for part in vars(node).values()))
    if isinstance(node, list):
        return set().union(*(_variables(part) for part in node))
    return set()
