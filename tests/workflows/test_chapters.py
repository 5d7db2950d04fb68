"""Chapters of a plan: which come first, what the kind of study needs; and the rules that a row can begin from."""

from dataclasses import replace

import pytest

from workflows.lint import lint
from workflows.protocol import Analysis, Kind, Known, Part, Pin, Protocol, Row, Setting, Thing, gaps, read_back
from workflows.protocol.chapters import Chapter, chapter_gaps, how_much, in_order
from workflows.protocol.starting import starting_rules

PINNED = (Pin(label="P1", thing=Thing.MODEL, value="tiny-7b"),)
ANSWERED = (Analysis(label="A1", part=Part.CONFIRMATORY, known=Known.NO_DATA),)


@pytest.mark.parametrize(
    ("settings", "parts", "codes"),
    [
        ((), {}, []),
        ((Setting.PARTICIPANTS, Setting.SIMULATION, Setting.OTHER_MODELS), {}, []),
        ((Setting.LANGUAGE_MODELS,), {}, ["model_unpinned"]),
        ((Setting.LANGUAGE_MODELS,), {"pins": (replace(PINNED[0], value=" "),)}, ["model_unpinned"]),
        ((Setting.LANGUAGE_MODELS,), {"pins": (replace(PINNED[0], thing=Thing.SEED),)}, ["model_unpinned"]),
        ((Setting.LANGUAGE_MODELS,), {"pins": PINNED}, []),
        ((Setting.EXISTING_DATA,), {}, ["known_missing"]),
        ((Setting.EXISTING_DATA,), {"analyses": (replace(ANSWERED[0], known=None),)}, ["known_missing"]),
        ((Setting.EXISTING_DATA,), {"analyses": (replace(ANSWERED[0], part=Part.EXPLORATORY),)}, ["known_missing"]),
        ((Setting.EXISTING_DATA,), {"analyses": ANSWERED}, []),
    ],
)
def test_only_what_the_kind_of_study_needs_is_asked(
    settings: tuple[Setting, ...], parts: dict[str, object], codes: list[str]
) -> None:
    plan = replace(Protocol(settings=settings), **parts)  # type: ignore[arg-type]  # parts of a plan
    found = [gap.code for gap in chapter_gaps(plan)]
    assert found == codes
    assert [gap.code for gap in gaps(plan) if gap.code in codes] == codes


def test_what_the_kind_of_study_asks_for_comes_first() -> None:
    assert in_order(Protocol()) == tuple(Chapter)
    assert in_order(Protocol(settings=(Setting.EXISTING_DATA,)))[1:3] == (Chapter.ANALYSES, Chapter.SAMPLING)


def test_an_empty_plan_has_nothing_in_any_chapter() -> None:
    assert {how_much(Protocol(), chapter) for chapter in Chapter} == {0}
    assert how_much(Protocol(pins=PINNED, contamination="Said."), Chapter.PINS) == 2


@pytest.mark.parametrize("kind", list(Kind))
def test_a_rule_to_begin_from_reads_back_and_answers_every_outcome(kind: Kind) -> None:
    row = Row(label="H1", hypothesis="It rises.", kind=kind, smallest_effect="0.15", unit="AUROC")
    for _, rule in starting_rules(row).values():
        assert "(" not in read_back(rule, "H1")
        found = lint(Protocol(rows=(replace(row, rule=rule),)))
        about_the_rule = [each.rule for each in found if each.field in ("rule", "decision_rule")]
        assert about_the_rule == [], (kind, about_the_rule)
