"""One study whose results can go three ways: the same plan, the same answers, but for verdicts and signs.

Every kind of finding that answered rows can give comes up in each of them: a claim at odds with its rule (H2), a check
that failed below a conclusion (H3), a departure that nobody declared (H3), and an estimate without a hypothesis (RQ1).
"""

from enum import Enum

from tests.stories.accepted import Study
from tests.workflows.examples import PROTOCOL
from workflows.protocol import Check, Clause, Comparator, Comparison, Kind, Protocol, Row, Rule, Statistic
from workflows.verdicts import Verdict

_SMALLEST = "0.15"


class Direction(Enum):
    """Which way the results of a study go: (verdict, estimate, low, high)."""

    SUPPORTED = (Verdict.SUPPORTED, "0.31", "0.22", "0.41")
    CONTRADICTED = (Verdict.CONTRADICTED, "-0.31", "-0.41", "-0.22")
    NULL = (Verdict.INCONCLUSIVE, "0.01", "-0.04", "0.06")

    @property
    def verdict(self) -> Verdict:
        """What is concluded of every hypothesis."""
        return self.value[0]


ANOTHER = {
    Direction.SUPPORTED: Direction.NULL,
    Direction.CONTRADICTED: Direction.SUPPORTED,
    Direction.NULL: Direction.CONTRADICTED,
}
"""Whose numbers go with a claim that they do not bear out."""


def _rule() -> Rule:
    def lies(comparator: Comparator, value: str) -> tuple[Comparison, ...]:
        return (Comparison(statistic=Statistic.INTERVAL, level="90", comparator=comparator, value=value),)

    above = Clause(verdict=Verdict.SUPPORTED, when=lies(Comparator.ABOVE, _SMALLEST))
    below = Clause(verdict=Verdict.CONTRADICTED, when=lies(Comparator.BELOW, f"-{_SMALLEST}"))
    return Rule(clauses=(above, below), otherwise=Verdict.INCONCLUSIVE)


def _hypothesis(label: str) -> Row:
    return Row(
        label=label,
        question=f"Does the answer to {label} hold?",
        hypothesis=f"What {label} says is so.",
        sampling="1,800 prompts; sampling stops there.",
        analysis="Bootstrap over models, 90% interval.",
        decision_rule="By the side of 0.15 on which the interval lies.",
        rule=_rule(),
        smallest_effect=_SMALLEST,
        unit="AUROC",
        interpretation="Either answer says which monitors can be used.",
    )


PLAN = Protocol(
    title="",
    abstract=PROTOCOL.abstract,
    topics=PROTOCOL.topics,
    rows=(
        _hypothesis("H1"),
        _hypothesis("H2"),
        _hypothesis("H3"),
        Row(
            label="RQ1",
            question="How large is the difference?",
            kind=Kind.ESTIMATION,
            primary=False,
            sampling="As H1.",
            analysis="Mixed model.",
            decision_rule="None: estimated.",
            interpretation="Large differences ask for calibration.",
        ),
    ),
    checks=(
        Check(label="C1", what="Instructed answers found", threshold="0.85", consequence="H1 and H2 are not testable.",
              rows=("H1", "H2")),
        Check(label="C2", what="Labels agree", threshold="0.80", consequence="H3 is not testable.", rows=("H3",)),
    ),
    bias_level=6,
    statements=PROTOCOL.statements,
    files=PROTOCOL.files,
)  # fmt: skip

TITLES = ("Do monitors tire?", "Do probes drift?", "Do judges agree?")
STUDIES = tuple(Study(title=title, protocol=PLAN) for title in TITLES)


def answers(direction: Direction) -> dict[str, str]:
    """The form of stage 2, but for the digest, of a study that came out in this direction."""
    ways = (direction, ANOTHER[direction], direction)
    filled: dict[str, str] = {}
    for place, way in enumerate(ways):
        _, estimate, low, high = way.value
        row = {"estimate": estimate, "low": low, "high": high, "level": "90", "verdict": direction.verdict.value}
        row |= {"done": "as_registered"} if place < 2 else {"done": "differently", "account": "1,640 prompts."}
        filled |= {f"outcomes-{place}-{name}": text for name, text in row.items()}
    filled |= {"outcomes-3-done": "as_registered", "outcomes-3-verdict": "estimated"}
    filled |= {"outcomes-3-estimate": direction.value[1]}
    filled |= {"checks-0-passed": "passed", "checks-0-found": "0.91", "checks-1-passed": "failed"}
    words = direction.verdict.words
    return filled | {"claim": f"What we expected is {words}.", "abstract": f"We asked, and it is {words}."}
