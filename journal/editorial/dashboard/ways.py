"""From the page of a report to what one can do with it and what one can read of it."""

from dataclasses import dataclass

from flask import current_app, url_for

from journal.dossier.access import Opened
from workflows.holds import Sight
from workflows.people import EDITORS, Capacity, Role
from workflows.report import actions_open
from workflows.stages import (
    BEFORE_IPA,
    HOLDS_IPA,
    IN_PRODUCTION,
    OUT,
    PROPOSED_1,
    PROPOSED_2,
    STAGE_2_OPEN,
    UNDER_STAGE_2,
    Action,
    Stage,
)

# The page on which each step is taken, and what the way to it says.
_STEPS = {
    Action.SUBMIT: ("submission.tasks", "Go on writing"),
    Action.RESUBMIT: ("submission.tasks", "Revise and answer"),
    Action.BEGIN_STAGE_2: ("submission.ipa", "The acceptance and its conditions"),
    Action.RETURN: ("decisions.desk", "Return or decline"),
    Action.SEND_TO_REVIEW: ("decisions.start", "Send to review"),
    Action.PROPOSE_REVISION: ("decisions.propose", "Propose a decision"),
    Action.RECALL: ("decisions.propose", "Look at your proposal, or take it back"),
    Action.CONFIRM: ("decisions.confirm", "Confirm or send back"),
    Action.EXTEND: ("decisions.extend", "Give more time"),
    Action.SEND_PROOF: ("proofs.proof", "Look at the typeset paper and send the proof"),
    Action.APPROVE_PROOF: ("proofs.proof", "Read the proof"),
    Action.CORRECT: ("proofs.notice", "Correct"),
    Action.RETRACT: ("proofs.retraction", "Retract"),
    Action.WITHDRAW: ("submission.withdraw", "Withdraw this study"),
}
_RESULTS_STEPS = {
    Action.SUBMIT: ("conformance.outcomes", "Fill in the outcomes"),
    Action.RESUBMIT: ("conformance.outcomes", "Revise the results"),
}
_AUTHORS = frozenset({Capacity.AUTHOR})
_HANDLING = frozenset({Capacity.HANDLING_EDITOR})
_OFFICER = frozenset({Capacity.OFFICER})
_REVIEWER = frozenset({Capacity.REVIEWER})
_MAKERS = EDITORS | _AUTHORS | _OFFICER
_READERS = _MAKERS | _REVIEWER
_SENT = tuple(stage for stage in Stage if stage not in (Stage.DRAFT, Stage.WITHDRAWN))
_RESULTS = (*UNDER_STAGE_2, Stage.STAGE_2_REJECTED, *IN_PRODUCTION, *OUT)
_INVITING = (
    Stage.SUBMITTED,
    Stage.IN_REVIEW,
    *PROPOSED_1,
    Stage.STAGE_2_SUBMITTED,
    Stage.STAGE_2_IN_REVIEW,
    *PROPOSED_2,
)
_REVIEWED = tuple(stage for stage in _SENT if stage not in (Stage.SUBMITTED, Stage.RETURNED, Stage.DESK_REJECTED))
_IN_REVIEW = (Stage.IN_REVIEW, Stage.STAGE_2_IN_REVIEW)
_ANSWERING = (*_IN_REVIEW, Stage.REVISION, Stage.STAGE_2_REVISION)
_WRITING_RESULTS = (*STAGE_2_OPEN, Stage.STAGE_2_REVISION)


@dataclass(frozen=True, slots=True)
class _Place:
    """A page beside the steps: what the way to it says, for whom, and at which stages (none named: at all)."""

    endpoint: str
    words: str
    who: frozenset[Capacity]
    stages: tuple[Stage, ...] = ()


