"""Narrowed articles: made from the smaller source alone, and only under the holds that the approving officers saw."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.examples import NOW, OUTCOMES, PROTOCOL
from tests.workflows.marking import marked, marks
from tests.workflows.test_declassify import FACTS
from workflows.declassify import Face, Narrowed, Notice, PublicFile, ReportFacts, declassify, narrow
from workflows.deviations import Deviation
from workflows.holds import Hold, HoldKind, Scope
from workflows.narrowing import SENTENCE, Narrowing, gaps, is_approved_by, narrow_words, refuse_approving
from workflows.outcomes import CheckResult, OutcomeRow, Outcomes, Passed
from workflows.people import Capacity
from workflows.protocol import (
    ABSTRACT_LIMIT,
    TITLE_LIMIT,
    Check,
    Clause,
    Comparison,
    FileDigest,
    Kind,
    Pin,
    Protocol,
    Row,
    Rule,
    Statements,
)
from workflows.stages import HOLDS_IPA, OUT, Stage
from workflows.verdicts import Verdict

DAY = timedelta(days=1)
LABELS = ("H1", "H2", "RQ1", "H3b", "Primary")
# What a narrower article takes over without asking: who, when, under which identity, and how well bias was controlled.
KEPT = (
    *(FACTS.authors, FACTS.identity),
    *(FACTS.accepted_in_principle, FACTS.data_start, FACTS.data_end, FACTS.published_on),
)
CHECKS = (("C1", ("H1",)), ("C2", ("H2", "RQ1")), ("C3", ()), ("C4", ("H3b", "Primary")))

WHOLE = marked(
    replace(
        FACTS,
        protocol=Protocol(
            title="t",
            abstract="a",
            topics=("one", "two", "three"),
            rows=tuple(Row(label=label, question="q", unit="u", kind=Kind.DIRECTIONAL) for label in LABELS),
            checks=tuple(Check(label=label, what="w", rows=rows) for label, rows in CHECKS),
            bias_level=6,
            bias_account="b",
            statements=Statements(funding="f", ethics="e", competing_interests="c", data="d", code="c", materials="m"),
            files=(FileDigest(name="n", sha256="s", size=1),),
        ),
        outcomes=Outcomes(
            rows=tuple(OutcomeRow(label=label, verdict=Verdict.SUPPORTED, account="a", cells="c") for label in LABELS),
            checks=tuple(CheckResult(label=label, passed=Passed.PASSED, found="f") for label, _ in CHECKS),
        ),
        deviations=tuple(Deviation(row=row, what="w", why="y", effect="e") for row in ("", *LABELS, "C2", "H1")),
        notices=tuple(Notice(kind="correction", on=NOW.date(), text="t") for _ in range(3)),
        announce_from=NOW - 9 * DAY,
        body="b",
    )
)
NARROWINGS = st.builds(
    Narrowing,
    title=st.just("new title"),
    abstract=st.just("new abstract"),
    results_abstract=st.sampled_from(["", "new results"]),
    claim=st.sampled_from(["", "new claim"]),
    topics=st.lists(st.sampled_from(WHOLE.protocol.topics)).map(tuple),
    rows=st.lists(st.sampled_from((*LABELS, "H9"))).map(tuple),
    deviations=st.lists(st.integers(-1, 9)).map(tuple),
    statements=st.lists(st.sampled_from([*(field.name for field in fields(Statements)), "title"])).map(tuple),
    bias_account=st.booleans(),
    notices_before=st.integers(0, 4),
)
FILES = (PublicFile(kind="pdf", key="nk", name="nn", media_type="nm", sha256="ns", size=1),)


def hold(scope: Scope = Scope.PARTS, kind: HoldKind = HoldKind.INFORMATION_HAZARD, *, days: int = -5) -> Hold:
    until = NOW + DAY if kind.opens_by_date else None
    return Hold(kind=kind, scope=scope, placed_by="officer", placed_at=NOW + days * DAY, embargo_until=until)


def with_narrowing(narrowing: Narrowing, **changes: object) -> ReportFacts:
    approved = Narrowed(narrowing=narrowing, approved_at=NOW - DAY, body="new body", renditions=FILES)
    return replace(WHOLE, narrowed=approved, **changes)  # type: ignore[arg-type]  # names of facts


def chosen(narrowing: Narrowing) -> set[str]:
    """Every text of the whole study that the narrowing asks for, and what it says itself."""
    plan, rows = WHOLE.protocol, set(narrowing.rows) & set(LABELS)
    checks = {check.label for check in plan.checks if any(check.concerns(row) for row in rows)}
    parts = (
        [row for row in plan.rows if row.label in rows],
        [check for check in plan.checks if check.label in checks],
        [row for row in WHOLE.outcomes.rows if row.label in rows],
        [check for check in WHOLE.outcomes.checks if check.label in checks],
        [topic for topic in plan.topics if topic in narrowing.topics],
        [
            each
            for index, each in enumerate(WHOLE.deviations)
            if index in narrowing.deviations and each.row in {"", *rows, *checks}
        ],
        [getattr(said, name) for said in (plan.statements, WHOLE.results_statements) for name in statements(narrowing)],
        [plan.bias_account] if narrowing.bias_account else [],
        WHOLE.notices[narrowing.notices_before :],
    )
    own = marks(replace(narrowing, rows=(), statements=()))
    return {mark for part in parts for mark in marks(tuple(part))} | own | marks((*KEPT, "new body", FILES))


def statements(narrowing: Narrowing) -> list[str]:
    return [field.name for field in fields(Statements) if field.name in narrowing.statements]


def spoken(marks_: set[str]) -> set[str]:
    """The texts that are words, not the labels by which rows and checks are called."""
    return {mark for mark in marks_ if "«" in mark or "new" in mark}


@given(narrowing=NARROWINGS, stage=st.sampled_from(Stage), was_public=st.booleans())
def test_nothing_that_was_left_out_is_anywhere_in_the_record(
    narrowing: Narrowing, stage: Stage, *, was_public: bool
) -> None:
    record = declassify(with_narrowing(narrowing, stage=stage, was_public=was_public), [hold()], now=NOW)
    assert spoken(marks(record)) <= chosen(narrowing)


@given(narrowing=NARROWINGS)
def test_no_other_part_of_the_plan_comes_along(narrowing: Narrowing) -> None:
    """Samples, pins and rules as structure would name what is left out."""
    when = (Comparison(metric="«measure»"),)
    rule = Rule(clauses=(Clause(verdict=Verdict.SUPPORTED, when=when),))
    rows = tuple(replace(row, rule=rule) for row in WHOLE.protocol.rows)
    checks = tuple(replace(check, passes=when) for check in WHOLE.protocol.checks)
    plan = replace(WHOLE.protocol, rows=rows, checks=checks, pins=(Pin(label="«pin»"),), exploratory="«more»")
    assert {"«measure»", "«pin»", "«more»"} <= marks(plan)
    words = narrow_words(plan, WHOLE.outcomes, WHOLE.deviations, WHOLE.results_statements, narrowing)
    assert spoken(marks(words.plan)) <= chosen(narrowing)


@given(narrowing=NARROWINGS)
def test_a_narrower_article_is_the_article_of_a_smaller_study(narrowing: Narrowing) -> None:
    facts = with_narrowing(narrowing)
    record = declassify(facts, [hold()], now=NOW)
    small = declassify(narrow(facts), [], now=NOW)
    assert record is not None
    assert small is not None
    assert record == replace(small, narrowed=True, null_result=False)
    assert record.face is Face.ARTICLE


@given(narrowing=NARROWINGS, rest=st.data())
def test_the_record_does_not_depend_on_what_was_left_out(narrowing: Narrowing, rest: st.DataObject) -> None:
    """Two studies that differ only in what is left out, even in how much that is, give the same record."""
    kept = [row for row in WHOLE.protocol.rows if row.label in narrowing.rows]
    left = [row for row in WHOLE.protocol.rows if row.label not in narrowing.rows]
    fewer = rest.draw(st.lists(st.sampled_from(left), unique=True) if left else st.just([]))
    labels = {row.label for row in (*kept, *fewer)}
    plan = replace(
        WHOLE.protocol,
        title="quite another",
        abstract="and another",
        rows=tuple(row for row in WHOLE.protocol.rows if row.label in labels),
        checks=tuple(check for check in WHOLE.protocol.checks if any(check.concerns(row.label) for row in kept)),
    )
    facts = with_narrowing(narrowing)
    other = replace(facts, protocol=plan, claim="another", body="another", renditions=(), results_abstract="another")
    assert declassify(other, [hold()], now=NOW) == declassify(facts, [hold()], now=NOW)


def test_labels_leave_no_gap() -> None:
    narrowing = Narrowing(title="t", rows=("H2", "H3b", "Primary"), deviations=(2, 4, 6, 7))
    record = declassify(with_narrowing(narrowing), [hold()], now=NOW)
    assert record is not None
    assert [result.row.label for result in record.results] == ["H1", "H2", "Primary"]
    assert [result.answer.label for result in record.results] == ["H1", "H2", "Primary"]
    checks = {check.label: check.rows for result in record.results for check in result.checks}
    assert checks == {"C1": ("H1",), "C2": (), "C3": ("H2", "Primary")}, "C2 named no row: it bears on all"
    assert [deviation.row for deviation in record.deviations] == ["H1", "H2", "C1"], "H1 of the whole is left out"


def test_no_result_comes_without_its_evidence() -> None:
    """Leaving out a failed check would make a better outcome: so a row brings every check that bears on it."""
    failed = tuple(replace(check, passed=Passed.FAILED) for check in OUTCOMES.checks)
    facts = replace(FACTS, protocol=PROTOCOL, outcomes=replace(OUTCOMES, checks=failed))
    whole = declassify(facts, [], now=NOW)
    approved = Narrowed(narrowing=Narrowing(title="t", rows=("H1",)), approved_at=NOW - DAY)
    small = declassify(replace(facts, narrowed=approved), [hold()], now=NOW)
    assert whole is not None
    assert small is not None
    (result,) = small.results
    assert (result.outcome, result.competence) == (whole.results[0].outcome, whole.results[0].competence)


def test_a_narrowed_article_counts_as_no_null_result_for_that_is_said_of_every_primary_hypothesis() -> None:
    facts = replace(with_narrowing(Narrowing(title="t", rows=("H1",))), protocol=PROTOCOL, outcomes=OUTCOMES)
    whole, small = declassify(facts, [], now=NOW), declassify(facts, [hold()], now=NOW)
    assert whole is not None
    assert small is not None
    assert (whole.null_result, whole.narrowed) == (True, False)
    assert (small.null_result, small.narrowed) == (False, True)


WITH_FILE = Narrowing(title="t", files=(FileDigest(name="n", sha256="s", size=1),))
SUMMARY = Narrowing(title="t")
OTHER_KINDS = [kind for kind in HoldKind if kind not in (HoldKind.INFORMATION_HAZARD, HoldKind.LEGAL)]


@pytest.mark.parametrize(
    ("narrowing", "holds", "out"),
    [
        (WITH_FILE, [hold()], True),
        (WITH_FILE, [hold(), hold(kind=HoldKind.LEGAL)], True),
        (WITH_FILE, [hold(Scope.TEXT)], False),
        (SUMMARY, [hold(Scope.TEXT)], True),
        (SUMMARY, [hold(Scope.TEXT), hold(Scope.EXISTENCE)], False),
        (SUMMARY, [hold(Scope.EXISTENCE)], False),
        (SUMMARY, [hold(days=0)], False),
        (SUMMARY, [hold(days=-1)], False),
        (SUMMARY, [hold(), hold(days=0)], False),
        *((SUMMARY, [hold(), hold(kind=kind)], False) for kind in OTHER_KINDS),
        *((SUMMARY, [hold(kind=kind)], False) for kind in OTHER_KINDS),
    ],
)
def test_a_narrower_article_comes_out_under_holds_that_were_seen_and_allow_it(
    narrowing: Narrowing, holds: list[Hold], *, out: bool
) -> None:
    for stage in (Stage.READY, *OUT):
        record = declassify(with_narrowing(narrowing, stage=stage), holds, now=NOW)
        assert (record is not None and record.narrowed) is out, stage
        assert record is None or record.narrowed, "never the whole study"


@pytest.mark.parametrize("stage", HOLDS_IPA)
def test_the_protocol_that_is_shown_is_the_narrowed_one(stage: Stage) -> None:
    facts = with_narrowing(replace(SUMMARY, rows=("H2",), results_abstract="new results"), stage=stage, was_public=True)
    record = declassify(facts, [hold()], now=NOW)
    assert record is not None
    if stage is not Stage.READY:
        assert (record.face, record.narrowed, len(record.results)) == (Face.PROTOCOL, True, 1)
        assert "new results" not in marks(record)
        embargo = hold(kind=HoldKind.AUTHOR_EMBARGO)
        assert declassify(facts, [hold(), embargo], now=NOW) == record, "an embargo takes nothing down"
        assert declassify(facts, [hold(), hold(days=0)], now=NOW) != record


def test_when_nothing_withholds_it_any_more_the_whole_study_comes_out() -> None:
    record = declassify(with_narrowing(SUMMARY), [replace(hold(), ended_at=NOW)], now=NOW)
    assert record == declassify(WHOLE, [], now=NOW)


def test_what_a_narrower_article_lacks_is_said() -> None:
    assert [gap.code for gap in gaps(Narrowing())] == ["title_missing", "abstract_missing"]
    long = Narrowing(title="t" * (TITLE_LIMIT + 1), abstract="a" * (ABSTRACT_LIMIT + 1), results_abstract="x" * 5001)
    assert [gap.code for gap in gaps(long)] == ["title_long", "abstract_long", "abstract_long"]
    assert list(gaps(Narrowing(title="t", abstract="a"))) == []


def test_narrowing_without_an_approval_is_a_bug() -> None:
    with pytest.raises(ValueError, match="approved"):
        narrow(FACTS)


def test_the_sentence_says_nothing_of_what_is_missing() -> None:
    assert not any(letter.isdigit() for letter in SENTENCE)


@pytest.mark.parametrize(
    ("people", "enough"), [((), False), (("one",), False), (("one", "one"), False), (("one", "two"), True)]
)
def test_two_different_officers_approve(people: tuple[str, ...], *, enough: bool) -> None:
    assert is_approved_by(people) is enough


@pytest.mark.parametrize(
    ("acting_as", "approved_by", "seen", "code"),
    [
        (Capacity.OFFICER, (), "d", None),
        (Capacity.OFFICER, ("other",), "d", None),
        (Capacity.OFFICER, ("one",), "d", "approved_by_you"),
        (Capacity.OFFICER, (), "c", "changed"),
        *((capacity, (), "d", "not_possible") for capacity in Capacity if capacity is not Capacity.OFFICER),
    ],
)
def test_an_officer_approves_what_they_saw_once(
    acting_as: Capacity, approved_by: tuple[str, ...], seen: str, code: str | None
) -> None:
    refusal = refuse_approving(
        acting_as=frozenset({acting_as}), by="one", approved_by=approved_by, seen=seen, digest="d"
    )
    assert (refusal.code if refusal else None) == code
