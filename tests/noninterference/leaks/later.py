"""Leaks that show once a work is out, or was: what it tells of the time before, and what stays of it."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from journal.dossier import protocols
from journal.production import identities, papers, shelving
from journal.production.typesetting import typeset
from journal.unit_of_work import Resources, UnitOfWork, begin
from storage.rows.holds import HoldRow
from storage.rows.ledger import LedgerRow
from storage.rows.releases import PublicIdentity, PublicObject, Release
from storage.rows.reports import Report
from storage.snapshot import Contents
from tests.noninterference.histories import history
from tests.noninterference.leaks.planting import NOTHING, Patch, Property, into_contents, leak, with_words
from workflows.people import PRESS
from workflows.stages import ENDED

_BEFORE = history("it is ready and held", "the officers look again", "an hour passes")
Words = Callable[[UnitOfWork, Report], object]


def _on_its_page(patch: Patch, words: Words) -> None:
    """Say something of each report on its own public page."""

    def change(contents: Contents, resources: Resources) -> Contents:
        with begin(resources, actor=PRESS, writes=False) as uow:
            out = uow.session.scalars(select(PublicIdentity)).all()
            said = {f"/reports/{row.public_id}": words(uow, uow.session.get_one(Report, row.report_id)) for row in out}
        added = {path: f"<!-- {each} -->".encode() for path, each in said.items()}
        pages = tuple(with_words(page, added.get(page.path, b"")) for page in contents.pages)
        return Contents(pages=pages, listed=contents.listed, files=contents.files)

    into_contents(patch, change)


@leak("an article has the day of its submission", 60, told=_BEFORE, breaks=Property.RELEASE)
def _submitted(patch: Patch) -> None:
    _on_its_page(patch, lambda _, report: report.created_at)


@leak("an article says how often it was withheld", 60, told=_BEFORE, breaks=Property.RELEASE)
def _withheld(patch: Patch) -> None:
    def count(uow: UnitOfWork, report: Report) -> int:
        return len(uow.session.scalars(select(HoldRow.id).where(HoldRow.report_id == report.id)).all())

    _on_its_page(patch, count)


@leak("an article counts what happened to it", 60, told=_BEFORE, breaks=Property.RELEASE)
def _happened(patch: Patch) -> None:
    def count(uow: UnitOfWork, report: Report) -> int | None:
        mine = select(func.count()).select_from(LedgerRow).where(LedgerRow.report_id == report.id)
        return uow.session.scalar(mine)

    _on_its_page(patch, count)


@leak("an article says when the journal first heard of it", 51, 60, told=_BEFORE, breaks=Property.RELEASE)
def _first(patch: Patch) -> None:
    def first(uow: UnitOfWork, report: Report) -> object:
        return uow.session.scalar(select(func.min(LedgerRow.at)).where(LedgerRow.report_id == report.id))

    _on_its_page(patch, first)


@leak("a public name is made from the private one", 5, 60, told=_BEFORE, breaks=Property.RELEASE)
def _derived(patch: Patch) -> None:
    usual = identities._mint  # noqa: SLF001 - a planted leak takes the place of a private function

    def mint(uow: UnitOfWork, report_id: str, record: Any) -> None:  # noqa: ANN401 - handed through
        usual(uow, report_id, record)
        uow.session.flush()
        uow.session.get_one(PublicIdentity, report_id).public_id = report_id[::-1]

    patch.setattr(identities, "_mint", mint)


@leak("a public file is named by the private name", 38, 40, told=_BEFORE, breaks=Property.RELEASE)
def _keys(patch: Patch) -> None:
    usual = papers._name  # noqa: SLF001 - as above

    def name(uow: UnitOfWork, candidate: Any) -> None:  # noqa: ANN401 - handed through
        usual(uow, candidate)
        for row in uow.session.new:
            if isinstance(row, PublicObject):
                row.key = f"objects/{candidate.report_id}-{row.name.replace('/', '-')}"

    patch.setattr(papers, "_name", name)


@leak("a PDF carries the private name", 42, told=_BEFORE, breaks=Property.RELEASE)
def _inside(patch: Patch) -> None:
    usual = papers._print  # noqa: SLF001 - as above
    at_hand: list[str] = []

    def prints(resources: Resources, candidate: Any) -> None:  # noqa: ANN401 - handed through
        at_hand[:] = [candidate.report_id]
        usual(resources, candidate)

    def pages(resources: Resources, record: Any, document: Any, **more: Any) -> Any:  # noqa: ANN401 - handed through
        config = resources.config
        where = f"{config.public_url}/{at_hand[0]}"
        return typeset(record, document, journal_name=config.journal_name, public_base_url=where, **more)

    patch.setattr(papers, "_print", prints)
    patch.setattr("journal.production.papers.set_pages", pages)


@leak("a tombstone keeps the title", 60, told=NOTHING, breaks=Property.TAKEDOWN)
def _title(patch: Patch) -> None:
    _on_its_page(patch, protocols.title_of)


@leak("a tombstone says why", 60, told=NOTHING, breaks=Property.TAKEDOWN)
def _why(patch: Patch) -> None:
    def kinds(uow: UnitOfWork, report: Report) -> list[str]:
        return [row.kind for row in uow.session.scalars(select(HoldRow).where(HoldRow.report_id == report.id))]

    _on_its_page(patch, kinds)


@leak("files stay when a work is taken down", 34, 41, told=NOTHING, breaks=Property.TAKEDOWN)
def _files(patch: Patch) -> None:
    patch.setattr(shelving, "_unneeded_objects", lambda *_: [])


@leak("older releases stay when a work is taken down", 34, 59, told=NOTHING, breaks=Property.TAKEDOWN)
def _older(patch: Patch) -> None:
    patch.setattr(shelving, "_kept_releases", lambda uow, _: set(uow.session.scalars(select(Release.id))))


@leak("a closure says what ended it", 60, told=NOTHING, breaks=Property.CLOSURE)
def _ended(patch: Patch) -> None:
    _on_its_page(patch, lambda _, report: report.stage)


@leak("a closure has the day of the ending", 60, told=NOTHING, breaks=Property.CLOSURE)
def _ended_on(patch: Patch) -> None:
    _on_its_page(patch, lambda _, report: report.stage_since if report.stage in ENDED else "")


@leak("a closure keeps the title", 60, told=NOTHING, breaks=Property.CLOSURE)
def _closed_title(patch: Patch) -> None:
    _on_its_page(patch, lambda uow, report: protocols.title_of(uow, report) if report.stage in ENDED else "")
