"""Rules about words in places where something is decided."""

from collections.abc import Iterator

from workflows.lint import sources
from workflows.lint.rule import LintRule, must, should
from workflows.lint.sheet import Sheet, Spot
from workflows.lint.words import PLACEHOLDER_HINTS, placeholder, vague
from workflows.reviewing import Criterion

# Where something is decided. Elsewhere such words are ordinary English.
_DECIDING = {
    "rows": ("decision_rule",),
    "checks": ("threshold", "consequence"),
    "samples": ("stopping",),
    "exclusions": ("what",),
    "analyses": ("test", "threshold", "correction"),
}


@should(
    "vague-words",
    Criterion.DETAIL,
    wrong="A decision rests on words that can be read in several ways.",
    why='What is "substantial" or "appropriate" is decided by whoever has seen the result.',
    remedy="Say the number, or the rule by which it is chosen.",
    source=sources.FREEDOM,
)
def _vague(sheet: Sheet) -> Iterator[Spot]:
    for at in sheet.placed:
        for field in _DECIDING.get(at.group, ()):
            if words := vague(getattr(at.part, field)):
                yield at.spot(field, f'"{words}" can be read in several ways.')


@must(
    "placeholder-left",
    Criterion.DETAIL,
    wrong="A note to oneself was left in the text.",
    why="What is not decided yet would be decided after acceptance.",
    remedy="Write what is missing.",
    source=sources.SPECIFICITY,
)
def _placeholder(sheet: Sheet) -> Iterator[Spot]:
    for at, field, text in sheet.texts if sheet.mentions(*PLACEHOLDER_HINTS) else ():
        if words := placeholder(text):
            yield sheet.spot(at, field, f'"{words}" was left here.')


RULES: tuple[LintRule, ...] = (_vague, _placeholder)
