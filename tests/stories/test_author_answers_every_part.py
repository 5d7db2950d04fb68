"""Stage 2 asks of each part of the plan what became of it, and one press answers what went as registered."""

from dataclasses import replace

from journal.dossier import results
from storage.rows.reports import Report
from tests.stories.worlds import World
from tests.stories.writing import PLAN, accepted, client_of, fill_in_results, submit
from workflows.outcomes import Done, Outcomes
from workflows.protocol import (
    Analysis,
    Clause,
    Comparator,
    Comparison,
    Contingency,
    Pin,
    Protocol,
    Rule,
    Sample,
    Statistic,
    Thing,
)
from workflows.verdicts import Verdict

RULE = Rule(
    clauses=(
        Clause(
            verdict=Verdict.SUPPORTED,
            when=(
                Comparison(statistic=Statistic.P_VALUE, comparator=Comparator.BELOW, value="0.05"),
                Comparison(metric="refusals", statistic=Statistic.INTERVAL, comparator=Comparator.ABOVE, value="0"),
            ),
        ),
    ),
    otherwise=Verdict.INCONCLUSIVE,
)
PARTS: Protocol = replace(
    PLAN,
    samples=(Sample(label="S1", target="1,800", unit="prompts", rows=("H1",)),),
    analyses=(Analysis(label="A1", test="Bootstrap over models", rows=("H1",)),),
    contingencies=(Contingency(label="B1", condition="a model is withdrawn", then="Use the next version."),),
    pins=(Pin(label="P1", thing=Thing.SEED, value="20260501"),),
)


def outcomes_of(world: World, report: str) -> Outcomes:
    with world.work(writes=False) as uow:
        row = uow.session.get_one(Report, report)
        draft = results.open_draft(uow, row)
        assert draft is not None
        return results.words(uow, row, draft).outcomes


def test_one_press_answers_the_parts_that_have_no_answer_and_no_hypothesis(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, _ = accepted(world, plan=PARTS)
    author.open(f"/reports/{report}/acceptance")
    page = author.press("Start stage 2")
    assert "4 parts have no answer yet" in page.text
    told = {"parts-0-done": "differently", "parts-0-account": "1,640 prompts", "parts-0-where": "Section 2.1"}
    page = author.press("The rest was done as registered", told)
    assert "Every part is answered" in page.text
    said = outcomes_of(world, report)
    done = [Done.DIFFERENTLY, Done.AS_REGISTERED, Done.AS_REGISTERED, Done.AS_REGISTERED]
    assert [part.done for part in said.parts] == done
    assert (said.parts[0].account, said.parts[0].where) == ("1,640 prompts", "Section 2.1")
    assert [row.done for row in said.rows] == [None]
    assert [check.passed for check in said.checks] == [None]


def test_a_part_is_done_by_a_branch_of_the_plan(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, digest = accepted(world, plan=PARTS)
    fill_in_results(world, author, report, digest)
    author.open(f"/reports/{report}/outcomes")
    author.press("The rest was done as registered", {"parts-3-done": "branched"})
    submit(author, report)
    assert "Choose the branch of the protocol by which P1 does not apply" in author.page.text
    author.open(f"/reports/{report}/outcomes")
    author.press("Save", {"parts-3-branch": "B1"})
    submit(author, report)
    assert author.page.status == 200
    assert "not applicable, by a branch" in author.open(f"/reports/{report}/results").text.lower()


def test_a_p_value_is_asked_only_where_the_rule_is_about_it_and_named_metrics_have_cells(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    plan = replace(PLAN, rows=(replace(PLAN.rows[0], rule=RULE), replace(PLAN.rows[0], label="H2")))
    report, _ = accepted(world, plan=plan)
    author.open(f"/reports/{report}/acceptance")
    page = author.press("Start stage 2")
    assert page.tree.xpath("//input[@name='outcomes-0-p']")
    assert not page.tree.xpath("//input[@name='outcomes-1-p' or @name='outcomes-0-bayes_factor']")
    cells = page.tree.xpath("//input[starts-with(@name, 'outcomes-0-values-0-')]/@name")
    assert [name.rpartition("-")[2] for name in cells] == ["estimate", "low", "high"]
    author.press("Save", {"outcomes-0-values-0-low": "0.02", "outcomes-0-p": ".04"})
    said = outcomes_of(world, report).rows[0]
    assert (said.p, said.values[0].metric, said.values[0].low) == (".04", "refusals", "0.02")


def test_an_unregistered_analysis_needs_its_reason(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, digest = accepted(world)
    fill_in_results(world, author, report, digest)
    author.open(f"/reports/{report}/outcomes")
    author.press("add:unregistered:0")
    author.press("Save", {"unregistered-0-what": "Accuracy by language."})
    submit(author, report)
    assert "why it was made" in author.page.text
    author.open(f"/reports/{report}/outcomes")
    author.press("Save", {"unregistered-0-why": "A reader asked."})
    submit(author, report)
    assert "Reported, not registered" in author.open(f"/reports/{report}/findings").text


def test_a_plan_of_rows_and_checks_alone_asks_nothing_more(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, _ = accepted(world)
    author.open(f"/reports/{report}/acceptance")
    page = author.press("Start stage 2")
    assert "The rest" not in page.text
    assert not page.tree.xpath("//*[starts-with(@name, 'parts-') or contains(@name, '-branch')]")
