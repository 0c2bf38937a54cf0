"""Reads a page the way a strict reviewer does: every element closed, every id once."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

VOID: Final = frozenset({"meta", "link", "br", "img", "input", "hr"})


@dataclass(slots=True)
class Element:
    """One element: its name, its attributes, the text directly inside it."""

    name: str
    attributes: dict[str, str]
    text: str = ""


@dataclass(slots=True)
class Page:
    """The elements in the order of their start, and everything that is wrong with the structure."""

    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def named(self, *names: str) -> list[Element]:
        return [one for one in self.elements if one.name in names]

    def by_id(self, name: str) -> Element:
        found = [one for one in self.elements if one.attributes.get("id") == name]
        assert len(found) == 1, f"{len(found)} elements have the id {name}"
        return found[0]

    @property
    def addresses(self) -> list[str]:
        """Where the page's links and resources lead."""
        return [one.attributes[key] for one in self.elements for key in ("href", "src", "action") if key in one.attributes]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len({name for name, _ in attrs}) != len(attrs):
            self.page.faults.append(f"<{tag}> has an attribute twice")
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.page.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].name != tag:
            self.page.faults.append(f"</{tag}> closes nothing that is open")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1].text += data
        elif data.strip():
            self.page.faults.append(f"text outside of the document: {data.strip()}")


def page_read(content: bytes) -> Page:
    """The page that these bytes are."""
    reader = _Reader()
    reader.feed(content.decode("utf-8"))
    reader.close()
    reader.page.faults += [f"<{element.name}> is never closed" for element in reader.open]
    return reader.page
