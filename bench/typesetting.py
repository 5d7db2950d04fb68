"""A manuscript from source to PDF at four lengths, beside plain WeasyPrint of the page with formulas as inline SVG."""

import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

STEPS = "bench.typesetting_steps"
# Chapters of the invented paper that make about so many pages.
LENGTHS = {5: 3, 20: 13, 80: 52, 200: 132}
MOST_TIME, MOST_MEMORY = 2 / 3, 1.0
HEAD = (
    f"{'pages':>6}{'formulas':>9}{'read':>9}{'print':>9}{'source to PDF':>15}{'memory':>9}"
    f"{'plain':>10}{'memory':>9}{'time':>8}{'memory':>8}"
)


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of processor time and the largest process, in megabytes, of one step in a process of its own."""

    seconds: float
    megabytes: float
    pages: int = 0
    formulas: int = 0


def measure() -> Iterator[str]:
    """One line a length: reading, printing, both; then plain WeasyPrint, and the shares of its time and memory."""
    yield HEAD
    for chapters in LENGTHS.values():
        with TemporaryDirectory() as name:
            folder = Path(name)
            read = _step("read", folder, str(chapters))
            printed = _step("print", folder)
            plain = _step("plain", folder)
        time, memory = printed.seconds / plain.seconds, printed.megabytes / plain.megabytes
        yield (
            f"{printed.pages:>6}{plain.formulas:>9}{read.seconds:>7.1f} s{printed.seconds:>7.1f} s"
            f"{read.seconds + printed.seconds:>13.1f} s{printed.megabytes:>6.0f} MB{plain.seconds:>8.1f} s"
            f"{plain.megabytes:>6.0f} MB{time:>8.0%}{memory:>8.0%}"
        )
        if time > MOST_TIME or memory > MOST_MEMORY:
            yield f"MISSED at {printed.pages} pages: {time:.0%} of the time and {memory:.0%} of the memory of plain"


def _step(name: str, folder: Path, *arguments: str) -> Took:
    argv = [sys.executable, "-m", STEPS, name, str(folder), *arguments]
    done = subprocess.run(argv, capture_output=True, text=True, check=True, timeout=1800)
    return Took(**json.loads(done.stdout.splitlines()[-1]))


def kept(folder: Path, name: str) -> object:
    """What an earlier step left for a later one."""
    return pickle.loads((folder / name).read_bytes())  # noqa: S301 (written by our own step a moment ago)


def keep(folder: Path, name: str, value: object) -> None:
    """Leave something for a later step."""
    (folder / name).write_bytes(pickle.dumps(value))
