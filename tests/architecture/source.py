"""Reading source as the rules see it: its files, its tree, and where a name in it comes from."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("journal", "storage", "workflows", "templates")
TEXT = {".py", ".html", ".css", ".js", ".txt", ".jinja", ".xml", ".toml", ".md", ".mako", ".ini", ".sh"}


@dataclass(frozen=True, slots=True)
class Offence:
    """What a rule found: at which line, and what to do about it."""

    line: int
    words: str


@cache
def tree_of(source: str) -> ast.Module:
    """Return the syntax tree, parsed once however many rules ask."""
    return ast.parse(source)


@cache
def nodes_of(source: str) -> tuple[ast.AST, ...]:
    """Every node of the tree, gathered once however many rules look for theirs."""
    return tuple(ast.walk(tree_of(source)))


def is_under(path: str, *folders: str) -> bool:
    """Say whether a path from the project's root lies in one of the folders."""
    return PurePosixPath(path).parts[0] in folders


@cache
def project_files() -> tuple[tuple[str, str], ...]:
    """Path and text of every text file that the project wrote itself, in a fixed order, read once."""
    return tuple(_project_files())


def _project_files() -> Iterator[tuple[str, str]]:
    folders = (*PRODUCT, "tests", "bench", "docs", ".ci")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts]
    for path in sorted([*found, *ROOT.glob("*.md"), ROOT / "pyproject.toml", ROOT / "run", ROOT / "Dockerfile"]):
        if path.is_file() and (path.suffix in TEXT or path.suffix == ""):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def origins(source: str) -> dict[str, str]:
    """Map each imported name to what it stands for: `from time import time as t` gives t -> time.time."""
    found: dict[str, str] = {}
    for node in nodes_of(source):
        if isinstance(node, ast.Import):
            found |= {
                a.asname or a.name.partition(".")[0]: a.name if a.asname else a.name.partition(".")[0]
                for a in node.names
            }
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
    return found


def dotted(node: ast.AST) -> str:
    """Write a chain of names as text, `a.b.c`, or as nothing when it is not one."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (owner := dotted(node.value)):
        return f"{owner}.{node.attr}"
    return ""


@cache
def names_used(source: str) -> tuple[tuple[int, str], ...]:
    """Line and full origin of every imported name that the source imports or uses."""
    return tuple(_names_used(source))


def _names_used(source: str) -> Iterator[tuple[int, str]]:
    known = origins(source)
    for node in nodes_of(source):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, a.name) for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{a.name}") for a in node.names)
        elif isinstance(node, ast.Name | ast.Attribute) and (name := dotted(node)):
            first, _, rest = name.partition(".")
            if first in known:
                yield node.lineno, f"{known[first]}.{rest}" if rest else known[first]
