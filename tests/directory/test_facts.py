"""The facts about lines: numbers that can exist, words in every language, and the rules about what may be shown."""

from datetime import date
from pathlib import Path

import phonenumbers
import pytest

from backend.core.words import LANGUAGES, words
from backend.directory.facts import BadFact, Line, lines_all

LINES = lines_all()
GOOD = """
[[lines]]
id = "xx-one"
country = "US"
kind = "crisis"
call = { shown = "988", number = "988" }
checked = 2026-11-23
sources = ["one"]
"""


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.id)
def test_each_number_to_call_is_one_that_phonenumbers_knows(line: Line) -> None:
    if line.call.number.startswith("+"):
        parsed = phonenumbers.parse(line.call.number)
        assert phonenumbers.is_valid_number(parsed)
        assert parsed.country_code == phonenumbers.country_code_for_region(line.country)
    else:
        region = "DE" if line.country == "EU" else line.country
        assert phonenumbers.is_possible_short_number_for_region(phonenumbers.parse(line.call.number, region), region)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.id)
def test_what_people_read_is_what_the_link_dials(line: Line) -> None:
    for number in (line.call, line.text) if line.text else (line.call,):
        shown = "".join(filter(str.isdigit, number.shown or number.number))
        dialled = "".join(filter(str.isdigit, number.number))
        assert dialled.endswith(shown.lstrip("0") if number.number.startswith("+") else shown)


@pytest.mark.parametrize("line", [line for line in LINES if line.text], ids=lambda line: line.id)
def test_each_number_to_text_is_a_short_code_or_one_that_phonenumbers_knows(line: Line) -> None:
    assert line.text is not None
    if line.text.number.startswith("+"):
        assert phonenumbers.is_valid_number(phonenumbers.parse(line.text.number))
        assert line.text.shown
    else:
        assert line.text.number.isascii()
        assert line.text.number.isdigit()
        assert 3 <= len(line.text.number) <= 6


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("line", LINES, ids=lambda line: line.id)
def test_each_line_has_a_name_and_says_who_answers_in_each_language(line: Line, language: str) -> None:
    assert words("directory", f"line-{line.id}-name", language)
    assert words("directory", f"line-{line.id}-who", language)
    assert words("directory", f"country-{line.country}", language)


def test_no_line_is_dated_in_the_future() -> None:
    assert all(line.checked <= date(2026, 11, 23) for line in LINES)


def test_a_line_that_is_the_police_or_reports_to_them_is_marked() -> None:
    marked = {"mx-lnctp", "es-policia", "ie-garda", "au-afp", "nz-crime-stoppers", "ar-145", "br-100", "co-155"}
    assert {line.id for line in LINES if line.police} == marked


@pytest.mark.parametrize(
    "spoilt",
    [
        GOOD.replace('kind = "crisis"', 'kind = "rumour"'),
        GOOD.replace('sources = ["one"]', "sources = []"),
        GOOD.replace("checked = 2026-11-23", ""),
        GOOD + 'opinion = "good"\n',
        GOOD.replace('number = "988"', 'numero = "988"'),
        GOOD + GOOD,
    ],
)
def test_a_broken_facts_file_is_refused(spoilt: str, tmp_path: Path) -> None:
    path = tmp_path / "facts.toml"
    path.write_text(spoilt, encoding="utf-8")
    with pytest.raises(BadFact):
        lines_all(path)


def test_the_pattern_that_the_broken_files_were_made_of_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "facts.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert lines_all(path)[0].call.number == "988"
