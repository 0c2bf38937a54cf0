"""Imports go one way, and nobody imports an edge."""

import re
import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import ROOT, files, imports, module, name, text

# Edges parse, call one service and answer. Only what puts the site together may name them.
EDGE = re.compile(r"(?:\w+_)?(?:views|serializers)|consumers|edges|exchange|management|socket|waiting")
ASSEMBLER = re.compile(r"(?:\w+_)?urls|routes|site")
ROOMS = {"core", "relay", "staff", "hotline", "directory", "config"}
OUR_ROOMS = ROOMS | {"safety"}


def edge_of(dotted: str) -> tuple[str, str] | None:
    """Room and edge, if a dotted name of ours lies in one."""
    parts = dotted.removeprefix("backend.").split(".")
    return (parts[0], parts[1]) if parts[0] in OUR_ROOMS and len(parts) > 1 and EDGE.fullmatch(parts[1]) else None


def test_the_import_contract_holds() -> None:
    # In a process of its own: the linter configures logging, and would switch this process's loggers off.
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_nobody_imports_an_edge() -> None:
    found = []
    for path in [*files(".py", under="backend"), *files(".py", under="safety")]:
        own = edge_of(module(path))
        for imported in imports(path):
            edge = edge_of(imported)
            among_edges = own is not None and edge is not None and own[0] == edge[0]
            if edge is not None and not among_edges and not ASSEMBLER.fullmatch(path.stem):
                found.append(f"{name(path)} imports {imported}")
    assert found == []


def test_backend_has_the_rooms_that_the_architecture_names() -> None:
    assert {path.name for path in (ROOT / "backend").iterdir() if path.is_dir() and path.name != "__pycache__"} == ROOMS


def test_no_product_code_imports_tests() -> None:
    product = [*files(".py", under="backend"), *files(".py", under="safety"), ROOT / "manage.py"]
    assert [name(path) for path in product if any(imported.split(".")[0] == "tests" for imported in imports(path))] == []


def test_the_peer_shares_no_code_with_the_server() -> None:
    ours = ("backend", "safety", "django")
    peer = [path for path in files(".py", under="tests/peer") if not path.name.startswith(("test_", "conftest"))]
    assert [name(path) for path in peer if any(imported.split(".")[0] in ours for imported in imports(path))] == []


def test_only_e2ee_touches_the_libraries_that_hold_keys() -> None:
    libraries = re.compile(r"from '(ts-mls|@hpke|@noble|hash-wasm|@scure)[/']|import\('(ts-mls|@hpke|@noble|hash-wasm|@scure)[/']")
    e2ee = ROOT / "frontend/src/e2ee"
    sources = files(".ts", ".svelte", under="frontend/src")
    assert [name(path) for path in sources if e2ee not in path.parents and libraries.search(text(path))] == []


def test_folders_of_the_front_end_import_in_one_direction() -> None:
    allowed = {
        "net": {"net"},
        "shared": {"shared", "net"},
        "e2ee": {"e2ee", "net"},
        "conversation": {"conversation", "e2ee", "net"},
        "app": {"app", "conversation", "e2ee", "net", "shared"},
        "console": {"console", "conversation", "e2ee", "net", "shared"},
    }
    found = []
    for path in files(".ts", ".svelte", under="frontend/src"):
        folder = path.relative_to(ROOT / "frontend/src").parts[0]
        for target in re.findall(r"(?:from|import\()\s*'(\.[^']+)'", text(path)):
            reached = folder_of(path, target)
            if reached is not None and reached not in allowed[folder]:
                found.append(f"{name(path)} imports {target}")
    assert found == []


def folder_of(path: Path, target: str) -> str | None:
    """The folder of frontend/src that a relative import leads to; None outside of it."""
    resolved = (path.parent / target).resolve()
    source = ROOT / "frontend/src"
    return resolved.relative_to(source).parts[0] if source in resolved.parents else None
