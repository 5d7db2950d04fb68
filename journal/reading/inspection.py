"""Has one file looked at by `inside.inspect` in the confined child, and makes values of the child's answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, assert_never

from journal.confinement import Completed, Killed, KillReason, Limits, run_module_confined
from journal.reading.problems import Problem, words_for

MEBIBYTE = 1024 * 1024
SECONDS_TO_OPEN = 20.0
COULD_NOT_START = 126


class Kind(StrEnum):
    """What a file is taken for."""

    MARKDOWN = "markdown"
    WORD = "word"
    LATEX = "latex"
    ARCHIVE = "archive"
    FIGURE = "figure"
    BIBLIOGRAPHY = "bibliography"


class ConfinementFailed(Exception):
    """Raised when the confined child cannot even start: the machine's fault, never the file's."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not taken, and what its author can do about it."""

    words: str


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that can be used: rewritten, with what was found in it and, of a Word file, its pictures by name."""

    clean: bytes
    facts: Mapping[str, Any]
    media: Mapping[str, bytes] = field(default_factory=dict)


def inspect(kind: Kind, body: bytes, *, seconds: float = SECONDS_TO_OPEN) -> Inspected | Refused:
    """Open one file in confinement; `seconds` of wall clock."""
    limits = Limits(seconds=seconds, memory=1536 * MEBIBYTE, output=256 * MEBIBYTE)
    ended = run_module_confined("journal.reading.inside.inspect", [kind], files={"upload": body}, limits=limits)
    answer = answer_of(ended, seconds=seconds)
    if isinstance(answer, Refused):
        return answer
    refusal = refusal_in(answer)
    if not isinstance(ended, Completed) or refusal is not None:
        return refusal or Refused(words_for(Problem.UNOPENED, {}))
    facts = answer["facts"]
    media = {name: ended.outputs.get(written, b"") for name, written in facts.get("media", {}).items()}
    return Inspected(ended.outputs.get("clean", b""), facts, media)


def answer_of(ended: Completed | Killed, *, seconds: float) -> dict[str, Any] | Refused:
    """The JSON a child answered, or why there is none; raises `ConfinementFailed`."""
    match ended:
        case Killed(reason=KillReason.TIME):
            return Refused(words_for(Problem.TOO_SLOW, {"seconds": f"{seconds:g}"}))
        case Killed():
            return Refused(words_for(Problem.TOO_BIG_TO_OPEN, {}))
        case Completed(exit_code=0, stdout=stdout):
            return _parsed(stdout)
        case Completed(exit_code=code, stderr=said):
            if code == COULD_NOT_START:
                raise ConfinementFailed(said.decode("utf-8", "replace")[-500:])
            is_memory = b"MemoryError" in said
            return Refused(words_for(Problem.TOO_BIG_TO_OPEN if is_memory else Problem.UNOPENED, {}))
        case _ as never:
            assert_never(never)


def _parsed(stdout: bytes) -> dict[str, Any] | Refused:
    try:
        answer = json.loads(stdout)
    except (ValueError, RecursionError):
        return Refused(words_for(Problem.UNOPENED, {}))
    return answer if isinstance(answer, dict) else Refused(words_for(Problem.UNOPENED, {}))


def refusal_in(answer: Mapping[str, Any]) -> Refused | None:
    """The refusal that one answer carries, or None where it carries facts."""
    if "facts" in answer:
        return None
    known = {problem.value for problem in Problem}
    problem = Problem(answer["problem"]) if answer.get("problem") in known else Problem.UNOPENED
    return Refused(words_for(problem, answer.get("detail", {})))
