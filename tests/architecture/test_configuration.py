"""Every choice of a deployment is explained, and read in one place."""

import re

from backend.config.environment import VARIABLES
from tests.architecture.tree import ROOT, files, name, text

PAGE = ROOT / "docs/configuration.md"


def test_every_variable_has_its_section_and_no_other_has_one() -> None:
    assert sorted(re.findall(r"^## ([A-Z_]+)$", text(PAGE), re.MULTILINE)) == sorted(VARIABLES)


def test_the_environment_is_read_in_one_place() -> None:
    # manage.py and asgi.py say which settings there are; the demonstration hands its own environment on.
    known = {"backend/config/environment.py", "backend/config/asgi.py", "backend/config/management/commands/demo.py"}
    sources = [*files(".py", under="backend"), *files(".py", under="safety")]
    assert {name(path) for path in sources if re.search(r"\bos\.(environ|getenv)\b", text(path))} <= known


def test_no_file_names_a_variable_that_does_not_exist() -> None:
    named = re.compile(r"(?<![\w.])(QUIETLINE_[A-Z_]+)\s*=|environment=.*?\"(QUIETLINE_[A-Z_]+)\"")
    own = re.compile(r"QUIETLINE_TEST_\w+")
    settings = set(re.findall(r"^(QUIETLINE_[A-Z_]+)", text(ROOT / "backend/config/settings.py"), re.MULTILINE))
    found = set()
    for path in files(".md", ".sh", ".yml", ".py", ".env", ""):
        for groups in named.findall(text(path)):
            found |= {variable for variable in groups if variable and not own.match(variable)}
    assert found - set(VARIABLES) - settings == set()
