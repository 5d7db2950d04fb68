"""What the documents name exists: links, variables of the environment, commands, addresses of pages."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import MapAdapter, RequestRedirect

from journal.cli import main
from journal.config import from_environment
from journal.editorial.application import create_application
from journal.public.baking import bake_pages
from journal.public.listing import LIST
from journal.public.site import Site
from journal.unit_of_work import open_resources
from tests.architecture.source import PRODUCT, ROOT

DOCUMENTS = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
# Those who work on reports, and what they read.
DESK = ("author", "reviewer", "editor", "officer")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_VARIABLE = re.compile(r"NULLIUS_[A-Z_]*[A-Z](?![A-Z_])|[A-Z]+_URL|SMTP_[A-Z]+")
_COMMAND = re.compile(r"\bjournal (?=[a-z])([^`#\n|;]+)")
_ADDRESS = re.compile(r"/[\w./-]*")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@cache
def _text(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def _code(document: Path) -> Iterator[str]:
    """The lines of code blocks and what stands between backticks."""
    for block in _FENCED.findall(_text(document)):
        yield from block.splitlines()
    yield from _SPAN.findall(_FENCED.sub("", _text(document)))


def _named(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


def _anchors(document: Path) -> set[str]:
    """The anchors that headings get where such documents are read."""
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in _HEADING.findall(_text(document))}


@pytest.mark.parametrize("document", DOCUMENTS, ids=_named)
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    for target in _LINK.findall(_FENCED.sub("", _text(document))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (document.parent / path) if path else document
        assert there.exists(), target
        assert not anchor or anchor in _anchors(there), target


def _variables_read() -> set[str]:
    """The variables that the sources name as whole strings, as one reads an environment."""
    sources = (path for folder in PRODUCT for path in sorted((ROOT / folder).rglob("*.py")))
    nodes = (node for path in sources for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    texts = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return {text for text in texts if _VARIABLE.fullmatch(text)}


def test_the_operator_is_told_every_variable_and_no_other() -> None:
    read = _variables_read()
    assert "NULLIUS_HOME" in read  # else the reading is broken
    said = {name for code in _code(ROOT / "docs" / "operator.md") for name in _VARIABLE.findall(code)}
    # Made by putting a prefix before the names that AWS gives.
    keys = {f"NULLIUS_PUBLIC_AWS_{name}" for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN")}
    assert said - keys == read - keys
    assert keys <= said


def _fault(words: list[str]) -> str:
    """What the command `journal WORDS` names that does not exist, or nothing."""
    command: click.Command = main
    while isinstance(command, click.Group) and words and re.fullmatch(r"[a-z]+", words[0]):
        name = words.pop(0)
        if name not in command.commands:
            return name
        command = command.commands[name]
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    return next((word for word in words if word.startswith("-") and word.split("=")[0] not in known), "")


def test_a_command_that_is_not_there_is_found() -> None:
    assert _fault(["fly"]) == "fly"
    assert _fault(["person", "fly"]) == "fly"
    assert _fault(["release", "--dynamic", "FOLDER"]) == "--dynamic"
    assert not _fault(["person", "add", "EMAIL", "--name", "NAME"])


@pytest.mark.parametrize("document", DOCUMENTS, ids=_named)
def test_every_command_exists(document: Path) -> None:
    for line in _code(document):
        for words in _COMMAND.findall(line):
            assert not _fault(words.split()), line


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> MapAdapter:
    home = tmp_path_factory.mktemp("docs")
    app = create_application(open_resources(from_environment({"NULLIUS_HOME": str(home)}), make=True))
    return app.url_map.bind("desk.example")


def _is_page(desk: MapAdapter, address: str) -> bool:
    try:
        desk.match(address, method="GET")
    except (MethodNotAllowed, RequestRedirect):
        return True
    except Exception:  # noqa: BLE001 - werkzeug says "not found" in several ways
        return False
    return True


def _addresses(name: str) -> list[str]:
    found = [code for code in _code(ROOT / "docs" / f"{name}.md") if _ADDRESS.fullmatch(code)]
    assert found, f"{name}.md names no page"
    return found


@pytest.mark.parametrize("name", DESK)
def test_every_page_of_the_desk_exists(name: str, desk: MapAdapter) -> None:
    assert not _is_page(desk, "/reports/ID/nowhere")
    assert [address for address in _addresses(name) if not _is_page(desk, address)] == []


def test_every_public_page_exists() -> None:
    site = Site(journal_name="Nullius", public_url="https://read.example", editorial_url="")
    there = {page.path for page in bake_pages([], site)} | {LIST}
    fixed = [address for address in _addresses("reader") if "ID" not in address]
    assert set(fixed) <= there
    assert {path for path in there if not path.startswith("/_")} <= set(fixed)
