"""What the page of a narrower article shows: to its author the draft, to officers what was offered, word by word."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from journal.dossier import narrowings, protocols
from journal.dossier.access import Opened
from journal.dossier.manuscripts import as_page
from journal.editorial.narrowing.actions import may_write
from journal.reading.document import Document
from journal.unit_of_work import UnitOfWork
from storage.rows.manuscripts import ManuscriptFile
from storage.rows.narrowings import NarrowingRow
from workflows.narrowing import Narrowing, NarrowWords
from workflows.people import Capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A narrower article as it would come out, and where it stands. `text` is that of its manuscript."""

    narrowing: Narrowing
    left: NarrowWords
    digest: str
    files: tuple[ManuscriptFile, ...]
    text: Markup
    unreadable: str
    offered_at: datetime | None
    approved_at: datetime | None
    approvals: int
    yours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page for whoever asks. `draft` and `files` are the author's alone."""

    report_id: str
    title: str
    writes: bool
    officer: bool
    draft: Narrowing
    files: tuple[ManuscriptFile, ...]
    offered: Shown | None

    def file(self, file_id: str) -> ManuscriptFile | None:
        """One of the files that whoever asks may read here."""
        shown = (*self.files, *(self.offered.files if self.offered else ()))
        return next((each for each in shown if each.id == file_id), None)


def page_of(uow: UnitOfWork, opened: Opened) -> Page | None:
    """The page, or None when there is nothing here for whoever asks."""
    report, officer, writes = opened.report, Capacity.OFFICER in opened.acting_as, may_write(opened)
    rows = narrowings.rows_of(uow, report)
    draft, last = narrowings.open_draft(rows), narrowings.last_offered(rows)
    if not (writes or (officer and last is not None)):
        return None
    return Page(
        report_id=report.id,
        title=protocols.title_of(uow, report),
        writes=writes,
        officer=officer,
        draft=narrowings.words(uow, report, draft) if draft and writes else Narrowing(),
        files=tuple(narrowings.files(uow, report, draft)) if draft and writes else (),
        offered=_shown(uow, opened, last) if last else None,
    )


def _shown(uow: UnitOfWork, opened: Opened, row: NarrowingRow) -> Shown:
    report = opened.report
    narrowing = narrowings.words(uow, report, row)
    left = narrowings.smaller(*narrowings.source(uow, report), narrowing)
    digest = narrowings.digest_of(narrowing, left)
    document = narrowings.read(uow, report, row.id)
    given = {each.by for each in row.approvals if each.digest == digest}
    return Shown(
        narrowing=narrowing,
        left=left,
        digest=digest,
        files=tuple(narrowings.files(uow, report, row)),
        text=as_page(document) if isinstance(document, Document) else Markup(),
        unreadable="" if document is None or isinstance(document, Document) else document.words,
        offered_at=row.offered_at,
        approved_at=row.approved_at,
        approvals=len(given),
        yours=uow.actor.person in given,
    )
