"""From the page of a report to what one can do with it and what one can read of it."""

from dataclasses import dataclass
from enum import Enum

from flask import current_app, url_for

from journal.dossier.access import Opened
from journal.dossier.contacts import AWAITS_ANSWER
from workflows.holds import NEUTRAL_SENTENCE, Sight
from workflows.people import EDITORS, Capacity, Role
from workflows.report import actions_open
from workflows.stages import (
    AWAITING_RESULTS,
    BEFORE_IPA,
    ENDED,
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
_RARE_STEPS = ("submission.withdraw", "proofs.retraction")
_AUTHORS = frozenset({Capacity.AUTHOR})
_HANDLING = frozenset({Capacity.HANDLING_EDITOR})
_OFFICER = frozenset({Capacity.OFFICER})
_CORRESPONDING = frozenset({Capacity.CORRESPONDING_AUTHOR})
_REVIEWER = frozenset({Capacity.REVIEWER})
_MAKERS = EDITORS | _AUTHORS | _OFFICER
_READERS = _MAKERS | _REVIEWER
_SENT = tuple(stage for stage in Stage if stage not in (Stage.DRAFT, Stage.WITHDRAWN))
_RESULTS = (*UNDER_STAGE_2, Stage.STAGE_2_REJECTED, *IN_PRODUCTION, *OUT)
_INVITING = (
    Stage.IN_REVIEW,
    *PROPOSED_1,
    Stage.STAGE_2_SUBMITTED,
    Stage.STAGE_2_IN_REVIEW,
    *PROPOSED_2,
)
_REVIEWED = tuple(stage for stage in _SENT if stage not in (Stage.SUBMITTED, Stage.RETURNED, Stage.DESK_REJECTED))
_LOOKED_AFTER = tuple(stage for stage in Stage if stage not in (Stage.DRAFT, *ENDED, *OUT))
_IN_REVIEW = (Stage.IN_REVIEW, Stage.STAGE_2_IN_REVIEW)
_ANSWERING = (*_IN_REVIEW, Stage.REVISION, Stage.STAGE_2_REVISION)
_PRINTED = (*(stage for stage in IN_PRODUCTION if stage is not Stage.ACCEPTED), *OUT)
_WRITING_RESULTS = (*STAGE_2_OPEN, Stage.STAGE_2_REVISION)


class Group(Enum):
    """Where on the report's page the way to a page stands."""

    DO = "do"
    READ = "read"
    RARE = "rare"


@dataclass(frozen=True, slots=True)
class _Place:
    """A page beside the steps: what the way to it says, for whom, and at which stages (none named: at all)."""

    endpoint: str
    words: str
    who: frozenset[Capacity]
    stages: tuple[Stage, ...] = ()
    group: Group = Group.READ


_PLACES = (
    _Place("decisions.assign", "Assign editors", frozenset({Capacity.EDITOR_IN_CHIEF}), _LOOKED_AFTER, Group.DO),
    _Place("reviewing.review", "Your review", _REVIEWER, _IN_REVIEW, Group.DO),
    _Place("reviewing.reviewers", "Reviewers", EDITORS, _INVITING, Group.DO),
    _Place("reviewing.reviews", "Reviews", _READERS - _OFFICER, _REVIEWED),
    _Place("reviewing.answers", "Answers to the reviews", _AUTHORS, _ANSWERING, Group.DO),
    _Place("protocol.read", "The protocol and its manuscript", _READERS, _SENT),
    _Place("submission.ipa", "The acceptance and its conditions", _MAKERS, HOLDS_IPA),
    _Place("amendments.page", "Change the accepted protocol", _AUTHORS, AWAITING_RESULTS, Group.DO),
    _Place("amendments.page", "Amendments of the protocol", EDITORS, AWAITING_RESULTS, Group.DO),
    _Place("amendments.page", "Amendments of the protocol", _READERS, (*HOLDS_IPA, *OUT)),
    _Place("conformance.read", "The results as sent", _READERS, _RESULTS),
    _Place("conformance.findings", "Promised and done, side by side", _READERS, _RESULTS),
    _Place("conformance.deviations", "Deviations", _READERS, _RESULTS),
    _Place("proofs.proof", "The typeset paper", _MAKERS, _PRINTED),
    _Place("proofs.proof", "Progress of typesetting", _MAKERS, (Stage.ACCEPTED,)),
    _Place(
        "proofs.retraction",
        "Recommend a retraction",
        _HANDLING | _OFFICER,
        (Stage.PUBLISHED, Stage.CORRECTED),
        Group.RARE,
    ),
    _Place("decisions.assign", "Editors of this report", EDITORS),
    _Place("decisions.notes", "Notes among editors", EDITORS, group=Group.DO),
    _Place(
        "contacts.working", "Say that you are still at work, or ask for more time", _AUTHORS, AWAITING_RESULTS, Group.DO
    ),
    _Place("contacts.page", "Contacts with the authors", EDITORS, AWAITS_ANSWER, Group.DO),
    _Place("submission.settings", "Embargo", _AUTHORS, (*BEFORE_IPA, *HOLDS_IPA), Group.DO),
    _Place("submission.announcing", "Announcing", _AUTHORS, (*BEFORE_IPA, *HOLDS_IPA), Group.DO),
    _Place("narrowing.narrower", "A narrower article", _CORRESPONDING, (*HOLDS_IPA, *OUT), Group.RARE),
    _Place("submission.hazard", "This turned out hazardous", _AUTHORS, group=Group.RARE),
    _Place("holds.case", "Withhold this report", _OFFICER | {Capacity.EDITOR_IN_CHIEF}, group=Group.RARE),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """What the report's page shows of a delay: the neutral sentence; for officers the address of the case; for authors
    where they ask for another look, whatever delays it.
    """

    neutral: str
    case: str | None
    another_look: str | None
    choice: str | None


def delay_of(opened: Opened, *, offered: bool) -> Delay | None:
    """The delay of a report as the viewer may know it, or None. `offered`: an officer opened a choice."""
    if not opened.delayed:
        return None
    asks = Capacity.AUTHOR in opened.acting_as
    return Delay(
        neutral=NEUTRAL_SENTENCE,
        case=way_to("holds.case", opened.report.id) if opened.sight is Sight.EVERYTHING else None,
        another_look=way_to("appeals.page", opened.report.id) if asks else None,
        choice=way_to("choices.page", opened.report.id) if asks and offered else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Words and address of each page: what to do, what to read, and what is rarely needed and not undone lightly."""

    do: list[tuple[str, str]]
    read: list[tuple[str, str]]
    rare: list[tuple[str, str]]


def ways_of(opened: Opened) -> Ways:
    """Every page of the report for this viewer, once, in the group where it matters most. None depends on a hold."""
    rare = [(endpoint, words) for endpoint, words in _steps(opened) if endpoint in _RARE_STEPS]
    do = [step for step in _steps(opened) if step not in rare] + _places(opened, Group.DO)
    taken = {endpoint for endpoint, _ in do}
    read = [place for place in _places(opened, Group.READ) if place[0] not in taken]
    rare = _places(opened, Group.RARE) + rare
    return Ways(do=_addressed(opened, do), read=_addressed(opened, read), rare=_addressed(opened, rare))


def _steps(opened: Opened) -> list[tuple[str, str]]:
    known = _STEPS | (_RESULTS_STEPS if opened.report.stage in _WRITING_RESULTS else {})
    offered = actions_open(opened.report.stage, opened.acting_as)
    return [known[action] for action in offered if action in known]


def _places(opened: Opened, group: Group) -> list[tuple[str, str]]:
    return [
        (place.endpoint, place.words)
        for place in _PLACES
        if place.group is group
        and opened.acting_as & place.who
        and (not place.stages or opened.report.stage in place.stages)
    ]


def _addressed(opened: Opened, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    first = dict(reversed(found))
    known = [(first[endpoint], way_to(endpoint, opened.report.id)) for endpoint in dict(found)]
    return [(words, address) for words, address in known if address is not None]
