"""Narrowing: a smaller article made from a smaller source, so that what is left out is nowhere in it.

Nothing is drawn over. Title, abstracts, claim and manuscript are written anew; rows and deviations are taken from the
frozen protocol and its answers, under new labels, so that no gap in a numbering is left. A row comes with every check
that bears on it: no result is shown without the evidence for it, good or bad.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime

from workflows.deviations import Deviation
from workflows.holds import OFFICERS_TO_LIFT, Hold, HoldKind, Scope
from workflows.machine import Refusal
from workflows.outcomes import OutcomeRow, Outcomes
from workflows.people import Capacity
from workflows.protocol import ABSTRACT_LIMIT, NO_RULE, TITLE_LIMIT, Check, FileDigest, Protocol, Row, Statements

SENTENCE = "This is a narrowed article: it was made from a smaller source than the whole study, and says only that."
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What a narrower article is made from.

    `abstract` is that of the plan and `results_abstract` that of the results, both written for it. `rows` are labels,
    `deviations` positions from 0, `statements` names of `Statements`. `files` are those of its own manuscript; without
    any it is a short report. The first `notices_before` notices belong to what it takes the place of.
    """

    title: str = ""
    abstract: str = ""
    results_abstract: str = ""
    claim: str = ""
    topics: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    deviations: tuple[int, ...] = ()
    statements: tuple[str, ...] = ()
    bias_account: bool = False
    files: tuple[FileDigest, ...] = ()
    notices_before: int = 0


def lets_out(narrowing: Narrowing, hold: Hold, *, approved_at: datetime) -> bool:
    """Whether `hold` lets a narrower article out that was approved at `approved_at`.

    Only a hold that the approving officers had before them: what is placed later withholds everything anew. One on the
    existence lets nothing out; one on the text nothing with a manuscript.
    """
    if hold.kind.opens_by_date or hold.kind is HoldKind.TRIAGE_FLAG or hold.placed_at >= approved_at:
        return False
    return hold.scope is Scope.PARTS or (hold.scope is Scope.TEXT and not narrowing.files)


def gaps(narrowing: Narrowing) -> Iterator[Refusal]:
    """What a narrower article still lacks before officers can be asked."""
    if not narrowing.title.strip():
        yield Refusal("title_missing", "Give the narrower article a title of its own.", "title")
    if len(narrowing.title) > TITLE_LIMIT:
        yield Refusal("title_long", f"The title is longer than {TITLE_LIMIT} characters. Shorten it.", "title")
    if not narrowing.abstract.strip():
        words = "Write an abstract: what was asked and planned, as far as it may be read."
        yield Refusal("abstract_missing", words, "abstract")
    for field in ("abstract", "results_abstract"):
        if len(getattr(narrowing, field)) > ABSTRACT_LIMIT:
            words = f"This abstract is longer than {ABSTRACT_LIMIT} characters. Shorten it."
            yield Refusal("abstract_long", words, field)


def refuse_approving(
    *, acting_as: frozenset[Capacity], by: str, approved_by: Iterable[str], seen: str, digest: str
) -> Refusal | None:
    """Why `by` may not approve a narrower article, or None.

    They approve what they saw: `seen` is the digest of the page they read, `digest` that of what it would be now.
    """
    if Capacity.OFFICER not in acting_as:
        return Refusal("not_possible", "This step is not possible now.")
    if seen != digest:
        words = "What it is made from has changed since this page was opened. Read it again, then approve it."
        return Refusal("changed", words)
    if by in approved_by:
        return Refusal("approved_by_you", "You have approved it already. Another officer has to approve it as well.")
    return None


def is_approved_by(people: Iterable[str]) -> bool:
    """Whether `people` are enough: two different officers, as for the lifting of a hold."""
    return len(set(people)) >= OFFICERS_TO_LIFT


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrowWords:
    """What is left of a study's own words: the protocol, and the answers to what it asks."""

    plan: Protocol
    outcomes: Outcomes
    deviations: tuple[Deviation, ...]
    statements: Statements


