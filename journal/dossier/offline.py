"""A review as a plain text file: to be filled in on a train, and read back into the same draft.

What is written is what is read: reading a written draft gives the draft, but for blanks at the ends of texts. Text
stands under its heading as typed; a line of it that looks like a heading is written with a backslash before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from journal.dossier.drafts import mark_of
from journal.dossier.rounds import ReviewDraft
from workflows.machine import Refusal
from workflows.reviewing import Answer, Criterion, Judgement, Point, Severity, criteria

LARGEST = 1_000_000
POINTS_LIMIT = 200
_MARK = "=== "
_FIRST = "NULLIUS REVIEW FORM"
_FROM = re.compile(rb"[^\n]*, from ([0-9a-f]{16})\s")
_HEADING = re.compile(r"^=== (?P<name>[^=\n]+?)(?: === ?(?P<rest>.*))?$")
_ESCAPED = re.compile(r"^\\(\\*=== )")
_ANSWERS = {"met": Answer.MET, "not met": Answer.NOT_MET, "cannot judge": Answer.CANNOT_JUDGE}
_TEXTS = {"Claim": "claim", "Why it matters": "why", "What would settle it": "settles"}
_EDITORS, _TOOLS, _SIGNED = "For the editors only", "AI tools", "Sign it"
_HELP = """Write below each line that begins with "===", or behind its second "===", and leave those lines as they are.
For another point, copy all the lines of a point. Save it as plain text (UTF-8) and upload it on the page of your
review: what it says takes the place of what is there, and is sent only when you press "Send" there."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One heading with what stands beside and below it."""

    name: str
    rest: str
    body: str


def write(draft: ReviewDraft, *, stage: int) -> str:
    """The draft as a text file, with a heading for everything that is asked, and one empty point if there is none.

    Its first line has the mark of the draft, by which it is seen later that somebody wrote on the page meanwhile.
    """
    return "\n".join(
        [
            f"{_FIRST}, stage {stage}, from {mark_of(draft)}",
            "",
            _HELP,
            "",
            *_judgements(draft, stage),
            *_points(draft),
            *_end(draft),
        ]
    )


def _judgements(draft: ReviewDraft, stage: int) -> Iterator[str]:
    given = {judgement.criterion: judgement for judgement in draft.judgements}
    words = {answer: name for name, answer in _ANSWERS.items()}
    for criterion in criteria(stage):
        judgement = given.get(criterion, Judgement(criterion=criterion))
        answer = words[judgement.answer] if judgement.answer else ""
        yield f"{_MARK}{criterion.value} === {criterion.words}"
        yield f"{_MARK}Answer (met, not met or cannot judge) === {answer}"
        yield from _text("Reason", judgement.reason)


def _points(draft: ReviewDraft) -> Iterator[str]:
    for point in draft.points or (Point(),):
        yield f"{_MARK}Point, on criterion === {point.criterion.value if point.criterion else ''}"
        yield f"{_MARK}Where (a row, a check, a section) === {_line(point.place)}"
        yield f"{_MARK}Weight (must, should or note) === {point.severity.value if point.severity else ''}"
        for heading, name in _TEXTS.items():
            yield from _text(heading, getattr(point, name))


def _end(draft: ReviewDraft) -> Iterator[str]:
    yield from _text(_EDITORS, draft.confidential)
    yield from _text(_TOOLS, draft.disclosure)
    yield f"{_MARK}{_SIGNED} (yes or no) === {'yes' if draft.signed else 'no'}"
    yield ""


def _text(heading: str, text: str) -> Iterator[str]:
    yield f"{_MARK}{heading} ==="
    yield from (re.sub(r"^(\\*=== )", r"\\\1", line) for line in text.strip().split("\n"))
    yield ""


def _line(text: str) -> str:
    return " ".join(text.split())


def read(body: bytes, *, stage: int) -> ReviewDraft | Refusal:
    """The draft that a filled-in file holds. What is not understood is refused with its line; nothing is guessed."""
    if len(body) > LARGEST:
        return Refusal(
            "form_too_large", "This file is larger than a million bytes. Upload the form alone, as text.", "form"
        )
    try:
        text = body.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return Refusal(
            "form_no_text", "This is no plain text in UTF-8. Save the form as text, and upload it again.", "form"
        )
    if not text.lstrip().startswith(f"{_FIRST}, stage {stage}"):
        words = f"This is not the form of a review of stage {stage}. Download it on this page, and fill that in."
        return Refusal("form_other", words, "form")
    return _Reader(stage, list(_parts(text))).draft()


