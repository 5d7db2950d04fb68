"""What a public record shows of a registered design beside its rows and checks.

Named one by one, so that a part which protocols get one day stays out until somebody lets it in here. Three are left
out for good: planned dates (a day that passes without an article would date a hold), the papers of a programmatic
report (a count of siblings tells of those that are missing), and the files (digests of originals are private).
"""

from dataclasses import dataclass, fields

from workflows.protocol import Analysis, Contingency, Exclusion, Measure, Pin, Protocol, Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """The parts of a protocol, as it has them."""

    measures: tuple[Measure, ...] = ()
    samples: tuple[Sample, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    analyses: tuple[Analysis, ...] = ()
    contingencies: tuple[Contingency, ...] = ()
    pins: tuple[Pin, ...] = ()
    contamination: str = ""
    exploratory: str = ""


NO_DESIGN = Design()


def design_of(plan: Protocol) -> Design:
    """The design of `plan`. A narrower article's plan has none (`narrowing`), so neither has its record."""
    return Design(**{each.name: getattr(plan, each.name) for each in fields(Design)})