def narrow_words(
    plan: Protocol, outcomes: Outcomes, deviations: tuple[Deviation, ...], done: Statements, narrowing: Narrowing
) -> NarrowWords:
    """The smaller source. `done` are the statements of stage 2."""
    names = _names(plan, narrowing)
    return NarrowWords(
        plan=_narrow_plan(plan, names, narrowing),
        outcomes=Outcomes(
            rows=tuple(_narrow_answer(each, names) for each in outcomes.rows if each.label in names),
            checks=tuple(
                replace(each, label=names[each.label], where="") for each in outcomes.checks if each.label in names
            ),
        ),
        deviations=tuple(_narrow_deviations(deviations, names, narrowing)),
        statements=_narrow_statements(done, narrowing),
    )


def _narrow_answer(answer: OutcomeRow, names: Mapping[str, str]) -> OutcomeRow:
    """An answer without its places in a manuscript that is not this one's, and without measures and branches: these are
    of parts that are left out.
    """
    return replace(answer, label=names[answer.label], where="", branch="", values=())


def _narrow_plan(plan: Protocol, names: Mapping[str, str], narrowing: Narrowing) -> Protocol:
    """The protocol that a narrower article follows. It names no file: digests of originals stay private.

    It is made anew, so that a part of protocols that is added one day stays out until somebody lets it in here. Rules
    as structure stay out too: they name measures that may be of what is left out.
    """
    return Protocol(
        title=narrowing.title,
        abstract=narrowing.abstract,
        topics=tuple(topic for topic in plan.topics if topic in narrowing.topics),
        rows=tuple(replace(row, label=names[row.label], rule=NO_RULE) for row in _rows(plan, narrowing)),
        checks=tuple(_renamed(check, names) for check in _checks(plan, narrowing)),
        bias_level=plan.bias_level,
        bias_account=plan.bias_account if narrowing.bias_account else "",
        statements=_narrow_statements(plan.statements, narrowing),
    )


def _narrow_deviations(
    deviations: tuple[Deviation, ...], names: Mapping[str, str], narrowing: Narrowing
) -> Iterator[Deviation]:
    """The chosen ones; never one of a row or check that is left out."""
    for index, each in enumerate(deviations):
        if index in narrowing.deviations and (not each.row or each.row in names):
            yield replace(each, row=names.get(each.row, ""), finding="")


def _narrow_statements(statements: Statements, narrowing: Narrowing) -> Statements:
    names = [each.name for each in fields(Statements) if each.name in narrowing.statements]
    return Statements(**{name: getattr(statements, name) for name in names})


def _rows(plan: Protocol, narrowing: Narrowing) -> list[Row]:
    return [row for row in plan.rows if row.label in narrowing.rows]


def _checks(plan: Protocol, narrowing: Narrowing) -> list[Check]:
    rows = _rows(plan, narrowing)
    return [check for check in plan.checks if any(check.concerns(row.label) for row in rows)]


def _renamed(check: Check, names: Mapping[str, str]) -> Check:
    rows = tuple(names[row] for row in check.rows if row in names)
    return replace(check, label=names[check.label], rows=rows, passes=())


def _names(plan: Protocol, narrowing: Narrowing) -> dict[str, str]:
    """The new label of everything that is kept: numbered anew, for "H3" alone would tell of H1 and H2."""
    counted: dict[str, int] = {}
    names = {}
    rows, checks = _rows(plan, narrowing), _checks(plan, narrowing)
    for label in (*(row.label for row in rows), *(check.label for check in checks)):
        head = _DIGIT.split(label, maxsplit=1)[0]
        counted[head.casefold()] = counted.get(head.casefold(), 0) + 1
        names[label] = label if head == label else f"{head}{counted[head.casefold()]}"
    return names
