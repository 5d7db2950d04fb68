"""The worker compares the texts, and the author meets what it found before anything is sent."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from journal.demonstration.transports import InProcess
from journal.demonstration.visitor import Upload, Visitor
from journal.dossier import comparing_texts, results
from journal.dossier.comparing import ask_to_compare, comparison_of, comparisons, found_by
from storage.rows.comparisons import Progress
from storage.rows.outcomes import FindingRow
from storage.rows.reports import Report
from tests.stories.worlds import World, address_of
from tests.stories.writing import ANSWERS, PLAN, accepted, client_of, move, submit, upload
from workflows.conformance import State
from workflows.protocol import Sample
from workflows.stages import Stage

pytestmark = pytest.mark.children

PAIR = Path(__file__).parent.parent / "fixtures" / "pairs" / "deception_probes"
PLANNED = (PAIR / "protocol.md").read_bytes()
FAITHFUL = (PAIR / "manuscript.md").read_bytes()
ANOTHER_SEED = FAITHFUL.replace(b"seed was 4711", b"seed was 1234")
OTHER_STUDY = (PAIR.parent / "polite_pushback" / "manuscript.md").read_bytes()


def begun(world: World, told: bytes) -> tuple[Visitor, InProcess, str]:
    """Stage 2 with its rows answered and a results manuscript uploaded; nobody has compared anything yet."""
    author, requests = client_of(world, "Ada Marwick")
    report, digest = accepted(world, manuscript=PLANNED)
    author.open(f"/reports/{report}/acceptance")
    author.press("Start stage 2")
    author.press("Save", {**ANSWERS, "cited_digest": digest})
    upload(author, report, Upload("results.md", told), for_stage=2)
    return author, requests, report


def sections(author: Visitor, report: str) -> list[str]:
    author.open(f"/reports/{report}/differences")
    return [each.text_content() for each in author.page.tree.xpath("//section[contains(@class, 'three')]")]


def progress_of(world: World, report: str) -> list[Progress]:
    with world.work(writes=False) as uow:
        return [row.progress for row in comparisons(uow, uow.session.get_one(Report, report))]


def test_the_texts_are_compared_by_the_worker_and_both_spans_are_shown(world: World) -> None:
    author, requests, report = begun(world, ANOTHER_SEED)
    assert "wait to be compared" in author.open(f"/reports/{report}/differences").text
    assert progress_of(world, report) == [Progress.WAITING]
    world.run_jobs()
    assert progress_of(world, report) == [Progress.DONE]
    seed = next(each for each in sections(author, report) if "1234" in each and "4711" in each)
    assert "protocol.md, line" in seed
    assert "manuscript.md, line" in seed
    few = requests.client.get(f"/reports/{report}/differences", headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "was compared with the protocol" in few
    assert "<html" not in few


def test_a_difference_becomes_a_deviation_to_complete_and_is_declared_when_sent(world: World) -> None:
    author, _, report = begun(world, ANOTHER_SEED)
    world.run_jobs()
    author.open(f"/reports/{report}/differences")
    mark = author.page.tree.xpath("//section[contains(., '1234')]/@id")[0].removeprefix("d-")
    author.press("Declare it as a deviation", {"mark": mark})
    begun_row = author.page.tree.xpath("//textarea[@name='deviations-0-what']/text()")[0]
    assert "1234" in begun_row
    told = {
        "kind": "materials",
        "why": "The seed was lost.",
        "when": "after_data",
        "toward": "unchanged",
        "effect": "None.",
    }
    author.press("Save", {f"deviations-0-{name}": text for name, text in told.items()})
    world.run_jobs()
    submit(author, report)
    assert "with the editors" in author.page.text
    with world.work(writes=False) as uow:
        rows = list(uow.session.scalars(select(FindingRow).where(FindingRow.report_id == report)))
        declared = [row.mark for row in rows if row.state is State.DECLARED]
    assert mark in declared


def test_what_is_no_deviation_is_said_and_copied_to_the_editors(world: World) -> None:
    author, _, report = begun(world, ANOTHER_SEED)
    world.run_jobs()
    author.open(f"/reports/{report}/differences")
    mark = author.page.tree.xpath("//section[contains(., '1234')]/@id")[0].removeprefix("d-")
    assert author.press("Keep this answer", {"mark": mark, "why": " "}).status == 422
    assert "Say in a sentence why" in author.page.text
    author.press("Keep this answer", {"mark": mark, "why": "1234 seeds the plots alone."})
    assert "open" in author.open(f"/reports/{report}/outcomes/submit").text
    submit(author, report)
    assert "1234 seeds the plots alone." in author.open(f"/reports/{report}/findings").text


def test_results_can_be_sent_with_open_differences_and_the_page_says_what_waits(world: World) -> None:
    author, _, report = begun(world, ANOTHER_SEED)
    world.run_jobs()
    assert "acceptance waits for" in author.open(f"/reports/{report}/outcomes/submit").text
    submit(author, report)
    assert author.page.status == 200


def test_another_study_is_said_to_be_one_and_brings_no_finding(world: World) -> None:
    author, _, report = begun(world, OTHER_STUDY)
    world.run_jobs()
    assert sections(author, report) == []
    assert "does not appear to report this protocol" in author.page.text
    assert "Of the protocol's most frequent words" in author.page.text


def test_texts_that_are_still_compared_when_results_are_sent_add_to_them(world: World) -> None:
    author, _, report = begun(world, ANOTHER_SEED)
    submit(author, report)
    assert "1234" not in author.open(f"/reports/{report}/findings").text
    world.run_jobs()
    assert "1234" in author.open(f"/reports/{report}/findings").text


def test_a_corrected_manuscript_is_compared_again_and_the_difference_is_gone(world: World) -> None:
    author, _, report = begun(world, ANOTHER_SEED)
    world.run_jobs()
    assert any("1234" in each for each in sections(author, report))
    upload(author, report, Upload("results.md", FAITHFUL), for_stage=2)
    assert progress_of(world, report) == [Progress.WAITING, Progress.DONE]
    world.run_jobs()
    assert not any("1234" in each for each in sections(author, report))


def test_a_comparison_that_breaks_is_said_in_words_and_bars_nothing(world: World) -> None:
    author, _, report = begun(world, FAITHFUL)
    with world.work() as uow:
        row = comparison_of(uow, uow.session.get_one(Report, report))
        assert row is not None
        row.attempts = comparing_texts.MOST_ATTEMPTS
        uow.commit()
    world.run_jobs()
    assert progress_of(world, report) == [Progress.FAILED]
    assert comparing_texts.TOO_LONG in author.open(f"/reports/{report}/differences").text
    submit(author, report)
    assert author.page.status == 200


def test_a_failed_comparison_is_tried_again_by_one_press(world: World) -> None:
    author, _, report = begun(world, FAITHFUL)
    with world.work() as uow:
        row = comparison_of(uow, uow.session.get_one(Report, report))
        assert row is not None
        row.attempts = comparing_texts.MOST_ATTEMPTS
        uow.commit()
    world.run_jobs()
    author.open(f"/reports/{report}/differences")
    author.press("Try again")
    world.run_jobs()
    assert progress_of(world, report) == [Progress.DONE]


def test_the_same_pair_is_compared_once(world: World) -> None:
    _, _, report = begun(world, FAITHFUL)
    world.run_jobs()
    with world.work() as uow:
        ask_to_compare(uow, uow.session.get_one(Report, report))
        uow.commit()
    assert progress_of(world, report) == [Progress.DONE]
    with world.work(writes=False) as uow:
        row = uow.session.get_one(Report, report)
        kept = comparison_of(uow, row)
        assert kept is not None
        assert found_by(uow, row, kept).comparison is not None
        assert results.open_draft(uow, row) is not None


def test_a_part_without_an_answer_is_answered_by_one_press(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, _ = accepted(world, plan=replace(PLAN, samples=(Sample(label="S1", target="1,800"),)))
    author.open(f"/reports/{report}/acceptance")
    author.press("Start stage 2")
    first = sections(author, report)[0]
    assert "S1" in first
    author.press("Done as registered")
    assert not any("S1" in each for each in sections(author, report))


def test_nobody_but_its_authors_finds_the_list(world: World) -> None:
    _, _, report = begun(world, FAITHFUL)
    other, _ = client_of(world, "Bo Tanaka")
    assert other.open(f"/reports/{report}/differences").status == 404


@pytest.mark.parametrize(
    ("name", "told", "words"),
    [
        ("short", b"# Results\n\n![Figure 1](figure.png)\n", "too few words"),
        ("code", FAITHFUL.replace(b"was 4711", b"was `r seed`"), "code that was not run"),
        pytest.param(
            "other language",
            (
                "# Ergebnisse\n\n"
                + "Die Befragten haben die Fragen nicht so beantwortet, wie wir es erwartet hatten. " * 30
            ).encode(),
            "different languages",
            marks=pytest.mark.thorough,
        ),
    ],
)
def test_what_cannot_be_read_is_said_and_never_passes_as_conforming(
    world: World, name: str, told: bytes, words: str
) -> None:
    author, _, report = begun(world, told)
    world.run_jobs()
    assert progress_of(world, report) == [Progress.DONE], name
    assert words in author.open(f"/reports/{report}/differences").text


def test_the_handling_editor_is_told_what_came_after_the_results(world: World) -> None:
    author, _, report = begun(world, ANOTHER_SEED)
    with world.work() as uow:
        row = uow.session.get_one(Report, report)
        row.handling_editor_id = world.people["Ilse Vantongeren"]
        uow.commit()
    submit(author, report)
    world.run_jobs()
    told = [mail["subject"] for mail in world.mails(address_of("Ilse Vantongeren"))]
    assert "Findings were added to a report" in told


def test_a_finding_of_texts_is_corrected_only_once_the_texts_were_read_again(world: World) -> None:
    author, _, report = begun(world, ANOTHER_SEED)
    world.run_jobs()
    submit(author, report)
    move(world, report, Stage.STAGE_2_REVISION)
    upload(author, report, Upload("results.md", FAITHFUL), for_stage=2)
    author.open(f"/reports/{report}/outcomes/submit")
    author.press("Send the revised results")
    assert states_of(world, report, "1234") == [State.OPEN]
    world.run_jobs()
    assert states_of(world, report, "1234") == [State.CORRECTED]


def states_of(world: World, report: str, words: str) -> list[State]:
    with world.work(writes=False) as uow:
        row = uow.session.get_one(Report, report)
        first = results.versions(uow, row)[0]
        return [found.state for found, said in results.findings(uow, row, first) if words in said.reported]
