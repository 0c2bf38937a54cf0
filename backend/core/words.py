"""Words for people, looked up in the Fluent files of ``locales/<language>/<room>.ftl``."""

from datetime import date
from functools import cache
from typing import Final

from django.conf import settings
from fluent.runtime import FluentBundle, FluentResource

from backend.core.errors import Refusal

LANGUAGES: Final = ("en", "es")


class MissingWords(KeyError):
    """There is no such message in the room's file for this language."""


def language_choose(accepted: str) -> str:
    """The language to answer in, from an Accept-Language header: the first that we speak in order of its weight, else English."""
    for language, _ in sorted(map(_weighed, accepted.split(",")[:16]), key=lambda pair: -pair[1]):
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]


def _weighed(part: str) -> tuple[str, float]:
    tag, _, weight = part.replace(" ", "").partition(";q=")
    try:
        return tag.lower().split("-")[0], float(weight or 1)
    except ValueError:
        return "", 0.0


def words(room: str, message: str, language: str, **values: str | int | float | date) -> str:
    """One message of a room's file as plain text. Raises MissingWords where the file, the message or one of its values is absent."""
    bundle = bundle_for(room, language)
    if not bundle.has_message(message) or (pattern := bundle.get_message(message).value) is None:
        raise MissingWords(f"{language}/{room}.ftl: {message}")
    text, holes = bundle.format_pattern(pattern, values)
    if holes:
        raise MissingWords(f"{language}/{room}.ftl: {message}: {holes[0]}")
    return str(text)


@cache
def bundle_for(room: str, language: str) -> FluentBundle:
    """The messages of ``locales/<language>/<room>.ftl``. Raises MissingWords where there is no such file."""
    path = settings.QUIETLINE_LOCALES / language / f"{room}.ftl"
    if language not in LANGUAGES or not path.is_file():
        raise MissingWords(f"{language}/{room}.ftl")
    bundle = FluentBundle([language])
    bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle


def refusal_body(refusal: Refusal, *, accepted: str) -> dict[str, str]:
    """What a refused request is answered with: the stable code, and calm words in the language that the header ``accepted`` asks for."""
    message = f"refusal-{refusal.code.replace('.', '-').replace('_', '-')}"
    return {"code": refusal.code, "message": words("refusals", message, language_choose(accepted))}
