"""What the public may see: nothing under a hold, a bare tombstone for what was seen, an article when it is ready."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.examples import NOW, OUTCOMES, PROTOCOL, with_answer
from tests.workflows.marking import marked, marks
from workflows import stages
from workflows.comparing.redline import Chapter, Fate, Line, Mark, Redline, Section, Segment
from workflows.declassify import (
    Author,
    Face,
    Identity,
    Notice,
    PublicFile,
    PublicRecord,
    ReportFacts,
    declassify,
)
from workflows.deviations import Deviation, When
from workflows.holds import Hold, HoldKind, Scope, active
from workflows.outcomes import MetricValue, Outcome, PartAnswer, Passed, Unregistered
from workflows.promised import Settled, without_marks
from workflows.protocol import Sample, Statements
from workflows.short_reports import ShortReport
from workflows.stages import Stage
from workflows.verdicts import Verdict

DAY = timedelta(days=1)
SHOWS_ARTICLE = {Stage.READY, *stages.OUT}

ANSWERS = replace(
    with_answer(OUTCOMES, "H1", where="w", cells="c", p="p", values=(MetricValue(metric="m", estimate="e"),)),
    checks=tuple(replace(check, where="w") for check in OUTCOMES.checks),
    parts=(PartAnswer(label="S1", found="f", account="a", where="w"),),
    unregistered=(Unregistered(what="w", why="y", where="w"),),
)
REDLINE = Redline(
    sections=(
        Section(
            chapter=Chapter.METHODS,
            protocol="p",
            manuscript="m",
            lines=(Line(fate=Fate.CHANGED, segments=(Segment(Mark.GONE, "w"), Segment(Mark.NEW, "n"))),),
        ),
    )
)
FACTS = marked(
    ReportFacts(
        stage=Stage.READY,
        protocol=replace(PROTOCOL, samples=(Sample(label="S1", target="t", unit="u", account="a"),)),
        authors=(Author(name="Ada", family="A", given="B", orcid="O", affiliation="C", ror="R", roles=("Software",)),),
        outcomes=ANSWERS,
        deviations=(Deviation(row="H1", what="w", why="y", when=When.DURING_DATA, effect="e", answer="a"),),
        settled=Settled(declared=7, corrected=5, dismissed=3),
        redline=REDLINE,
        accepted_in_principle=date(2026, 1, 1),
        data_start=date(2026, 2, 1),
        data_end=date(2026, 3, 1),
        announce_from=NOW - DAY,
        claim="c",
        short=ShortReport(how="h", limits="l"),
        results_abstract="ra",
        results_statements=Statements(
            funding="f", ethics="e", competing_interests="i", data="d", code="c", materials="m"
        ),
        body="b",
        renditions=(PublicFile(kind="pdf", key="k", name="n", media_type="m", sha256="s", size=3),),
        notices=(Notice(kind="correction", on=date(2026, 5, 1), text="t"),),
        identity=Identity(public_id="p", doi="d"),
        published_on=date(2026, 4, 1),
    )
)
AFTER_THE_RESULTS = (
    FACTS.outcomes,
    without_marks(FACTS.deviations),
    FACTS.redline,
    FACTS.claim,
    FACTS.short,
    FACTS.results_abstract,
    FACTS.results_statements,
    FACTS.body,
    FACTS.renditions,
    FACTS.notices,
    FACTS.data_start,
    FACTS.data_end,
    FACTS.published_on,
)
# Texts by which rows, checks, answers and deviations refer to each other: they stand on both sides.
REFERENCES = {"", "H1", "RQ1", "C1", "C2", "S1"}

HOLDS = st.builds(
    Hold,
    kind=st.sampled_from(HoldKind),
    scope=st.sampled_from(Scope),
    placed_by=st.just("officer"),
    placed_at=st.just(NOW - 9 * DAY),
    embargo_until=st.none() | st.integers(-2, 2).map(lambda days: NOW + days * DAY),
    ended_at=st.none() | st.integers(-2, 2).map(lambda days: NOW + days * DAY),
)
REPORTS = st.builds(
    replace,
    st.just(FACTS),
    stage=st.sampled_from(Stage),
    announce_from=st.none() | st.integers(-2, 2).map(lambda days: NOW + days * DAY),
    was_public=st.booleans(),
    published_on=st.none() | st.just(FACTS.published_on),
)


def hold(kind: HoldKind) -> Hold:
    """An active hold."""
    return Hold(kind=kind, scope=Scope.PARTS, placed_by="officer", placed_at=NOW, embargo_until=NOW + DAY)


@given(facts=REPORTS, holds=st.lists(HOLDS, max_size=3))
def test_nothing_is_public_while_a_hold_is_active_but_a_tombstone_of_what_was(
    facts: ReportFacts, holds: list[Hold]
) -> None:
    record = declassify(facts, holds, now=NOW)
    in_force = active(holds, now=NOW)
    if not in_force:
        assert record == declassify(facts, [], now=NOW)
    elif record is not None and record.face is Face.CLOSED:
        assert record == PublicRecord(face=Face.CLOSED, identity=facts.identity, closed_in=record.closed_in)
    elif any(not each.kind.opens_by_date for each in in_force) or record is None or record.face is Face.TOMBSTONE:
        expected = PublicRecord(face=Face.TOMBSTONE, identity=facts.identity) if facts.was_public else None
        assert record == expected
    else:
        assert record.face is Face.PROTOCOL


@pytest.mark.parametrize("kind", HoldKind)
@pytest.mark.parametrize("stage", stages.HOLDS_IPA)
def test_an_embargo_leaves_the_protocol_that_was_announced_and_every_other_hold_takes_it_down(
    stage: Stage, kind: HoldKind
) -> None:
    shown = replace(FACTS, stage=stage, was_public=True)
    before = declassify(replace(shown, stage=Stage.IPA), [], now=NOW)
    record = declassify(shown, [hold(kind)], now=NOW)
    assert record is not None
    if kind.opens_by_date:
        assert record == before, "not even the article being ready can be told from the page"
    else:
        assert record.face is Face.TOMBSTONE
    both = declassify(shown, [hold(kind), hold(HoldKind.INFORMATION_HAZARD)], now=NOW)
    assert both is not None
    assert both.face is Face.TOMBSTONE


@pytest.mark.parametrize("stage", stages.OUT)
def test_an_embargo_on_what_is_out_is_a_tombstone_and_never_the_protocol(stage: Stage) -> None:
    record = declassify(replace(FACTS, stage=stage, was_public=True), [hold(HoldKind.LEGAL)], now=NOW)
    late = declassify(replace(FACTS, stage=stage, was_public=True), [hold(HoldKind.AUTHOR_EMBARGO)], now=NOW)
    assert record == late == PublicRecord(face=Face.TOMBSTONE, identity=FACTS.identity)


@pytest.mark.parametrize("stage", Stage)
def test_a_held_report_that_was_never_public_is_absent_at_every_stage(stage: Stage) -> None:
    for kind in HoldKind:
        assert declassify(replace(FACTS, stage=stage), [hold(kind)], now=NOW) is None, kind


def test_without_its_hold_the_same_report_would_be_seen() -> None:
    assert declassify(FACTS, [], now=NOW) is not None


@given(facts=REPORTS, holds=st.lists(HOLDS, max_size=3))
def test_a_tombstone_tells_its_identity_and_nothing_else(facts: ReportFacts, holds: list[Hold]) -> None:
    record = declassify(facts, holds, now=NOW)
    if record is not None and record.face is Face.TOMBSTONE:
        assert marks(record) - {""} == marks(facts.identity)
        assert record == PublicRecord(face=Face.TOMBSTONE, identity=facts.identity)


def test_an_article_does_contain_what_a_tombstone_must_not() -> None:
    article = declassify(FACTS, [], now=NOW)
    # Made from words of a protocol and a manuscript that need not be public.
    of_findings = {deviation.finding for deviation in FACTS.deviations}
    assert marks(AFTER_THE_RESULTS) - of_findings <= marks(article)
    assert not of_findings & marks(article)


@given(facts=REPORTS)
def test_an_article_is_shown_from_ready_on_and_never_before(facts: ReportFacts) -> None:
    record = declassify(facts, [], now=NOW)
    assert (record is not None and record.face is Face.ARTICLE) is (facts.stage in SHOWS_ARTICLE)


@pytest.mark.parametrize(
    ("announce_from", "announced"),
    [(None, False), (NOW + timedelta(seconds=1), False), (NOW, True), (NOW - DAY, True)],
)
def test_a_protocol_is_shown_when_its_authors_said_so_and_it_holds_the_promise(
    announce_from: datetime | None, *, announced: bool
) -> None:
    for stage in (stage for stage in Stage if stage not in SHOWS_ARTICLE):
        record = declassify(replace(FACTS, stage=stage, announce_from=announce_from), [], now=NOW)
        if announced and stage in stages.HOLDS_IPA:
            assert record is not None, stage
            assert record.face is Face.PROTOCOL, stage
        else:
            assert record is None, stage


@given(facts=REPORTS)
def test_an_announced_protocol_tells_nothing_that_came_after_it(facts: ReportFacts) -> None:
    record = declassify(facts, [], now=NOW)
    if record is not None and record.face is Face.PROTOCOL:
        assert not (marks(AFTER_THE_RESULTS) - REFERENCES) & marks(record)
        assert {result.outcome for result in record.results} == {Outcome.NO_RESULT_YET}
        assert not record.null_result
        assert not record.retracted


@given(facts=REPORTS, holds=st.lists(HOLDS, max_size=1))
def test_some_facts_are_never_public(facts: ReportFacts, holds: list[Hold]) -> None:
    record = declassify(facts, holds, now=NOW)
    seen = marks(record)
    assert not marks(facts.protocol.files) & seen, "digests of originals stay private"
    assert not {each.finding for each in facts.deviations} & seen, "and so do those of findings"
    assert "officer" not in seen
    assert facts.announce_from is None or facts.announce_from.isoformat() not in seen


@given(facts=REPORTS)
def test_what_was_public_does_not_become_absent(facts: ReportFacts) -> None:
    assert declassify(replace(facts, was_public=True), [], now=NOW) is not None


@pytest.mark.parametrize("stage", stages.ENDED)
def test_an_announced_report_that_ended_stays_as_it_was_until_its_batch(stage: Stage) -> None:
    before = declassify(replace(FACTS, stage=Stage.IPA, was_public=True), [], now=NOW)
    assert declassify(replace(FACTS, stage=stage, was_public=True, ended_at=NOW), [], now=NOW) == before


@pytest.mark.parametrize("stage", stages.ENDED)
def test_a_sealed_report_that_ended_leaves_no_trace(stage: Stage) -> None:
    assert declassify(replace(FACTS, stage=stage, announce_from=None), [], now=NOW) is None


def test_an_article_says_what_became_of_every_row() -> None:
    record = declassify(replace(FACTS, protocol=PROTOCOL, outcomes=OUTCOMES), [], now=NOW)
    assert record is not None
    assert [(result.row.label, result.outcome) for result in record.results] == [
        ("H1", Outcome.NULL_INFORMATIVE),
        ("RQ1", Outcome.ESTIMATED),
    ]
    first = record.results[0]
    assert [(check.label, result.passed) for check, result in zip(first.checks, first.check_results, strict=True)] == [
        ("C1", Passed.PASSED),
        ("C2", Passed.PASSED),
    ]
    assert record.null_result


def test_an_article_states_what_stage_2_says_and_else_what_was_planned() -> None:
    said = Statements(data="https://data.example/final")
    facts = replace(FACTS, protocol=PROTOCOL, results_abstract="What was found.", results_statements=said)
    article = declassify(facts, [], now=NOW)
    assert article is not None
    assert article.abstract == "What was found."
    assert article.statements == replace(PROTOCOL.statements, data="https://data.example/final")
    announced = declassify(replace(facts, stage=Stage.IPA), [], now=NOW)
    assert announced is not None
    assert (announced.abstract, announced.statements) == (PROTOCOL.abstract, PROTOCOL.statements)


def test_an_article_without_an_abstract_of_its_own_keeps_the_one_that_was_planned() -> None:
    facts = replace(FACTS, protocol=PROTOCOL, results_abstract="", results_statements=Statements())
    article = declassify(facts, [], now=NOW)
    assert article is not None
    assert (article.abstract, article.statements) == (PROTOCOL.abstract, PROTOCOL.statements)


@pytest.mark.parametrize(("verdict", "null"), [(Verdict.SUPPORTED, False), (Verdict.CONTRADICTED, True)])
def test_an_article_says_whether_it_is_a_null_result(verdict: Verdict, *, null: bool) -> None:
    facts = replace(FACTS, protocol=PROTOCOL, outcomes=with_answer(OUTCOMES, "H1", verdict=verdict))
    record = declassify(facts, [], now=NOW)
    assert record is not None
    assert record.null_result is null


@pytest.mark.parametrize("stage", sorted(SHOWS_ARTICLE))
def test_a_retracted_article_stays_and_says_so(stage: Stage) -> None:
    record = declassify(replace(FACTS, stage=stage, was_public=True), [], now=NOW)
    assert record is not None
    assert record.retracted is (stage is Stage.RETRACTED)
    assert record.notices == FACTS.notices


@given(facts=REPORTS, holds=st.lists(HOLDS, max_size=3))
def test_the_same_facts_give_the_same_record(facts: ReportFacts, holds: list[Hold]) -> None:
    assert declassify(facts, holds, now=NOW) == declassify(facts, list(reversed(holds)), now=NOW)
