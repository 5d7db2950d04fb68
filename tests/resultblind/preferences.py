"""Planted preferences: small patches, each one way in which a journal could treat a result by its direction.

Each says after which chapter it shows at the earliest, to whom, and of how many studies. A comparison that misses one
of them has no teeth.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Response, request

from journal.dossier.drafts import last_results
from journal.editorial.conformance import differing
from journal.editorial.dashboard import lists
from journal.editorial.reviewing import inviting
from journal.notices import letters
from journal.unit_of_work import Resources, UnitOfWork, begin
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation
from tests.noninterference.leaks.planting import at_the_desk
from tests.resultblind import life
from tests.resultblind.life import Chapter
from tests.resultblind.starting import SILENT
from tests.stories.accepted import AUTHOR, HANDLING
from workflows import conformance, unanswered
from workflows.conformance import Finding
from workflows.machine import Refusal
from workflows.outcomes import Outcomes
from workflows.people import PRESS
from workflows.reviewing import Severity
from workflows.verdicts import Verdict

Patch = pytest.MonkeyPatch
Plant = Callable[[Patch], None]


@dataclass(frozen=True)
class Preference:
    """One planted preference, and where it shows."""

    name: str
    plant: Plant
    after: Chapter
    shows_to: str
    studies: int


PREFERENCES: list[Preference] = []


def preference(name: str, *, after: Chapter, shows_to: str, studies: int = 1) -> Callable[[Plant], Plant]:
    """Register a planted preference."""

    def register(plant: Plant) -> Plant:
        PREFERENCES.append(Preference(name, plant, after, shows_to, studies))
        return plant

    return register


def _nothing_found(outcomes: Outcomes) -> bool:
    return bool(outcomes.rows) and outcomes.rows[0].verdict is Verdict.INCONCLUSIVE


def _is_null(uow: UnitOfWork, report: Report | None) -> bool:
    return report is not None and _nothing_found(last_results(uow, report).outcomes)


@preference("a queue in which nulls come last", after=life.results_are_sent, shows_to=HANDLING, studies=2)
def _queue(patch: Patch) -> None:
    listing = lists._listing  # noqa: SLF001 - planted there

    def by_direction(uow: UnitOfWork, places: Sequence[Any], **page: int) -> lists.Listing:
        def comes_last(place: Any) -> bool:  # noqa: ANN401 - a place of the list
            return _is_null(uow, uow.session.get(Report, place.report_id))

        return listing(uow, sorted(places, key=comes_last), **page)

    patch.setattr(lists, "_listing", by_direction)


@preference("less time to review a null", after=life.reviews_are_written, shows_to=HANDLING)
def _deadline(patch: Patch) -> None:
    invite = inviting._invite  # noqa: SLF001 - planted there

    def hurried(uow: UnitOfWork, report: Report, *rest: Any) -> Any:  # noqa: ANN401 - handed through
        invited = invite(uow, report, *rest)
        if isinstance(invited, Invitation) and _is_null(uow, report):
            invited.review_due -= timedelta(days=3)
        return invited

    patch.setattr(inviting, "_invite", hurried)


def _on_page_of_a_null(patch: Patch, end: str, change: Callable[[str], str]) -> None:
    def changed(response: Response, resources: Resources) -> None:
        report_id = (request.view_args or {}).get("report_id", "")
        if response.mimetype != "text/html" or not request.path.endswith(end):
            return
        with begin(resources, actor=PRESS, writes=False) as uow:
            if _is_null(uow, uow.session.get(Report, report_id)):
                response.set_data(change(response.get_data(as_text=True)))

    at_the_desk(patch, changed)


@preference("a button that a null does not get", after=life.results_are_filled_in, shows_to=AUTHOR)
def _button(patch: Patch) -> None:
    _on_page_of_a_null(patch, "/withdraw", lambda page: page.replace("Withdraw the study</button>", "</button>"))


@preference("a heading for nulls alone", after=life.results_are_sent, shows_to=HANDLING)
def _words(patch: Patch) -> None:
    _on_page_of_a_null(patch, "/findings", lambda page: page.replace("<h1>Promised and done", "<h1>What went wrong"))


@preference("a letter that consoles", after=life.results_are_sent, shows_to="")
def _letter(patch: Patch) -> None:
    signed = letters._signed  # noqa: SLF001 - planted there

    def consoling(uow: UnitOfWork, letter: str, report: Report | None) -> str:
        return signed(uow, letter, report) + ("\nBetter luck next time." if _is_null(uow, report) else "")

    patch.setattr(letters, "_signed", consoling)


def _found_of(patch: Patch, change: Callable[[tuple[Finding, ...]], Iterable[Finding]]) -> None:
    compare = conformance.compare

    def preferring(plan: Any, outcomes: Outcomes, said: Any) -> tuple[Finding, ...]:  # noqa: ANN401 - handed through
        found = compare(plan, outcomes, said)
        return tuple(change(found)) if _nothing_found(outcomes) else found

    patch.setattr(differing, "compare", preferring)


@preference("a finding that weighs less where something was found", after=life.results_are_sent, shows_to=HANDLING)
def _severity(patch: Patch) -> None:
    _found_of(patch, lambda found: [replace(each, severity=Severity.SHOULD) for each in found])


@preference("a finding more for a null", after=life.results_are_sent, shows_to=HANDLING)
def _count(patch: Patch) -> None:
    _found_of(patch, lambda found: (*found, replace(found[0], place="H9")))


@preference("one more thing to say of a null", after=life.results_are_filled_in, shows_to=AUTHOR)
def _gap(patch: Patch) -> None:
    gaps = unanswered.gaps

    def asking(plan: Any, outcomes: Outcomes) -> Iterable[Refusal]:  # noqa: ANN401 - handed through
        yield from gaps(plan, outcomes)
        if _nothing_found(outcomes):
            yield Refusal("power_missing", "Say why the study could have found it.", "abstract")

    patch.setattr(unanswered, "gaps", asking)


@preference("a reviewer who is told which way it went", after=life.reviews_are_written, shows_to=SILENT)
def _told(patch: Patch) -> None:
    def changed(response: Response, resources: Resources) -> None:
        if request.method != "GET" or not request.path.endswith("/form"):
            return
        with begin(resources, actor=PRESS, writes=False) as uow:
            if any(_is_null(uow, report) for report in uow.session.query(Report)):
                response.set_data(response.get_data() + b"<!-- they found less than they hoped -->")

    at_the_desk(patch, changed)
