"""The plan as a document: everything that it holds is shown, nothing that is empty, and each part has an anchor."""

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from journal.dossier import protocols
from journal.protocol_file.opening import open_protocol_file
from journal.protocol_file.reading import ProtocolFile
from storage.rows.reports import Report
from tests.stories.reviewing import HANDLING, accepted, report_in_review
from tests.stories.test_author_builds_the_plan import keep
from tests.stories.worlds import World
from tests.stories.writing import PLAN, begin
from workflows.protocol import (
    Analysis,
    Answered,
    Basis,
    Check,
    Clause,
    Comparison,
    Contingency,
    Dates,
    Exclusion,
    Failing,
    Gate,
    Known,
    Labelled,
    Level,
    Measure,
    Opening,
    Paper,
    Part,
    Pin,
    Promise,
    Promises,
    Protocol,
    Role,
    Row,
    Rule,
    Sample,
    Setting,
    Sides,
    Sight,
    Statements,
    Thing,
)
from workflows.verdicts import Verdict

PartT = TypeVar("PartT", bound=Labelled)


def told(kind: type[PartT], **known: Any) -> PartT:  # noqa: ANN401 - fields of any part
    """A part whose every text says where it stands, so that a page can be searched for it."""
    name = kind.__name__.lower()
    texts = {each.name: f"{name} {each.name} said" for each in fields(kind) if each.type in {"str", str}}
    return kind(**{**texts, **known})


RULE = Rule(clauses=(Clause(verdict=Verdict.SUPPORTED, when=(Comparison(metric="built metric", value="3"),)),))
FULL = replace(
    PLAN,
    rows=(told(Row, label="H1", rule=RULE, smallest_effect="0.15"),),
    checks=(told(Check, label="C1", rows=("H1",), gate=Gate.QUALITY, failing=Failing.STOPS),),
    measures=(told(Measure, label="M1", role=Role.NEUTRAL, rows=("H1",)),),
    samples=(told(Sample, label="N1", basis=Basis.BAYES, rows=("H1",)),),
    exclusions=(told(Exclusion, label="X1", level=Level.DATA, sight=Sight.BEFORE),),
    analyses=(told(Analysis, label="A1", part=Part.ROBUSTNESS, sides=Sides.ONE, known=Known.NOT_REACHED),),
    contingencies=(told(Contingency, label="B1"),),
    pins=(told(Pin, label="P1", thing=Thing.JUDGE),),
    papers=(told(Paper, label="S1", rows=("H1",)),),
    settings=(Setting.PARTICIPANTS,),
    contamination="contamination said",
    exploratory="exploratory said",
    promises=Promises(data=Promise(opening=Opening.NO, reason="promise reason said")),
    dates=Dates(collection_start="2026-05-01", collection_end="2026-06-01", results_due="2026-12-01"),
    bias_account="bias account said",
    answered=(Answered(rule="a-rule", place="H1/unit", reason="answer said"),),
)


def texts_of(part: object) -> list[str]:
    """Every text of a plan, however deep; a choice by its words."""
    match part:
        case Known() | Opening() | Verdict():
            return []
        case Enum():
            return [getattr(part, "words", "")]
        case str():
            return [part]
        case tuple():
            return [text for each in part for text in texts_of(each)]
        case _ if is_dataclass(part):
            return [text for each in fields(part) for text in texts_of(getattr(part, each.name))]
        case _:
            return []


def without_marks(plan: Protocol) -> Protocol:
    """Comparators are shown as words."""
    return replace(plan, rows=tuple(replace(row, rule=Rule()) for row in plan.rows))


def test_everything_that_a_plan_holds_is_shown(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    keep(world, report, FULL)
    page = author.open(f"/reports/{report}/protocol/read")
    missing = [text for text in texts_of(without_marks(FULL)) if text.strip() and text not in page.text]
    assert missing == []
    assert "H1 is supported if built metric is above 3." in page.text
    for anchor in ("row-1", "check-1", "measures-1", "samples-1", "exclusions-1", "analyses-1", "pins-1", "papers-1"):
        assert page.tree.xpath("//*[@id=$anchor]", anchor=anchor), anchor


def test_nothing_empty_is_shown(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    keep(world, report, Protocol(title="A short plan", rows=(Row(label="H1", question="Is it so?"),)))
    page = author.open(f"/reports/{report}/protocol/read")
    assert [" ".join(name.split()) for name in page.tree.xpath("//main//h2/text()")] == [
        "H1, primary",
        "Data so far",
        "Files",
    ]
    names = page.tree.xpath("//section[@id='row-1']//dt/text()")
    assert names == ["Question", "Predicted"]


def test_a_reviewer_reads_the_whole_plan_and_can_pin_a_point_to_any_part(world: World) -> None:
    report = report_in_review(world)
    with world.work() as uow:
        row = uow.session.get_one(Report, report)
        uow.cabinet.put(row, protocols.versions(uow, row)[-1], "body", FULL)
        uow.commit()
    guest, link = accepted(world, world.signed_in(HANDLING), report, "rosa@example.net")
    page = guest.open(f"{link}/form")
    for text in ("analysis test said", "pin value said", "H1 is supported if built metric is above 3."):
        assert text in page.text
    assert page.tree.xpath("//datalist[@id='places']/option/@value") == [part.label for part in FULL.parts()]


def test_a_reviewer_who_came_by_a_link_takes_the_protocol_along_without_what_names_its_authors(world: World) -> None:
    report = report_in_review(world)
    with world.work() as uow:
        row = uow.session.get_one(Report, report)
        stated = Statements(funding="A foundation of two.", competing_interests="One is employed.", code="Open.")
        plan = replace(PLAN, statements=stated)
        uow.cabinet.put(row, protocols.versions(uow, row)[-1], "body", plan)
        uow.commit()
    guest, link = accepted(world, world.signed_in(HANDLING), report, "rosa@example.net")
    page = guest.open(f"{link}/form")
    pdf = guest.open(page.link("Protocol, PDF")).answer
    assert (pdf.status, pdf.body[:5]) == (200, b"%PDF-")
    found = open_protocol_file(pdf.body)
    assert isinstance(found, ProtocolFile)
    assert found.protocol == replace(plan, statements=Statements(code="Open."))
    assert world.visitor().open("/review/guess/protocol.pdf").status == 404
