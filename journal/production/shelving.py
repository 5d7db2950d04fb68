"""Shelving: what a sealed release names is copied into the public store, and what no release names is taken off it.

All of it can be done again after a crash at any line: objects are created once, deleting what is gone succeeds, and the
rows are changed after the store.
"""

from typing import Any

from sqlalchemy import Select, and_, select

from journal.dossier.publishing import Candidate, marks, record_of
from journal.production.building import Built
from journal.production.sealing import RELEASES, Sealed
from journal.production.unchanged import Made, note
from journal.unit_of_work import Resources, UnitOfWork, begin
from storage.rows.proofs import Rendition, Typesetting
from storage.rows.releases import PublicObject, Release, ReleasedReport
from storage.rows.reports import Report
from workflows.people import PRESS

OBJECTS = "objects/"
SNAPSHOT = "application/vnd.sqlite3"
_KEPT_RELEASES = 2
_IS_LIVE = and_(Release.sealed_at.is_not(None), Release.deleted_at.is_(None))


def put_out(resources: Resources, built: Built, sealed: Sealed) -> bool:
    """Everything after the seal; False when a hold came meanwhile, and the snapshot was not put out."""
    copy_objects(resources, built)
    if was_withheld_since(resources, built):
        return False
    shelve_snapshot(resources, built, sealed)
    tidy(resources, built)
    note(resources.config.home, Made(key=sealed.key, sha256=sealed.sha256, digests=built.made_from))
    return True


def copy_objects(resources: Resources, built: Built) -> None:
    """Copy from the vault whatever the release names and the public store lacks.

    Raises what the stores raise; `ObjectExists` would mean that a random key was taken by other bytes.
    """
    present = set(resources.public_store.keys(OBJECTS))
    for report_id, record in built.records.items():
        missing = {file.key for file in record.files} - present
        if missing:
            _copy(resources, built.candidates[report_id], missing)


def shelve_snapshot(resources: Resources, built: Built, sealed: Sealed) -> None:
    """Put the snapshot where the public application finds it; again, if it is there already."""
    resources.public_store.create(sealed.key, built.path.read_bytes(), media_type=SNAPSHOT)
    with begin(resources, actor=PRESS) as uow:
        release = uow.session.get_one(Release, sealed.release_id)
        if release.pointed_at is None:
            release.pointed_at = uow.now
            uow.commit()


def was_withheld_since(resources: Resources, built: Built) -> bool:
    """Whether a hold came after the seal: the snapshot must not be put out then."""
    with begin(resources, actor=PRESS, writes=False) as uow:
        holds = {report_id: found for report_id, (_, found) in marks(uow).items()}
        return any(
            record_of(built.candidates[report_id], holds[report_id], now=uow.now) != built.records[report_id]
            for report_id in built.worded
        )


def tidy(resources: Resources, built: Built) -> None:
    """Keep the newest two releases, none of which contains what is not public any more, and the objects they name.

    The rows go first: what lies in the store without a row is taken off it by any later run.
    """
    with begin(resources, actor=PRESS) as uow:
        kept = _kept_releases(uow, built)
        for release in uow.session.scalars(_sealed_releases()):
            if release.id not in kept:
                release.deleted_at = uow.now
        for unneeded in _unneeded_objects(uow, kept):
            uow.session.delete(unneeded)
        uow.commit()
    _sweep(resources, RELEASES, select(Release.snapshot_key).where(Release.deleted_at.is_(None)))
    _sweep(resources, OBJECTS, select(PublicObject.key))


def _copy(resources: Resources, candidate: Candidate, missing: set[str]) -> None:
    with begin(resources, actor=PRESS, writes=False) as uow:
        report = uow.session.get_one(Report, candidate.report_id)
        paper = uow.session.get_one(Typesetting, candidate.typesetting_id)
        wanted = [file for file in candidate.renditions if file.key in missing]
        kept = {(each.kind, each.name): each.vault_name for each in paper.renditions}
        bodies = [(file, uow.cabinet.file(report, kept[file.kind, file.name])) for file in wanted]
    for file, body in bodies:
        resources.public_store.create(file.key, body, media_type=file.media_type)


def _sealed_releases() -> Select[Release]:
    return select(Release).where(_IS_LIVE).order_by(Release.snapshot_key.desc())


def _kept_releases(uow: UnitOfWork, built: Built) -> set[str]:
    """The newest two that readers had, and what another run may have sealed since; without what was taken down.

    A release that was sealed and never pointed to is abandoned once there is a later one.
    """
    sealed = list(uow.session.scalars(_sealed_releases()))
    pointed = [release for release in sealed if release.pointed_at is not None]
    newest = pointed[0].snapshot_key or ""
    running = [release for release in sealed if (release.snapshot_key or "") > newest]
    # Looked through here: a statement takes no more than 32,766 names on SQLite, and a journal may have more reports.
    contained = select(ReleasedReport.release_id, ReleasedReport.report_id).join(Release).where(_IS_LIVE)
    gone = {release_id for release_id, report_id in uow.session.execute(contained) if report_id not in built.worded}
    taken_down = gone | _wider_releases(uow, built)
    return {each.id for each in (*running, *pointed[:_KEPT_RELEASES])} - taken_down


def _wider_releases(uow: UnitOfWork, built: Built) -> set[str]:
    """Releases that show more of a narrowed report than was approved: all that were sealed before the approval."""
    found: set[str] = set()
    for report_id, candidate in built.candidates.items():
        if candidate.narrowing_id is not None and candidate.facts.narrowed is not None:
            of_it = select(Release.id).join(ReleasedReport).where(ReleasedReport.report_id == report_id)
            found |= set(uow.session.scalars(of_it.where(Release.sealed_at < candidate.facts.narrowed.approved_at)))
    return found


def _unneeded_objects(uow: UnitOfWork, kept: set[str]) -> list[PublicObject]:
    papers = select(ReleasedReport.typesetting_id).where(ReleasedReport.release_id.in_(kept))
    renditions = uow.session.scalars(select(Rendition).where(Rendition.typesetting_id.in_(papers)))
    needed = {(each.report_id, each.kind, each.name, each.sha256) for each in renditions}
    objects = uow.session.scalars(select(PublicObject).order_by(PublicObject.id))
    return [each for each in objects if (each.report_id, each.kind, each.name, each.sha256) not in needed]


def _sweep(resources: Resources, prefix: str, live: Select[Any]) -> None:
    """Delete what the store has under `prefix` and no row names. A row is there before its object, so listing the
    store first spares what is being put there at this moment.
    """
    present = list(resources.public_store.keys(prefix))
    with begin(resources, actor=PRESS, writes=False) as uow:
        named = set(uow.session.scalars(live))
    for key in present:
        if key not in named:
            resources.public_store.delete(key)
