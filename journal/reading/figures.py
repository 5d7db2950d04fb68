"""Figures made anew in the confined child, many at a time: metadata gone, size capped, nothing that acts or fetches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from journal.confinement import Completed, Limits, run_module_confined
from journal.reading.inspection import MEBIBYTE, SECONDS_TO_OPEN, Refused, answer_of, refusal_in
from journal.reading.problems import Problem, words_for

SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}


@dataclass(frozen=True, slots=True)
class CleanFigure:
    """A picture made anew. `width` and `height` in pixels, 0 for drawings; `removed` names what was dropped."""

    body: bytes
    media_type: str
    width: int
    height: int
    removed: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """The file name's ending for this media type."""
        return SUFFIXES[self.media_type]


def clean_figures(
    figures: Mapping[str, bytes], *, seconds: float = SECONDS_TO_OPEN
) -> dict[str, CleanFigure | Refused]:
    """Make every figure anew, by name. One that ends the child is refused, and the others are done without it."""
    names = sorted(figures)
    done = _clean_together({name: figures[name] for name in names}, seconds=seconds)
    if isinstance(done, Refused) and len(names) > 1:
        done = {}
        for name in names:
            alone = _clean_together({name: figures[name]}, seconds=seconds)
            done[name] = alone if isinstance(alone, Refused) else alone[name]
    return dict.fromkeys(names, done) if isinstance(done, Refused) else done


def _clean_together(figures: Mapping[str, bytes], *, seconds: float) -> dict[str, CleanFigure | Refused] | Refused:
    if not figures:
        return {}
    files = {f"{number:04}": body for number, body in enumerate(figures.values())}
    limits = Limits(seconds=seconds, memory=1536 * MEBIBYTE, output=256 * MEBIBYTE)
    ended = run_module_confined("journal.reading.inside.redraw", files=files, limits=limits)
    answer = answer_of(ended, seconds=seconds)
    if isinstance(answer, Refused) or not isinstance(ended, Completed):
        return answer if isinstance(answer, Refused) else Refused(words_for(Problem.UNOPENED, {}))
    return {
        name: _made_of(answer.get(number, {}), ended.outputs.get(number, b""))
        for name, number in zip(figures, files, strict=True)
    }


def _made_of(answer: Mapping[str, Any], body: bytes) -> CleanFigure | Refused:
    facts = answer.get("facts", {})
    if (refusal := refusal_in(answer)) is not None or facts.get("media_type") not in SUFFIXES:
        return refusal or Refused(words_for(Problem.UNOPENED, {}))
    removed = tuple(str(name) for name in facts.get("removed", ()))
    return CleanFigure(body, facts["media_type"], int(facts["width"]), int(facts["height"]), removed)
