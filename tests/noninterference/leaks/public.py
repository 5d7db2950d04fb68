"""Leaks of the public site: what a release could say that it does not know from public records alone."""

import hashlib
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from journal.dossier.publishing import Candidate
from journal.production import identities, press, sealing
from journal.production.typesetting import Paper
from journal.unit_of_work import Resources, UnitOfWork, begin
from storage.randomness import LabelledRandomness, ScopedRandomness, opaque
from storage.rows.reports import Report, ReportAuthor
from storage.rows.reviewing import Invitation
from storage.snapshot import Contents, File, Page, writing
from tests.noninterference.histories import history
from tests.noninterference.leaks.planting import (
    HELD,
    Patch,
    Secret,
    into_contents,
    into_page,
    leak,
    ledger_length,
    reports,
)
from tests.noninterference.twins import SEED
from workflows.people import PRESS
from workflows.stages import Stage

_LATER = history("an hour passes", "an hour passes", "it is submitted", "an hour passes")
_REVIEWED = history("it is submitted", "it goes to review", "an hour passes", "its reviewers agree", "an hour passes")


def _titles(resources: Resources) -> list[str]:
    return [each.title for each in reports(resources)]


def _slug(secret: Secret) -> str:
    """What it could be called in public. A private identifier would stop the release, whoever is to see it."""
    return hashlib.sha256(secret.title.encode()).hexdigest()[:12]


def _last_change(resources: Resources) -> object:
    return max(each.row.stage_since for each in reports(resources))


@leak("the front page counts submissions", 7)
def _count(patch: Patch) -> None:
    into_page(patch, "/", lambda resources: f"{len(reports(resources))} submissions")


@leak("topics are counted over everything", 8)
def _topics(patch: Patch) -> None:
    into_page(patch, "/reports", lambda resources: {"Deception": len(_titles(resources))})


@leak("a page tells the share that is accepted", 9)
def _share(patch: Patch) -> None:
    def share(resources: Resources) -> str:
        found = reports(resources)
        return f"{sum(each.row.ipa_at is not None for each in found)} of {len(found)}"

    into_page(patch, "/about", share)


@leak("an article names other works of its author", 10, 12)
def _by_the_same(patch: Patch) -> None:
    def change(contents: Contents, resources: Resources) -> Contents:
        more = "; ".join(_titles(resources)).encode()
        pages = (replace(p, body=p.body + more) if p.path.startswith("/reports/") else p for p in contents.pages)
        return replace(contents, pages=tuple(pages))

    into_contents(patch, change)


@leak("reviewers are thanked before the work is out", 11, told=_REVIEWED)
def _thanks(patch: Patch) -> None:
    def thanked(resources: Resources) -> list[str]:
        with begin(resources, actor=PRESS, writes=False) as uow:
            return sorted(uow.session.scalars(select(Invitation.email).where(Invitation.accepted_at.is_not(None))))

    into_page(patch, "/about/reviewing", thanked)


@leak("names of authors are offered for completion", 10, 15)
def _completion(patch: Patch) -> None:
    def names(resources: Resources) -> list[str]:
        with begin(resources, actor=PRESS, writes=False) as uow:
            return sorted(uow.session.scalars(select(ReportAuthor.email)))

    into_page(patch, "/reports", names)


@leak("an article is number so and so of all", 6)
def _neighbours(patch: Patch) -> None:
    into_page(patch, "/protocols", lambda resources: f"{len(reports(resources))} of {len(reports(resources))}")


@leak("the search index holds withheld words", 17, 18, 19)
def _index(patch: Patch) -> None:
    def change(contents: Contents, resources: Resources) -> Contents:
        first, *others = contents.listed
        words = f"{first.words} {' '.join(_titles(resources))}"
        return replace(contents, listed=(replace(first, words=words), *others))

    into_contents(patch, change)


@leak(
    "the sitemap has the day of the last change",
    23,
    told=_LATER,
)
def _sitemap(patch: Patch) -> None:
    into_page(patch, "/sitemap.xml", _last_change)


@leak("the feed was updated by the last change", 24, told=_LATER)
def _feed(patch: Patch) -> None:
    into_page(patch, "/feed.xml", _last_change)


@leak("programs are told what is embargoed", 14, 26, told=HELD)
def _for_programs(patch: Patch) -> None:
    into_page(patch, "/reports.json", lambda resources: [_slug(each) for each in reports(resources)])


