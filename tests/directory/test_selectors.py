"""Which lines a country gets."""

import string

from hypothesis import given
from hypothesis import strategies as st

from backend.directory.facts import lines_all
from backend.directory.selectors import EU, countries, lines_for


def test_the_united_states_show_the_numbers_that_must_show() -> None:
    shown = {line.id: line for line in lines_for("US")}
    assert shown["us-emergency"].call.number == "911"
    assert shown["us-988"].call.number == "988"
    assert shown["us-nhth"].call.number == "+18883737888"
    assert shown["us-nhth"].text is not None
    assert shown["us-nhth"].text.number == "233733"
    assert shown["us-ndvh"].call.number == "+18007997233"


def test_the_emergency_number_comes_first_in_each_country() -> None:
    assert all(lines_for(country)[0].kind == "emergency" for country in countries())


def test_a_member_of_the_union_without_lines_of_its_own_gets_112() -> None:
    assert [line.call.number for line in lines_for("BE")] == ["112"]


def test_every_line_is_reachable_through_its_country() -> None:
    assert tuple(line for country in countries() for line in lines_for(country)) == lines_all()


@given(st.text(alphabet=string.ascii_uppercase, min_size=2, max_size=2))
def test_no_country_is_shown_the_numbers_of_another(country: str) -> None:
    assert {line.country for line in lines_for(country)} <= ({country, "EU"} if country in EU else {country})
