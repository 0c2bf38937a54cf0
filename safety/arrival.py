"""What the arrival page says, put together for one language."""

from dataclasses import dataclass
from typing import Final

from babel.dates import format_date
from django.conf import settings

from backend.core.words import LANGUAGES, language_choose, words
from backend.directory.facts import Line
from backend.directory.selectors import countries, lines_for

RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})
NATIVE: Final = {"en": "English", "es": "Español"}


@dataclass(frozen=True, slots=True)
class LineCard:
    """One line as the page shows it: links ready, words chosen."""

    line: Line
    name: str
    who: str
    facts: tuple[str, ...]
    checked: str

    @property
    def call_link(self) -> str:
        """The ``tel:`` address."""
        return f"tel:{self.line.call.number}"

    @property
    def text_link(self) -> str:
        """The ``sms:`` address, empty where the line takes no texts. It fills in no word: what is sent is the person's choice."""
        return f"sms:{self.line.text.number}" if self.line.text else ""


@dataclass(frozen=True, slots=True)
class CountryCards:
    """A country's name and its lines."""

    name: str
    cards: tuple[LineCard, ...]


def language_for(*, asked: str, accepted: str) -> str:
    """The language of the page: the one asked for by ``?lang=`` where we speak it, else the browser's first that we speak, else English."""
    return asked if asked in LANGUAGES else language_choose(accepted)


def countries_first(language: str) -> tuple[CountryCards, ...]:
    """The deployment's own countries, in its order."""
    return tuple(country_cards(country, language) for country in settings.QUIETLINE_COUNTRIES if lines_for(country))


def countries_other(language: str) -> tuple[CountryCards, ...]:
    """Every other country that has lines."""
    return tuple(country_cards(country, language) for country in countries() if country not in settings.QUIETLINE_COUNTRIES)


def country_cards(country: str, language: str) -> CountryCards:
    """One country's lines in one language."""
    return CountryCards(
        name=words("directory", f"country-{country}", language) if country in countries() else words("directory", "country-EU", language),
        cards=tuple(_card(line, language) for line in lines_for(country)),
    )


def _card(line: Line, language: str) -> LineCard:
    return LineCard(
        line=line,
        name=words("directory", f"line-{line.id}-name", language),
        who=words("directory", f"line-{line.id}-who", language),
        facts=tuple(_facts(line, language)),
        checked=words("arrival", "line-checked", language, date=format_date(line.checked, "long", locale=language)),
    )


def _facts(line: Line, language: str) -> list[str]:
    facts = [words("arrival", "line-police", language)] if line.police else []
    if line.always:
        facts.append(words("arrival", "line-always", language))
    if line.languages:
        spoken = ", ".join(words("arrival", f"language-{code}", language) for code in line.languages)
        facts.append(words("arrival", "line-interpreters" if line.interpreters else "line-languages", language, languages=spoken))
    facts.append(words("arrival", "line-bill-text" if line.text else "line-bill-call", language))
    return facts
