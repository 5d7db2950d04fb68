"""Manuscripts: the files of a version or draft, and what is read out of them."""

from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from threading import Lock

from cachetools import LRUCache
from markupsafe import Markup
from sqlalchemy import select

from journal.dossier import protocols, results
from journal.reading.document import Document
from journal.reading.inspection import Refused
from journal.reading.package import Package, opened_archive, package_in, read_package
from journal.reading.pandoc import Unreadable
from journal.reading.uploads import ARCHIVE_MEDIA_TYPE, LATEX_MEDIA_TYPE
from journal.unit_of_work import UnitOfWork
from storage.rows.manuscripts import FileKind, ManuscriptFile
from storage.rows.reports import Report
from workflows.protocol import FileDigest

# What a manuscript that is one file is called when it is read, by the type it was kept under; else it is Word.
NAMES = {"text/markdown": "manuscript.md", LATEX_MEDIA_TYPE: "manuscript.tex"}


def files_of(
    uow: UnitOfWork, report: Report, *, for_stage: int, version_number: int | None, narrowing_id: str | None = None
) -> list[ManuscriptFile]:
    """The files of a version, or of the open draft when `version_number` is None, or of a narrower article; manuscript
    first, by upload.
    """
    wanted = select(ManuscriptFile).where(
        ManuscriptFile.report_id == report.id,
        ManuscriptFile.for_stage == for_stage,
        ManuscriptFile.set_aside_at.is_(None),
        ManuscriptFile.narrowing_id == narrowing_id,
        ManuscriptFile.version_number.is_(None)
        if version_number is None
        else ManuscriptFile.version_number == version_number,
    )
    rows = uow.session.scalars(wanted.order_by(ManuscriptFile.uploaded_at, ManuscriptFile.id))
    return sorted(rows, key=lambda row: list(FileKind).index(row.kind))


def newest_files(uow: UnitOfWork, report: Report, *, for_stage: int) -> list[ManuscriptFile]:
    """The files as they stand now: of the open draft, or of what was submitted last."""
    versions = protocols if for_stage == 1 else results
    submitted = versions.latest_submitted(uow, report)
    if versions.open_draft(uow, report) is not None or submitted is None:
        return files_of(uow, report, for_stage=for_stage, version_number=None)
    return files_of(uow, report, for_stage=for_stage, version_number=submitted.number)


def digests_of(files: list[ManuscriptFile]) -> tuple[FileDigest, ...]:
    """The files as a protocol names them."""
    return tuple(FileDigest(name=file.name, sha256=file.sha256, size=file.size) for file in files)


def read_manuscript(uow: UnitOfWork, report: Report, files: list[ManuscriptFile]) -> Document | Unreadable | None:
    """Read the manuscript among `files` with its figures and bibliography; None where there is no manuscript.

    Reading takes about a second in a child process, and reviewers open the same page again and again: what was read is
    kept in this process's memory for a while. A file in the vault never changes, so its name and digest stand for it.
    """
    main = next((file for file in files if file.kind is FileKind.MANUSCRIPT), None)
    if main is None:
        return None
    names = tuple((file.kind, file.name, file.vault_name, file.sha256) for file in files)
    with _READ_LOCK:
        known = _READ.get(names)
    if known is not None:
        return known
    document = _read(uow, report, main, files)
    with _READ_LOCK, suppress(ValueError):  # one that is larger than all the room is not kept
        _READ[names] = document
    return document


def _size(document: Document | Unreadable) -> int:
    """About how many bytes a document takes in memory."""
    if isinstance(document, Unreadable):
        return 1000
    texts = (document.html(), document.html_for_paper(), document.jats_body(), document.jats_back(), document.text())
    return sum(len(text) for text in texts) + sum(len(figure.body) for figure in document.figures)


_Names = tuple[tuple[FileKind, str, str, str], ...]
_READ: LRUCache[_Names, Document | Unreadable] = LRUCache(maxsize=32 * 1024 * 1024, getsizeof=_size)
_READ_LOCK = Lock()


def _read(uow: UnitOfWork, report: Report, main: ManuscriptFile, files: list[ManuscriptFile]) -> Document | Unreadable:
    figures = {file.name: uow.cabinet.file(report, file.vault_name) for file in files if file.kind is FileKind.FIGURE}
    body = uow.cabinet.file(report, main.vault_name)
    return read_upload(main.media_type, body, figures=figures, bibliography=_bibliography(uow, report, files))


def read_upload(
    media_type: str, body: bytes, *, figures: Mapping[str, bytes] | None = None, bibliography: str | None = None
) -> Document | Unreadable:
    """Read a manuscript by the type it was kept under; what was uploaded beside a zip comes before what is in it."""
    package = package_of(media_type, body)
    if isinstance(package, Refused):
        return Unreadable(package.words)
    return read_package(replace(package, bibliography=bibliography or package.bibliography), figures=figures)


def package_of(media_type: str, body: bytes) -> Package | Refused:
    """The manuscript, alone or with what its zip holds."""
    if media_type == ARCHIVE_MEDIA_TYPE:
        files = opened_archive(body)
        return files if isinstance(files, Refused) else package_in(files)
    name = NAMES.get(media_type, "manuscript.docx")
    return package_in({name: body}, main=name)


def as_page(document: Document) -> Markup:
    """The manuscript's text for a page of the desk, figures within it, so that no second request reads it again.

    What `reading` wrote is clean: only listed elements and attributes, nothing that runs or fetches.
    """
    text = document.html()
    for figure in document.figures:
        inline = f"data:{figure.media_type};base64,{b64encode(figure.body).decode('ascii')}"
        text = text.replace(f'src="{figure.name}"', f'src="{inline}"')
    return Markup(text)  # noqa: S704 - cleaned by nh3 in reading


def _bibliography(uow: UnitOfWork, report: Report, files: list[ManuscriptFile]) -> str | None:
    found = next((file for file in files if file.kind is FileKind.BIBLIOGRAPHY), None)
    return uow.cabinet.file(report, found.vault_name).decode("utf-8-sig", "replace") if found else None
