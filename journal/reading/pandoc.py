"""The one place that starts pandoc: the bundled program, sandboxed, in confinement, with its messages as data."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from journal.confinement import Completed, Killed, KillReason, Limits, run_confined
from journal.reading.inspection import COULD_NOT_START, MEBIBYTE, ConfinementFailed
from journal.reading.problems import Problem, words_for

SECONDS = 20.0
HEAP = "512M"
HEAP_EXHAUSTED = 251
LOG = "log.json"
LIMITS_OF_OUTPUT = 64 * MEBIBYTE
TOO_INTRICATE = (
    "The manuscript took more than {seconds:g} seconds to read and was given up. Long runs of opening brackets, of"
    " quotation marks (>) or of emphasis marks that never close do this; look for one, or for a very large table, and"
    " upload the file again."
)
TOO_BIG = (
    "The manuscript needs more memory to read than a paper may have. Very large tables do this: move them into a"
    " supplementary data file, and upload the manuscript again."
)
NOT_READ = "The manuscript could not be read. The reader said: {said}"


@dataclass(frozen=True, slots=True)
class Converted:
    """What pandoc wrote, and what it had to say (a list of log messages, each with `type`)."""

    text: str
    log: tuple[Mapping[str, Any], ...] = field(default=())

    def messages(self, kind: str) -> list[Mapping[str, Any]]:
        """The messages of one type."""
        return [message for message in self.log if message.get("type") == kind]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A manuscript that cannot be read, and what its author can do about it."""

    words: str


@cache
def bundled_pandoc() -> Path:
    """The program that came with the package, whatever else is installed: versions differ in what they write."""
    import pypandoc

    return Path(pypandoc.__file__).parent / "files" / "pandoc"


def convert(
    text: bytes, arguments: Sequence[str], *, files: Mapping[str, bytes] | None = None, seconds: float = SECONDS
) -> Converted | Unreadable:
    """Run pandoc on standard input; `files` are found in `given/`. Raises `ConfinementFailed`."""
    argv = [str(bundled_pandoc()), "+RTS", f"-M{HEAP}", "-RTS", "--sandbox", f"--log=written/{LOG}", *arguments]
    ended = run_confined(
        argv, files=files, stdin=text, limits=Limits(seconds=seconds, memory=2048 * MEBIBYTE, output=LIMITS_OF_OUTPUT)
    )
    match ended:
        case Killed(reason=KillReason.TIME):
            return Unreadable(TOO_INTRICATE.format(seconds=seconds))
        case Killed():
            return Unreadable(TOO_BIG)
        case Completed(exit_code=0):
            return Converted(ended.stdout.decode("utf-8", "replace"), _log_of(ended))
        case Completed():
            return _why_not(ended)


def _why_not(ended: Completed) -> Unreadable:
    said = ended.stderr.decode("utf-8", "replace")
    if ended.exit_code == COULD_NOT_START:
        raise ConfinementFailed(said[-500:])
    if ended.exit_code == HEAP_EXHAUSTED:
        return Unreadable(TOO_BIG)
    lines = [line.strip() for line in said.splitlines() if line.strip() and not line.startswith("[WARNING]")]
    return Unreadable(NOT_READ.format(said=" ".join(lines)[:300] or words_for(Problem.UNOPENED, {})))


def _log_of(ended: Completed) -> tuple[Mapping[str, Any], ...]:
    try:
        messages = json.loads(ended.outputs.get(LOG, b"[]"))
    except (ValueError, RecursionError):
        return ()
    return tuple(message for message in messages if isinstance(message, dict))
