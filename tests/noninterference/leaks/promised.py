"""Leaks of what was promised and done: what the public pages of it could tell of work that is withheld."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Select, select

from journal.dossier import settling
from journal.unit_of_work import Resources, UnitOfWork
from storage.rows.reports import Report
from storage.snapshot import Contents, Page
from tests.noninterference.histories import history
from tests.noninterference.leaks.planting import HELD, Patch, Secret, into_contents, leak, reports
from workflows.promised import Settled

_COMPARED = history("its results are accepted", "an hour passes")


@leak("findings are counted over all results", 7, told=_COMPARED)
def _counts(patch: Patch) -> None:
    def over_all(uow: UnitOfWork, wanted: Select[str]) -> Mapping[str, Settled]:
        every = settling.settled(uow, select(Report.id))
        whole = sum(each.declared + each.corrected + each.dismissed for each in every.values())
        return dict.fromkeys(uow.session.scalars(wanted), Settled(declared=whole))

    patch.setattr("journal.dossier.public_sources.settled", over_all)


@leak("what was promised has an address before the article", 43, told=HELD)
def _promised_early(patch: Patch) -> None:
    def page(secret: Secret) -> Page:
        words = secret.title.lower().replace(" ", "-")
        return Page(path=f"/reports/{words}/promised", media_type="text/html; charset=utf-8", body=b"Not yet.")

    def change(contents: Contents, resources: Resources) -> Contents:
        return replace(contents, pages=(*contents.pages, *map(page, reports(resources))))

    into_contents(patch, change)
