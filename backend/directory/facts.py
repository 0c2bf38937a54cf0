"""The facts about lines to call: typed, checked when they are read, never guessed. The file says what may stand in it."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).with_name("facts.toml")
KINDS: Final = ("emergency", "trafficking", "violence", "sexual", "children", "crisis")
KEYS: Final = frozenset({"id", "country", "kind", "call", "text", "always", "languages", "interpreters", "police", "checked", "sources"})


class BadFact(ValueError):
    """An entry of the facts file that lacks something or says something impossible. Names the entry."""


@dataclass(frozen=True, slots=True)
class Call:
    """A number to call: as people write it, and as a ``tel:`` link dials it."""

    shown: str
    number: str


@dataclass(frozen=True, slots=True)
class Text:
    """A number to text, as an ``sms:`` link has it and (where that differs) as people write it; the word to send where one is needed."""

    number: str
    shown: str = ""
    keyword: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``country`` is an ISO 3166 code, or EU. ``always``: day and night. ``languages`` that are spoken without an interpreter."""

    id: str
    country: str
    kind: str
    call: Call
    checked: date
    sources: tuple[str, ...]
    text: Text | None = None
    always: bool = False
    languages: tuple[str, ...] = ()
    interpreters: bool = False
    police: bool = False


@cache
def lines_all(path: Path = FILE) -> tuple[Line, ...]:
    """Every line, in the file's order. Raises BadFact."""
    with path.open("rb") as file:
        lines = tuple(_line(entry) for entry in tomllib.load(file)["lines"])
    if len({line.id for line in lines}) != len(lines):
        raise BadFact("two lines have one id")
    return lines


def _line(entry: dict[str, Any]) -> Line:
    name = str(entry.get("id", "a line without an id"))
    if unknown := entry.keys() - KEYS:
        raise BadFact(f"{name}: unknown {', '.join(sorted(unknown))}")
    try:
        fields = dict(entry) | {
            "call": Call(**entry["call"]),
            "sources": tuple(entry["sources"]),
            "languages": tuple(entry.get("languages", ())),
        }
        if "text" in entry:
            fields["text"] = Text(**entry["text"])
        line = Line(**fields)
    except (KeyError, TypeError) as error:
        raise BadFact(f"{name}: {error}") from error
    if line.kind not in KINDS or not line.sources or len(line.country) != 2 or not isinstance(line.checked, date):
        raise BadFact(f"{name}: kind, country, checked or sources")
    return line
