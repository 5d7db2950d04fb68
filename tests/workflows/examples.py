"""A study, its answers, and facts that favour every step: what the tests of the rules start from and then spoil."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from workflows import guards
from workflows.facts import Facts
from workflows.outcomes import CheckResult, Done, OutcomeRow, Outcomes, Passed
from workflows.people import Actor, Involvement, Role
from workflows.protocol import Check, FileDigest, Kind, Protocol, Row, Statements
from workflows.report import Row as TableRow
from workflows.verdicts import Verdict

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
DUE = NOW + timedelta(days=300)
LONG_AFTER = DUE + timedelta(days=400)
DIGEST = "d" * 64

# Every guard but those that wait for the agreed day says yes to these.
FAVOURABLE = Facts(
    now=NOW,
    actor="second",
    findings_open=0,
    bias_level=6,
    reason="The sampling plan changed.",
    handling_editor="handling",
    second_editor="other",
    conflict_cleared=True,
    hazard_screened=True,
    reviews=2,
    upheld=("1C", "2C"),
    letter="Dear authors, ...",
    proposed_by="handling",
    stage_2_due=DUE,
    new_due=LONG_AFTER + timedelta(days=90),
    digest=DIGEST,
    cited_digest=DIGEST,
    unanswered_contacts=3,
    proof_due=NOW - timedelta(days=1),
    rendition=True,
    notice="Table 2 was wrong.",
    retraction_recommended_by="handling",
    collecting=True,
)
WAIT_FOR_THE_DAY = {guards.fallen_due, guards.long_overdue, guards.abandoned}


def favouring(row: TableRow) -> Facts:
    """The facts under which no guard of `row` says no."""
    return replace(FAVOURABLE, now=LONG_AFTER) if WAIT_FOR_THE_DAY & set(row.guards) else FAVOURABLE


PROTOCOL = Protocol(
    title="Do probes find lies?",
    abstract="We ask whether linear probes find incentivised lies.",
    topics=("deception",),
    rows=(
        Row(
            label="H1",
            question="Do probes find lies?",
            hypothesis="Probes find lies better than chance.",
            sampling="1,800 prompts; sampling stops there.",
            analysis="Bootstrap over models.",
            decision_rule="Supported if the interval lies above 0.15.",
            smallest_effect="0.15",
            unit="AUROC",
            interpretation="A null rules probes out as monitors.",
        ),
        Row(
            label="RQ1",
            question="How large is the difference between models?",
            kind=Kind.ESTIMATION,
            primary=False,
            sampling="As H1.",
            analysis="Mixed model.",
            decision_rule="None: estimated.",
            interpretation="Large differences ask for calibration.",
        ),
    ),
    checks=(
        Check(
            label="C1", what="Instructed lies found", threshold="0.85", consequence="H1 is not testable.", rows=("H1",)
        ),
        Check(label="C2", what="Labels agree", threshold="0.80", consequence="Nothing is testable."),
    ),
    bias_level=6,
    statements=Statements(
        funding="None.",
        ethics="Not needed: no people take part.",
        competing_interests="None.",
        data="Zenodo.",
        code="Zenodo.",
        materials="Zenodo.",
    ),
    files=(FileDigest(name="manuscript.md", sha256="a" * 64, size=1000),),
)

OUTCOMES = Outcomes(
    rows=(
        OutcomeRow(
            label="H1",
            verdict=Verdict.INCONCLUSIVE,
            done=Done.AS_REGISTERED,
            estimate="0.01",
            low="-0.05",
            high="0.07",
            level="90",
        ),
        OutcomeRow(label="RQ1", verdict=Verdict.ESTIMATED, done=Done.AS_REGISTERED, estimate="0.2"),
    ),
    checks=(
        CheckResult(label="C1", passed=Passed.PASSED, found="0.91"),
        CheckResult(label="C2", passed=Passed.PASSED, found="0.83"),
    ),
)


def with_answer(outcomes: Outcomes, label: str, **changes: object) -> Outcomes:
    """The `outcomes` with `changes` to the answer called `label`."""
    rows = tuple(replace(row, **changes) if row.label == label else row for row in outcomes.rows)  # type: ignore[arg-type]
    return replace(outcomes, rows=rows)


def with_check(outcomes: Outcomes, label: str, passed: Passed | None) -> Outcomes:
    """The `outcomes` in which the check called `label` came out as `passed`."""
    checks = tuple(replace(check, passed=passed) if check.label == label else check for check in outcomes.checks)
    return replace(outcomes, checks=checks)


INVOLVED = Involvement(
    authors=frozenset({"author", "corresponding"}),
    corresponding="corresponding",
    reviewers=frozenset({"reviewer"}),
    handling_editor="handling",
    second_editor="second",
    conflicted=frozenset({"conflicted"}),
)
EVERY_ROLE = frozenset(Role)
PEOPLE = (
    Actor("author", EVERY_ROLE),
    Actor("corresponding", EVERY_ROLE),
    Actor("reviewer", EVERY_ROLE),
    Actor("conflicted", EVERY_ROLE),
    Actor("handling", frozenset({Role.EDITOR})),
    Actor("second", frozenset({Role.EDITOR})),
    Actor("chief", frozenset({Role.EDITOR_IN_CHIEF})),
    Actor("officer", frozenset({Role.OFFICER})),
    Actor("administrator", frozenset({Role.ADMINISTRATOR})),
    Actor("reader", frozenset({Role.VETTED_READER})),
)
