"""Releases: what the public may see, made into one snapshot, sealed, and put where the public application finds it.

See docs/architecture.md, and docs/adr/0005 for the order. A crash at any line is healed by the next run.
"""

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from journal.dossier.heartbeats import Behind, beat, refuse_if_behind
from journal.dossier.publishing import Candidate
from journal.production.building import Built, build
from journal.production.identities import mint_identities
from journal.production.lessening import take_down_at_least
from journal.production.overlapping import tell_of_overlaps
from journal.production.papers import print_papers
from journal.production.screening import screen
from journal.production.sealing import Sealed, seal
from journal.production.shelving import put_out
from journal.production.stopping import Stopped, end_stops, record_stop
from journal.unit_of_work import Resources
from journal.work_off import Task

ATTEMPTS = 5
DUE = "due"


class KeepsChanging(Exception):
    """The public set changed under every attempt. The next run finds it at rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A new release: its snapshot's key in the public store and SHA-256 (hex), and how many reports it shows."""

    release_id: str
    key: str
    sha256: str
    reports: int


def release(resources: Resources, task: Task) -> None:
    """The job RELEASE. `task.arguments["due"]`, if given, is the instant it was due, in seconds since 1970.

    What may not be released now is not tried again before the next release is due: the journal says so elsewhere.
    """
    due = task.arguments.get(DUE)
    with suppress(Behind, Stopped):
        make_release(resources, due_at=datetime.fromtimestamp(int(due), UTC) if due else None)


def make_release(resources: Resources, *, due_at: datetime | None = None) -> Released | None:
    """Bring the public store to what the public may see now; the release that was made, or None if nothing changed.

    Whatever comes of it, a heartbeat is kept. Raises `KeepsChanging`, `ConfinementFailed` and whatever database and
    stores raise; running it again is right after all of them. Raises `Behind`, until somebody has reconciled,
    and `Stopped`, until what gives something private away is mended; what was
    taken down is down all the same.
    """
    try:
        refuse_if_behind(resources)
        return _beating(resources, due_at=due_at)
    except (Behind, Stopped):
        take_down_at_least(resources)
        raise


def _beating(resources: Resources, *, due_at: datetime | None) -> Released | None:
    try:
        return _bring_up_to_date(resources, due_at=due_at)
    finally:
        beat(resources, due_at=due_at)


def _bring_up_to_date(resources: Resources, *, due_at: datetime | None) -> Released | None:
    for _ in range(ATTEMPTS):
        sealed, built = _attempt(resources, due_at=due_at)
        if sealed is not None:
            return _released(sealed, built) if sealed.is_new else None
    raise KeepsChanging


def prepare(resources: Resources, folder: Path) -> Built:
    """Everything before the seal: names, papers, and the snapshot in `folder`. Nothing becomes public by it."""
    known: dict[str, Candidate] = {}
    mint_identities(resources, known)
    print_papers(resources, known)
    return build(resources, folder, known=known)


def _attempt(resources: Resources, *, due_at: datetime | None) -> tuple[Sealed | None, Built]:
    with tempfile.TemporaryDirectory(prefix="nullius-release-") as folder:
        built = prepare(resources, Path(folder))
        screened = screen(resources, built)
        if screened.places:
            record_stop(resources, built, screened)
            raise Stopped(screened.places)
        sealed = seal(resources, built, due_at=due_at)
        is_out = sealed is not None and put_out(resources, built, sealed)
        if is_out:
            tell_of_overlaps(resources, built)
    if is_out:
        end_stops(resources)
    return (sealed if is_out else None), built


def _released(sealed: Sealed, built: Built) -> Released:
    return Released(release_id=sealed.release_id, key=sealed.key, sha256=sealed.sha256, reports=len(built.records))
