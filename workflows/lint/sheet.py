"""The protocol laid out for the rules: every part with its place, and who is about whom."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

from workflows.lint.casewise import CELL_LIMIT, Answers, answers, is_checkable
from workflows.protocol import (
    Analysis,
    Check,
    Contingency,
    Exclusion,
    Labelled,
    Measure,
    Paper,
    Part,
    Pin,
    Protocol,
    Row,
    Sample,
    Setting,
)

NamingT = TypeVar("NamingT", Analysis, Sample)

GROUPS = ("rows", "checks", "measures", "samples", "exclusions", "analyses", "contingencies", "pins", "papers")
PARTS = (Row, Check, Measure, Sample, Exclusion, Analysis, Contingency, Pin, Paper)
ALL_CELLS = 4 * CELL_LIMIT
_OWN_PROSE = ("title", "abstract", "bias_account", "contamination", "exploratory")


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
    """A protocol with its parts placed.

    `today` is a day (year-month-day), where the caller knows it; `texts` every text with the part and field it stands
    in, `whole` all of them in lower case; `answered` what each rule that can be looked through answers over all cases,
    or None where there are too many.
    """

    protocol: Protocol
    today: str | None
    placed: tuple[Placed, ...]
    by_label: Mapping[str, Placed]
    texts: tuple[tuple[Placed | None, str, str], ...]
    whole: str
    answered: tuple[tuple[Placed, Row, Answers | None], ...]
    _groups: Mapping[str, tuple[Placed, ...]]
    _rows: Mapping[str, Row]
    _analyses: Mapping[str, Analysis]
    _analyses_of: Mapping[str, tuple[Analysis, ...]]
    _samples_of: Mapping[str, tuple[Sample, ...]]

    def named_rows(self, labels: Iterable[str]) -> list[Row]:
        """The rows called `labels`, as far as there are any."""
        return [self._rows[label] for label in labels if label in self._rows]

    def analysis(self, label: str) -> Analysis | None:
        """The analysis called `label`, if there is one."""
        return self._analyses.get(label)

    def rows(self) -> Iterator[tuple[Placed, Row]]:
        """The rows, in order."""
        return ((each, each.part) for each in self._groups["rows"] if isinstance(each.part, Row))

    def tested(self) -> Iterator[tuple[Placed, Row]]:
        """The rows that can be supported or contradicted."""
        return ((each, row) for each, row in self.rows() if row.kind.tests)

    def checks(self) -> Iterator[tuple[Placed, Check]]:
        """The checks, in order."""
        return ((each, each.part) for each in self._groups["checks"] if isinstance(each.part, Check))

    def samples(self) -> Iterator[tuple[Placed, Sample]]:
        """The samples, in order."""
        return ((each, each.part) for each in self._groups["samples"] if isinstance(each.part, Sample))

    def measures(self) -> Iterator[tuple[Placed, Measure]]:
        """The measures, in order."""
        return ((each, each.part) for each in self._groups["measures"] if isinstance(each.part, Measure))

    def exclusions(self) -> Iterator[tuple[Placed, Exclusion]]:
        """The exclusions, in order."""
        return ((each, each.part) for each in self._groups["exclusions"] if isinstance(each.part, Exclusion))

    def analyses(self) -> Iterator[tuple[Placed, Analysis]]:
        """The analyses, in order."""
        return ((each, each.part) for each in self._groups["analyses"] if isinstance(each.part, Analysis))

    def analyses_of(self, label: str) -> tuple[Analysis, ...]:
        """The analyses that test the row `label`."""
        return self._analyses_of.get(label, ())

    def samples_of(self, label: str) -> tuple[Sample, ...]:
        """The samples that bear on the row `label`; one that names no row bears on all."""
        return self._samples_of.get(label, self._samples_of[""])

    def contingencies(self) -> Iterator[tuple[Placed, Contingency]]:
        """The contingencies, in order."""
        return ((each, each.part) for each in self._groups["contingencies"] if isinstance(each.part, Contingency))

    def pins(self) -> Iterator[tuple[Placed, Pin]]:
        """The pins, in order."""
        return ((each, each.part) for each in self._groups["pins"] if isinstance(each.part, Pin))

    def papers(self) -> Iterator[tuple[Placed, Paper]]:
        """The papers, in order."""
        return ((each, each.part) for each in self._groups["papers"] if isinstance(each.part, Paper))

    def mentions(self, *words: str) -> bool:
        """Whether any text of the protocol has one of `words` (in lower case, parts of words too)."""
        return any(word in self.whole for word in words)

    def spot(self, at: Placed | None, field: str, words: str) -> Spot:
        """A finding at `field` of a part, or of the protocol itself."""
        return Spot(words, field) if at is None else at.spot(field, words)

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
    texts = tuple(_texts(protocol, placed))
    whole = "\n".join(text for _, _, text in texts).lower()
    tests = [each for each in protocol.analyses if each.part is not Part.EXPLORATORY]
    for_all = tuple(each for each in protocol.samples if not each.rows)
    return Sheet(
        protocol,
        today,
        placed,
        by_label,
        texts,
        whole,
        answered=tuple(_answered(placed)),
        _groups={group: tuple(each for each in placed if each.group == group) for group in GROUPS},
        _rows={row.label: row for row in reversed(protocol.rows)},
        _analyses={each.label: each for each in reversed(protocol.analyses)},
        _analyses_of=_by_row(tests),
        _samples_of={"": for_all, **{row: (*own, *for_all) for row, own in _by_row(protocol.samples).items()}},
    )


def _by_row(parts: Iterable[NamingT]) -> dict[str, tuple[NamingT, ...]]:
    """The parts that name a row, by its label."""
    found: dict[str, list[NamingT]] = {}
    for part in parts:
        for label in part.rows:
            found.setdefault(label, []).append(part)
    return {label: tuple(named) for label, named in found.items()}


def _answered(placed: tuple[Placed, ...]) -> Iterator[tuple[Placed, Row, Answers | None]]:
    """The rows whose rule can be looked through, with what it answers. All together have a limit, for nobody waits."""
    left = ALL_CELLS
    for each in placed:
        if isinstance(each.part, Row) and each.part.rule and is_checkable(each.part.rule):
            found = answers(each.part.rule, limit=min(left, CELL_LIMIT))
            left = max(0, left - (CELL_LIMIT if found is None else found.cases))
            yield each, each.part, found


def _texts(protocol: Protocol, placed: tuple[Placed, ...]) -> Iterator[tuple[Placed | None, str, str]]:
    """Every text of the protocol that says something: the part or None, the field, the text."""
    yield from ((None, name, getattr(protocol, name)) for name in _OWN_PROSE if getattr(protocol, name))
    for statement in fields(protocol.statements):
        if text := getattr(protocol.statements, statement.name):
            yield None, statement.name, text
    for each in placed:
        for name in _TEXT_FIELDS[type(each.part)]:
            if text := getattr(each.part, name):
                yield each, name, text


_TEXT_FIELDS: dict[type, tuple[str, ...]] = {
    kind: tuple(each.name for each in fields(kind) if each.type is str and each.name != "label") for kind in PARTS
}
