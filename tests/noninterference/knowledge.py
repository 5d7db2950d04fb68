"""What an adversary knows of the withheld study out of band: its words, its people, and every identifier there is."""

from dataclasses import dataclass, field

from sqlalchemy import select

from storage.rows.appeals import Appeal
from storage.rows.holds import HoldRow
from storage.rows.manuscripts import ManuscriptFile
from storage.rows.readings import EmergencyReading
from storage.rows.reports import ReportAuthor
from storage.rows.reviewing import Invitation
from tests.noninterference import cast
from tests.noninterference.twins import NOBODY, Twin


@dataclass
class Knowledge:
    """Identifiers by the name that routes give them."""

    identifiers: dict[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """The identifier for the part `name` of an address; one that nothing has, if there is none."""
        return self.identifiers.get(name, NOBODY)


def known(world: Twin) -> Knowledge:
    """What there is to know of the withheld study in `world`."""
    found = {"report_id": world.hidden} if world.hidden else {}
    of_the_study = (
        ("hold_id", select(HoldRow.id).where(HoldRow.report_id == world.hidden)),
        ("appeal_id", select(Appeal.id).where(Appeal.report_id == world.hidden)),
        ("opening_id", select(EmergencyReading.id).where(EmergencyReading.report_id == world.hidden)),
        ("author_id", select(ReportAuthor.id).where(ReportAuthor.report_id == world.hidden)),
        ("invitation_id", select(Invitation.id).where(Invitation.report_id == world.hidden)),
        ("file_id", select(ManuscriptFile.id).where(ManuscriptFile.report_id == world.hidden)),
    )
    with world.world.work(writes=False) as uow:
        rows = {name: min(uow.session.scalars(wanted), default=None) for name, wanted in of_the_study}
    found |= {name: row for name, row in rows.items() if row is not None}
    return Knowledge({**found, "person_id": world.world.people[cast.HIDDEN_AUTHOR]})
