"""One difference between what was registered and what is reported, and how it stands."""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum

from workflows.comparing.finding import Evidence, Place, Wording
from workflows.reviewing import Criterion, Severity


class Found(StrEnum):
    """What kind of difference a finding is. The first come from answered rows, the last three from the texts."""

    MISSING = "missing"
    CHANGED = "changed"
    UNEXPLAINED = "unexplained"
    UNREGISTERED = "unregistered"
    AT_ODDS = "at_odds"
    VERDICT = "verdict"
    VALUE = "value"
    UNVERIFIABLE = "unverifiable"
    TEXT_MISSING = "text_missing"
    TEXT_DIFFERS = "text_differs"
    TEXT_UNVERIFIED = "text_unverified"

    @property
    def words(self) -> str:
        """The kind as a heading."""
        return _WORDS[self]

    @property
    def of_texts(self) -> bool:
        """Whether it was found by reading both texts, where the engine can be wrong, and not in answered rows."""
        return self in (Found.TEXT_MISSING, Found.TEXT_DIFFERS, Found.TEXT_UNVERIFIED)


_WORDS = {
    Found.MISSING: "Registered, not reported",
    Found.CHANGED: "Done differently, declared",
    Found.UNEXPLAINED: "Done differently, not explained",
    Found.UNREGISTERED: "Reported, not registered",
    Found.AT_ODDS: "Verdict at odds with a check",
    Found.VERDICT: "Verdict differs from the registered rule",
    Found.VALUE: "Value differs",
    Found.UNVERIFIABLE: "Verdict cannot be verified",
    Found.TEXT_MISSING: "Not found in the manuscript",
    Found.TEXT_DIFFERS: "Differs in the manuscript",
    Found.TEXT_UNVERIFIED: "Cannot be verified in the manuscript",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One difference, with both texts and where they stand.

    `place` is the label of the row, check or part, or what a text finding is about. `topic` is the kind of a finding
    that reading the texts brought up, `sureness` (0 to 1) how sure it is; `declared` is what the authors say of it.
    """

    kind: Found
    severity: Severity
    place: str
    promised: str
    reported: str
    sentence: str
    topic: str = ""
    wording: Wording = Wording.DIFFERS
    evidence: Evidence = Evidence.STRUCTURE
    sureness: float = 1.0
    promised_at: Place | None = None
    reported_at: Place | None = None
    declared: str = ""
    criterion: Criterion = Criterion.FOLLOWED

    @property
    def mark(self) -> str:
        """The same for the same difference in another version of the results: 32 hexadecimal digits."""
        said = [self.kind.value, self.topic, self.place, self.promised, self.reported]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


class State(StrEnum):
    """How a finding stands. Acceptance waits while one that asks something is `OPEN`."""

    OPEN = "open"
    DECLARED = "declared"
    CORRECTED = "corrected"
    DISMISSED = "dismissed"

    @property
    def words(self) -> str:
        """The state as people read it."""
        return {
            State.OPEN: "open",
            State.DECLARED: "declared",
            State.CORRECTED: "corrected",
            State.DISMISSED: "dismissed by the editor",
        }[self]


def beginning(finding: Finding) -> State:
    """How a finding stands when it is made: what the authors declare is declared."""
    told = finding.kind in (Found.CHANGED, Found.UNREGISTERED) or bool(finding.declared)
    return State.DECLARED if told else State.OPEN


def bars(severity: Severity, state: State) -> bool:
    """Whether acceptance waits for the finding. A note asks for nothing."""
    return state is State.OPEN and severity is not Severity.NOTE
