"""What was read in a manuscript as its plan: proposed to the authors, and kept with what they answered to each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import PurePosixPath

from sqlalchemy import select

from journal.dossier.manuscripts import package_of
from journal.reading.inspection import Kind as FileType
from journal.reading.inspection import Refused
from journal.reading.latex import made_whole
from journal.reading.passages import Changes, Passages, read_passages
from journal.reading.proposals import Kind, Proposal, Reading, propose_from
from journal.reading.uploads import ARCHIVE_MEDIA_TYPE, LATEX_MEDIA_TYPE
from journal.unit_of_work import UnitOfWork
from storage.rows.proposals import ProposalList
from storage.rows.reports import Report


def _nobody() -> None:
    """Nobody asks how far it is."""


TAKEN, REJECTED = "taken", "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One proposal. `at` is the place in the source, a line or (of Word) a paragraph; `answer` is "" until the authors
    took or rejected it, `into` says what it became.
    """

    kind: str
    label: str
    quote: str
    at: int
    section: str = ""
    confidence: float = 0.0
    fields: Mapping[str, str] = field(default_factory=dict)
    answer: str = ""
    into: str = ""

    @property
    def key(self) -> str:
        """What makes it the same proposal when the manuscript is read again: its kind and its words."""
        return f"{self.kind}:{' '.join(self.quote.split())}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A line of the source, or a paragraph of Word."""

    at: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What was answered to a proposal of an earlier reading, by its key."""

    key: str
    answer: str
    into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """What was read of one file. `numbered` is what its places count: "line" or "paragraph".

    `sha256` and `vault_name` say which file it was. With tracked changes in it, `tracked` says how many, and `changes`
    which version its authors meant; "" is not answered yet, and then nothing is proposed.
    """

    file: str = ""
    sha256: str = ""
    vault_name: str = ""
    tracked: int = 0
    changes: str = ""
    numbered: str = "line"
    source: tuple[SourceLine, ...] = ()
    items: tuple[Item, ...] = ()
    unread: tuple[str, ...] = ()
    earlier: tuple[Answered, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether authors are to say first which version of the file is meant."""
        return self.tracked > 0 and not self.changes

    def waiting(self) -> tuple[Item, ...]:
        """Those without an answer."""
        return tuple(item for item in self.items if not item.answer)


def read_plan(
    name: str, body: bytes, *, changes: Changes | None = None, cut: Callable[[], None] = _nobody
) -> Proposals:
    """Read a file for what it seems to plan. It writes nothing; `cut` is called when half of it is done.

    Which version of a Word file with tracked changes is meant cannot be read, so nothing is proposed of it without
    `changes`. Raises `journal.reading.inspection.ConfinementFailed`, as every reading does.
    """
    digest = sha256(body).hexdigest()
    name, body = plan_text(name, body)
    passages = read_passages({name: body}, changes=changes)
    cut()
    word = name.lower().endswith(".docx")
    about = Proposals(
        file=name,
        sha256=digest,
        tracked=passages.facts.get("changes", 0),
        changes=changes.value if changes else "",
        numbered="paragraph" if word else "line",
        source=_paragraphs(passages) if word else _lines(body),
    )
    if about.asks:
        return replace(about, source=())
    reading = propose_from(passages)
    return replace(about, items=_items(reading), unread=reading.unread)


def plan_text(name: str, body: bytes) -> tuple[str, bytes]:
    """The name and text that a plan is read from: of a zip its document, of LaTeX all that it takes in, as one text.

    A file that cannot be opened so is given as it is, for `read_plan` to say why.
    """
    if not name.lower().endswith((".zip", ".tex")):
        return name, body
    media_type = ARCHIVE_MEDIA_TYPE if name.lower().endswith(".zip") else LATEX_MEDIA_TYPE
    package = package_of(media_type, body)
    if isinstance(package, Refused) or package.kind is not FileType.LATEX:
        return (name, body) if isinstance(package, Refused) else (PurePosixPath(package.main).name, package.body)
    whole = made_whole(package.files(), has_bibliography=True)
    return (name, body) if isinstance(whole, Refused) else ("manuscript.tex", whole.text)


def _items(reading: Reading) -> tuple[Item, ...]:
    """The proposals; what a text says of departures from a plan is none of the plan."""
    return tuple(_item(each) for each in reading.proposals if each.kind is not Kind.DEVIATION)


def _item(each: Proposal) -> Item:
    return Item(
        kind=each.kind.value,
        label=each.label,
        quote=each.quote,
        at=each.location.line or each.location.paragraph or 0,
        section=" / ".join(each.location.section[1:] or each.location.section),
        confidence=each.confidence,
        fields=dict(each.fields),
    )


def _lines(body: bytes) -> tuple[SourceLine, ...]:
    lines = body.decode("utf-8-sig", "replace").splitlines()
    return tuple(SourceLine(at=at, text=text) for at, text in enumerate(lines, 1))


def _paragraphs(read: Passages) -> tuple[SourceLine, ...]:
    return tuple(SourceLine(at=passage.paragraph or 0, text=passage.plain) for passage in read.passages)


def proposals_of(uow: UnitOfWork, report: Report) -> Proposals | None:
    """What was read last, with the answers; None before anything was read."""
    row = _row(uow, report)
    return None if row is None else uow.cabinet.get(report, row, "body", Proposals)


def keep_proposals(uow: UnitOfWork, report: Report, read: Proposals) -> Proposals:
    """Keep what was read in place of an earlier reading. What was answered before stays answered."""
    row, before = _row(uow, report), proposals_of(uow, report)
    known = {each.key: each for each in _answers(before)} if before else {}
    items = tuple(_remembered(item, known.get(item.key)) for item in read.items)
    kept = replace(read, items=items, earlier=tuple(known.values()))
    if row is None:
        row = ProposalList(id=uow.new_id("proposal_list"), report_id=report.id)
    row.read_at = uow.now
    uow.cabinet.put(report, row, "body", kept)
    uow.session.add(row)
    return kept


def answer_proposals(uow: UnitOfWork, report: Report, items: Iterable[Item]) -> None:
    """Keep the items with their answers."""
    row, kept = _row(uow, report), proposals_of(uow, report)
    if row is not None and kept is not None:
        uow.cabinet.put(report, row, "body", replace(kept, items=tuple(items)))


def _remembered(item: Item, before: Answered | None) -> Item:
    return item if before is None else replace(item, answer=before.answer, into=before.into)


def _answers(kept: Proposals) -> tuple[Answered, ...]:
    now = (Answered(key=item.key, answer=item.answer, into=item.into) for item in kept.items if item.answer)
    return (*kept.earlier, *now)


def _row(uow: UnitOfWork, report: Report) -> ProposalList | None:
    uow.session.flush()
    return uow.session.scalars(select(ProposalList).where(ProposalList.report_id == report.id)).one_or_none()
