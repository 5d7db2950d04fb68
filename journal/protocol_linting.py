"""`journal protocol lint FILE`: what the linter says of a protocol file, for a person, a program or a service."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import BinaryIO
from urllib.parse import quote

import click

from journal.formats.sarif import sarif, unreadable
from journal.protocol_file.nodes import Problem
from journal.protocol_file.reading import ProtocolFile, read_protocol_file
from workflows.lint import Lint, lint
from workflows.reviewing import Severity

MUST_BE_SETTLED, UNREADABLE = 1, 2


@click.command("lint")
@click.argument("file", type=click.File("rb"))
@click.option("--json", "form", flag_value="json", help="For programs: findings with place, line and remedy.")
@click.option("--sarif", "form", flag_value="sarif", help="SARIF 2.1.0, for services that show findings beside lines.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Also say which dates have passed on this day.")
def lint_command(file: BinaryIO, form: str | None, today: datetime | None) -> None:
    """Say what FILE (YAML or JSON by docs/protocol.schema.json; - is standard input) leaves open or contradicts.

    Ends with 0 if nothing must be settled, with 1 if something must, with 2 if FILE cannot be read. A "should" that
    the file answers (under answered:) is shown with its reason. Rules with the why of each: docs/lint.md.
    """
    name = _named(file)
    read = read_protocol_file(file.read())
    if not isinstance(read, ProtocolFile):
        click.echo(_problems(read, name=name, form=form), err=form is None)
        raise SystemExit(UNREADABLE)
    found = lint(read.protocol, today=None if today is None else today.date().isoformat())
    click.echo(_findings(found, read, name=name, form=form))
    if any(each.severity is Severity.MUST for each in found):
        raise SystemExit(MUST_BE_SETTLED)


def _named(file: BinaryIO) -> str:
    name = getattr(file, "name", None)
    return name if isinstance(name, str) and not name.startswith("<") else "-"


def _problems(problems: Sequence[Problem], *, name: str, form: str | None) -> str:
    if form == "json":
        return _json({"file": name, "problems": [asdict(problem) for problem in problems]})
    if form == "sarif":
        return _json(unreadable([(each.line, f"{each.words} {each.remedy}") for each in problems], file=quote(name)))
    return "\n".join(f"{name}:{each.line}: {each.words} {each.remedy}" for each in problems)


def _findings(found: Sequence[Lint], read: ProtocolFile, *, name: str, form: str | None) -> str:
    if form == "json":
        findings = [{**asdict(each), "spot": each.spot, "line": read.line_of(each.place)} for each in found]
        return _json({"file": name, "findings": findings})
    if form == "sarif":
        return _json(sarif(found, file=quote(name), line_of=read.line_of))
    return "\n".join([*_lines(found, read, name), _counted(found)])


def _lines(found: Sequence[Lint], read: ProtocolFile, name: str) -> Iterator[str]:
    for each in found:
        yield f"{name}:{read.line_of(each.place)}: {each.severity} {each.rule} ({each.criterion})"
        yield f"    {each.words} {each.why}"
        yield f"    Answered: {each.answer}" if each.answer else f"    {each.remedy}"


def _counted(found: Sequence[Lint]) -> str:
    if not found:
        return "Nothing was found."
    counts = Counter(each.severity for each in found)
    return ", ".join(f"{counts[severity]} {severity}" for severity in Severity if counts[severity]) + "."


def _json(content: object) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False)
