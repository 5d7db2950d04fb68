"""What the guards of the table look at. Nothing here tells which way a result went, nor whether it was significant."""

from dataclasses import dataclass
from datetime import datetime

from workflows.machine import Refusal


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts about one report that bear on its next step, collected by whoever asks for the step."""

    now: datetime
    actor: str | None = None
    gaps: tuple[Refusal, ...] = ()
    bias_level: int | None = None
    consents_missing: int = 0
    reason: str = ""
    handling_editor: str | None = None
    second_editor: str | None = None
    conflict_cleared: bool = False
    hazard_screened: bool = False
    reviews: int = 0
    reviews_needed: int = 2
    review_exception: str = ""
    criteria_unjudged: tuple[str, ...] = ()
    upheld: tuple[str, ...] = ()
    answers_missing: int = 0
    letter: str = ""
    proposed_by: str | None = None
    stage_2_due: datetime | None = None
    new_due: datetime | None = None
    digest: str | None = None
    cited_digest: str | None = None
    returning_reviewers_uninvited: int = 0
    findings_open: int | None = None
    other_reviewers: str = ""
    unanswered_contacts: int = 0
    clocks_stopped: bool = False
    delayed: bool = False
    proof_due: datetime | None = None
    rendition: bool = False
    notice: str = ""
    retraction_recommended_by: str | None = None
    collecting: bool = False
    only_adds: bool = False
