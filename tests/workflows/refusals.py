"""Every refusal that the rules can give, each called forth once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from tests.workflows.amending import of_amendments, of_data_collection
from tests.workflows.examples import FAVOURABLE, LONG_AFTER, NOW, OUTCOMES, PROTOCOL, WAIT_FOR_THE_DAY, with_answer
from tests.workflows.unfavourable import CASES
from workflows import (
    appeals,
    choices,
    deviations,
    embargoes,
    emergencies,
    hazard,
    narrowing,
    protocol,
    short_reports,
    unanswered,
)
from workflows.announcing import Announce, refuse_choice
from workflows.holds import Hold, HoldKind, Lift, Scope, refuse_lifting, refuse_placing
from workflows.lifting import refuse_unproven
from workflows.machine import Refusal
from workflows.outcomes import Done, Outcomes, Unregistered
from workflows.people import PEOPLE, Capacity
from workflows.protocol import Check, Pin, Protocol, Row
from workflows.report import advance
from workflows.reviewing import (
    Answer,
    Criterion,
    Judgement,
    Point,
    Severity,
    may_uphold,
    point_refusals,
    review_refusals,
)
from workflows.stages import Action, Stage
from workflows.verdicts import Verdict

DAY = timedelta(days=1)


def every_refusal() -> Iterator[Refusal]:
    """Yield the refusals of every module of the rules."""
    yield from of_guards()
    yield from of_protocols()
    yield from of_results()
    yield from of_reviews()
    yield from of_holds()
    yield from of_hazard()
    yield from of_what_authors_ask()
    yield from of_emergencies()
    yield from of_what_is_shown()
    yield from of_amendments()
    yield from of_data_collection()


def of_guards() -> Iterator[Refusal]:
    """Those of the table."""
    for guard, _, changes in CASES:
        start = replace(FAVOURABLE, now=LONG_AFTER) if guard in WAIT_FOR_THE_DAY else FAVOURABLE
        refusal = guard(replace(start, **changes))
        if refusal is not None:
            yield refusal
    refused = advance(Stage.DRAFT, Action.PUBLISH, acting_as=frozenset(), facts=FAVOURABLE)
    if isinstance(refused, Refusal):
        yield refused


def of_protocols() -> Iterator[Refusal]:
    """Those of a protocol: one that is empty, one that is too long, one that contradicts itself."""
    long = "x" * 60_000
    bare, same = Row(label=""), Row(label="H1", smallest_effect="-1")
    plans = (
        Protocol(),
        Protocol(title=long, abstract=long, rows=(Row(label=long[:5000]),)),
        Protocol(rows=(bare, same, same), checks=(Check(label=""), Check(label="H1", rows=("H2",)))),
    )
    for plan in plans:
        yield from protocol.gaps(plan)


def of_results() -> Iterator[Refusal]:
    """Those of outcomes and deviations."""
    spoilt = (
        Outcomes(),
        with_answer(OUTCOMES, "H1", verdict=Verdict.ESTIMATED, done=Done.DIFFERENTLY, estimate="many"),
        with_answer(OUTCOMES, "H1", verdict=Verdict.NOT_TESTED, low="2", high="1", level=""),
        with_answer(OUTCOMES, "H1", done=Done.NOT_DONE),
        with_answer(OUTCOMES, "RQ1", verdict=Verdict.SUPPORTED),
        with_answer(OUTCOMES, "H1", done=Done.BRANCHED, branch="B9"),
        replace(OUTCOMES, unregistered=(Unregistered(what="A second look."),)),
    )
    for each in spoilt:
        yield from unanswered.gaps(replace(PROTOCOL, pins=(Pin(label="P1"),)), each)
    yield from deviations.gaps((deviations.Deviation(),))
    for paper in (None, *short_reports.Paper):
        for has in (True, False):
            yield from short_reports.gaps(paper, short_reports.ShortReport(), has_manuscript=has)


def of_reviews() -> Iterator[Refusal]:
    """Those of a review."""
    yield from point_refusals(Point(), place="points-0")
    yield from point_refusals(Point(severity=Severity.MUST), place="points-1")
    for stage in (1, 2):
        yield from review_refusals(
            stage, (Judgement(criterion=Criterion.QUESTION),), (Point(criterion=Criterion("2A")),)
        )
    yield from review_refusals(1, (Judgement(criterion=Criterion.QUESTION, answer=Answer.NOT_MET),), ())
    refused = may_uphold(answered=False, answer_due_passed=False)
    if refused is not None:
        yield refused


def of_emergencies() -> Iterator[Refusal]:
    """Those of reading in an emergency."""
    yield emergencies.NOTHING_HERE
    refused = (
        emergencies.refuse_opening(reason=""),
        emergencies.refuse_review(opened_by="one", by="one", answer="Right."),
        emergencies.refuse_review(opened_by="one", by="two", answer=""),
    )
    yield from (refusal for refusal in refused if refusal is not None)


def of_holds() -> Iterator[Refusal]:
    """Those of placing and lifting a hold."""
    hazard_hold = Hold(
        kind=HoldKind.INFORMATION_HAZARD,
        scope=Scope.EXISTENCE,
        placed_by="one",
        placed_at=NOW,
        lifts=(Lift(by="one", at=NOW),),
    )
    embargo = replace(hazard_hold, kind=HoldKind.AUTHOR_EMBARGO)
    placed = [
        refuse_placing(hazard_hold, acting_as=frozenset(), reason="", now=NOW),
        refuse_placing(hazard_hold, acting_as=PEOPLE, reason="", now=NOW),
        refuse_placing(hazard_hold, acting_as=PEOPLE, reason="r", now=NOW),
        refuse_placing(replace(hazard_hold, review_by=NOW + 91 * DAY), acting_as=PEOPLE, reason="r", now=NOW),
        refuse_placing(embargo, acting_as=PEOPLE, reason="r", now=NOW),
        refuse_placing(replace(embargo, embargo_until=NOW + 2000 * DAY), acting_as=PEOPLE, reason="r", now=NOW),
    ]
    officer = frozenset({Capacity.OFFICER})
    lifted = [
        refuse_lifting(hazard_hold, by="one", acting_as=officer, now=NOW),
        refuse_lifting(hazard_hold, by="two", acting_as=frozenset(), now=NOW),
        refuse_lifting(replace(hazard_hold, ended_at=NOW), by="two", acting_as=officer, now=NOW),
        refuse_unproven(hazard_hold, shown_at=None, now=NOW),
    ]
    yield from (refusal for refusal in (*placed, *lifted) if refusal is not None)


def of_hazard() -> Iterator[Refusal]:
    """Those of the hazard questions."""
    answered = tuple(hazard.HazardAnswer(question=question, yes=True) for question in hazard.Question)
    yield from hazard.gaps(hazard.HazardAnswers())
    yield from hazard.gaps(hazard.HazardAnswers(answers=answered))


def of_what_authors_ask() -> Iterator[Refusal]:
    """Those of appeals, of the authors' choice under a hold, and of an embargo."""
    author, owner = frozenset({Capacity.AUTHOR}), frozenset({Capacity.CORRESPONDING_AUTHOR})
    asked = (
        appeals.refuse_appeal(author, delayed=False, waiting=False, words=""),
        appeals.refuse_appeal(author, delayed=True, waiting=True, words=""),
        appeals.refuse_appeal(author, delayed=True, waiting=False, words=""),
        appeals.refuse_answer(may=True, answered=True, words=""),
        appeals.refuse_answer(may=True, answered=False, words=""),
        choices.refuse_choice(author, None, stage=Stage.IPA),
        choices.refuse_choice(owner, None, stage=Stage.IPA),
        choices.refuse_choice(owner, None, stage=Stage.PUBLISHED),
        embargoes.SHORTER,
        embargoes.EVENT_PAST,
    )
    yield from (refusal for refusal in asked if refusal is not None)


def of_what_is_shown() -> Iterator[Refusal]:
    """Those of announcing and of narrower articles."""
    long = narrowing.Narrowing(title="t" * 301, abstract="a" * 5001)
    yield from (*narrowing.gaps(narrowing.Narrowing()), *narrowing.gaps(long))
    officer = frozenset({Capacity.OFFICER})
    refused = [
        refuse_choice(None, day=None, is_public=False),
        refuse_choice(Announce.DATE, day=None, is_public=False),
        refuse_choice(Announce.NOW, day=None, is_public=True),
        narrowing.refuse_approving(acting_as=frozenset(), by="one", approved_by=(), seen="d", digest="d"),
        narrowing.refuse_approving(acting_as=officer, by="one", approved_by=(), seen="c", digest="d"),
        narrowing.refuse_approving(acting_as=officer, by="one", approved_by=("one",), seen="d", digest="d"),
    ]
    yield from (refusal for refusal in refused if refusal is not None)
