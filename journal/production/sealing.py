"""The seal: in one transaction, that the public set is still the one that was built, and that it is out from now on.

Writers take turns, so a hold is placed either before the seal, and then nothing is sealed, or after it, and then it is
a takedown.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from journal.dossier.publishing import marks, record_of
from journal.production.building import Built
from journal.production.press import step_of_the_press
from journal.unit_of_work import Resources, UnitOfWork, begin
from storage.rows.releases import PublicIdentity, Release, ReleasedReport
from storage.rows.reports import Report
from workflows.people import PRESS
from workflows.stages import Action, Stage

RELEASES = "releases/"
_STAMP = "%Y%m%dt%H%M%Sz"
_STAMP_LENGTH = len("20260302t090000z")
_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A release that the public set is held to: new, or the newest one, which shows the same already."""

    release_id: str
    key: str
    sha256: str
    is_new: bool


def seal(resources: Resources, built: Built, *, due_at: datetime | None) -> Sealed | None:
    """Seal what was built, or None when the public set is not that any more. See the module."""
    with begin(resources, actor=PRESS) as uow:
        if not is_still_right(uow, built):
            return None
        newest = newest_pointed(uow)
        if newest is not None and newest.sha256 == built.sha256:
            return _sealed(newest, is_new=False)
        release = _release(uow, built, due_at=due_at)
        uow.session.add(release)
        _make_public(uow, built)
        uow.session.add_all(_released(uow, built, report_id, release) for report_id in sorted(built.worded))
        uow.commit()
        return _sealed(release, is_new=True)


def is_still_right(uow: UnitOfWork, built: Built) -> bool:
    """Whether collecting again would give the same records: no row behind them changed, and no hold or date."""
    now = {report_id: found for report_id, found in marks(uow).items() if report_id not in built.left_out}
    return now.keys() == built.candidates.keys() and all(
        mark == built.candidates[report_id].mark
        and record_of(built.candidates[report_id], holds, now=uow.now) == built.records.get(report_id)
        for report_id, (mark, holds) in now.items()
    )


def newest_pointed(uow: UnitOfWork) -> Release | None:
    """The release that readers have now."""
    pointed = select(Release).where(Release.pointed_at.is_not(None), Release.deleted_at.is_(None))
    return uow.session.scalars(pointed.order_by(Release.snapshot_key.desc()).limit(1)).one_or_none()


def _sealed(release: Release, *, is_new: bool) -> Sealed:
    if release.snapshot_key is None or release.sha256 is None:
        raise AssertionError("a sealed release has a snapshot")
    return Sealed(release_id=release.id, key=release.snapshot_key, sha256=release.sha256, is_new=is_new)


def _release(uow: UnitOfWork, built: Built, *, due_at: datetime | None) -> Release:
    return Release(
        id=uow.new_id("release"),
        due_at=due_at or built.began_at,
        began_at=built.began_at,
        sealed_at=uow.now,
        snapshot_key=_key(uow, built.sha256),
        sha256=built.sha256,
    )


def _key(uow: UnitOfWork, sha256: str) -> str:
    """The snapshot's key. Readers take the last by name, so no key is named before an earlier one, whatever the clock
    does.
    """
    taken = uow.session.scalar(select(Release.snapshot_key).order_by(Release.snapshot_key.desc().nulls_last()).limit(1))
    at = uow.now
    if taken is not None:
        last = datetime.strptime(taken.removeprefix(RELEASES)[:_STAMP_LENGTH], _STAMP).replace(tzinfo=at.tzinfo)
        at = max(at, last + timedelta(seconds=1))
    return f"{RELEASES}{at.strftime(_STAMP)}-{sha256[:_DIGITS]}.sqlite"


def _make_public(uow: UnitOfWork, built: Built) -> None:
    """From now on its reports have been public; what was ready is published. Asks only for those where that is new."""
    never_public = select(PublicIdentity).where(PublicIdentity.first_public_at.is_(None))
    for identity in uow.session.scalars(never_public.order_by(PublicIdentity.report_id)):
        if identity.report_id in built.records:
            identity.first_public_at = uow.now
    ready = uow.session.scalars(select(Report).where(Report.stage == Stage.READY).order_by(Report.id)).all()
    for report in ready:
        if report.id in built.records:
            step_of_the_press(uow, report, Action.PUBLISH)


def _released(uow: UnitOfWork, built: Built, report_id: str, release: Release) -> ReleasedReport:
    candidate = built.candidates[report_id]
    return ReleasedReport(
        id=uow.new_id("released_report"),
        release_id=release.id,
        report_id=report_id,
        typesetting_id=candidate.typesetting_id if built.records[report_id].files else None,
    )
