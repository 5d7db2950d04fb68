"""The manuscript is read for each row's values: shown with their sentence, and taken over only by a press."""

from dataclasses import replace
from pathlib import Path

import pytest

from journal.demonstration.visitor import Upload, Visitor
from tests.stories.worlds import World
from tests.stories.writing import PLAN, accepted, client_of, upload

pytestmark = pytest.mark.children

PAIR = Path(__file__).parent.parent / "fixtures" / "pairs" / "deception_probes"
WORDS = {
    "H1": "A logistic probe trained on instructed lies detects strategic deception in role-play transcripts.",
    "H2": "The probe loses less than 0.05 AUROC when the transcripts are paraphrased.",
    "H3": "Probes from middle layers do better than probes from the last four layers.",
}
ROWS = tuple(replace(PLAN.rows[0], label=label, hypothesis=words) for label, words in WORDS.items())


def offered(world: World) -> tuple[Visitor, str]:
    author, _ = client_of(world, "Ada Marwick")
    plan = replace(PLAN, rows=ROWS)
    report, _ = accepted(world, plan=plan, manuscript=(PAIR / "protocol.md").read_bytes())
    author.open(f"/reports/{report}/acceptance")
    author.press("Start stage 2")
    upload(author, report, Upload("results.md", (PAIR / "manuscript.md").read_bytes()), for_stage=2)
    world.run_jobs()
    author.open(f"/reports/{report}/outcomes")
    return author, report


def cells(author: Visitor, row: int) -> dict[str, str]:
    fields = dict(author.page.tree.xpath("//form[@data-autosave]")[0].form_values())
    return {name: fields.get(f"outcomes-{row}-{name}", "") for name in ("estimate", "low", "high", "level", "verdict")}


def test_nothing_is_filled_in_before_a_press_and_the_sentence_stands_beside_it(world: World) -> None:
    author, _ = offered(world)
    section = author.page.tree.xpath("//section[@id='outcomes-1']")[0]
    assert "the probe lost 0.01 AUROC" in section.text_content()
    assert cells(author, 1) == {"estimate": "", "low": "", "high": "", "level": "95", "verdict": ""}


def test_one_press_takes_over_one_sentence_and_keeps_what_was_typed(world: World) -> None:
    author, _ = offered(world)
    button = author.page.tree.xpath("//section[@id='outcomes-1']//button[@name='use']/@value")[0]
    author.press(button, {"claim": "No.", "outcomes-0-estimate": "0.99"})
    taken = {"estimate": "0.01", "low": "\N{MINUS SIGN}0.01", "high": "0.03", "level": "90", "verdict": ""}
    assert cells(author, 1) == taken
    assert cells(author, 0)["estimate"] == "0.99"
    assert cells(author, 2)["verdict"] == ""
    assert "No." in author.page.text


def test_all_that_are_shown_fill_empty_cells_alone(world: World) -> None:
    author, _ = offered(world)
    author.press("Use all that are shown, where a cell is empty", {"outcomes-0-estimate": "0.99"})
    assert cells(author, 0)["estimate"] == "0.99"
    assert [cells(author, row)["verdict"] for row in range(3)] == ["contradicted", "supported", "supported"]
    assert cells(author, 1)["level"] == "90"
