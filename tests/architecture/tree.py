"""The files of the product, as the architecture tests see them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Made by tools, or for this machine only.
FOREIGN = {"node_modules", "var", "dist", "__pycache__"}
OURS = {".ci", ".github"}


def files(*suffixes: str, under: str = ".") -> Iterator[Path]:
    """Every file of ours with one of the suffixes (all, where none is given), in a fixed order."""
    yield from _walk(ROOT / under, suffixes)


def _walk(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name in OURS or (path.name not in FOREIGN and not path.name.startswith(".")):
                yield from _walk(path, suffixes)
        elif not suffixes or path.suffix in suffixes:
            yield path


def name(path: Path) -> str:
    """How a failing test names a file."""
    return path.relative_to(ROOT).as_posix()


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def module(path: Path) -> str:
    """The dotted name under which Python imports a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """The dotted names that a Python file imports: each module, and each name taken from one."""
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
