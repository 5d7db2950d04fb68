"""A small journal twice: once with a study that is withheld, and once where that study never existed.

Both are really played, through the pages and with the same draws, each in a process of its own; then everything that
is public is compared, byte for byte.
"""

import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from journal.config import from_environment
from journal.demonstration.checks import Checked
from journal.demonstration.history import play_the_past
from journal.demonstration.shelf import Scene, Study
from journal.unit_of_work import begin
from storage.randomness import ScopedRandomness
from storage.rows.reports import Report
from workflows.people import PRESS
from workflows.stages import Stage

OPEN_STUDY = "evaluation-cues"
_SEED = b"two worlds"
_WORDS = "everything public is the same, byte for byte, as in a journal where the withheld study never existed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one of the two: its public objects by key, and how many studies only a hold keeps in."""

    public: Mapping[str, bytes]
    ready: int


@contextmanager
def two_worlds(folder: Path, *, now: datetime) -> Iterator[Callable[[], Checked]]:
    """Begin to play both below `folder`; what is given waits for them and compares."""
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        played = [pool.submit(_play, folder / name, now, withheld=name == "with") for name in ("with", "without")]
        yield lambda: _compared(*played)


def _compared(one: "Future[Outcome]", other: "Future[Outcome]") -> Checked:
    held, free = one.result(), other.result()
    if (held.ready, free.ready) != (1, 0):
        return Checked(_WORDS, "the withheld study is not ready in one of them alone, so nothing was shown")
    keys = sorted(held.public.keys() | free.public.keys())
    differing = [key for key in keys if held.public.get(key) != free.public.get(key)]
    size = sum(map(len, held.public.values()))
    wrong = f"these differ: {', '.join(differing)}" if differing else ""
    return Checked(f"{_WORDS} ({len(keys)} objects, {size:,} bytes)", wrong)


def _play(home: Path, now: datetime, *, withheld: bool) -> Outcome:
    config = from_environment({"NULLIUS_HOME": str(home)})

    def shown(study: Study) -> bool:
        return study.name == OPEN_STUDY or (withheld and study.scene is Scene.HELD)

    resources = play_the_past(config, now=now, say=lambda _: None, shown=shown, randomness=ScopedRandomness(_SEED))
    with begin(resources, actor=PRESS, writes=False) as uow:
        ready = len(uow.session.scalars(select(Report.id).where(Report.stage == Stage.READY)).all())
    store = resources.public_store
    return Outcome({key: store.read(key) for key in store.keys()}, ready)  # noqa: SIM118 - a store, not a mapping
