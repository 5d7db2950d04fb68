"""A whole demonstration, cold: how long it takes, and the memory of each process it runs."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_PAUSE_SECONDS = 0.5
# What a process is, by words of its command line; the first that fits.
_ROLES = (
    ("valkey-server", "queue"),
    ("journal.public.application", "public application"),
    ("journal.editorial.served", "editorial application"),
    ("journal.worker", "worker"),
    ("journal worker", "worker's sweep"),
    ("demo", "the demonstration itself"),
    ("-c", "confined child"),
)


def measure() -> Iterator[str]:
    """The time of `journal demo --once`, then the peak proportional set size of each kind of process."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "journal", "demo", "--once", "--home", str(Path(folder) / "demo")]
        began = time.perf_counter()
        demo = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        peaks = _watched(demo)
        seconds = time.perf_counter() - began
        told = (demo.stdout.read() if demo.stdout else b"").decode()
    yield f"{'MISSED ' if demo.returncode else ''}demo --once, ended with {demo.returncode}   {seconds:6.1f} s"
    if demo.returncode:
        yield told[-2000:]
    for role, peak in sorted(peaks.items(), key=lambda pair: -pair[1]):
        yield f"  {role:<26} {peak / 1024:7.0f} MB at most, all its processes together (PSS)"


def _watched(demo: subprocess.Popen[bytes]) -> dict[str, int]:
    """The largest sum of kilobytes seen for each role while `demo` ran."""
    peaks: dict[str, int] = {}
    while demo.poll() is None:
        now: dict[str, int] = {}
        for process in _family(demo.pid):
            role, size = _role(process), _kilobytes(process)
            now[role] = now.get(role, 0) + size
        for role, size in now.items():
            peaks[role] = max(peaks.get(role, 0), size)
        time.sleep(_PAUSE_SECONDS)
    return peaks


def _family(parent: int) -> Iterator[int]:
    yield parent
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        for child in _read(task).split():
            yield from _family(int(child))


def _role(process: int) -> str:
    command = _read(Path(f"/proc/{process}/cmdline")).replace("\0", " ")
    return next((role for words, role in _ROLES if words in command), "confined child")


def _kilobytes(process: int) -> int:
    lines = _read(Path(f"/proc/{process}/smaps_rollup")).splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:  # it ended while it was looked at
        return ""
