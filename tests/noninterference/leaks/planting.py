"""Planted leaks: small patches, one for a channel by which a journal like this could tell of withheld work.

Each says by which history it shows at the shortest, and to whom. The numbers are those of the list of channels in
docs/channels.md. A harness that misses one of them has no teeth.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pytest
from flask import Response, request
from sqlalchemy import func, select

from journal.dossier import protocols
from journal.editorial.application import create_application
from journal.production import building, release
from journal.public.contents import contents_of
from journal.unit_of_work import Resources, UnitOfWork, begin
from storage.rows.ledger import LedgerRow
from storage.rows.reports import Report
from storage.snapshot import Contents, Page
from tests.noninterference.histories import History, history
from workflows.people import PRESS

Patch = pytest.MonkeyPatch
Plant = Callable[[Patch], None]


class Property(StrEnum):
    """What a leak breaks."""

    HOLD = "hold"
    RELEASE = "release"
    TAKEDOWN = "takedown"
    CLOSURE = "closure"


@dataclass(frozen=True)
class Leak:
    """One planted leak. `onlooker` is who sees it at the desk; empty: the public."""

    name: str
    channels: tuple[int, ...]
    plant: Plant
    told: History
    onlooker: str
    breaks: Property


LEAKS: dict[str, Leak] = {}
SUBMITTED = history("it is submitted", "an hour passes")
HELD = history("it is ready and held", "an hour passes")
NOTHING = history()


def leak(
    name: str,
    *channels: int,
    told: History = SUBMITTED,
    onlooker: str = "",
    breaks: Property = Property.HOLD,
) -> Callable[[Plant], Plant]:
    """Register a planted leak."""

    def register(plant: Plant) -> Plant:
        assert name not in LEAKS
        LEAKS[name] = Leak(name, channels, plant, told, onlooker, breaks)
        return plant

    return register


@dataclass(frozen=True)
class Secret:
    """What a leak knows of a report."""

    id: str
    title: str
    row: Report


def reports(resources: Resources) -> list[Secret]:
    """Every report there is, the oldest first."""
    with begin(resources, actor=PRESS, writes=False) as uow:
        found = uow.session.scalars(select(Report).order_by(Report.created_at, Report.id)).all()
        secrets = [Secret(row.id, protocols.title_of(uow, row), row) for row in found]
        uow.session.expunge_all()
        return secrets


def ledger_length(uow: UnitOfWork) -> int:
    """How much has happened."""
    return uow.session.scalar(select(func.count()).select_from(LedgerRow)) or 0


def into_contents(patch: Patch, change: Callable[[Contents, Resources], Contents]) -> None:
    """Change what a release contains, knowing everything the journal knows."""
    at_hand: list[Resources] = []
    build = building.build

    def knowing(resources: Resources, *given: Any, **more: Any) -> Any:  # noqa: ANN401 - handed through
        at_hand[:] = [resources]
        return build(resources, *given, **more)

    patch.setattr(release, "build", knowing)
    patch.setattr(
        "journal.production.building.contents_of",
        lambda *given, **more: change(contents_of(*given, **more), at_hand[0]),
    )


def into_page(patch: Patch, path: str, words: Callable[[Resources], object]) -> None:
    """Add words that only the journal knows to the end of a baked page."""

    def change(contents: Contents, resources: Resources) -> Contents:
        added = f"<!-- {words(resources)} -->".encode()
        pages = (with_words(page, added) if page.path == path else page for page in contents.pages)
        return Contents(pages=tuple(pages), listed=contents.listed, files=contents.files)

    into_contents(patch, change)


def with_words(page: Page, added: bytes) -> Page:
    """The page with something at its end."""
    return Page(path=page.path, media_type=page.media_type, body=page.body + added)


Change = Callable[[Response, Resources], Response | None]


def at_the_desk(patch: Patch, change: Change) -> None:
    """Change the desk's answers, knowing everything the journal knows."""

    def leaking(resources: Resources) -> Any:  # noqa: ANN401 - the application
        app = create_application(resources)

        def after(response: Response) -> Response:
            return change(response, resources) or response

        app.after_request(after)
        return app

    patch.setattr("tests.stories.worlds.create_application", leaking)


def on_page(patch: Patch, end: str, words: Callable[[Resources], object]) -> None:
    """Add words that only the journal knows to every page of the desk whose path ends so."""

    def change(response: Response, resources: Resources) -> None:
        if request.path.endswith(end) and response.mimetype == "text/html":
            response.set_data(response.get_data() + f"<!-- {words(resources)} -->".encode())

    at_the_desk(patch, change)


def is_there(resources: Resources, report_id: object) -> bool:
    """Whether there is such a report, whoever asks."""
    return any(each.id == report_id for each in reports(resources))
