"""What the linter says of a protocol: which rule, where, what to do."""

from dataclasses import dataclass

from workflows.reviewing import Criterion, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """One finding. It is prepared evidence for a criterion, never a verdict.

    `place` is the form's name of the field ("rows-0-hypothesis"), for links on a page. `label` and `field` say the same
    without a position. `words` say what is wrong here; `why`, `remedy` and `source` come from the rule. `answer` is the
    authors' reason for leaving it so, where they gave one.
    """

    rule: str
    severity: Severity
    place: str
    label: str
    field: str
    words: str
    why: str
    remedy: str
    criterion: Criterion
    source: str
    answer: str = ""

    @property
    def spot(self) -> str:
        """Label and field, "H1/hypothesis": what an `Answered.place` says, so that moving a row moves no answer."""
        return f"{self.label}/{self.field}"

    @property
    def may_be_answered(self) -> bool:
        """Whether a reason may stand in place of a change: only of a *should*."""
        return self.severity is Severity.SHOULD