@leak("robots are told where not to look", 30)
def _robots(patch: Patch) -> None:
    into_page(patch, "/robots.txt", lambda resources: [f"Disallow: /{_slug(each)}" for each in reports(resources)])


@leak("a withheld work has a page that says so", 1, 39, told=HELD)
def _says_so(patch: Patch) -> None:
    def page(secret: Secret) -> Page:
        return Page(path=f"/reports/{_slug(secret)}", media_type="text/html; charset=utf-8", body=b"This is withheld.")

    def change(contents: Contents, resources: Resources) -> Contents:
        held = [page(each) for each in reports(resources) if each.row.stage is Stage.READY]
        return replace(contents, pages=(*contents.pages, *held))

    into_contents(patch, change)


@leak("files of withheld works are named in the snapshot", 44, told=HELD)
def _names_files(patch: Patch) -> None:
    def file(secret: Secret) -> File:
        path = f"/reports/{_slug(secret)}/paper.pdf"
        return File(path=path, key="objects/x", name="paper.pdf", media_type="application/pdf", sha256="0" * 64, size=1)

    def change(contents: Contents, resources: Resources) -> Contents:
        return replace(contents, files=(*contents.files, *map(file, reports(resources))))

    into_contents(patch, change)


def _new_id(patch: Patch, noun: str, name: object) -> None:
    """Let identifiers of one kind be made by `name`, which is given the unit of work and a random one."""
    usual = UnitOfWork.new_id

    def new_id(uow: UnitOfWork, wanted: str) -> str:
        drawn = usual(uow, wanted)
        return name(uow, drawn) if wanted == noun else drawn  # type: ignore[operator]  # a function of these two

    patch.setattr(UnitOfWork, "new_id", new_id)


def _serial(uow: UnitOfWork, drawn: str) -> str:
    return f"{ledger_length(uow):06}{drawn}"[:26]


@leak("public identifiers are serial", 4)
def _serial_names(patch: Patch) -> None:
    _new_id(patch, "public", _serial)


@leak("keys of public objects are serial", 38)
def _serial_keys(patch: Patch) -> None:
    _new_id(patch, "public_key", _serial)


@leak("releases are numbered by what has happened", 5, 37)
def _serial_releases(patch: Patch) -> None:
    usual = sealing._key  # noqa: SLF001 - a planted leak takes the place of a private function

    def key(uow: UnitOfWork, sha256: str) -> str:
        return usual(uow, f"{ledger_length(uow):012}")

    patch.setattr(sealing, "_key", key)


@leak("all draws come from one stream", 4, told=history("it is a draft", "an hour passes"))
def _one_stream(patch: Patch) -> None:
    def draw(self: ScopedRandomness, label: str, size: int) -> bytes:
        stream = self._scopes.setdefault("all", LabelledRandomness(SEED + b"one stream"))
        return stream.draw("one", size)

    patch.setattr(ScopedRandomness, "draw", draw)


@leak("names are minted for works that are withheld", 60, told=HELD)
def _minted_early(patch: Patch) -> None:
    usual = identities._lacks  # noqa: SLF001 - as above

    def lacks(candidate: Candidate, uow: UnitOfWork, today: date) -> object:
        if candidate.holds:
            uow.new_id("public")
        return usual(candidate, uow, today)

    patch.setattr(identities, "_lacks", lacks)


@leak("papers are put out before their release", 38, told=history("its results are accepted", "an hour passes"))
def _early_objects(patch: Patch) -> None:
    usual = press.keep

    def keep(resources: Resources, report_id: str, paper: Paper) -> object:
        resources.public_store.create(f"drafts/{opaque(resources.randomness, 'draft')}", paper.pdf)
        return usual(resources, report_id, paper)

    patch.setattr(press, "keep", keep)


@leak("a release is made whenever something changed", 49, told=history("an hour passes", *HELD.steps))
def _eager(patch: Patch) -> None:
    usual = sealing.newest_pointed

    def newest(uow: UnitOfWork) -> object:
        ready = uow.session.scalars(select(Report.id).where(Report.stage == Stage.READY)).all()
        return None if ready else usual(uow)

    patch.setattr(sealing, "newest_pointed", newest)


@leak("ETags come from a counter of everything", 31)
def _etags(patch: Patch) -> None:
    counted: list[int] = []
    usual = writing.etag_of

    def count(contents: Contents, resources: Resources) -> Contents:
        counted.append(len(reports(resources)))
        return contents

    into_contents(patch, count)
    patch.setattr(writing, "etag_of", lambda body: usual(body + bytes(counted[-1:])))
