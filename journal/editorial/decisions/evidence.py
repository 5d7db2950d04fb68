"""What a decision rests on, as its page shows it: who reviewed, criteria by reviewers, remarks with their answers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from journal.dossier import deciding, results
from journal.dossier.access import Opened
from journal.dossier.findings_shown import Weighed, weighed
from journal.dossier.rounds import RoundContents
from journal.unit_of_work import UnitOfWork
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation, JudgementRow, PointRow
from workflows.reviewing import Answer, Point, criteria

EDITOR = "Editor"
_MARKS = {Answer.MET: "done", Answer.NOT_MET: "must", Answer.CANNOT_JUDGE: "wait"}
_SHORT = {Answer.MET: "Met", Answer.NOT_MET: "Not met", Answer.CANNOT_JUDGE: "Cannot judge"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """Somebody who accepted to review the round. `sent_at` is None while their review has not arrived."""

    label: str
    name: str
    sent_at: datetime | None
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A point, a judgement that is not met, or a finding, with the authors' answer. `point` where it is one; `ruling`
    is why an editor dismissed a finding.
    """

    n: int
    who: str
    criterion: str
    severity: str
    text: str
    answer: str
    upheld: bool
    point: Point | None = None
    ruling: str = ""

    @property
    def state(self) -> str:
        """How it stands, in words."""
        answered = "answered" if self.answer else "not answered yet"
        return f"{'Upheld' if self.upheld else 'Not upheld'}, {answered}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything on one screen. `columns` and `rows` are the table of criteria by reviewers; `weighed` of stage 2."""

    for_stage: int
    round_number: int
    needed: int
    reviewers: list[Reviewer]
    columns: list[str]
    rows: list[tuple[str, list[tuple[str, str]]]]
    reasons: list[Said]
    points: list[Said]
    findings: list[Said]
    upheld: tuple[str, ...]
    weighed: Weighed | None = None

    @property
    def arrived(self) -> int:
        """How many reviews have arrived."""
        return sum(reviewer.sent_at is not None for reviewer in self.reviewers)

    @property
    def asks(self) -> int:
        """How many points and judgements ask something of the authors."""
        return len(self.reasons) + sum(said.severity != "note" for said in self.points)


def evidence(uow: UnitOfWork, opened: Opened) -> Evidence:
    """The evidence for the next decision on the report."""
    report = opened.report
    stage = deciding.stage_under_review(report.stage)
    found = deciding.rounds_of(uow, report, for_stage=stage)
    labels = _labels(found)
    last = found[-1] if found else None
    sent = {each.invitation_id: each.id for each in last.sent} if last else {}
    columns = {sent[row.id]: labels[row.email] for row in (last.invitations if last else []) if row.id in sent}
    own = bool(last and deciding.editors_judgements(last))
    return Evidence(
        for_stage=stage,
        round_number=last.round.number if last else 0,
        needed=uow.config.reviews_needed,
        reviewers=[_reviewer(row, last, labels) for row in _accepted(last)] if last else [],
        columns=[*columns.values(), *([EDITOR] if own else [])],
        rows=_table(last, [*columns, *([None] if own else [])]) if last else [],
        reasons=_numbered(_reasons(uow, report, found, labels)),
        points=_numbered(_points(uow, report, found, labels)),
        findings=_numbered(_findings(uow, report)) if stage == 2 else [],  # noqa: PLR2004 - stage 2
        upheld=deciding.upheld_criteria(uow, report),
        weighed=weighed(uow, opened) if stage == 2 else None,  # noqa: PLR2004 - stage 2
    )


def _accepted(inside: RoundContents) -> list[Invitation]:
    """Whoever took the review on and did not give it back."""
    sent = {review.invitation_id for review in inside.sent}
    return [
        row
        for row in inside.invitations
        if row.id in sent or (row.accepted_at is not None and row.declined_at is None and row.cancelled_at is None)
    ]


