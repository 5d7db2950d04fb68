"""The protocol laid out for the rules: every part with its place, and who is about whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workflows.protocol import (
    Analysis,
    Check,
    Exclusion,
    Labelled,
    Measure,
    Part,
    Protocol,
    Row,
    Sample,
    Setting,
)

GROUPS = ("rows", "checks", "measures", "samples", "exclusions", "analyses", "contingencies", "pins", "papers")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is wrong, and what, in words. `group` is empty for a field of the protocol itself."""

    words: str
    field: str
    group: str = ""
    index: int = 0
    label: str = ""

    @property
    def place(self) -> str:
        """The form's name of the field."""
        return f"{self.group}-{self.index}-{self.field}" if self.group else self.field


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of the protocol, where it stands."""

    part: Labelled
    group: str
    index: int

    @property
    def name(self) -> str:
        """How words speak of it: by its label, or by its position where it has none."""
        return self.part.label.strip() or f"{self.group} {self.index + 1}"

    def spot(self, field: str, words: str) -> Spot:
        """A finding at `field` of this part."""
        return Spot(words, field, self.group, self.index, self.part.label.strip())


@dataclass(frozen=True, slots=True)
class Sheet:
    """A protocol with its parts placed. `today` is a day (year-month-day), where the caller knows it."""

    protocol: Protocol
    today: str | None
    placed: tuple[Placed, ...]
    by_label: Mapping[str, Placed]

    def of(self, group: str) -> Iterator[Placed]:
        """The parts of one group, in order."""
        return (each for each in self.placed if each.group == group)

    def rows(self) -> Iterator[tuple[Placed, Row]]:
        """The rows, in order."""
        return ((each, each.part) for each in self.placed if isinstance(each.part, Row))

    def tested(self) -> Iterator[tuple[Placed, Row]]:
        """The rows that can be supported or contradicted."""
        return ((each, row) for each, row in self.rows() if row.kind.tests)

    def checks(self) -> Iterator[tuple[Placed, Check]]:
        """The checks, in order."""
        return ((each, each.part) for each in self.placed if isinstance(each.part, Check))

    def samples(self) -> Iterator[tuple[Placed, Sample]]:
        """The samples, in order."""
        return ((each, each.part) for each in self.placed if isinstance(each.part, Sample))

    def measures(self) -> Iterator[tuple[Placed, Measure]]:
        """The measures, in order."""
        return ((each, each.part) for each in self.placed if isinstance(each.part, Measure))

    def exclusions(self) -> Iterator[tuple[Placed, Exclusion]]:
        """The exclusions, in order."""
        return ((each, each.part) for each in self.placed if isinstance(each.part, Exclusion))

    def analyses(self) -> Iterator[tuple[Placed, Analysis]]:
        """The analyses, in order."""
        return ((each, each.part) for each in self.placed if isinstance(each.part, Analysis))

    def analyses_of(self, label: str) -> list[Analysis]:
        """The analyses that test the row `label`."""
        return [each for _, each in self.analyses() if label in each.rows and each.part is not Part.EXPLORATORY]

    def samples_of(self, label: str) -> list[Sample]:
        """The samples that bear on the row `label`; one that names no row bears on all."""
        return [each for _, each in self.samples() if not each.rows or label in each.rows]

    def has(self, *settings: Setting) -> bool:
        """Whether the study is of one of these kinds."""
        return any(setting in self.protocol.settings for setting in settings)


def lay_out(protocol: Protocol, today: str | None) -> Sheet:
    """The `protocol` with every part at its place."""
    placed = tuple(
        Placed(part, group, index) for group in GROUPS for index, part in enumerate(getattr(protocol, group))
    )
    by_label: dict[str, Placed] = {}
    for each in placed:
        by_label.setdefault(each.part.label.strip().casefold(), each)
    return Sheet(protocol, today, placed, by_label)
