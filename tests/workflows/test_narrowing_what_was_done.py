"""Of what was promised and done, a narrower article shows its own rows and checks, and nothing of the whole study."""

from dataclasses import replace

from hypothesis import given

from tests.workflows.examples import NOW
from tests.workflows.marking import marks
from tests.workflows.test_narrowing import NARROWINGS, WHOLE, hold, with_narrowing
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
}
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
    facts = replace(facts, settled=Settled(declared=99))
    whole, small = declassify(facts, [], now=NOW), declassify(facts, [hold()], now=NOW)
    assert marks(whole) >= PRIVATE, "without the hold they would be seen"
    assert small is not None
    assert not PRIVATE & marks(small)
    assert (small.parts, small.unregistered, small.settled) == ((), (), None)
