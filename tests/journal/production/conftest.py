"""Three papers to typeset: an informative null, a positive with deviations, a short report."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from journal.production.typesetting import Paper, typeset
from journal.reading.document import Document, read_document
from journal.reading.inspection import Kind
from tests.journal.production.material import (
    AUTHORS,
    DEVIATIONS,
    FACTS,
    MANUSCRIPTS,
    NAMES,
    PLAN,
    published,
)
from tests.journal.production.plots import plot_of_labels, plot_of_probes
from workflows.declassify import Identity, PublicRecord
from workflows.outcomes import CheckResult, Done, OutcomeRow, Outcomes, Passed
from workflows.protocol import Check
from workflows.protocol import Kind as RowKind
from workflows.verdicts import Verdict


@pytest.fixture(scope="session")
def null_record() -> PublicRecord:
    return published(FACTS)


@pytest.fixture(scope="session")
def proof_record() -> PublicRecord:
    return published(replace(FACTS, identity=None, published_on=None))


@pytest.fixture(scope="session")
def positive_record() -> PublicRecord:
    row = PLAN.rows[0]
    plan = replace(
        PLAN,
        title="Visible tests raise the share of hardcoded answers of coding agents",
        abstract="Coding agents that see the tests by which they are graded hardcode more answers. The effect of a "
        "partial note could not be judged.",
        topics=("Specification gaming",),
        rows=(
            replace(row, label="H1", hypothesis="Visible tests raise hardcoding by 5 points or more.",
                    smallest_effect="5", unit="percentage points"),
            replace(row, label="H2", hypothesis="A partial note raises hardcoding by 5 points or more.", primary=False,
                    smallest_effect="5", unit="percentage points"),
            replace(row, label="H3", kind=RowKind.EQUIVALENCE, hypothesis="Run time does not differ by 2 s or more.",
                    primary=False, smallest_effect="2", unit="seconds"),
        ),
        checks=(Check(label="C1", what="A planted effect of 5 points is found", threshold="power 0.9", rows=("H2",)),),
    )  # fmt: skip
    rows = (
        OutcomeRow(
            label="H1", verdict=Verdict.SUPPORTED, done=Done.AS_REGISTERED, estimate="14.8", low="11.7", high="17.9"
        ),
        OutcomeRow(
            label="H2", verdict=Verdict.INCONCLUSIVE, done=Done.AS_REGISTERED, estimate="3.7", low="-1.2", high="8.6"
        ),
        OutcomeRow(
            label="H3", verdict=Verdict.CONTRADICTED, done=Done.AS_REGISTERED, estimate="-3.1", low="-4.0", high="-2.2"
        ),
    )
    checks = (CheckResult(label="C1", passed=Passed.FAILED, found="0.71"),)
    many = tuple(
        replace(AUTHORS[index % 3], name=f"{given} {family}", family=family, given=given)
        for index, (given, family) in enumerate(NAMES)
    )
    return published(
        replace(FACTS, protocol=plan, authors=many, outcomes=Outcomes(rows=rows, checks=checks), claim="",
                deviations=DEVIATIONS[:1], identity=Identity(public_id="m2x9t4vd", doi="10.5555/nullius.m2x9t4vd"))
    )  # fmt: skip


@pytest.fixture(scope="session")
def null_document() -> Document:
    return _read("honesty-probes.md", figures={"probes.svg": plot_of_probes(), "labels.png": plot_of_labels()},
                 bibliography=(MANUSCRIPTS / "honesty-probes.bib").read_text())  # fmt: skip


@pytest.fixture(scope="session")
def positive_document() -> Document:
    return _read("reward-hints.md", figures={}, bibliography=None)


def _read(name: str, *, figures: dict[str, bytes], bibliography: str | None) -> Document:
    document = read_document(
        (MANUSCRIPTS / name).read_bytes(), Kind.MARKDOWN, figures=figures, bibliography=bibliography
    )
    assert isinstance(document, Document), document
    return document


Press = Callable[..., Paper]


@pytest.fixture(scope="session")
def press() -> Press:
    """Typesets with the journal's name and address filled in; anything but a paper fails the test."""

    def pressed(record: PublicRecord, document: Document | None, watermark: str | None = None) -> Paper:
        paper = typeset(
            record,
            document,
            journal_name="Nullius",
            public_base_url="https://nullius.example",
            watermark=watermark,
        )
        assert isinstance(paper, Paper), paper
        return paper

    return pressed


@pytest.fixture(scope="session")
def null_paper(press: Press, null_record: PublicRecord, null_document: Document) -> Paper:
    return press(null_record, null_document)
