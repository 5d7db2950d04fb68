"""Answers to the other parts of the protocol: samples, measures, exclusions, analyses, contingencies and pins."""

from collections.abc import Iterator
from typing import assert_never

from workflows.comparing.finding import Evidence
from workflows.comparing.rows import same_words
from workflows.conformance.finding import Finding, Found
from workflows.conformance.rows import declared, departure, missing
from workflows.deviations import Deviation
from workflows.outcomes import Done, Outcomes, PartAnswer
from workflows.protocol import Analysis, Contingency, Exclusion, Measure, Pin, Protocol, Sample, number
from workflows.reviewing import Severity
from workflows.unanswered import Asked, asked_parts


def part_findings(protocol: Protocol, outcomes: Outcomes, deviations: tuple[Deviation, ...]) -> Iterator[Finding]:
    """What differs in each part, in the order of the form."""
    for part in asked_parts(protocol):
        answer = outcomes.part(part.label)
        if answer is None or answer.done is None:
            yield missing(part.label, promise_of(part), "The registered part has no answer.")
        else:
            yield from _answered(part, answer, told=declared(part.label, deviations))


def _answered(part: Asked, answer: PartAnswer, *, told: bool) -> Iterator[Finding]:
    if answer.done not in (Done.AS_REGISTERED, Done.BRANCHED):
        yield departure(answer, promise_of(part), answer.account or answer.found, explained=told)
    elif answer.done is Done.AS_REGISTERED and not _as_registered(part, answer.found):
        yield _value(part, answer, told=told)


def _value(part: Asked, answer: PartAnswer, *, told: bool) -> Finding:
    """Said to be as registered, and the value that stands beside it is another."""
    return Finding(
        kind=Found.VALUE,
        severity=Severity.NOTE if told else Severity.MUST,
        place=part.label,
        promised=value_of(part),
        reported=answer.found,
        sentence=f"{part.label} is said to be as registered, and the two values differ. Correct one, or declare it.",
        evidence=Evidence.NUMBERS if number(answer.found) is not None else Evidence.STRUCTURE,
        declared="A deviation names it." if told else "",
    )


def _as_registered(part: Asked, found: str) -> bool:
    """Whether what is reported is what was registered. A sample between its target and its most is."""
    registered = value_of(part)
    if not found.strip() or not registered.strip() or same_words(registered, found):
        return True
    return isinstance(part, Sample) and _within(part, found)


def _within(sample: Sample, found: str) -> bool:
    reached, target, most = (number(text.replace(",", "")) for text in (found, sample.target, sample.most))
    if reached is None or target is None:
        return False
    upper = target if most is None else most
    return min(target, upper) <= reached <= max(target, upper)


def value_of(part: Asked) -> str:
    """The one value of a part that a report gives again: how many, which test, which model or seed."""
    match part:
        case Sample():
            return part.target
        case Analysis():
            return part.threshold
        case Pin():
            return " ".join(text for text in (part.value, part.version) if text.strip())
        case Measure():
            return part.what
        case Exclusion() | Contingency():
            return ""
        case _:
            assert_never(part)


def promise_of(part: Asked) -> str:
    """What was registered, in a line or two."""
    match part:
        case Sample():
            said = (part.target, part.unit, part.stopping)
        case Analysis():
            said = (part.test, part.threshold, part.correction)
        case Pin():
            said = (part.value, part.version, part.digest)
        case Contingency():
            said = (f"If {part.condition}", part.then, "")
        case Measure() | Exclusion():
            said = (part.what, "", "")
        case _:
            assert_never(part)
    return ", ".join(text for text in said if text.strip())