def _labels(found: Iterable[RoundContents]) -> dict[str, str]:
    """Reviewer A, B and so on by address, the same in every round of a stage."""
    addresses = list(dict.fromkeys(row.email for inside in found for row in _accepted(inside)))
    return {address: f"Reviewer {_letter(at)}" for at, address in enumerate(addresses)}


def _letter(at: int) -> str:
    return chr(ord("A") + at) if at < 26 else str(at + 1)  # noqa: PLR2004 - letters of the alphabet


def _reviewer(row: Invitation, inside: RoundContents, labels: dict[str, str]) -> Reviewer:
    sent = next((each.submitted_at for each in inside.sent if each.invitation_id == row.id), None)
    return Reviewer(label=labels[row.email], name=row.name or row.email, sent_at=sent, due=row.review_due)


def _table(inside: RoundContents, columns: Iterable[str | None]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Criteria by the reviews in `columns`; None stands for the editor."""
    given = {(row.review_id, row.criterion): row.verdict for row in inside.judgements}
    return [
        (
            f"{criterion.value}. {criterion.words}",
            [_cell(given.get((column, criterion))) for column in columns],
        )
        for criterion in criteria(inside.round.for_stage)
    ]


def _cell(verdict: Answer | None) -> tuple[str, str]:
    return (_MARKS[verdict], _SHORT[verdict]) if verdict else ("draft", "No answer")


def _numbered(found: Iterable[Said]) -> list[Said]:
    return [replace(said, n=at) for at, said in enumerate(found, 1)]


def _who(inside: RoundContents, review_id: str | None, labels: dict[str, str], *, last: bool) -> str:
    by_id = {row.id: row.email for row in inside.invitations}
    review = next((each for each in inside.sent if each.id == review_id), None)
    who = labels[by_id[review.invitation_id]] if review else EDITOR
    return who if last else f"{who}, round {inside.round.number}"


def _reasons(uow: UnitOfWork, report: Report, found: list[RoundContents], labels: dict[str, str]) -> Iterable[Said]:
    for inside in found:
        rows = [*deciding.reviewers_judgements(inside), *deciding.editors_judgements(inside)]
        for row in sorted(rows, key=lambda row: row.criterion):
            if row.verdict is Answer.NOT_MET:
                who = _who(inside, row.review_id, labels, last=inside is found[-1])
                yield _said(uow, report, row, who=who, text=uow.cabinet.get(report, row, "reason", str))


def _points(uow: UnitOfWork, report: Report, found: list[RoundContents], labels: dict[str, str]) -> Iterable[Said]:
    for inside in found:
        sent = {review.id for review in inside.sent}
        for row in inside.points:
            if row.review_id in sent:
                point = uow.cabinet.get(report, row, "body", Point)
                who = _who(inside, row.review_id, labels, last=inside is found[-1])
                yield _said(uow, report, row, who=who, text=point.claim, point=point)


def _findings(uow: UnitOfWork, report: Report) -> Iterable[Said]:
    version = results.latest_submitted(uow, report)
    for row, finding in results.findings(uow, report, version) if version else []:
        yield Said(
            n=0,
            who=finding.place,
            criterion=row.criterion.value,
            severity=finding.severity.value,
            text=finding.sentence,
            answer=_answer(uow, report, row),
            upheld=row.upheld_at is not None,
            ruling=uow.cabinet.get(report, row, "ruling", str) if row.ruling is not None else "",
        )


def _said(  # noqa: PLR0913 - what a remark says, each by its name
    uow: UnitOfWork, report: Report, row: JudgementRow | PointRow, *, who: str, text: str, point: Point | None = None
) -> Said:
    return Said(
        n=0,
        who=who,
        criterion=row.criterion.value,
        severity=row.severity.value if isinstance(row, PointRow) else "must",
        text=text,
        answer=_answer(uow, report, row),
        upheld=row.upheld_at is not None,
        point=point,
    )


def _answer(uow: UnitOfWork, report: Report, row: deciding.Remark) -> str:
    return uow.cabinet.get(report, row, "answer", str) if row.answer is not None else ""
