"""Whoever is refused reads calm words, whatever it was and in whichever language."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message

import backend
import safety
from backend.core.errors import Refusal
from backend.core.words import LANGUAGES, refusal_body

ALARMING = ("!", "¡", "error", "Error", "ERROR", "fail", "illegal", "denied")


def every_refusal() -> list[type[Refusal]]:
    """Every class of refusal that the code base has, wherever it is."""
    for package in (backend, safety):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name and not module.name.endswith(".asgi"):
                importlib.import_module(module.name)
    return sorted({Refusal, *_below(Refusal)}, key=lambda one: f"{one.__module__}.{one.__name__}")


def _below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for one in kind.__subclasses__():
        if not one.__module__.startswith("tests."):
            yield one
            yield from _below(one)


def message_ids(language: str) -> set[str]:
    text = (settings.QUIETLINE_LOCALES / language / "refusals.ftl").read_text(encoding="utf-8")
    return {one.id.name for one in FluentParser().parse(text).body if isinstance(one, Message)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_of_every_room_has_words(language: str) -> None:
    for kind in every_refusal():
        told = refusal_body(kind(), accepted=language)
        assert told["code"] == kind.code
        assert told["message"].endswith("."), kind.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_alarms(language: str) -> None:
    for kind in every_refusal():
        message = refusal_body(kind(), accepted=language)["message"]
        assert not any(word in message for word in ALARMING), message
        assert max(len(sentence.split()) for sentence in message.split(". ")) <= 20, message


def test_the_languages_differ_and_say_the_same_things() -> None:
    assert message_ids("en") == message_ids("es")
    for kind in every_refusal():
        assert refusal_body(kind(), accepted="en")["message"] != refusal_body(kind(), accepted="es")["message"]


def test_there_are_no_words_for_codes_that_are_gone() -> None:
    ids = {f"refusal-{kind.code.replace('.', '-').replace('_', '-')}" for kind in every_refusal()}
    assert message_ids("en") == ids
