"""Of what was promised and done, a narrower article shows its own rows and checks, and nothing of the whole study."""

from dataclasses import replace

from hypothesis import given

from tests.workflows.examples import NOW
from tests.workflows.marking import marks
from tests.workflows.test_narrowing import NARROWINGS, WHOLE, hold, with_narrowing
from workflows.comparing.finding import Place
from workflows.comparing.redline import Chapter, Fate, Line, Mark, Redline, Section, Segment
from workflows.declassify import declassify
from workflows.deviations import Deviation
from workflows.narrowing import Narrowing
from workflows.outcomes import MetricValue, PartAnswer, Unregistered
from workflows.promised import Settled
from workflows.protocol import Sample

# Of a manuscript that is not the narrower one's, or of parts that are left out.
PRIVATE = {"«where»", "«branch»", "«metric»", "«value»", "«place»", "«part»", "«found»", "«added»", "«why»"} | {
    "«departed»",
    "«target»",
    "«gone»",
}
REDLINE = Redline(
    sections=(
        Section(chapter=Chapter.METHODS, lines=(Line(fate=Fate.GONE, segments=(Segment(Mark.GONE, "«gone»"),)),)),
    )
)
ANSWERS = replace(
    WHOLE.outcomes,
    rows=tuple(
        replace(each, where="«where»", branch="«branch»", values=(MetricValue(metric="«metric»", estimate="«value»"),))
        for each in WHOLE.outcomes.rows
    ),
    checks=tuple(replace(each, where="«place»") for each in WHOLE.outcomes.checks),
    parts=(PartAnswer(label="«part»", found="«found»"),),
    unregistered=(Unregistered(what="«added»", why="«why»"),),
)
DEVIATIONS = (*WHOLE.deviations, Deviation(row="«part»", what="«departed»"))
PLAN = replace(WHOLE.protocol, samples=(Sample(label="«part»", target="«target»"),))


@given(narrowing=NARROWINGS)
def test_places_measures_branches_parts_and_counts_of_the_whole_study_do_not_come_along(narrowing: Narrowing) -> None:
    every = replace(narrowing, deviations=tuple(range(len(DEVIATIONS))))
    facts = replace(with_narrowing(every), protocol=PLAN, outcomes=ANSWERS, deviations=DEVIATIONS)
    facts = replace(facts, settled=Settled(declared=99), redline=REDLINE)
    whole, small = declassify(facts, [], now=NOW), declassify(facts, [hold()], now=NOW)
    assert marks(whole) >= PRIVATE, "without the hold they would be seen"
    assert small is not None
    assert not PRIVATE & marks(small)
    assert (small.parts, small.unregistered, small.settled, small.redline) == ((), (), None, None)


def test_a_redline_comes_out_without_the_places_in_files_that_are_not_public() -> None:
    place = Place("«file»", line=7, section=("«heading»",))
    redline = replace_lines(REDLINE, protocol=place, manuscript=place)
    record = declassify(replace(WHOLE, redline=redline), [], now=NOW)
    assert record is not None
    assert record.redline == replace_lines(REDLINE, protocol=None, manuscript=None)
    assert not {"«file»", "«heading»"} & marks(record)


def replace_lines(redline: Redline, *, protocol: Place | None, manuscript: Place | None) -> Redline:
    (section,) = redline.sections
    lines = tuple(replace(line, protocol=protocol, manuscript=manuscript) for line in section.lines)
    return Redline(sections=(replace(section, lines=lines),))
