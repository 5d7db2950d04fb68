"""The linter beside the field: on the page, on saving, with an autosave, answered with a reason, shown to reviewers."""

from dataclasses import replace

from journal.dossier import protocols
from storage.rows.reports import Report
from tests.stories.reviewing import HANDLING, accepted, report_in_review
from tests.stories.test_author_builds_the_plan import keep, plan_of
from tests.stories.test_author_drafts import type_in
from tests.stories.worlds import World
from tests.stories.writing import PLAN, client_of, written_study
from workflows.lint import lint
from workflows.protocol import Answered

RULE, SPOT = "smallest-effect-without-reason", "H1/rationale"
SAYS = "H1 does not say why 0.15 is the smallest that matters."


def test_the_plan_that_is_used_here_breaks_one_rule() -> None:
    assert [(each.rule, each.spot) for each in lint(PLAN)] == [(RULE, SPOT)]


def test_a_finding_stands_beside_its_field_and_goes_when_it_is_mended(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    page = author.open(f"/reports/{report}/protocol")
    assert SAYS in page.tree.xpath("string(//*[@id='rows-0-rationale-lint'])")
    assert "rows-0-rationale-lint" in page.tree.xpath("//*[@id='rows-0-rationale']/@aria-describedby")[0]
    page = author.press("Save and check here", {"rows-0-rationale": "Below it no monitor is worth its cost."})
    assert page.address.endswith("/protocol")
    assert page.tree.xpath("string(//*[@id='rows-0-rationale-lint'])") == ""
    assert lint(plan_of(world, report)) == ()


def test_an_autosave_answers_with_the_findings_of_every_field_of_the_page(world: World) -> None:
    author, requests = client_of(world, "Ada Marwick")
    report = written_study(world, "Ada Marwick")
    page = author.open(f"/reports/{report}/protocol")
    answer = type_in(requests, page, {"rows-0-unit": "", "rows-0-rationale": "Cost."}).body.decode()
    assert 'id="rows-0-rationale-lint" hx-swap-oob="true"></div>' in answer
    assert 'id="rows-0-unit-lint" hx-swap-oob="true"><p' in answer


def test_an_autosave_on_a_later_window_names_the_places_of_that_page(world: World) -> None:
    author, requests = client_of(world, "Ada Marwick")
    report = written_study(world, "Ada Marwick")
    keep(world, report, replace(PLAN, rows=tuple(replace(PLAN.rows[0], label=f"H{n}") for n in range(1, 14))))
    page = author.open(f"/reports/{report}/protocol?at=rows-12-rationale")
    assert page.tree.xpath("//*[@id='rows-12-rationale-lint']/p")
    answer = type_in(requests, page, {"rows-12-rationale": "A reason."}).body.decode()
    assert 'id="rows-12-rationale-lint" hx-swap-oob="true"></div>' in answer
    assert 'id="rows-11-rationale-lint" hx-swap-oob="true"><p' in answer


def test_all_findings_stand_on_one_page_by_criterion_with_the_way_to_the_field(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    page = author.open(author.open(f"/reports/{report}/tasks").link("What the linter says"))
    assert "It finds: 1 should." in page.text
    assert page.tree.xpath("string(//h2[@id='c1C'])").startswith("1C")
    page = author.open(page.link(SAYS))
    assert page.tree.xpath("//*[@id='rows-0-rationale']")


def test_a_should_is_answered_with_a_reason_which_is_kept_with_the_plan(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    author.open(f"/reports/{report}/protocol/lint")
    page = author.press("Keep the reason", {"reason": "It follows from the monitor's price."})
    assert "It has nothing to ask." in page.text
    assert "It follows from the monitor's price." in page.text
    kept = plan_of(world, report).answered
    assert kept == (Answered(rule=RULE, place=SPOT, reason="It follows from the monitor's price."),)
    author.press("Keep the reason", {"reason": " "})
    assert plan_of(world, report).answered == ()


def test_what_the_linter_did_not_find_cannot_be_answered(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    author.open(f"/reports/{report}/protocol/lint")
    author.press("Keep the reason", {"rule": "another", "reason": "No."})
    assert plan_of(world, report).answered == ()


def test_a_reviewer_reads_findings_and_reasons_beside_the_criterion(world: World) -> None:
    report = report_in_review(world)
    with world.work() as uow:
        row = uow.session.get_one(Report, report)
        plan = replace(PLAN, answered=(Answered(rule=RULE, place=SPOT, reason="It follows from the price."),))
        uow.cabinet.put(row, protocols.versions(uow, row)[-1], "body", plan)
        uow.commit()
    guest, link = accepted(world, world.signed_in(HANDLING), report, "rosa@example.net")
    page = guest.open(f"{link}/form")
    (evidence,) = page.tree.xpath("//details[summary[contains(., 'Evidence, not a verdict')]]")
    assert SAYS in evidence.text_content()
    assert "It follows from the price." in evidence.text_content()
    assert evidence.xpath("following::fieldset[1]/@id") == ["judgement-1C"]


def test_the_page_of_a_rule_shows_an_outcome_that_it_does_not_answer(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    author.open(f"/reports/{report}/protocol/rows/1/rule")
    author.press("The interval lies above the smallest effect")
    page = author.press("Save and check here", {"otherwise": ""})
    assert page.address.partition("#")[0].endswith("/rows/1/rule")
    (note,) = page.tree.xpath("//div[contains(@class, 'note')][contains(., 'What the linter says of it')]")
    assert "Must" in note.text_content()


def test_one_reason_answers_all_that_asks_the_same_when_that_is_ticked(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    row = PLAN.rows[0]
    keep(world, report, replace(PLAN, rows=(row, replace(row, label="H2"), replace(row, label="H3"))))
    author.open(f"/reports/{report}/protocol/lint")
    reasons = author.page.tree.xpath(f"//form[.//input[@name='rule'][@value='{RULE}']]")
    assert len(reasons) == 3
    author.press("Keep the reason", {"reason": "It follows from the price.", "alike": True}, within="/protocol/lint")
    kept = [each for each in plan_of(world, report).answered if each.rule == RULE]
    assert len({each.place for each in kept}) == 3
