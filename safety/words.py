"""Fluent messages for templates."""

from dataclasses import dataclass

from backend.core import words as core


class HoleInPage(RuntimeError):
    """A template names a message that does not exist. Templates swallow a KeyError; this one stops the page."""


@dataclass(frozen=True, slots=True)
class Words:
    """The messages of one room in one language, by subscript: ``{{ words.the_title }}`` is the message ``the-title``. Raises HoleInPage."""

    room: str
    language: str

    def __getitem__(self, name: str) -> str:
        try:
            return core.words(self.room, name.replace("_", "-"), self.language)
        except core.MissingWords as error:
            raise HoleInPage(str(error)) from error
