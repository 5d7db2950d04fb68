"""Reports whose results are begun, or weighed: in review, with a finding on them."""

from journal.dossier.findings import keep
from journal.dossier.results import latest_submitted
from storage.rows.reports import Report
from tests.stories.accepted import AUTHOR, TO_ACCEPTED, Study, registered_report, take, write_results
from tests.stories.worlds import World
from workflows.conformance import Finding
from workflows.stages import Action


def weighed_report(world: World, study: Study, finding: Finding) -> str:
    """A report whose results are in review, with one finding on them."""
    report_id = registered_report(world, study)
    with world.work() as uow:
        report = uow.session.get_one(Report, report_id)
        write_results(uow, report, study)
        uow.session.flush()
        version = latest_submitted(uow, report)
        assert version is not None
        keep(uow, report, version, [finding])
        take(world, uow, report, TO_ACCEPTED[:3])
        uow.commit()
    return report_id


def start_stage_2(world: World, report_id: str) -> None:
    """Let the author of an accepted protocol begin with the results."""
    with world.work() as uow:
        take(world, uow, uow.session.get_one(Report, report_id), ((AUTHOR, Action.BEGIN_STAGE_2),))
        uow.commit()
