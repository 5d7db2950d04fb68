"""Worlds whose studies come out in turn each way, lived alike and looked at between the chapters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from werkzeug.test import Client

from journal.production.building import site_of
from journal.public.application import create_public_application
from journal.public.config import PublicConfig
from storage.rows.releases import PublicIdentity
from tests.resultblind import life
from tests.resultblind.directions import Direction
from tests.resultblind.folding import folded
from tests.resultblind.life import CHAPTERS, Chapter, Lived, starts_of, transport_of
from tests.resultblind.looking import Look, Sights
from tests.resultblind.starting import (
    COAUTHOR,
    GUESTS,
    PEOPLE,
    REVIEWER,
    SILENT,
    STRANGER,
    promised_studies,
)
from tests.stories.accepted import AUTHOR, CHIEF, HANDLING, OFFICER, SECOND
from tests.stories.worlds import address_of

S, N, C = Direction.SUPPORTED, Direction.NULL, Direction.CONTRADICTED
ONE, OTHER = (S, N, C), (N, S, S)
"""Which way the three studies come out in one world and in the other: what is supported in one is not in the other."""
LOOKERS = (*PEOPLE, *GUESTS)
ALL = (0, 1, 2)


@dataclass(frozen=True)
class Looking:
    """Who looks around after a chapter, at which of the studies: while all three stand alike the first is enough.

    Pages of the plan and of the looker's own account are looked at once, for no chapter moves them.
    """

    lookers: Sequence[str]
    studies: Sequence[int] = (0,)
    knock: Sequence[str] = ()
    """Who tries every address about the first of them, whether a link leads there or not."""
    passed_by: Sequence[str] = ("/protocol", "/amendments", "/profile", "/people", "/manuscript/1")


LOOKS: Mapping[Chapter, Looking] = {
    life.results_are_filled_in: Looking((AUTHOR, COAUTHOR)),
    life.results_are_sent: Looking((AUTHOR, HANDLING, SECOND)),
    life.reviews_are_written: Looking(LOOKERS, knock=(AUTHOR, HANDLING), passed_by=()),
    life.decisions_are_proposed: Looking((HANDLING, SECOND, SILENT), ALL),
    life.decisions_are_confirmed: Looking((AUTHOR, HANDLING, REVIEWER), ALL),
    life.one_is_published: Looking((AUTHOR, HANDLING, CHIEF, OFFICER, STRANGER), (0, 1)),
}


@dataclass
class Observed:
    """What was seen of a world, and the requests that were made for it: (method, path, status)."""

    lived: Lived
    sights: Sights = field(default_factory=dict)
    asked: list[tuple[str, str, int]] = field(default_factory=list)

    def look(self, chapter: Chapter, looking: Looking) -> None:
        """Let everybody look around."""
        reports = [self.lived.reports[place] for place in looking.studies]
        elsewhere = [report for report in self.lived.reports if report not in reports]
        for name in looking.lookers:
            look = Look(name, transport_of(self.lived.visitor(name)).client, [*elsewhere, *looking.passed_by])
            seen = look.around(starts_of(self.lived, name, reports))
            if name in looking.knock:
                seen = look.knock(self.lived.world.app.url_map.iter_rules(), reports[0])
            self.sights |= {f"{chapter.__name__}: {where}": told for where, told in seen.items()}
            self.asked += look.asked


def observe(folder: Path, directions: Sequence[Direction], looks: Mapping[Chapter, Looking] = LOOKS) -> Observed:
    """Live through the chapters up to the last that is looked at, and look around as `looks` has it."""
    world, reports = promised_studies(folder, len(directions))
    found = Observed(Lived(world=world, directions=directions, reports=reports))
    for chapter in CHAPTERS[: 1 + max(CHAPTERS.index(each) for each in looks)]:
        chapter(found.lived)
        if chapter in looks:
            found.look(chapter, looks[chapter])
    found.sights |= letters(found.lived)
    if life.one_is_published in looks:
        found.sights |= in_public(found.lived)
    world.resources.engine.dispose()
    return found


def in_public(lived: Lived) -> Sights:
    """What readers see of the published study. The lists of a journal sort by outcome, for those who ask them to."""
    world = lived.world
    config = PublicConfig(
        store=world.config.public_store,
        site=site_of(world.config),
        cache=world.folder / "follower",
        follow_seconds=3000.0,
    )
    with world.work(writes=False) as uow:
        address = f"/reports/{uow.session.get_one(PublicIdentity, lived.reports[0]).public_id}"
    reader = Look("a reader", Client(create_public_application(config)), within=address)
    return reader.around([address], presses=False)


def letters(lived: Lived) -> Sights:
    """Everybody's letters, in an order that does not depend on the names of files."""
    told = {}
    for address in sorted({mail["to"] for mail in lived.world.mails()} | set(map(address_of, LOOKERS))):
        mails = sorted((mail["subject"], folded(mail["text"].encode())) for mail in lived.world.mails(address))
        told[f"letters to {address}"] = "\n\n".join(f"{subject}\n{text}" for subject, text in mails)
    return told


def differences(one: Sights, other: Sights) -> list[str]:
    """Every place where two sights differ, with what is around the first difference."""
    places = sorted(one.keys() | other.keys())
    return [_told(place, one.get(place), other.get(place)) for place in places if one.get(place) != other.get(place)]


def _told(place: str, one: str | None, other: str | None) -> str:
    if one is None or other is None:
        return f"{place}: only in the {'second' if one is None else 'first'}"
    pairs = enumerate(zip(one, other, strict=False))
    at = next((index for index, (left, right) in pairs if left != right), min(len(one), len(other)))
    return f"{place}: {one[max(0, at - 80) : at + 100]!r} and {other[max(0, at - 80) : at + 100]!r}"
