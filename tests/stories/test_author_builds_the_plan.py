"""The plan as structure: parts on pages of their own, rules built from parts, and nothing lost on the way."""

from dataclasses import replace
from time import perf_counter

import pytest

from journal.demonstration.visitor import Page, Visitor
from journal.dossier import drafts
from storage.rows.reports import Report
from tests.stories.worlds import World
from tests.stories.writing import PLAN, add_row, begin, send, written_study
from workflows.protocol import Analysis, Comparison, Known, Protocol, Setting, read_back
from workflows.verdicts import Verdict


def plan_of(world: World, report: str) -> Protocol:
    """The draft as it stands."""
    with world.work(writes=False) as uow:
        return drafts.last_written(uow, uow.session.get_one(Report, report))[0]


def keep(world: World, report: str, plan: Protocol) -> None:
    """Put a plan in place of the draft's."""
    with world.work() as uow:
        row = uow.session.get_one(Report, report)
        uow.cabinet.put(row, drafts.draft_for_editing(uow, row), "body", plan)
        uow.commit()


def part(author: Visitor, report: str, name: str) -> Page:
    return author.open(f"/reports/{report}/protocol/parts/{name}")


def test_every_kind_of_part_is_added_written_and_read_again(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    written = {
        "sampling": {
            "measures": {"label": "accuracy", "what": "Share of right answers.", "role": "primary", "unit": "points"},
            "samples": {"label": "prompts", "unit": "prompts", "target": "1800", "basis": "power", "alpha": "0.05"},
            "exclusions": {"label": "X1", "what": "Prompts that were refused.", "level": "sample", "sight": "before"},
        },
        "analyses": {
            "analyses": {"label": "A1", "test": "Paired bootstrap", "rows": "H1, H2", "known": "no_data"},
            "contingencies": {"label": "B1", "condition": "The judge fails.", "then": "Humans label 200 answers."},
        },
        "pins": {"pins": {"label": "P1", "thing": "model", "value": "tiny-7b", "digest": "ab12"}},
        "papers": {"papers": {"label": "S1", "title": "The first paper", "rows": "H1"}},
    }
    for page, groups in written.items():
        for name, fields in groups.items():
            part(author, report, page)
            author.press(f"add:{name}:0")
            author.press("Save", {f"{name}-0-{field}": text for field, text in fields.items()})
    plan = plan_of(world, report)
    for groups in written.values():
        for name, fields in groups.items():
            (kept,) = getattr(plan, name)
            for field, text in fields.items():
                value = getattr(kept, field)
                assert (", ".join(value) if isinstance(value, tuple) else value) == text, (name, field)
    assert len({each.label for each in plan.parts()}) == len(plan.parts()) == 7


def test_fields_beside_the_parts_are_kept_too(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    part(author, report, "kinds")
    author.press("Save", {"settings": ["language_models", "simulation"]})
    part(author, report, "papers")
    typed = {
        "collection_start": "2026-05-01",
        "data_-opening": "yes",
        "data_-place": "osf.example",
        "code-opening": "no",
    }
    author.press("Save", {**typed, "code-reason": "It trains a weapon."})
    part(author, report, "pins")
    author.press("Save", {"contamination": "The items were written after the cut-off."})
    plan = plan_of(world, report)
    assert plan.settings == (Setting.LANGUAGE_MODELS, Setting.SIMULATION)
    assert plan.dates.collection_start == "2026-05-01"
    assert (plan.promises.data.place, plan.promises.code.reason) == ("osf.example", "It trains a weapon.")
    assert plan.contamination == "The items were written after the cut-off."
    page = part(author, report, "papers")
    assert page.tree.xpath("//input[@id='data_-place']/@value") == ["osf.example"]


def test_the_kind_of_study_says_which_parts_come_first_and_what_is_needed(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    assert "Your turn: send it." in author.open(f"/reports/{report}/tasks").text
    part(author, report, "kinds")
    author.press("Save", {"settings": ["language_models"]})
    page = author.open(f"/reports/{report}/tasks")
    assert "Your turn: one thing is missing." in page.text
    names = page.tree.xpath("//section[@aria-labelledby='chapters']//li//a/text()")
    assert names.index("Models, data, prompts, seeds: what is fixed") < names.index(
        "Analyses, and what is known already"
    )
    page = author.open(f"/reports/{report}/send")
    author.open(page.link("name each model"))
    author.press("add:pins:0")
    author.press("Save", {"pins-0-thing": "model", "pins-0-value": "tiny-7b"})
    assert "Your turn: send it." in author.open(f"/reports/{report}/tasks").text


def test_a_rule_is_built_from_parts_and_reads_back_as_a_sentence(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    add_row(author, report, decision_rule="")
    page = author.open(f"/reports/{report}/protocol")
    author.open(page.link("Build the rule from parts"))
    author.press("add:clauses:0")
    author.press(
        "add:clauses:1",
        {
            "clauses-0-when-0-statistic": "interval",
            "clauses-0-when-0-metric": "the accuracy difference",
            "clauses-0-when-0-level": "95",
            "clauses-0-when-0-value": "2",
            "clauses-0-when-0-unit": "percentage points",
        },
    )
    author.press("add:clauses-1-when:1", {"clauses-1-when-0-comparator": "<", "clauses-1-when-0-value": "0"})
    page = author.press(
        "Save", {"clauses-1-when-1-statistic": "count", "clauses-1-when-1-value": "40", "otherwise": "inconclusive"}
    )
    sentence = (
        "H1 is supported if the 95 % interval of the accuracy difference lies wholly above 2 percentage points; "
        "contradicted if the estimate is below 0 and n is above 40; otherwise inconclusive."
    )
    assert sentence in page.text
    row = plan_of(world, report).rows[0]
    assert (read_back(row.rule, "H1"), row.decision_rule) == (sentence, sentence)


def test_a_rule_begins_from_a_common_one_with_the_rows_own_numbers(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    add_row(author, report, decision_rule="In my own words.")
    author.open(f"/reports/{report}/protocol/rows/1/rule")
    page = author.press("The interval lies above the smallest effect")
    assert "lies wholly above 0.15 AUROC above chance; contradicted if" in page.text
    row = plan_of(world, report).rows[0]
    assert row.rule.otherwise is Verdict.INCONCLUSIVE
    assert row.decision_rule == "In my own words."
    author.press("remove:clauses:1")
    assert len(plan_of(world, report).rows[0].rule.clauses) == 1


def test_when_a_check_passes_is_built_from_parts(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    author.open(f"/reports/{report}/protocol/checks/1/rule")
    author.press("add:when:0")
    author.press("Save", {"when-0-metric": "AUROC", "when-0-comparator": ">=", "when-0-value": "0.85"})
    check = plan_of(world, report).checks[0]
    assert check.passes == (Comparison(metric="AUROC", comparator=check.passes[0].comparator, value="0.85"),)
    assert check.threshold == "at least 0.85"


def test_what_a_page_does_not_show_of_a_row_is_kept_when_the_row_is_saved_moved_and_renamed(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    author.open(f"/reports/{report}/protocol/rows/1/rule")
    author.press("The interval lies above the smallest effect")
    rule = plan_of(world, report).rows[0].rule
    add_row(author, report, label="H2")
    author.open(f"/reports/{report}/protocol")
    author.press("down:rows:0", {"rows-0-label": "H1b"})
    rows = plan_of(world, report).rows
    assert [(row.label, bool(row.rule)) for row in rows] == [("H2", False), ("H1b", True)]
    assert rows[1].rule == rule


@pytest.mark.thorough
def test_a_form_that_was_overtaken_writes_into_the_row_of_its_label(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    add_row(author, report)
    add_row(author, report, label="H2", question="The second?")
    mine = author.open(f"/reports/{report}/protocol")
    author.press("down:rows:0")
    author.page = mine
    page = author.press("Save", {"rows-0-question": "Changed in my tab"})
    assert page.status == 409
    author.press("Save")
    assert [(row.label, row.question) for row in plan_of(world, report).rows] == [
        ("H2", "The second?"),
        ("H1", "Changed in my tab"),
    ]


def test_the_level_of_bias_control_follows_from_the_analyses(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    part(author, report, "analyses")
    author.press("add:analyses:0")
    author.press("Save", {"analyses-0-known": "not_observed"})
    assert plan_of(world, report).bias_level == 3
    page = author.open(f"/reports/{report}/bias")
    assert "Level 3." in page.text
    assert not page.tree.xpath("//input[@type='radio']")
    part(author, report, "analyses")
    author.press("Save", {"analyses-0-known": "run"})
    assert "Level 0 follows from your answers." in part(author, report, "analyses").text
    assert "cannot be registered" in author.open(f"/reports/{report}/send").text
    part(author, report, "analyses")
    author.press("Save", {"analyses-0-known": ""})
    assert author.open(f"/reports/{report}/bias").tree.xpath("//input[@type='radio']")


def test_the_level_that_follows_is_the_one_that_is_registered(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    keep(world, report, replace(PLAN, analyses=(Analysis(label="A1", known=Known.NOT_REACHED),)))
    send(author, report)
    assert '"bias_level":4' in author.open(f"/reports/{report}/protocol/1.json").answer.body.decode()


@pytest.mark.parametrize("path", ["protocol/parts/nothing", "protocol/rows/1/rule", "protocol/pins/1/rule"])
def test_what_is_not_there_is_not_found(world: World, path: str) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    assert author.open(f"/reports/{report}/{path}").status == 404
    assert world.signed_in("Bo Other").open(f"/reports/{report}/protocol/parts/pins").status == 404


@pytest.mark.thorough
def test_two_hundred_rows_stay_usable_and_quick(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    rows = tuple(replace(PLAN.rows[0], label=f"H{number}") for number in range(1, 201))
    keep(world, report, replace(PLAN, rows=rows))
    began = perf_counter()
    page = author.open(f"/reports/{report}/protocol?at=rows-150-question")
    assert page.tree.xpath("//input[contains(@name, '-label')]/@value")[:10] == [f"H{n}" for n in range(151, 161)]
    author.press("up:rows:150", {"rows-150-question": "Moved?"})
    spent = perf_counter() - began
    moved = plan_of(world, report).rows
    assert [row.label for row in moved[148:152]] == ["H149", "H151", "H150", "H152"]
    assert moved[149].question == "Moved?"
    assert spent < 3, spent
    author.open(f"/reports/{report}/protocol")
    page = author.press("add:rows:200")
    assert page.status == 422
    assert "200 already" in page.text


def test_a_consequence_that_was_only_chosen_stands_in_words_too(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    author.open(f"/reports/{report}/protocol")
    author.press("Save", {"checks-0-consequence": "", "checks-0-failing": "stops"})
    assert plan_of(world, report).checks[0].consequence == "the study stops"
    author.open(f"/reports/{report}/protocol")
    author.press("Save", {"checks-0-failing": "not_testable"})
    assert plan_of(world, report).checks[0].consequence == "the hypothesis is not testable"
    author.open(f"/reports/{report}/protocol")
    author.press("Save", {"checks-0-consequence": "In my own words.", "checks-0-failing": "stops"})
    assert plan_of(world, report).checks[0].consequence == "In my own words."
