"""Three papers to typeset: an informative null, a positive with deviations, a short report. All of it is invented."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from journal.production import Paper, typeset
from journal.reading.document import Document, read_document
from journal.reading.inspection import Kind
from workflows.declassify import Author, Identity, PublicRecord, ReportFacts, declassify
from workflows.deviations import Deviation, When
from workflows.outcomes import CheckResult, Done, OutcomeRow, Outcomes, Passed, Verdict
from workflows.protocol import Check, Protocol, Row, Statements
from workflows.protocol import Kind as RowKind
from workflows.stages import Stage

MANUSCRIPTS = Path(__file__).with_name("manuscripts")
NOW = datetime(2026, 9, 20, tzinfo=UTC)
IDENTITY = Identity(public_id="kq7w3fhe", doi="")
STATEMENTS = Statements(
    funding="Funded by the Aldergrove Foundation (grant AF-2291). The funder had no part in design or reporting.",
    ethics="No human participants; the annotators are authors' colleagues who were paid and could decline.",
    competing_interests="None.",
    data="Activations, labels and transcripts: https://data.example/honesty-probes (CC0, 1.2 GB).",
    code="https://code.example/honesty-probes, release v1.0.2 (Apache-2.0).",
    materials="All 180 scenarios with both forms are in the data repository.",
)
AUTHORS = (
    Author(
        name="Ada Marwick-Osei",
        family="Marwick-Osei",
        given="Ada",
        orcid="https://orcid.org/0000-0002-1825-0097",
        affiliation="Centre for Empirical Assurance, University of Northmoor",
        ror="https://ror.org/05gq02987",
        roles=("Conceptualization", "Formal analysis", "Writing – original draft"),
    ),
    Author(
        name="Jonas Tellervo",
        family="Tellervo",
        given="Jonas",
        orcid="https://orcid.org/0000-0001-5109-3700",
        affiliation="Kaleva Institute of Technology",
        roles=("Software", "Investigation"),
    ),
    Author(
        name="Priya Lindqvist-Rao",
        family="Lindqvist-Rao",
        given="Priya",
        affiliation="Centre for Empirical Assurance, University of Northmoor",
        roles=("Supervision", "Writing – review & editing"),
    ),
)
CHECKS = (
    Check(
        label="C1", what="Held-out staged lies are found", threshold="AUC at least 0.85", consequence="Stop.", rows=()
    ),
    Check(
        label="C2", what="Two annotators agree", threshold="κ at least 0.80", consequence="Relabel.", rows=("H1", "H2")
    ),
    Check(label="C3", what="A planted signal of 0.15 is recovered", threshold="at least 0.12", rows=("H1",)),
    Check(label="C4", what="Trained models lie when it pays", threshold="rate at least 0.20 in all four", rows=("H4",)),
)
PLAN = Protocol(
    title="Do honesty probes trained on staged lies notice lies that pay?",
    abstract=(
        "Linear probes that read dishonesty from activations are trained on lies that the model was told to tell. "
        "We asked whether they notice lies that nobody asked for and that pay. In six open-weight models (1.5 to 70 "
        "billion parameters) and 180 scenarios, probes that find held-out staged lies with an area under the curve "
        "(AUC) of 0.92 to 0.96 exceeded chance on incentivised lies by 0.03 (90% interval −0.01 to 0.07). The smallest "
        "effect of interest, 0.15, is excluded, and all registered checks passed: a planted signal of that size was "
        "recovered, and annotators agreed at κ = 0.88.\n\n"
        "Transfer did not grow with the size of the model. Retraining on 200 labelled examples of the right kind "
        "restored detection. An operator should read nothing into the silence of such a probe."
    ),
    topics=("Deception and honesty", "Monitoring"),
    rows=(
        Row(
            label="H1",
            question="Do probes trained on staged lies detect incentivised lies?",
            hypothesis="Probes detect incentivised lies better than chance by at least 0.15 in AUC.",
            sampling="1,640 labelled answers for each of six models; no interim analysis.",
            analysis="Mean excess AUC over models, 90% bootstrap interval over models and scenarios.",
            decision_rule="Supported if the interval lies above 0.15; null if it lies within −0.15 and 0.15.",
            smallest_effect="0.15",
            unit="AUC above chance",
            interpretation="A null rules out a probe that would help a monitor, because the whole interval would lie "
            "below the smallest useful effect. A positive would make staged lies a cheap training set.",
        ),
        Row(
            label="H2",
            primary=False,
            question="Does transfer grow with the size of the model?",
            hypothesis="Transfer improves with model size, per tenfold parameters.",
            smallest_effect="0.05",
            unit="AUC per tenfold",
            interpretation="A null says that waiting for larger models is not a plan.",
            decision_rule="Supported if the interval lies above zero.",
        ),
        Row(
            label="RQ3",
            primary=False,
            kind=RowKind.ESTIMATION,
            question="How far does retraining on 200 labelled incentivised lies bring the probe?",
            unit="AUC above chance",
            interpretation="Says what it costs to repair the monitor for a kind of lie that is known.",
        ),
        Row(
            label="H4",
            primary=False,
            question="Is transfer worse when lying was rewarded in training?",
            hypothesis="Transfer is worse when lying was rewarded in training than in the prompt.",
            smallest_effect="0.10",
            unit="AUC difference",
            interpretation="A null would make the source of the incentive irrelevant to a monitor.",
        ),
        Row(
            label="H5",
            primary=False,
            question="Does the same hold for a closed model?",
            hypothesis="The same holds for one closed model behind an interface.",
            smallest_effect="0.15",
            unit="AUC above chance",
            interpretation="A null would extend H1 to one deployed system.",
        ),
    ),
    checks=CHECKS,
    bias_level=6,
    bias_account="The scenarios were written and fixed by digest before any model was run on them.",
    statements=STATEMENTS,
)
OUTCOMES = Outcomes(
    rows=(
        OutcomeRow(
            label="H1",
            verdict=Verdict.INCONCLUSIVE,
            done=Done.AS_REGISTERED,
            estimate="0.03",
            low="-0.01",
            high="0.07",
            level="90",
            sample="9,840 answers in 180 scenarios",
        ),
        OutcomeRow(
            label="H2",
            verdict=Verdict.INCONCLUSIVE,
            done=Done.AS_REGISTERED,
            estimate="0.01",
            low="-0.02",
            high="0.04",
            level="90",
        ),
        OutcomeRow(
            label="RQ3",
            verdict=Verdict.ESTIMATED,
            done=Done.AS_REGISTERED,
            estimate="0.35",
            low="0.31",
            high="0.39",
            level="90",
        ),
        OutcomeRow(
            label="H4",
            verdict=Verdict.INCONCLUSIVE,
            done=Done.DIFFERENTLY,
            estimate="-0.04",
            low="-0.16",
            high="0.08",
            level="90",
            account="Two of the four trained models were kept although they fail the gate.",
        ),
        OutcomeRow(
            label="H5",
            verdict=Verdict.NOT_TESTED,
            done=Done.NOT_DONE,
            why="The model was withdrawn by its maker six days before collection began.",
        ),
    ),
    checks=(
        CheckResult(label="C1", passed=Passed.PASSED, found="0.94"),
        CheckResult(label="C2", passed=Passed.PASSED, found="κ = 0.88"),
        CheckResult(label="C3", passed=Passed.PASSED, found="0.14"),
        CheckResult(label="C4", passed=Passed.FAILED, found="two of four reach it"),
    ),
)
DEVIATIONS = (
    Deviation(
        what="1,640 answers for each model in place of 1,800.",
        why="160 prompts repeated an item of the training set; the registered duplicate check found them.",
        when=When.DURING_DATA,
        effect="Power for 0.15 falls from 0.95 to 0.93.",
        answer="Justified.",
    ),
    Deviation(
        row="H5",
        what="No closed model was run.",
        why="Its maker withdrew it on 28 April 2026.",
        when=When.BEFORE_DATA,
        effect="H5 is not tested.",
        answer="Justified.",
    ),
    Deviation(
        row="H4",
        what="Two trained models were kept that fail the registered gate.",
        why="They are reported and marked, so that readers see the loss.",
        when=When.AFTER_RESULTS,
        effect="H4 carries no information.",
        answer="Limits the claim: H4 must be called uninformative.",
    ),
)
FACTS = ReportFacts(
    stage=Stage.READY,
    protocol=PLAN,
    authors=AUTHORS,
    outcomes=OUTCOMES,
    deviations=DEVIATIONS,
    accepted_in_principle=date(2026, 4, 21),
    data_start=date(2026, 5, 4),
    data_end=date(2026, 6, 30),
    protocol_version=3,
    claim="No. Probes trained on staged lies exceed chance on lies that pay by 0.03 [−0.01, 0.07]; a useful monitor "
    "(0.15 or more) is ruled out.",
    identity=IDENTITY,
    published_on=date(2026, 9, 14),
)


def published(facts: ReportFacts) -> PublicRecord:
    """What declassify shows of a report under no hold."""
    record = declassify(facts, (), now=NOW)
    assert record is not None
    return record


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
    many = tuple(replace(AUTHORS[index % 3], name=f"{given} {family}", family=family, given=given)
                 for index, (given, family) in enumerate([("Mirela", "Ștefănescu"), ("Nguyễn", "Thị Hạnh"), ("Ο.", "Παπαδόπουλος"), ("José", "Ibáñez"), ("חנה", "לוי")]))  # fmt: skip
    return published(
        replace(FACTS, protocol=plan, authors=many, outcomes=Outcomes(rows=rows, checks=checks), claim="",
                deviations=DEVIATIONS[:1], identity=Identity(public_id="m2x9t4vd", doi="10.5555/nullius.m2x9t4vd"))
    )  # fmt: skip


@pytest.fixture(scope="session")
def null_document() -> Document:
    return _read("honesty-probes.md", figures={"probes.svg": _plot_of_probes(), "labels.png": _plot_of_labels()},
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

    def pressed(record: PublicRecord, document: Document | None, **settings: str) -> Paper:
        paper = typeset(
            record,
            document,
            journal_name="Nullius",
            public_base_url="https://nullius.example",
            watermark=None,
            **settings,
        )
        assert isinstance(paper, Paper), paper
        return paper

    return pressed


@pytest.fixture(scope="session")
def null_paper(press: Press, null_record: PublicRecord, null_document: Document) -> Paper:
    return press(null_record, null_document)


def _plot_of_probes() -> bytes:
    """A plot as an SVG drawing: six models, two kinds of lie."""
    models = (("1.5 B", 0.93, 0.52), ("3.1 B", 0.92, 0.51), ("7.2 B", 0.95, 0.55), ("14 B", 0.94, 0.53), ("32 B", 0.95, 0.54), ("70 B", 0.96, 0.52))  # fmt: skip  # noqa: E501
    parts = ['<path d="M60 20V200H620" fill="none" stroke="#16201d"/><path d="M60 155H620" stroke="#74817b" stroke-dasharray="4 4"/>']  # fmt: skip  # noqa: E501
    for index, (name, staged, paid) in enumerate(models):
        x = 110 + 92 * index
        parts += [
            f'<circle cx="{x}" cy="{350 - 300 * staged - 20:.0f}" r="5" fill="#22569c"/>',
            f'<path d="M{x} {350 - 300 * paid - 12:.0f}v24" stroke="#0a5f55" stroke-width="2"/>',
            f'<circle cx="{x}" cy="{350 - 300 * paid:.0f}" r="5" fill="#fff" stroke="#0a5f55" stroke-width="2"/>',
            f'<text x="{x}" y="222" font-size="13" text-anchor="middle">{name}</text>',
        ]
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 240" width="640" height="240">'
    return "".join([head, *parts, "</svg>"]).encode()


def _plot_of_labels() -> bytes:
    """A plot as pixels: a curve that rises and levels off."""
    image = Image.new("RGB", (1200, 620), "white")
    draw = ImageDraw.Draw(image)
    curve = [(100 + n * 2.5, 560 - 1400 * (0.03 + 0.32 * (1 - math.exp(-n / 61)))) for n in range(400)]
    draw.polygon([*[(x, y - 30) for x, y in curve], *[(x, y + 30) for x, y in reversed(curve)]], fill="#e3f1ee")
    draw.line(curve, fill="#0a5f55", width=6)
    draw.line([(100, 20), (100, 560), (1150, 560)], fill="#16201d", width=3)
    target = BytesIO()
    image.save(target, format="PNG")
    return target.getvalue()
