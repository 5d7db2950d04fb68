"""What the answers of a stage-2 submission still lack. Nothing here depends on which way a result went."""

from collections.abc import Iterator

from workflows.machine import Refusal
from workflows.outcomes import (
    PER_CENT,
    WITHOUT_NUMBERS,
    Done,
    OutcomeRow,
    Outcomes,
    PartAnswer,
    verdicts_for,
)
from workflows.protocol import Analysis, Contingency, Exclusion, Measure, Pin, Protocol, Row, Sample, number

Asked = Sample | Measure | Exclusion | Analysis | Contingency | Pin


def asked_parts(protocol: Protocol) -> tuple[Asked, ...]:
    """The parts beside rows and checks of which stage 2 asks what became of them, in the order of the form."""
    first: tuple[Asked, ...] = (*protocol.samples, *protocol.measures, *protocol.exclusions)
    return (*first, *protocol.analyses, *protocol.contingencies, *protocol.pins)


def gaps(protocol: Protocol, outcomes: Outcomes) -> Iterator[Refusal]:
    """What the answers still lack before stage 2 can be submitted: every row and every check is answered."""
    for index, row in enumerate(protocol.rows):
        answer = outcomes.row(row.label) or OutcomeRow(label=row.label)
        place = f"outcomes-{index}"
        if answer.done is None:
            yield Refusal("done_missing", f"Say whether {row.label} was carried out as registered.", f"{place}-done")
        yield from _verdict_gaps(row, answer, place=place)
        yield from _done_gaps(protocol, answer, place=place)
        yield from _number_gaps(answer, place=place)
    for index, check in enumerate(protocol.checks):
        result = outcomes.check(check.label)
        if result is None or result.passed is None:
            yield Refusal("check_missing", f"Say how the check {check.label} came out.", f"checks-{index}-passed")
    yield from _part_gaps(protocol, outcomes)
    for index, added in enumerate(outcomes.unregistered):
        if not added.what.strip() or not added.why.strip():
            words = f"Say of unregistered analysis {index + 1} what it is and why it was made."
            yield Refusal("unregistered_unjustified", words, f"unregistered-{index}-why")


def _part_gaps(protocol: Protocol, outcomes: Outcomes) -> Iterator[Refusal]:
    for index, part in enumerate(asked_parts(protocol)):
        answer = outcomes.part(part.label) or PartAnswer(label=part.label)
        place = f"parts-{index}"
        if answer.done is None:
            yield Refusal("part_missing", f"Say whether {part.label} was done as registered.", f"{place}-done")
        yield from _done_gaps(protocol, answer, place=place)


def _done_gaps(protocol: Protocol, answer: OutcomeRow | PartAnswer, *, place: str) -> Iterator[Refusal]:
    """What was done otherwise is told; a branch that is taken is one that the protocol has."""
    if answer.done in (Done.DIFFERENTLY, Done.REPLACED) and not answer.account.strip():
        yield Refusal("account_missing", f"Say what was done for {answer.label} instead.", f"{place}-account")
    if answer.done is Done.BRANCHED and answer.branch not in {each.label for each in protocol.contingencies}:
        words = f"Choose the branch of the protocol by which {answer.label} does not apply. If it has none, say so."
        yield Refusal("branch_missing", words, f"{place}-branch")


def _verdict_gaps(row: Row, answer: OutcomeRow, *, place: str) -> Iterator[Refusal]:
    """What is wrong with a verdict. None of this depends on whether a conclusion is supported or contradicted."""
    if answer.verdict is None:
        yield Refusal("verdict_missing", f"Give the verdict of {row.label} by its decision rule.", f"{place}-verdict")
    elif answer.verdict not in verdicts_for(row.kind):
        can = "can only be estimated: it has no hypothesis" if not row.kind.tests else "has a hypothesis to conclude on"
        yield Refusal("verdict_unfit", f"{row.label} {can}. Choose a verdict that fits.", f"{place}-verdict")
    elif answer.done in (Done.NOT_DONE, Done.BRANCHED) and answer.verdict not in WITHOUT_NUMBERS:
        words = f"{row.label} was not carried out, so it is not tested or not testable. Choose one of these verdicts."
        yield Refusal("verdict_without_test", words, f"{place}-verdict")
    elif answer.verdict in WITHOUT_NUMBERS and not answer.why.strip():
        yield Refusal("why_missing", f"Say why {row.label} could not be tested.", f"{place}-why")


_NUMBERS = (
    ("estimate", "estimate"),
    ("low", "lower end"),
    ("high", "upper end"),
    ("p", "p-value"),
    ("bayes_factor", "Bayes factor"),
)


def _number_gaps(answer: OutcomeRow, *, place: str) -> Iterator[Refusal]:
    for field, name in _NUMBERS:
        text = getattr(answer, field)
        if text.strip() and number(text) is None:
            words = f"The {name} of {answer.label} must be a number, such as 0.03 or \N{MINUS SIGN}1.2."
            yield Refusal("number_invalid", words, f"{place}-{field}")
    low, high = number(answer.low), number(answer.high)
    if low is not None and high is not None and low > high:
        words = f"The interval of {answer.label} ends before it begins. Swap the two ends."
        yield Refusal("interval_reversed", words, f"{place}-high")
    level = number(answer.level)
    if not (low is None and high is None) and (level is None or not 0 < level < PER_CENT):
        words = f"Say how wide the interval of {answer.label} is, in per cent between 0 and 100, such as 95."
        yield Refusal("level_invalid", words, f"{place}-level")
