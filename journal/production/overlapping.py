"""Words that a release shares with withheld work: the officers of that work are told, nothing is stopped.

A release that words could stop would answer guesses: whoever published a title would learn whether it is withheld.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape

from sqlalchemy import select

from journal import telling
from journal.dossier import protocols
from journal.dossier.holding import free_officers
from journal.production.apart import plain, rows_of_snapshot
from journal.production.building import Built
from journal.unit_of_work import Resources, UnitOfWork, begin
from storage.keyring import KeyDestroyed
from storage.rows.holds import HoldRow
from storage.rows.reports import Report
from storage.rows.safeguards import Overlap
from workflows.holds import stops_clocks
from workflows.people import PRESS

SHORTEST_TITLE = 3
PHRASE = 8
"""Words in a row that a text shares with another by no chance, or hardly."""
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(r"/reports/[a-z2-7]+(/promised)?")
Phrases = frozenset[tuple[str, ...]]


def tell_of_overlaps(resources: Resources, built: Built) -> None:
    """Tell officers, once for each page, which pages of `built` share words with a report that they withhold."""
    with begin(resources, actor=PRESS, writes=False) as uow:
        withheld = {report.id: _phrases(uow, report) for report in _withheld(uow)}
    if not any(withheld.values()):
        return
    found = {(report_id, path) for path, words in _articles(built) for report_id in _sharing(withheld, words)}
    if found:
        _keep(resources, found)


def _withheld(uow: UnitOfWork) -> list[Report]:
    """The reports under a hold that no date ends."""
    holds: dict[str, list[HoldRow]] = {}
    for row in uow.session.scalars(select(HoldRow).where(HoldRow.ended_at.is_(None)).order_by(HoldRow.id)):
        holds.setdefault(row.report_id, []).append(row)
    held = [report_id for report_id, rows in holds.items() if stops_clocks([r.facts for r in rows], now=uow.now)]
    return [uow.session.get_one(Report, report_id) for report_id in held]


def _phrases(uow: UnitOfWork, report: Report) -> Phrases:
    """Its title, and every run of words of its abstracts."""
    try:
        plan = protocols.newest(uow, report)
    except KeyDestroyed:
        return frozenset()
    title = words_of(plan.title)
    found = {title} if len(title) >= SHORTEST_TITLE else set()
    return frozenset(found | set(_runs(words_of(plan.abstract), PHRASE)))


def _sharing(withheld: Mapping[str, Phrases], words: tuple[str, ...]) -> Iterator[str]:
    lengths = {len(phrase) for phrases in withheld.values() for phrase in phrases}
    there = {run for length in lengths for run in _runs(words, length)}
    return (report_id for report_id, phrases in withheld.items() if phrases & there)


def _articles(built: Built) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The pages of reports, as words. Lists, feeds and data say nothing that these do not."""
    for place, row in rows_of_snapshot(built.path):
        if _ARTICLE.fullmatch(place):
            yield place, words_of(unescape(_TAG.sub(" ", plain(row).decode(errors="replace"))))


def _runs(words: tuple[str, ...], length: int) -> Iterator[tuple[str, ...]]:
    return (words[at : at + length] for at in range(len(words) - length + 1))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: no case, no signs."""
    return tuple(_WORD.findall(text.casefold()))


def _keep(resources: Resources, found: set[tuple[str, str]]) -> None:
    with begin(resources, actor=PRESS) as uow:
        known = {(row.report_id, row.path) for row in uow.session.scalars(select(Overlap))}
        for report_id, path in sorted(found - known):
            uow.session.add(Overlap(id=uow.new_id("overlap"), report_id=report_id, path=path, noticed_at=uow.now))
        for report_id in sorted({report_id for report_id, _ in found - known}):
            report = uow.session.get_one(Report, report_id)
            telling.tell(uow, "officers/words_overlap", free_officers(uow, report), report=report)
        uow.commit()
