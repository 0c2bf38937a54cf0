"""The words that a request may carry."""

import pytest

from backend.hotline.labels import LANGUAGE, REGION, Level, Topic


def test_levels_are_ordered_by_how_soon_somebody_is_needed() -> None:
    assert [level.label for level in sorted(Level)] == ["now", "soon", "talk"]


def test_no_topic_is_a_crisis_label_or_small_talk() -> None:
    assert not [topic for topic in Topic if topic.value.startswith("crisis")]
    assert len(Topic) == 17


@pytest.mark.parametrize("region", ["", "US", "US-TX", "MX-CMX", "FR-75"])
def test_regions_of_the_right_form_pass(region: str) -> None:
    assert REGION.fullmatch(region)


@pytest.mark.parametrize("region", ["us-tx", "US-", "US-TXXX", "Austin", "US TX", "US-TX\n"])
def test_other_regions_do_not(region: str) -> None:
    assert not REGION.fullmatch(region)


@pytest.mark.parametrize(
    ("language", "passes"), [("en", True), ("es-MX", True), ("tlh", True), ("EN", False), ("english", False), ("", False)]
)
def test_language_tags(language: str, passes: bool) -> None:
    assert bool(LANGUAGE.fullmatch(language)) is passes
