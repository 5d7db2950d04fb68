"""Uploads: looking at files in confinement before anything is written, then keeping them with the draft."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import assert_never

from journal.dossier.manuscripts import files_of, read_upload
from journal.reading.document import Document
from journal.reading.inspection import Kind, Refused
from journal.reading.pandoc import Unreadable
from journal.reading.uploads import Accepted, check_upload
from journal.unit_of_work import UnitOfWork
from storage.rows.manuscripts import FileKind, ManuscriptFile
from storage.rows.reports import Report
from workflows.machine import Refusal

_NAME_LIMIT = 120
MANUSCRIPTS = frozenset({Kind.MARKDOWN, Kind.WORD, Kind.LATEX, Kind.ARCHIVE})
SEVERAL = (
    "Several manuscripts were chosen, and one can be kept. Choose one. LaTeX that takes in other files goes into one"
    " zip file with them."
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was looked at and can be kept. `name` is what the manuscript's text calls it."""

    name: str
    body: bytes
    accepted: Accepted


def look_at(files: Iterable[tuple[str, bytes]], *, largest: int) -> list[Checked] | tuple[Refusal, ...]:
    """Open each file (name and bytes) in confinement; all of them, or why some cannot be taken. Writes nothing."""
    checked: list[Checked] = []
    refused: list[Refusal] = []
    for name, body in files:
        found = _look_at_one(name, body, largest=largest)
        if isinstance(found, Checked):
            checked.append(found)
        else:
            refused.append(Refusal("file_refused", f"{_shown(name)}: {found}", "files"))
    if sum(file.accepted.kind in MANUSCRIPTS for file in checked) > 1:
        return (Refusal("several_manuscripts", SEVERAL, "files"),)
    if not checked and not refused:
        return (Refusal("file_missing", "Choose a file first, then press Upload.", "files"),)
    return tuple(refused) or checked


def _look_at_one(name: str, body: bytes, *, largest: int) -> Checked | str:
    accepted = check_upload(name, body, accepted=tuple(Kind), largest=largest)
    if isinstance(accepted, Refused):
        return accepted.words
    kind = accepted.kind
    if kind in MANUSCRIPTS:
        document = read_upload(accepted.media_type, body)
        if isinstance(document, Unreadable):
            return document.words
    return Checked(_name(name, accepted), body, accepted)


def _name(name: str, accepted: Accepted) -> str:
    """The neutral name; but the text of a manuscript calls a figure by its author's name for it."""
    return _shown(name) if accepted.kind is Kind.FIGURE else accepted.neutral_name


def _shown(name: str) -> str:
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable())[-_NAME_LIMIT:] or "file"


def keep(
    uow: UnitOfWork, report: Report, checked: Sequence[Checked], *, for_stage: int, narrowing_id: str | None = None
) -> list[ManuscriptFile]:
    """Keep the files with the open draft, or with a narrower article. What they replace stays in the vault."""
    return [_keep_one(uow, report, file, for_stage=for_stage, narrowing_id=narrowing_id) for file in checked]


def _keep_one(
    uow: UnitOfWork, report: Report, file: Checked, *, for_stage: int, narrowing_id: str | None
) -> ManuscriptFile:
    uow.session.flush()
    kind = _kind(file.accepted.kind)
    for earlier in files_of(uow, report, for_stage=for_stage, version_number=None, narrowing_id=narrowing_id):
        if earlier.kind is kind and (kind is not FileKind.FIGURE or earlier.name == file.name):
            if earlier.sha256 == file.accepted.sha256 and earlier.name == file.name:
                return earlier
            earlier.set_aside_at = uow.now
    row = ManuscriptFile(
        id=uow.new_id("manuscript_file"),
        report_id=report.id,
        for_stage=for_stage,
        kind=kind,
        name=file.name,
        media_type=file.accepted.media_type,
        sha256=file.accepted.sha256,
        size=file.accepted.size,
        vault_name=uow.cabinet.deposit(report, file.body).name,
        uploaded_by=uow.actor.person,
        uploaded_at=uow.now,
        narrowing_id=narrowing_id,
    )
    uow.session.add(row)
    return row


def _kind(kind: Kind) -> FileKind:
    match kind:
        case Kind.MARKDOWN | Kind.WORD | Kind.LATEX | Kind.ARCHIVE:
            return FileKind.MANUSCRIPT
        case Kind.FIGURE:
            return FileKind.FIGURE
        case Kind.BIBLIOGRAPHY:
            return FileKind.BIBLIOGRAPHY
        case _:
            assert_never(kind)


def what_was_read(document: Document) -> tuple[str, ...]:
    """What the author should look at: the reader's own remarks, and a title that it did not find."""
    untitled = () if document.title else ("No title was found in the file; the one in the form is used.",)
    return (*untitled, *document.warnings)
