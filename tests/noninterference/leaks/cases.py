"""Leaks of what is done about withheld work: choices, appeals, narrower articles, emergencies, codes, heartbeats."""

from collections.abc import Callable

from flask import Response, request
from sqlalchemy import func, select

from journal.unit_of_work import Resources, begin
from storage import heartbeats
from storage.database import Row
from storage.rows.appeals import Appeal
from storage.rows.choices import ChoiceOffer
from storage.rows.narrowings import NarrowingRow
from storage.rows.readings import EmergencyReading, Reading
from storage.rows.summons import Summons
from tests.noninterference import cast
from tests.noninterference.histories import history
from tests.noninterference.leaks.planting import HELD, Patch, at_the_desk, is_there, leak, on_page
from workflows.people import PRESS

_WITHHELD = ("its results are accepted", "an officer withholds it")
_APPEALED = history(*_WITHHELD, "an author asks for another look")
_CHOSEN = history(*_WITHHELD, "its authors choose how it goes on")
_NARROWED = history("it is ready and held", "its author offers a narrower article", "two officers approve it",
                    "an hour passes")  # fmt: skip
_EMERGENCY = history("it is submitted", "an officer withholds it", "the chief reads it in an emergency")
_OVERDUE = history("it is submitted", "an author flags it", "nine days pass")


def _count(row: type[Row]) -> Callable[[Resources], object]:
    def count(resources: Resources) -> object:
        with begin(resources, actor=PRESS, writes=False) as uow:
            return uow.session.scalar(select(func.count()).select_from(row))

    return count


@leak("an appeal is found whatever its report", 53, told=_APPEALED, onlooker=cast.ANOTHER_AUTHOR)
def _appeals(patch: Patch) -> None:
    def change(response: Response, resources: Resources) -> Response | None:
        wanted = (request.view_args or {}).get("appeal_id")
        with begin(resources, actor=PRESS, writes=False) as uow:
            there = response.status_code == 404 and wanted is not None and uow.session.get(Appeal, wanted) is not None
        return Response("It was answered.", status=422) if there else None

    at_the_desk(patch, change)


@leak("a choice that is open says so to all", 1, told=_CHOSEN, onlooker=cast.STRANGER)
def _choices(patch: Patch) -> None:
    def change(response: Response, resources: Resources) -> Response | None:
        if response.status_code != 404 or not request.path.endswith("/choice"):
            return None
        wanted = (request.view_args or {}).get("report_id")
        with begin(resources, actor=PRESS, writes=False) as uow:
            offered = uow.session.scalar(select(ChoiceOffer.id).where(ChoiceOffer.report_id == wanted))
        return Response("Only its authors choose.", status=403) if offered else None

    at_the_desk(patch, change)


@leak("a code is asked for before it is asked who may see", 16, told=HELD, onlooker=cast.ANOTHER_EDITOR)
def _codes(patch: Patch) -> None:
    def change(response: Response, resources: Resources) -> Response | None:
        opens = request.path.endswith(("/lift", "/narrower/approve")) and response.status_code == 404
        there = opens and is_there(resources, (request.view_args or {}).get("report_id"))
        return Response("Enter the code that your app shows.", status=422) if there else None

    at_the_desk(patch, change)


@leak("an emergency is counted for all", 51, told=_EMERGENCY, onlooker=cast.ADMINISTRATOR)
def _emergencies(patch: Patch) -> None:
    on_page(patch, "/people", _count(EmergencyReading))


@leak("who has read is counted for all", 51, told=_EMERGENCY, onlooker=cast.STRANGER)
def _readings(patch: Patch) -> None:
    on_page(patch, "/profile", _count(Reading))


@leak("what is overdue is counted for all", 9, told=_OVERDUE, onlooker=cast.ANOTHER_EDITOR)
def _overdue(patch: Patch) -> None:
    on_page(patch, "/queue", _count(Summons))


@leak("a narrower article comes out whatever the hold says", 43, told=_NARROWED)
def _lets_out(patch: Patch) -> None:
    patch.setattr("workflows.declassify.lets_out", lambda *_, **__: True)


@leak("a narrower article that waits has an address", 43, told=_NARROWED, onlooker=cast.ANOTHER_AUTHOR)
def _waits(patch: Patch) -> None:
    def change(response: Response, resources: Resources) -> Response | None:
        wanted = (request.view_args or {}).get("report_id")
        with begin(resources, actor=PRESS, writes=False) as uow:
            written = uow.session.scalar(select(NarrowingRow.id).where(NarrowingRow.report_id == wanted))
        refused = response.status_code == 404 and written and request.path.endswith("/narrower")
        return Response("Its authors have written one.", status=403) if refused else None

    at_the_desk(patch, change)


@leak("a heartbeat is as long as what it says", 59, told=HELD)
def _heartbeat(patch: Patch) -> None:
    usual = heartbeats._padded  # noqa: SLF001 - a planted leak takes the place of a private function

    def padded(beat: heartbeats.Heartbeat) -> bytes:
        return usual(beat).rstrip(b"\0")

    patch.setattr(heartbeats, "_padded", padded)