_PLACES = (
    _Place("reviewing.review", "Your review", _REVIEWER, _IN_REVIEW),
    _Place("reviewing.reviewers", "Reviewers", EDITORS, _INVITING),
    _Place("reviewing.reviews", "Reviews", _READERS - _OFFICER, _REVIEWED),
    _Place("reviewing.answers", "Answers to the reviews", _AUTHORS, _ANSWERING),
    _Place("protocol.read", "The protocol and its manuscript", _READERS, _SENT),
    _Place("submission.ipa", "The acceptance and its conditions", _MAKERS, HOLDS_IPA),
    _Place("conformance.read", "The results as sent", _READERS, _RESULTS),
    _Place("conformance.findings", "Promised and done, side by side", _READERS, _RESULTS),
    _Place("proofs.proof", "The typeset paper", _MAKERS, (*IN_PRODUCTION, *OUT)),
    _Place("proofs.retraction", "Recommend a retraction", _HANDLING | _OFFICER, (Stage.PUBLISHED, Stage.CORRECTED)),
    _Place("decisions.assign", "Editors of this report", EDITORS),
    _Place("decisions.notes", "Notes among editors", EDITORS),
    _Place("submission.settings", "Embargo and announcing", _AUTHORS, (*BEFORE_IPA, *HOLDS_IPA)),
    _Place("submission.hazard", "This turned out hazardous", _AUTHORS),
    _Place("holds.case", "Withhold this report", _OFFICER | {Capacity.EDITOR_IN_CHIEF}),
)


def way_to(endpoint: str, report_id: str | None = None) -> str | None:
    """The address of a page, if this journal has it."""
    if endpoint not in current_app.view_functions:
        return None
    return url_for(endpoint) if report_id is None else url_for(endpoint, report_id=report_id)


_HELP = (
    ("authors", "dashboard.studies", "My studies", frozenset(Role)),
    ("authors", "submission.new", "Propose a study", frozenset(Role)),
    ("editors", "dashboard.queue", "Waiting on me", frozenset({Role.EDITOR, Role.EDITOR_IN_CHIEF})),
    ("editors", "dashboard.published", "Published", frozenset({Role.EDITOR, Role.EDITOR_IN_CHIEF})),
    ("officers", "holds.queue", "Withheld reports", frozenset({Role.OFFICER})),
    ("officers", "dashboard.published", "Published", frozenset({Role.OFFICER})),
    ("officers", "accounts.people", "Officers", frozenset({Role.OFFICER})),
    ("administrators", "accounts.people", "People and their roles", frozenset({Role.ADMINISTRATOR})),
    ("everybody", "accounts.profile", "Your profile", frozenset(Role)),
)


def help_ways(roles: frozenset[Role] | None) -> dict[str, list[tuple[str, str]]]:
    """Word and address of the pages that somebody with `roles` works on, by office; none at all for a guest."""
    found: dict[str, list[tuple[str, str]]] = {office: [] for office, *_ in _HELP}
    for office, endpoint, words, who in _HELP:
        address = way_to(endpoint)
        if roles is not None and address and (who == frozenset(Role) or who & roles):
            found[office].append((words, address))
    return found


def case_of_withheld(opened: Opened) -> str | None:
    """The address of the case of a delayed report, for an officer; None for everybody else."""
    sees = opened.delayed and opened.sight is Sight.EVERYTHING
    return way_to("holds.case", opened.report.id) if sees else None


def steps_of(opened: Opened) -> list[tuple[str, str]]:
    """Words and address of each step the table offers this viewer; a page once, under its first words."""
    known = _STEPS | (_RESULTS_STEPS if opened.report.stage in _WRITING_RESULTS else {})
    offered = actions_open(opened.report.stage, opened.acting_as)
    return _addressed(opened, [known[action] for action in offered if action in known])


def places_of(opened: Opened) -> list[tuple[str, str]]:
    """Pages on which this viewer may do or read something that is no step. None of them depends on a hold."""
    taken = {address for _, address in steps_of(opened)}
    found = [
        (place.endpoint, place.words)
        for place in _PLACES
        if opened.acting_as & place.who and (not place.stages or opened.report.stage in place.stages)
    ]
    return [(words, address) for words, address in _addressed(opened, found) if address not in taken]


def _addressed(opened: Opened, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    first = dict(reversed(found))
    known = [(first[endpoint], way_to(endpoint, opened.report.id)) for endpoint in dict(found)]
    return [(words, address) for words, address in known if address is not None]
