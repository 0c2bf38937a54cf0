"""What the arrival page says, put together for one language."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import DatabaseError

from backend.core import log
from backend.core.words import LANGUAGES, language_choose, words
from backend.directory.facts import Line
from backend.directory.selectors import countries, lines_for
from backend.hotline.selectors import organisations_listed

RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})
NATIVE: Final = {"en": "English", "es": "Español"}


@dataclass(frozen=True, slots=True)
class LineCard:
    """One line as the page shows it: links ready, words chosen. ``police`` is a sentence where police or authorities are behind the line."""

    line: Line
    name: str
    who: str
    police: str
    facts: tuple[str, ...]

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


def countries_shown(language: str) -> tuple[list[CountryCards], list[CountryCards]]:
    """The deployment's own countries in its order, and all others by name. A country without lines of its own may stand under the EU's."""
    first = list(dict.fromkeys(lines[0].country for code in settings.QUIETLINE_COUNTRIES if (lines := lines_for(code))))
    other = [_country(code, language) for code in countries() if code not in first]
    return [_country(code, language) for code in first], sorted(other, key=lambda one: one.name)


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers here: the names, where the deployment shows them on this page, and whether there is nobody at all."""

    names: str
    nobody: bool


def answering(language: str, *, now: datetime) -> Answering:
    """Who answers, as far as the page says it. While the database is away nothing is known, and nothing is taken away."""
    try:
        organisations = organisations_listed(now=now)
    except DatabaseError as error:
        # The numbers to call must show whatever happens here.
        log.failure("safety.names_failed", error)
        return Answering(names="", nobody=False)
    names = ", ".join(one.name[language] for one in organisations) if settings.QUIETLINE_NAME_ORGANISATIONS else ""
    return Answering(names=names, nobody=not organisations)


def _country(code: str, language: str) -> CountryCards:
    return CountryCards(
        name=words("directory", f"country-{code}", language),
        cards=tuple(_card(line, language) for line in lines_for(code)),
    )


def _card(line: Line, language: str) -> LineCard:
    return LineCard(
        line=line,
        name=words("directory", f"line-{line.id}-name", language),
        who=words("directory", f"line-{line.id}-who", language),
        police=words("arrival", "line-police", language) if line.police else "",
        facts=tuple(_facts(line, language)),
    )


def _facts(line: Line, language: str) -> list[str]:
    facts = [words("arrival", "line-always", language)] if line.always else []
    if line.languages:
        spoken = ", ".join(words("arrival", f"language-{code}", language) for code in line.languages)
        facts.append(words("arrival", "line-interpreters" if line.interpreters else "line-languages", language, languages=spoken))
    facts.append(words("arrival", "line-bill-text" if line.text else "line-bill-call", language))
    country = words("directory", f"country-{line.country}", language)
    facts.append(words("arrival", "line-checked", language, country=country, date=line.checked))
    return facts
