"""The linter at length: a protocol of 200 rows with rules, and the file of it read and written."""

import statistics
import time
from collections.abc import Callable, Iterator

from journal.protocol_file.reading import ProtocolFile, read_protocol_file
from journal.protocol_file.writing import protocol_file
from workflows.lint import lint
from workflows.protocol import (
    Analysis,
    Check,
    Clause,
    Comparator,
    Comparison,
    Exclusion,
    Gate,
    Known,
    Level,
    Part,
    Pin,
    Protocol,
    Row,
    Rule,
    Sample,
    Setting,
    Sight,
    Statistic,
    Thing,
)
from workflows.verdicts import Verdict

ROWS = 200
ROUNDS = 10
GOAL = 0.1


def measure() -> Iterator[str]:
    """The linter must answer within 100 ms of one processor: it stands beside a field while somebody types."""
    news = iter([long_protocol(step) for step in range(ROUNDS)])
    spent = _median(lambda: lint(next(news)))
    protocol = long_protocol(0)
    words = sum(len(row.sampling.split()) + len(row.analysis.split()) for row in protocol.rows)
    yield f"{ROWS} rows, each with a rule of its own, {words:,} words of plan: {spent * 1000:.0f} ms"
    yield f"the same again, as while somebody types: {_median(lambda: lint(protocol)) * 1000:.0f} ms"
    if spent > GOAL:
        yield f"MISSED: the goal is {GOAL * 1000:.0f} ms"
    text = protocol_file(protocol).encode()
    assert _read(text) == protocol
    yield f"its file of {len(text) / 1000:.0f} kB: read in {_median(lambda: _read(text)) * 1000:.0f} ms"


def _read(text: bytes) -> Protocol:
    found = read_protocol_file(text)
    assert isinstance(found, ProtocolFile)
    return found.protocol


def _median(work: Callable[[], object]) -> float:
    spent = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return statistics.median(spent)


def long_protocol(step: int) -> Protocol:
    """A protocol with everything, each row with a rule that rests on an interval and a count, others at each step."""
    numbers = range(1, ROWS + 1)
    return Protocol(
        title="A programme of two hundred questions",
        abstract="We ask 200 questions of 3 models, with 500 tasks each.",
        settings=(Setting.LANGUAGE_MODELS,),
        rows=tuple(_row(number, step) for number in numbers),
        checks=tuple(_check(number) for number in range(1, ROWS // 4)),
        samples=tuple(Sample(label=f"S{n}", unit="tasks", target="500", rows=(f"H{n}",)) for n in numbers),
        exclusions=(Exclusion(label="E1", what="Empty answers.", level=Level.DATA, sight=Sight.BEFORE),),
        analyses=tuple(_analysis(number) for number in numbers),
        pins=tuple(
            Pin(label=f"P{n}", thing=Thing.MODEL, value=f"model-{n}", version="2026-11-01") for n in range(1, 4)
        ),
    )


def _row(number: int, step: int) -> Row:
    above = Comparison(statistic=Statistic.INTERVAL, level="95", value=f"2.{step}{number:03}", unit="points")
    below = Comparison(statistic=Statistic.INTERVAL, level="95", comparator=Comparator.BELOW, value="0")
    enough = Comparison(statistic=Statistic.COUNT, comparator=Comparator.AT_LEAST, value="400")
    return Row(
        label=f"H{number}",
        question=f"Does condition {number} raise the rate of the behaviour?",
        hypothesis=f"In condition {number} the rate is higher than without it.",
        sampling="500 tasks drawn without replacement from the frozen list, each run once in both conditions. " * 3,
        analysis="Paired bootstrap over tasks with 10,000 resamples; Holm's correction over all rows of the part. " * 3,
        decision_rule="By the rule.",
        interpretation="If null, the condition does not matter at this scale. " * 3,
        smallest_effect="2",
        unit="points",
        rationale="Less changes no decision.",
        rule=Rule(
            clauses=(
                Clause(verdict=Verdict.SUPPORTED, when=(above, enough)),
                Clause(verdict=Verdict.CONTRADICTED, when=(below, enough)),
            ),
            otherwise=Verdict.INCONCLUSIVE,
        ),
    )


def _check(number: int) -> Check:
    rows = tuple(f"H{each}" for each in range(number * 4 - 3, number * 4 + 1))
    return Check(
        label=f"C{number}",
        what="Tasks that everybody solves are solved.",
        threshold="At least 95 per cent.",
        consequence="The rows are not testable.",
        rows=rows,
        gate=Gate.POSITIVE_CONTROL,
    )


def _analysis(number: int) -> Analysis:
    return Analysis(
        label=f"A{number}",
        part=Part.CONFIRMATORY,
        rows=(f"H{number}",),
        test="Paired bootstrap over tasks",
        correction="Holm",
        known=Known.NO_DATA,
    )
