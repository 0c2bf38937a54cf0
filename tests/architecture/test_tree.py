"""What no file may hold, and how long one may be."""

import re

from tests.architecture.tree import files, name, text

# In lines. A test file is a list and may be longer.
LONGEST, LONGEST_TEST = 450, 600
READABLE = (".py", ".ts", ".svelte", ".html", ".css", ".md", ".ftl", ".toml", ".json", ".yml", ".sh", ".txt", ".in", "")
# Paths of a developer's machine, papers that are not part of the product, and hosts of package registries.
PRIVATE = re.compile(
    r"(?<![\w.:/-])/(?:work|root|home|Users)/\w|\b(?:DESIGN|SAFETY|STYLE|E2EE|STACK|PERFORMANCE|LOOK)\.md|\bDESIGN §|"
    r"pypi\.org|pythonhosted\.org|registry\.npmjs\.org|registry\.yarnpkg\.com"
)
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
THIS_FILE = "tests/architecture/test_tree.py"


def test_nothing_refers_outside_of_the_checkout() -> None:
    found = []
    for path in files(*READABLE):
        if name(path) == THIS_FILE:
            continue
        for line, content in enumerate(text(path).splitlines(), start=1):
            if match := PRIVATE.search(content):
                found.append(f"{name(path)}:{line}: {match.group()}")
    assert found == []


def test_nothing_is_left_for_later_in_a_comment() -> None:
    sources = (path for path in files(".py", ".ts", ".svelte", ".html", ".css", ".sh") if name(path) != THIS_FILE)
    assert [name(path) for path in sources if UNFINISHED.search(text(path))] == []


def test_no_source_file_is_too_long_to_read_at_once() -> None:
    lengths = {name(path): len(text(path).splitlines()) for path in files(".py", ".ts", ".svelte")}
    limits = {path: LONGEST_TEST if "tests/" in path else LONGEST for path in lengths}
    assert {path: length for path, length in lengths.items() if length > limits[path]} == {}


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    skipping = re.compile(r"pytest\.(?:mark\.)?(?:skip|xfail|importorskip)|\b(?:it|test|describe)\.(?:skip|todo|only)\b")
    tests = [*files(".py", under="tests"), *files(".ts", under="frontend/tests")]
    assert [name(path) for path in tests if name(path) != THIS_FILE and skipping.search(text(path))] == []


def test_tests_do_not_sleep() -> None:
    sleeping = re.compile(r"\btime\.sleep\(|\basyncio\.sleep\((?!0\))|wait_for_timeout\(")
    tests = (path for path in files(".py", under="tests") if path.name.startswith("test_"))
    assert [name(path) for path in tests if name(path) != THIS_FILE and sleeping.search(text(path))] == []
