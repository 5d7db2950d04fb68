"""The design of an announced protocol is on its public page and in its JSON; a sealed or narrowed one is nowhere."""

import json
from dataclasses import replace
from datetime import date

from journal.production.paper import paper_html
from tests.noninterference.cast import designed
from tests.stories.accepted import Study, registered_report
from tests.stories.public_shelf import shelf_of
from tests.stories.test_amended_in_public import released
from tests.stories.test_announced_work_closes import name_of, page
from tests.stories.worlds import World
from workflows.declassify import Face, Identity, PublicRecord
from workflows.narrowing import Narrowing, narrow_words
from workflows.outcomes import Outcomes
from workflows.promised import PartKind
from workflows.protocol import Dates, FileDigest, Paper, Protocol, Statements
from workflows.registered import NO_DESIGN, design_of

WORDS = (b"numbat-2026", b"How many a numbat opens.", b"A test of the numbat.", b"Another numbat is taken.")
PRIVATE = Protocol(
    dates=Dates(results_due="2031-01-01"),
    papers=(Paper(label="P9", title="A sibling"),),
    files=(FileDigest(name="a.md", sha256="0" * 64, size=1),),
)


def test_an_announced_design_is_on_its_page_and_in_its_json(world: World) -> None:
    report = registered_report(world, Study(protocol=designed("numbat")), announced=True)
    released(world)
    path = f"/reports/{name_of(world, report)}"
    shown = page(world, path)
    assert all(words in shown for words in WORDS)
    parts = json.loads(page(world, f"{path}.json"))["parts"]
    assert [each["registered"]["value"] for each in parts if each["kind"] == "pin"] == ["numbat-2026"]
    assert {each["kind"] for each in parts} == set(PartKind)


def test_a_sealed_design_is_nowhere(world: World) -> None:
    registered_report(world, Study(), announced=True)
    registered_report(world, Study(title="Another", protocol=designed("numbat")))
    released(world)
    assert b"numbat" not in shelf_of(world).everything()


def test_dates_papers_and_files_of_a_plan_are_no_part_of_what_is_shown() -> None:
    assert design_of(PRIVATE) == NO_DESIGN


def test_a_narrower_article_has_no_part_of_the_design() -> None:
    plan = designed("numbat")
    everything = Narrowing(title="Less", abstract="Less.", rows=tuple(row.label for row in plan.rows))
    left = narrow_words(plan, Outcomes(), (), Statements(), everything)
    assert design_of(left.plan) == NO_DESIGN


def test_a_short_report_prints_the_design_with_its_plan() -> None:
    record = PublicRecord(
        face=Face.ARTICLE,
        identity=Identity(public_id="abc"),
        title="Short",
        published_on=date(2026, 3, 2),
        design=design_of(designed("numbat")),
    )
    shown = paper_html(record, None, journal_name="Nullius", public_base_url="https://example.org", watermark=None).html
    assert all(words.decode() in shown for words in WORDS)
    bare = paper_html(
        replace(record, design=NO_DESIGN), None, journal_name="N", public_base_url="https://example.org", watermark=None
    ).html
    assert "Left out" not in bare
