"""A takedown that no stop stands in the way of: where no full release may be made, one is made with less than before.

It shows only what is out already, without what was taken down. If even that would give something private away, it
shows nothing at all, until somebody has mended it: an empty site can be filled again.
"""

import tempfile
from dataclasses import replace
from pathlib import Path

from journal.dossier.publishing import candidates, record_of
from journal.production.building import Built, build
from journal.production.screening import screen
from journal.production.sealing import RELEASES, seal
from journal.production.shelving import put_out
from journal.unit_of_work import Resources, begin
from storage.snapshot import Contents, open_snapshot, write_snapshot
from workflows.people import PRESS


def take_down_at_least(resources: Resources) -> bool:
    """Take down what is out and may not be, whatever keeps a full release from being made; whether there was any."""
    with tempfile.TemporaryDirectory(prefix="nullius-takedown-") as drafts:
        shown = _shown_now(resources, Path(drafts))
        if not _is_any_down(resources, shown):
            return False
        built = build(resources, Path(drafts), among=shown)
        if screen(resources, built).places:
            built = _nothing(built, Path(drafts) / "nothing.sqlite")
        sealed = seal(resources, built, due_at=None)
        return sealed is not None and put_out(resources, built, sealed)


def _shown_now(resources: Resources, drafts: Path) -> frozenset[str]:
    """The public names of what readers find now, by the release in the store and no row."""
    newest = max(resources.public_store.keys(RELEASES), default=None)
    if newest is None:
        return frozenset()
    path = drafts / "shown.sqlite"
    path.write_bytes(resources.public_store.read(newest))
    return open_snapshot(path).public_ids()


def _is_any_down(resources: Resources, shown: frozenset[str]) -> bool:
    with begin(resources, actor=PRESS, writes=False) as uow:
        return any(
            each.facts.identity is not None
            and each.facts.identity.public_id in shown
            and ((record := record_of(each, each.holds, now=uow.now)) is None or not record.face.is_worded)
            for each in candidates(uow)
        )


def _nothing(built: Built, path: Path) -> Built:
    """A release of nothing. Every report is left out of it, so whatever was out is deleted with what contained it."""
    return replace(
        built,
        path=path,
        sha256=write_snapshot(Contents(), path),
        records={},
        left_out=built.left_out | built.candidates.keys(),
        candidates={},
        made_from={},
    )