def mark_in(body: bytes) -> str:
    """The mark of the draft from which a form was made; empty if its first line has none."""
    found = _FROM.match(body.removeprefix(b"\xef\xbb\xbf").lstrip())
    return found[1].decode("ascii") if found else ""


def _parts(text: str) -> Iterator[_Part]:
    name, rest, lines = "", "", list[str]()
    for line in text.split("\n"):
        found = _HEADING.match(line)
        if found is None:
            lines.append(_ESCAPED.sub(r"\1", line))
            continue
        if name:
            yield _Part(name, rest, "\n".join(lines).strip())
        name, rest, lines = found["name"].strip(), (found["rest"] or "").strip(), []
    if name:
        yield _Part(name, rest, "\n".join(lines).strip())


class _Reader:
    """Reads the parts in order; what belongs to a point or judgement is what follows its heading."""

    def __init__(self, stage: int, parts: list[_Part]) -> None:
        self._criteria, self.parts = criteria(stage), parts
        self.draft_so_far = ReviewDraft()
        self.judgements: dict[Criterion, Judgement] = {}
        self.points: list[Point] = []
        self.criterion: Criterion | None = None

    def draft(self) -> ReviewDraft | Refusal:
        for part in self.parts:
            wrong = self._take(part)
            if wrong:
                return Refusal("form_not_understood", wrong, "form")
        given = tuple(self.judgements.get(each, Judgement(criterion=each)) for each in self._criteria)
        points = tuple(point for point in self.points if point != Point())
        return replace(self.draft_so_far, judgements=given, points=points)

    def _take(self, part: _Part) -> str:
        kind = part.name.partition(" (")[0]
        if kind in {each.value for each in self._criteria}:
            self.criterion = Criterion(kind)
            self.judgements[self.criterion] = Judgement(criterion=self.criterion)
            return ""
        if kind in ("Answer", "Reason"):
            return self._judge(kind, part)
        if kind == "Point, on criterion":
            return self._begin_point(part)
        if kind in ("Where", "Weight", *_TEXTS):
            return self._add_to_point(kind, part)
        return self._take_last(kind, part)

    def _judge(self, kind: str, part: _Part) -> str:
        if self.criterion is None:
            return f"“{part.name}” stands under no criterion. Put the headings back in their order."
        before = self.judgements[self.criterion]
        if kind == "Reason":
            self.judgements[self.criterion] = replace(before, reason=part.body)
            return ""
        said = (part.rest or part.body).strip().lower()
        if said and said not in _ANSWERS:
            return f"The answer to {self.criterion.value} is “{said[:40]}”. Write met, not met or cannot judge."
        self.judgements[self.criterion] = replace(before, answer=_ANSWERS.get(said))
        return ""

    def _begin_point(self, part: _Part) -> str:
        said = (part.rest or part.body).strip().upper()
        known = {each.value: each for each in self._criteria}
        if said and said not in known:
            return f"A point names “{said[:20]}”. Its criterion is one of {', '.join(known)}."
        if len(self.points) >= POINTS_LIMIT:
            return f"There are more than {POINTS_LIMIT} points. Put the weighty ones first, and leave out the others."
        self.points.append(Point(criterion=known.get(said)))
        return ""

    def _add_to_point(self, kind: str, part: _Part) -> str:
        if not self.points:
            return f"“{part.name}” stands under no point. Put the headings back in their order."
        if kind == "Weight":
            said = (part.rest or part.body).strip().lower()
            if said and said not in set(Severity):
                return f"A point weighs “{said[:20]}”. Write must, should or note."
            self.points[-1] = replace(self.points[-1], severity=Severity(said) if said else None)
        else:
            name, said = ("place", part.rest or part.body) if kind == "Where" else (_TEXTS[kind], part.body)
            texts: dict[str, Any] = {name: said}
            self.points[-1] = replace(self.points[-1], **texts)
        return ""

    def _take_last(self, kind: str, part: _Part) -> str:
        if kind == _EDITORS:
            self.draft_so_far = replace(self.draft_so_far, confidential=part.body)
        elif kind == _TOOLS:
            self.draft_so_far = replace(self.draft_so_far, disclosure=part.body)
        elif kind == _SIGNED:
            said = (part.rest or part.body).strip().lower()
            if said not in ("", "yes", "no"):
                return f"“{_SIGNED}” says “{said[:20]}”. Write yes or no."
            self.draft_so_far = replace(self.draft_so_far, signed=said == "yes")
        else:
            return f"“=== {part.name[:60]}” is no heading of this form. Put a backslash before a line that begins so."
        return ""
