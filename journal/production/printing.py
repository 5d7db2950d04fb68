"""Has a page printed in the confined child, the only one that loads WeasyPrint, and says why where it could not be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from journal.confinement import Completed, Killed, KillReason, Limits, run_module_confined
from journal.production.paper import Page
from journal.production.task import PAGE, PDF, TOLD, TOO_LONG, Attached, Task, Told
from journal.reading.inspection import COULD_NOT_START, ConfinementFailed

CHILD = "journal.production.typeset_child"
PAGE_LIMIT = 300
LIMITS = Limits(seconds=120, memory=1536 * 1024 * 1024, output=128 * 1024 * 1024)
TOLD_OF_THE_CHILD = 2000


class Reason(StrEnum):
    """Why a paper could not be typeset."""

    TIME = "time"
    PAGES = "pages"
    SIZE = "size"
    CRASH = "crash"


@dataclass(frozen=True, slots=True)
class Unprintable:
    """No paper came of it: `words` say to the person what to do, `details` what the child said (for the operator)."""

    reason: Reason
    words: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed page: the PDF, and what the child said of it."""

    pdf: bytes
    told: Told


def page_files(page: Page) -> dict[str, bytes]:
    """The page and its pictures as files for the child."""
    return {
        **{_file_of(index): body for index, body in enumerate(page.pictures.values())},
        PAGE: page.html.encode(),
    }


def task_of(page: Page, *, attached: tuple[Attached, ...], dated: date, page_limit: int) -> Task:
    """What the child is asked for a page of `page_files`."""
    pictures = {address: _file_of(index) for index, address in enumerate(page.pictures)}
    return Task(pictures=pictures, attached=attached, dated=dated.isoformat(), page_limit=page_limit)


def print_files(files: Mapping[str, bytes], *, limits: Limits, page_limit: int) -> Printed | Unprintable:
    """Print the page among `files`. Raises `ConfinementFailed` when the machine cannot run the child."""
    ended = run_module_confined(CHILD, files=files, limits=limits)
    if isinstance(ended, Killed) or ended.exit_code != 0:
        return _why_not(ended, limits=limits, page_limit=page_limit)
    return Printed(ended.outputs[PDF], Told.from_json(ended.outputs[TOLD]))


def _file_of(index: int) -> str:
    return f"picture-{index:04}"


def _why_not(ended: Completed | Killed, *, limits: Limits, page_limit: int) -> Unprintable:
    details = ended.stderr[-TOLD_OF_THE_CHILD:].decode(errors="replace")
    if isinstance(ended, Completed):
        if ended.exit_code == COULD_NOT_START:
            raise ConfinementFailed(details)
        return _unprintable(Reason.PAGES if ended.exit_code == TOO_LONG else Reason.CRASH, limits, page_limit, details)
    match ended.reason:
        case KillReason.TIME:
            return _unprintable(Reason.TIME, limits, page_limit, details)
        case KillReason.OUTPUT:
            return _unprintable(Reason.SIZE, limits, page_limit, details)
        case KillReason.CRASH:
            return _unprintable(Reason.CRASH, limits, page_limit, details)
    assert_never(ended.reason)


def _unprintable(reason: Reason, limits: Limits, page_limit: int, details: str) -> Unprintable:
    return Unprintable(reason, _words(reason, seconds=limits.seconds, pages=page_limit), details)


def _words(reason: Reason, *, seconds: float, pages: int) -> str:
    match reason:
        case Reason.TIME:
            return (
                f"The paper took more than {seconds:g} seconds to typeset and was given up. Very large tables and "
                "drawings with many thousands of parts are the usual cause: move them to the data, or make them "
                "pictures of pixels, and upload the manuscript again."
            )
        case Reason.PAGES:
            return (
                f"The paper would have more than {pages} pages, which is the most. Move tables and appendices to the "
                "data or materials and upload the manuscript again."
            )
        case Reason.SIZE:
            return "The paper became too large. Make its figures smaller and upload the manuscript again."
        case Reason.CRASH:
            return (
                "The paper could not be typeset: something in the manuscript broke the typesetter. The operator can "
                "see what. Very deep nesting and damaged figures are the usual causes."
            )
    assert_never(reason)
