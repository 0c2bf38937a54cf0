"""Every text that people read stands in Fluent files, in both languages, is used, and keeps its manner."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from fluent.syntax import FluentParser, ast, visitor

from backend.core.words import LANGUAGES
from tests.architecture.tree import ROOT, files, name, text

ROOMS = sorted(path.stem for path in (ROOT / "locales/en").glob("*.ftl"))
ID = r"[a-z][a-z0-9]*(?:-[A-Za-z0-9]+)+|[a-z]+"


class Reading(visitor.Visitor):
    """The variables and the plain words of one message."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.words: list[str] = []

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the library's name
        self.variables.add(node.id.name)

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802 - the library's name
        self.words.append(node.value)


@cache
def messages(room: str, language: str) -> dict[str, ast.Message]:
    """The messages of one file, by id. Raises where the file does not read as Fluent, or names one twice."""
    resource = FluentParser().parse(text(ROOT / "locales" / language / f"{room}.ftl"))
    junk = [entry.content for entry in resource.body if isinstance(entry, ast.Junk)]
    found = [entry for entry in resource.body if isinstance(entry, ast.Message)]
    assert junk == [], f"{language}/{room}.ftl"
    assert len({entry.id.name for entry in found}) == len(found), f"{language}/{room}.ftl"
    return {entry.id.name: entry for entry in found}


def reading(message: ast.Message) -> Reading:
    found = Reading()
    found.visit(message)
    return found


def test_every_language_has_every_file() -> None:
    for language in LANGUAGES:
        assert sorted(path.stem for path in (ROOT / "locales" / language).iterdir()) == ROOMS


@pytest.mark.parametrize("room", ROOMS)
def test_every_text_exists_in_every_language_with_the_same_values(room: str) -> None:
    english, *others = (messages(room, language) for language in LANGUAGES)
    for other in others:
        assert set(english) == set(other)
        for id_, message in english.items():
            assert reading(message).variables == reading(other[id_]).variables, id_


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", ROOMS)
def test_no_text_raises_its_voice(room: str, language: str) -> None:
    # The directory holds names as their owners write them.
    loud = re.compile(r"[!¡]" if room == "directory" else r"[!¡]|\b[A-ZÁÉÍÓÚÑ]{5,}\b")
    spoken = {id_: " ".join(reading(message).words) for id_, message in messages(room, language).items()}
    assert {id_: words for id_, words in spoken.items() if loud.search(words)} == {}


def sources() -> Iterator[tuple[str, str]]:
    """Everything that may name a text."""
    for path in [
        *files(".py", ".html", under="backend"),
        *files(".py", ".html", under="safety"),
        *files(".ts", ".svelte", under="frontend/src"),
    ]:
        yield name(path), text(path)


def literals(source: str) -> set[str]:
    """Every quoted string of a source that could be an id, and every template of one with its holes as ``*``."""
    plain = set(re.findall(rf"""['"`]({ID})['"`]""", source))
    holed = set(re.findall(r'f"([a-z][a-z0-9-]*-(?:\{[^{}"]*\}[A-Za-z0-9-]*)+)"', source))
    holed |= set(re.findall(r"`((?:[a-z][a-z0-9-]*-)?(?:\$\{[^{}`]*\}(?:-[a-z]+)*)+)`", source))
    return plain | {re.sub(r"\$?\{[^{}]*\}", "*", template) for template in holed}


def used() -> tuple[set[str], list[re.Pattern[str]]]:
    """Ids that a source names whole, and patterns of those that it puts together."""
    named: set[str] = set()
    for path, source in sources():
        named |= literals(source)
        if path.endswith(".html"):
            named |= {found.replace("_", "-") for found in re.findall(r"\bwords\.([a-z0-9_]+)", source)}
    patterns = [re.compile(re.escape(one).replace(r"\*", "[A-Za-z0-9-]+")) for one in named if "*" in one]
    return {one for one in named if "*" not in one}, patterns


@pytest.mark.parametrize("room", ROOMS)
def test_no_text_is_left_over(room: str) -> None:
    whole, patterns = used()
    ids = set(messages(room, "en"))
    assert {id_ for id_ in ids - whole if not any(pattern.fullmatch(id_) for pattern in patterns)} == set()


def asked() -> Iterator[tuple[str, str]]:
    """Every id that a source asks for by name: ``t('id')``, ``textIn(language, 'id')``, ``words("room", "id", …)``, ``words.id``."""
    for path, source in sources():
        if path.endswith((".ts", ".svelte")):
            first = r"(?<![\w.])(?:t\(|textIn\([^,()]+,\s*)(?:[^'`(),]*\? )?"
            yield from ((path, found) for found in re.findall(rf"{first}'([^']+)'", source))
            yield from ((path, found) for found in re.findall(rf"{first}'[^']+' : '([^']+)'", source))
        elif path.endswith(".py"):
            yield from ((path, found) for found in re.findall(r'(?<![\w.])words\("[a-z]+", "([a-z0-9-]+)"', source))
        else:
            yield from ((path, found.replace("_", "-")) for found in re.findall(r"\bwords\.([a-z0-9_]+)", source))


def test_every_text_that_is_asked_for_exists() -> None:
    known = {id_ for room in ROOMS for id_ in messages(room, "en")}
    assert sorted((path, id_) for path, id_ in asked() if id_ not in known) == []


def test_no_text_stands_in_two_rooms_that_load_together() -> None:
    together = [set(messages(room, "en")) for room in ("shared", "app", "console") if room in ROOMS]
    assert sum(map(len, together)) == len(set().union(*together))
