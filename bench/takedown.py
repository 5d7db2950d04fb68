"""One of ten thousand public articles is withheld: the whole release that takes it down, and the one before.

All share one paper, which is typeset once, and have protocols, results and files of their own in a real journal. Their
number can be set with NULLIUS_BENCH_REPORTS, for making them takes minutes.
"""

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from journal.production import papers, release, shelving
from journal.production.release import make_release
from journal.production.typesetting import Paper
from tests.stories.accepted import Study, ready_report
from tests.stories.public_shelf import snapshot_of
from tests.stories.withheld import hold
from tests.stories.worlds import World, make_world

REPORTS = int(os.environ.get("NULLIUS_BENCH_REPORTS", "10000"))
GOAL_SECONDS = 60.0
"""Of processor time: a takedown is done in a minute of one core."""
PARTS = ((release, "prepare"), (release, "screen"), (release, "seal"), (release, "put_out"), (shelving, "tidy"))


def measure() -> Iterator[str]:
    """The seconds of each release, and of the parts of the last."""
    with TemporaryDirectory() as name, printed_once():
        world = make_world(Path(name, "journal"))
        made = [ready_report(world, Study(title=f"Do probes find lies of kind {n}?")) for n in range(REPORTS)]
        yield f"{REPORTS:,} articles, of which one is taken down"
        yield _line("everything new", _seconds(world))
        before = len(snapshot_of(world))
        yield f"the snapshot has {before / 1e6:.0f} MB"
        hold(world, made[REPORTS // 2])
        with timed() as parts:
            taken = _seconds(world)
        for part, seconds in parts.items():
            yield _line(f"  {part}", seconds)
        yield _line("one taken down, altogether", taken)
        yield f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
        if taken > GOAL_SECONDS:
            yield f"MISSED a takedown takes more than {GOAL_SECONDS:.0f} s"


def _seconds(world: World) -> float:
    began = time.process_time()
    assert make_release(world.resources) is not None
    return time.process_time() - began


def _line(what: str, seconds: float) -> str:
    return f"{what:<34}{seconds:>7.1f} s CPU"


@contextmanager
def printed_once() -> Iterator[None]:
    """Typeset the first paper, with a long text, and take it for all others: typesetting is another measurement."""
    set_pages, found = vars(papers)["set_pages"], list[Any]()

    def set_once(*given: Any, **more: Any) -> Any:  # noqa: ANN401 - handed through
        if not found:
            paper = set_pages(*given, **more)
            assert isinstance(paper, Paper), paper
            found.append(paper)
        return found[0]

    vars(papers)["set_pages"] = set_once
    try:
        yield
    finally:
        vars(papers)["set_pages"] = set_pages


@contextmanager
def timed() -> Iterator[dict[str, float]]:
    """The processor time of the parts of a release, by name; `tidy` is one of `put_out`."""
    spent: dict[str, float] = {}
    kept = [(module, name, getattr(module, name)) for module, name in PARTS]
    for module, name, part in kept:
        setattr(module, name, _counting(part, name, spent))
    try:
        yield spent
    finally:
        for module, name, part in kept:
            setattr(module, name, part)


def _counting(part: Any, name: str, spent: dict[str, float]) -> Any:  # noqa: ANN401 - any function
    def counted(*given: Any, **more: Any) -> Any:  # noqa: ANN401 - handed through
        began = time.process_time()
        try:
            return part(*given, **more)
        finally:
            spent[name] = spent.get(name, 0.0) + time.process_time() - began

    return counted
