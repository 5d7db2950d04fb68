"""Only declassify makes a public record: the product's whole source is searched for anybody else who does."""

import ast
from dataclasses import fields

import pytest

from tests.architecture.source import PRODUCT, dotted, is_under, names_used, nodes_of, origins, project_files
from workflows.declassify import PublicRecord, ReportFacts

HOME = "workflows/declassify.py"
RECORD = "workflows.declassify.PublicRecord"
COPIES = {"dataclasses.replace", "copy.replace"}
# Whoever copies something with one of these fields changed copies a record, not the facts it is made from.
ITS_OWN = {field.name for field in fields(PublicRecord)} - {field.name for field in fields(ReportFacts)}


def makers(path: str, source: str) -> list[int]:
    """The lines of a product's file that make, change or derive a public record outside its home."""
    if not is_under(path, *PRODUCT) or not path.endswith(".py") or path == HOME or "declassify" not in source:
        return []  # who never names its home cannot have it
    known = origins(source)
    knows_records = any(name.startswith("workflows.declassify") for _, name in names_used(source))
    nodes = [node for node in nodes_of(source) if isinstance(node, ast.Call | ast.ClassDef)]
    return [node.lineno for node in nodes if makes(node, known, knows_records=knows_records)]


def makes(node: ast.Call | ast.ClassDef, known: dict[str, str], *, knows_records: bool) -> bool:
    """Whether a node calls the class, inherits from it, or copies a record with changes."""
    if isinstance(node, ast.ClassDef):
        return any(origin(parent, known) == RECORD for parent in node.bases)
    called = origin(node.func, known)
    copies = called in COPIES or called.endswith("__replace__")
    changed = [word for word in node.keywords if word.arg in ITS_OWN and not is_emptied(word.value)]
    return called == RECORD or (copies and knows_records and bool(changed))


def is_emptied(value: ast.expr) -> bool:
    """Whether a field is set to nothing: a copy that shows less than its record is no new record."""
    return (isinstance(value, ast.Tuple) and not value.elts) or (isinstance(value, ast.Constant) and not value.value)


def origin(node: ast.expr, known: dict[str, str]) -> str:
    """Where a name comes from, in full."""
    first, _, rest = dotted(node).partition(".")
    return f"{known.get(first, first)}.{rest}".rstrip(".")


IMPORT = "from workflows.declassify import PublicRecord\n"


@pytest.mark.parametrize(
    "source",
    [
        f"{IMPORT}x = PublicRecord(face=f)",
        "from workflows.declassify import PublicRecord as P\nx = P(face=f)",
        "from workflows import declassify\nx = declassify.PublicRecord(face=f)",
        "import workflows.declassify\nx = workflows.declassify.PublicRecord(face=f)",
        f"{IMPORT}class Better(PublicRecord): ...",
        f"{IMPORT}from dataclasses import replace\nx = replace(record, face=f)",
        f"{IMPORT}import dataclasses\nx = dataclasses.replace(record, abstract=other)",
    ],
)
def test_another_maker_would_be_seen(source: str) -> None:
    assert makers("storage/snapshot.py", source)


@pytest.mark.parametrize(
    "source",
    [
        f"{IMPORT}def page(record: PublicRecord) -> str: return record.title",
        "from dataclasses import replace\nx = replace(row, title='')",
        "from workflows.declassify import ReportFacts\nfrom dataclasses import replace\nx = replace(facts, claim='')",
        f"{IMPORT}from dataclasses import replace\nx = replace(record, files=(), body='')",
    ],
)
def test_a_reader_of_records_is_left_alone(source: str) -> None:
    assert makers("journal/public/routes.py", source) == []


def test_nobody_else_makes_a_public_record() -> None:
    found = {path: lines for path, source in project_files() if (lines := makers(path, source))}
    assert found == {}


def test_its_home_does_make_them() -> None:
    source = next(source for path, source in project_files() if path == HOME)
    assert makers("workflows/elsewhere.py", source.replace("def declassify(", f"{IMPORT}def declassify("))
