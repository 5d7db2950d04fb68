"""The parts of the task list: where each is written, what it still lacks, and how it stands in a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from journal.editorial.submission.actions import Written
from workflows.hazard import HazardAnswers
from workflows.machine import Refusal
from workflows.protocol import Protocol, Statements
from workflows.protocol.chapters import Chapter, how_much, in_order, is_asked


class Part(StrEnum):
    """A part of a stage-1 submission, in the order of the task list."""

    TITLE = "title"
    AUTHORS = "authors"
    ROWS = "rows"
    CHECKS = "checks"
    MANUSCRIPT = "manuscript"
    BIAS = "bias"
    STATEMENTS = "statements"
    HAZARD = "hazard"


NAMES = {
    Part.TITLE: "Title, abstract and topics",
    Part.AUTHORS: "Authors and their consent",
    Part.ROWS: "Questions, hypotheses and what each outcome would mean",
    Part.CHECKS: "Checks that must pass for a null to count",
    Part.MANUSCRIPT: "Manuscript, figures and references",
    Part.BIAS: "Data so far",
    Part.STATEMENTS: "Funding, ethics, interests; data, code and materials",
    Part.HAZARD: "Hazard: could seeing this do harm?",
}
GROUPS = (
    ("The study", (Part.TITLE, Part.AUTHORS, Part.ROWS, Part.CHECKS)),
    ("The papers", (Part.MANUSCRIPT,)),
    ("Declarations", (Part.BIAS, Part.STATEMENTS, Part.HAZARD)),
)
ENDPOINTS = {
    Part.TITLE: "submission.title",
    Part.AUTHORS: "submission.authors",
    Part.ROWS: "protocol.edit",
    Part.CHECKS: "protocol.edit",
    Part.MANUSCRIPT: "submission.manuscript",
    Part.BIAS: "submission.bias",
    Part.STATEMENTS: "submission.statements",
    Part.HAZARD: "submission.hazard_questions",
}
_TITLE_FIELDS = frozenset({"title", "abstract", "topics"})
_STATEMENT_FIELDS = frozenset(Statements.__dataclass_fields__)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How one part stands: `mark` and `word` of its tag, a sentence beside it, whether it is done."""

    part: Part
    mark: str
    word: str
    note: str
    done: bool

    @property
    def name(self) -> str:
        """The part as the list names it."""
        return NAMES[self.part]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterState:
    """How a chapter of the plan stands. None is needed, unless the kind of study asks for it."""

    chapter: Chapter
    mark: str
    word: str
    note: str


def chapter_states(plan: Protocol, gaps: Sequence[Refusal]) -> list[ChapterState]:
    """How every chapter of the plan stands, those first that the kind of study asks for."""
    lacking = {gap.field: gap.words for gap in gaps}
    return [_chapter(plan, chapter, lacking.get(chapter.value, "")) for chapter in in_order(plan)]


def _chapter(plan: Protocol, chapter: Chapter, lacking: str) -> ChapterState:
    count = how_much(plan, chapter)
    if lacking:
        return ChapterState(chapter=chapter, mark="part" if count else "wait", word="Needed", note=lacking)
    if count:
        return ChapterState(chapter=chapter, mark="done", word=f"{count} written", note="")
    word = "Worth it here" if is_asked(plan, chapter) else "If it helps"
    return ChapterState(chapter=chapter, mark="wait", word=word, note="")


def part_of(refusal: Refusal) -> Part | None:
    """The part in which what `refusal` asks for is written; None for what stands elsewhere, as answers to points."""
    field = refusal.field or ""
    head = field.partition("-")[0]
    if head in set(Chapter):
        return None
    if head in _TITLE_FIELDS:
        return Part.TITLE
    if head in _STATEMENT_FIELDS:
        return Part.STATEMENTS
    if head == "bias_level":
        return Part.BIAS
    if head == "answers":
        return None
    return Part(head) if head in set(Part) - {Part.HAZARD} else Part.HAZARD


def states(written: Written, gaps: Sequence[Refusal], *, consents_missing: int) -> dict[Part, State]:
    """How every part stands."""
    lacking = {part: [gap for gap in gaps if part_of(gap) is part] for part in Part}
    found = {part: _state(part, lacking[part], begun=_begun(part, written)) for part in Part}
    if not written.plan.checks:
        note = "Without one, no null can be told from a failure. Add a positive control or a quality threshold."
        found[Part.CHECKS] = State(part=Part.CHECKS, mark="wait", word="None yet", note=note, done=False)
    if found[Part.AUTHORS].done and consents_missing:
        word = "1 has not agreed yet" if consents_missing == 1 else f"{consents_missing} have not agreed yet"
        found[Part.AUTHORS] = State(part=Part.AUTHORS, mark="part", word=word, note="", done=False)
    return found


def _state(part: Part, lacking: Sequence[Refusal], *, begun: bool) -> State:
    if not lacking:
        return State(part=part, mark="done", word="Done", note="", done=True)
    left = f"{len(lacking)} left" if begun else "Not begun"
    return State(
        part=part, mark="part" if begun else "wait", word=left, note=lacking[0].words if begun else "", done=False
    )


def _begun(part: Part, written: Written) -> bool:
    plan = written.plan
    return {
        Part.TITLE: bool(plan.title or plan.abstract or plan.topics),
        Part.AUTHORS: True,
        Part.ROWS: bool(plan.rows),
        Part.CHECKS: bool(plan.checks),
        Part.MANUSCRIPT: bool(written.files),
        Part.BIAS: plan.bias_level is not None,
        Part.STATEMENTS: plan.statements != Statements(),
        Part.HAZARD: written.answers != HazardAnswers(),
    }[part]
