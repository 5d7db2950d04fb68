"""Every contract of import-linter in pyproject.toml is broken once, on a graph drawn by hand, and says so.

`./run check` holds the real imports to the contracts (lint-imports); what import-linter cannot say is tested here.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

import grimp
import pytest
from importlinter import Contract
from importlinter.api import read_configuration
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract

from tests.architecture.source import ROOT

Import = tuple[str, str]

TYPES: dict[str, Callable[..., Contract]] = {
    "layers": LayersContract,
    "forbidden": ForbiddenContract,
    "acyclic_siblings": AcyclicSiblingsContract,
}
CONFIGURATION = read_configuration(str(ROOT / "pyproject.toml"))
ROOTS = ("journal", "storage", "workflows")

# What the public application may reach of storage. Whatever is added can be read by anybody who breaks in there.
PUBLIC_MAY_REACH = (
    "storage",
    "storage.files",
    "storage.objects",
    "storage.objects.*",
    "storage.snapshot",
    "storage.snapshot.*",
)

BREAKING: list[tuple[str, list[Import]]] = [
    ("layers", [("storage.ledger", "journal.config")]),
    ("layers", [("workflows.holds", "storage.rows")]),
    ("public", [("journal.public.pages", "journal.editorial.holds.actions")]),
    ("public", [("journal.public.pages", "journal.unit_of_work")]),
    *[("public", [("journal.public", f"storage.{name}")]) for name in ("rows.reports", "vault", "keyring", "database")],
    *[("public", [("journal.public", f"storage.{name}")]) for name in ("ledger", "outbox")],
    ("public", [("journal.public.pages", "journal.formats"), ("journal.formats", "storage.rows.reports")]),
    ("features", [("journal.editorial.holds.actions", "journal.editorial.decisions.actions")]),
    (
        "features",
        [
            ("journal.editorial.accounts", "journal.editorial.mail"),
            ("journal.editorial.mail", "journal.editorial.proofs"),
        ],
    ),
    ("cycles", [("storage.vault", "storage.keyring"), ("storage.keyring", "storage.vault")]),
    ("cycles", [("journal.notices.mail", "journal.formats"), ("journal.formats", "journal.notices.letters")]),
    ("weasyprint", [("journal.reading.proposals", "weasyprint")]),
    ("boto3", [("storage.vault", "boto3")]),
    ("boto3", [("journal.production.release", "botocore")]),
    ("rq", [("journal.editorial.dashboard.routes", "rq")]),
    ("pandoc", [("journal.production.jats", "pypandoc")]),
]
HOMES: list[Import] = [
    ("journal.production.typesetting", "weasyprint"),
    ("storage.objects", "boto3"),
    ("storage.objects.s3", "botocore"),
    ("journal.worker", "rq"),
    ("journal.reading.documents", "pypandoc"),
    ("journal.public.pages", "storage.snapshot"),
    ("journal.editorial.holds.actions", "storage.ledger"),
    ("storage.ledger", "workflows.report"),
]


def drawn(imports: list[Import]) -> grimp.ImportGraph:
    """Draw a graph of these imports, with every parent package that they imply."""
    graph = grimp.ImportGraph()
    for name in {*ROOTS, *(name for pair in imports for name in pair)}:
        parts = name.split(".")
        inside = parts[0] in ROOTS
        for depth in range(1, len(parts) + 1):
            graph.add_module(".".join(parts[:depth]), is_squashed=not inside)
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported, line_number=1, line_contents=f"import {imported}")
    return graph


def broken(imports: list[Import]) -> set[str]:
    """Return the ids of the contracts that a graph of these imports breaks."""
    session = {**CONFIGURATION["session_options"], "root_packages": list(ROOTS), "include_external_packages": "True"}
    found = set()
    for options in CONFIGURATION["contracts_options"]:
        contract = TYPES[options["type"]](options["name"], session, options)
        if not contract.check(drawn(imports), verbose=False).kept:
            found.add(options["id"])
    return found


@pytest.mark.parametrize(("contract", "imports"), BREAKING)
def test_a_contract_sees_what_breaks_it_and_no_other_does(contract: str, imports: list[Import]) -> None:
    assert broken(imports) == {contract}


def test_no_contract_is_broken_by_imports_that_are_meant() -> None:
    assert broken(HOMES) == set()


def test_every_contract_is_seen_to_fail() -> None:
    assert {name for name, _ in BREAKING} == {options["id"] for options in CONFIGURATION["contracts_options"]}


def test_every_feature_of_the_editorial_application_is_under_the_contract() -> None:
    (features,) = [c["layers"] for c in CONFIGURATION["contracts_options"] if c["id"] == "features"]
    named = {name.strip(" ()") for name in features[0].split("|")}
    folders = [path.parent for path in (ROOT / "journal" / "editorial").glob("*/routes.py")]
    assert {f"journal.editorial.{folder.name}" for folder in folders} <= named


def beyond_what_is_public(graph: grimp.ImportGraph) -> set[str]:
    """Return what the public application reaches of storage, by any way, without being allowed to."""
    start = [name for name in graph.modules if name == "journal.public" or name.startswith("journal.public.")]
    reached = {name for module in start for name in graph.find_upstream_modules(module)}
    inside = {name for name in reached if name.partition(".")[0] == "storage"}
    return {name for name in inside if not any(fnmatch(name, allowed) for allowed in PUBLIC_MAY_REACH)}


def test_the_public_application_reaches_of_storage_only_what_is_listed() -> None:
    private = [("journal.public.pages", "journal.formats"), ("journal.formats", "storage.sealing")]
    assert beyond_what_is_public(drawn(private)) == {"storage.sealing"}
    assert beyond_what_is_public(drawn(HOMES)) == set()
    assert beyond_what_is_public(grimp.build_graph(*ROOTS, cache_dir=None)) == set()


@pytest.mark.children
def test_the_linter_itself_reads_the_contracts_and_fails(tmp_path: Path) -> None:
    for name in ROOTS:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("")
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    assert lint(tmp_path).returncode == 0
    (tmp_path / "workflows" / "report.py").write_text("import storage\n")
    (tmp_path / "storage" / "vault.py").write_text("def client():\n    import boto3\n")
    refused = lint(tmp_path)
    assert refused.returncode == 1
    assert "workflows.report -> storage" in refused.stdout
    assert "storage.vault -> boto3" in refused.stdout


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run lint-imports on the packages in a folder."""
    program = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(
        [program, "--no-cache", "--no-logo"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
