"""What authors answer to the linter, kept with the protocol so that reviewers read finding and reason together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An author's reason for leaving a *should* as it is.

    `place` is `Lint.spot`: label and field ("H1/hypothesis"), never a position, so that moving rows moves no answer.
    """

    rule: str
    place: str = ""
    reason: str = ""
