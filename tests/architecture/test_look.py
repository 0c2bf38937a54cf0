"""Colours and sizes have one home; pages run nothing of their own."""

import re

from tests.architecture.tree import files, name, text

TOKENS = "frontend/src/shared/tokens.css"
VALUE = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|oklch|lab|lch|color-mix)\(|(?<![\w.-])\d*\.?\d+(?:px|rem|pt|cm|mm)\b")
# A custom property cannot stand in the condition of a query.
CONDITION = re.compile(r"@(?:media|container)[^{]*")


def styles(source: str, *, whole: bool) -> str:
    """The style sheet, or what stands in a component's <style>, without comments and conditions."""
    sheet = source if whole else "".join(re.findall(r"<style[^>]*>(.*?)</style>", source, re.DOTALL))
    return CONDITION.sub("", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))


def test_colours_and_sizes_stand_in_the_tokens_only() -> None:
    found = []
    for path in files(".css", ".svelte", under="frontend/src"):
        if name(path) != TOKENS:
            found += [f"{name(path)}: {match}" for match in VALUE.findall(styles(text(path), whole=path.suffix == ".css"))]
    assert found == []


def test_no_component_sets_styles_or_html_that_the_policy_refuses() -> None:
    refused = re.compile(r"\sstyle=[\"'{]|\{@html\b|\.innerHTML\b|\.outerHTML\b|insertAdjacentHTML|\beval\(|new Function\(|document\.write")
    sources = files(".ts", ".svelte", under="frontend/src")
    assert [f"{name(path)}: {match.group()}" for path in sources if (match := refused.search(text(path)))] == []


def test_no_page_of_the_server_runs_or_styles_anything_inline() -> None:
    refused = re.compile(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|https?://(?!www\.w3\.org/)")
    pages = [*files(".html", under="backend"), *files(".html", under="safety")]
    assert [f"{name(path)}: {match.group()}" for path in pages if (match := refused.search(text(path)))] == []


def test_every_field_keeps_the_browser_from_remembering() -> None:
    field = re.compile(r"<(?:input|textarea)\b(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|[^>])*>")
    harmless = re.compile(r'type="(?:radio|checkbox|file|range|hidden)"|autocomplete=|{\.\.\.')
    sources = files(".svelte", under="frontend/src")
    assert [f"{name(path)}: {tag}" for path in sources for tag in field.findall(text(path)) if not harmless.search(tag)] == []


def test_nothing_is_put_where_browsers_keep_plain_text() -> None:
    kept = re.compile(r"\b(?:localStorage|sessionStorage|document\.cookie|history\.(?:pushState|replaceState))\b")
    # The fragment of a link holds a fingerprint or an invitation; it is taken out of the address at once.
    allowed = {"history.replaceState"}
    sources = files(".ts", ".svelte", under="frontend/src")
    found = [f"{name(path)}: {match}" for path in sources for match in kept.findall(text(path)) if match not in allowed]
    assert found == []
