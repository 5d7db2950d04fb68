"""Editors who weigh results, and readers of a published report, see plan and paper as one text; else nobody does."""

from dataclasses import replace
from pathlib import Path

import pytest

from journal.dossier.comparing import ask_to_compare
from journal.dossier.drafts import results_for_editing
from journal.production.release import make_release
from storage.rows.manuscripts import FileKind, ManuscriptFile
from storage.rows.reports import Report
from tests.stories.accepted import HANDLING, Study, ready_report
from tests.stories.public_shelf import shelf_of
from tests.stories.test_announced_work_closes import name_of, page
from tests.stories.withheld import hold
from tests.stories.worlds import World

pytestmark = pytest.mark.children
PAIR = Path(__file__).parent.parent / "fixtures" / "pairs" / "deception_probes"
PLANNED = (PAIR / "protocol.md").read_bytes()
REPORTED = (PAIR / "manuscript.md").read_bytes()
GONE = b"<del>Probes from middle layers (layers 20 to 28) do better than probes from the last four layers.</del>"


def compared(world: World, *, planned: bytes | None = PLANNED) -> str:
    """A report that the next release publishes, whose texts the worker has compared."""
    report_id = ready_report(world, replace(Study(), manuscript=REPORTED))
    with world.work() as uow:
        report = uow.session.get_one(Report, report_id)
        if planned is not None:
            kept = uow.cabinet.deposit(report, planned)
            uow.session.add(
                ManuscriptFile(
                    id=uow.new_id("manuscript_file"),
                    report_id=report_id,
                    for_stage=1,
                    kind=FileKind.MANUSCRIPT,
                    name="manuscript.md",
                    media_type="text/markdown",
                    sha256=kept.sha256,
                    size=kept.size,
                    vault_name=kept.name,
                    uploaded_at=uow.now,
                    version_number=1,
                )
            )
        ask_to_compare(uow, report)
        uow.commit()
    world.run_jobs()
    return report_id


def test_a_published_report_shows_both_texts_as_one_and_no_place_in_a_file(world: World) -> None:
    report = compared(world)
    make_release(world.resources)
    found = page(world, f"/reports/{name_of(world, report)}/promised")
    assert GONE in found
    assert b"protocol.md" not in found
    assert b"line " not in found


def test_where_the_plan_is_data_alone_no_text_is_shown(world: World) -> None:
    report = compared(world, planned=None)
    make_release(world.resources)
    assert b"word by word" not in page(world, f"/reports/{name_of(world, report)}/promised")


def test_of_withheld_work_neither_text_is_anywhere(world: World) -> None:
    report = compared(world)
    hold(world, report)
    make_release(world.resources)
    assert b"middle layers" not in shelf_of(world).everything()


def test_whoever_weighs_the_results_reads_both_texts_as_one(world: World) -> None:
    report = compared(world)
    page_of = f"/reports/{report}/findings"
    assert GONE in world.signed_in(HANDLING).open(page_of).answer.body
    with world.work() as uow:
        results_for_editing(uow, uow.session.get_one(Report, report))
        uow.commit()
    assert GONE not in world.signed_in(HANDLING).open(page_of).answer.body, "what follows is not sent"
