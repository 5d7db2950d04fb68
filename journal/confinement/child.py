"""Starts one tool in confinement, waits, kills what is left of it and reads back what it wrote."""

from __future__ import annotations

import json
import os
import select
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

MEBIBYTE = 1024 * 1024
LAUNCHER = Path(__file__).with_name("launcher.py")
PROJECT = Path(__file__).parents[2]
PACKAGES = ("journal", "storage", "workflows", "templates")
SYSTEM_LIBRARIES = (
    *("/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/etc/ld.so.cache", "/usr/share/zoneinfo"),
    *("/etc/magic", "/usr/share/misc", "/usr/share/file"),
)
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")
START_MODULE = (
    "import runpy, sys; sys.path.insert(0, 'modules'); name = sys.argv.pop(1); "
    "runpy.run_module(name, run_name='__main__', alter_sys=True)"
)
GIVEN, WRITTEN, MODULES = "given", "written", "modules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one child may use.

    `seconds` of wall clock (the processor may be used for twice that, by several threads); `memory` bytes of address
    space; `output` bytes of any one file, of standard output, and of everything read back together; `open_files`;
    `processes` and threads at once (where user namespaces allow that to be counted).
    """

    seconds: float = 20
    memory: int = 2048 * MEBIBYTE
    output: int = 64 * MEBIBYTE
    open_files: int = 64
    processes: int = 64

    def __post_init__(self) -> None:
        """Refuse limits that mean nothing."""
        if min(self.seconds, self.memory, self.output, self.open_files, self.processes) <= 0:
            msg = f"a limit must be above zero: {self}"
            raise ValueError(msg)


class KillReason(StrEnum):
    """Why a child was ended."""

    TIME = "time"
    OUTPUT = "output"
    CRASH = "crash"


@dataclass(frozen=True, slots=True)
class Completed:
    """A child that ended by itself: its exit code, what it said, and the files it left in `written/`."""

    exit_code: int
    stdout: bytes
    stderr: bytes
    outputs: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Killed:
    """A child that was ended: by the time limit, by writing too much, or by a signal of its own making."""

    reason: KillReason
    stderr: bytes = b""


def run_confined(
    argv: Sequence[str],
    *,
    files: Mapping[str, bytes] | None = None,
    stdin: bytes = b"",
    limits: Limits | None = None,
    readable: Iterable[Path] = (),
) -> Completed | Killed:
    """Run a program and return what became of it.

    `argv[0]` is an absolute path. Its working folder is private and holds `given/` (the `files`, by plain name) and an
    empty `written/`, whose plain files come back as `outputs`; `HOME` and `TMPDIR` are in it too. `readable` names
    further files or folders that it may read and execute. Raises `ValueError` for a file name that is a path.
    """
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="confined-", ignore_cleanup_errors=True) as private:
        folder = Path(private).resolve()
        _furnish(folder, files or {})
        return _run(argv, folder=folder, stdin=stdin, limits=limits, readable=(Path(argv[0]), *readable))


def run_module_confined(
    module: str,
    arguments: Sequence[str] = (),
    *,
    files: Mapping[str, bytes] | None = None,
    limits: Limits | None = None,
    readable: Iterable[Path] = (),
) -> Completed | Killed:
    """Run one of our own modules as a program, in a fresh interpreter that sees our packages and its libraries.

    As `run_confined`; the module finds its input in `given/` and in `sys.argv[1:]`.
    """
    limits = limits or Limits()
    argv = [sys.executable, "-I", "-B", "-X", "utf8", "-c", START_MODULE, module, *arguments]
    with tempfile.TemporaryDirectory(prefix="confined-", ignore_cleanup_errors=True) as private:
        folder = Path(private).resolve()
        _furnish(folder, files or {})
        _show_packages(folder)
        return _run(argv, folder=folder, stdin=b"", limits=limits, readable=(*_interpreter(), *readable))


def _interpreter() -> list[Path]:
    prefixes = {Path(sys.prefix), Path(sys.base_prefix)}
    return [*sorted(prefixes), *(PROJECT / name for name in PACKAGES)]


def _show_packages(folder: Path) -> None:
    """Link our packages into the private folder: the importer must list a folder, and ours lists only packages."""
    (folder / MODULES).mkdir()
    for name in PACKAGES:
        (folder / MODULES / name).symlink_to(PROJECT / name)


def _furnish(folder: Path, files: Mapping[str, bytes]) -> None:
    (folder / WRITTEN).mkdir()
    (folder / GIVEN).mkdir()
    for name, body in files.items():
        if name != Path(name).name or name in {"", ".", ".."} or "\0" in name:
            msg = f"not a plain file name: {name!r}"
            raise ValueError(msg)
        (folder / GIVEN / name).write_bytes(body)


def _run(
    argv: Sequence[str], *, folder: Path, stdin: bytes, limits: Limits, readable: Iterable[Path]
) -> Completed | Killed:
    written = os.open(folder / WRITTEN, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with (
            tempfile.TemporaryFile(dir=folder) as source,
            tempfile.TemporaryFile(dir=folder) as output,
            tempfile.TemporaryFile(dir=folder) as errors,
        ):
            source.write(stdin)
            source.seek(0)
            command = _launch_command(argv, folder=folder, limits=limits, readable=readable)
            ended = _run_to_its_end(command, folder=folder, handles=(source, output, errors), seconds=limits.seconds)
            return _what_became_of_it(ended, output=output, errors=errors, written=written, limits=limits)
    finally:
        os.close(written)


def _launch_command(argv: Sequence[str], *, folder: Path, limits: Limits, readable: Iterable[Path]) -> list[str]:
    specification = {
        "parent": os.getpid(),
        "argv": list(argv),
        "environment": {"LANG": "C.UTF-8", "HOME": str(folder), "TMPDIR": str(folder)},
        "limits": {
            "AS": limits.memory,
            "CPU": max(1, round(2 * limits.seconds)),
            "FSIZE": limits.output,
            "NOFILE": limits.open_files,
            "CORE": 0,
        },
        "limits_of_its_own": {"NPROC": limits.processes},
        "readable": [*SYSTEM_LIBRARIES, *map(str, readable)],
        "writable": [str(folder), *DEVICES],
    }
    return [sys.executable, "-I", "-S", str(LAUNCHER), json.dumps(specification)]


def _run_to_its_end(
    command: list[str], *, folder: Path, handles: tuple[BinaryIO, BinaryIO, BinaryIO], seconds: float
) -> int | None:
    """Return the exit code (negative: the signal), or None when time ran out; nothing of the child is left."""
    source, output, errors = handles
    process = subprocess.Popen(  # noqa: S603 (the launcher is ours; the tool is named by our own code)
        command, stdin=source, stdout=output, stderr=errors, cwd=folder, env={}, start_new_session=True
    )
    with process:
        try:
            in_time = _ends_within(process.pid, seconds)
        finally:
            # The leader is not reaped yet, so the group's number cannot have been given to anybody else.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
    return code if in_time else None


def _ends_within(process: int, seconds: float) -> bool:
    handle = os.pidfd_open(process)
    try:
        waiting = select.poll()
        waiting.register(handle, select.POLLIN)
        return bool(waiting.poll(seconds * 1000))
    finally:
        os.close(handle)


def _what_became_of_it(
    code: int | None, *, output: BinaryIO, errors: BinaryIO, written: int, limits: Limits
) -> Completed | Killed:
    said = _contents(errors, at_most=MEBIBYTE) or b""
    if code is None or -code == signal.SIGXCPU:
        return Killed(KillReason.TIME, said)
    if -code == signal.SIGXFSZ:
        return Killed(KillReason.OUTPUT, said)
    if code < 0:
        return Killed(KillReason.CRASH, said)
    stdout, outputs = _contents(output, at_most=limits.output), _written_files(written, at_most=limits.output)
    if stdout is None or outputs is None:
        return Killed(KillReason.OUTPUT, said)
    return Completed(exit_code=code, stdout=stdout, stderr=said, outputs=outputs)


def _contents(file: BinaryIO, *, at_most: int) -> bytes | None:
    file.seek(0)
    body = file.read(at_most + 1)
    return body if len(body) <= at_most else None


def _written_files(folder: int, *, at_most: int) -> dict[str, bytes] | None:
    """Read the plain files of the folder we made (by its handle: the child may have put another in its place)."""
    found: dict[str, bytes] = {}
    for name in sorted(os.listdir(folder)):
        handle = _open_plain_file(name, folder)
        if handle is None:
            continue
        with os.fdopen(handle, "rb") as file:
            body = file.read(at_most + 1)
        at_most -= len(body)
        if at_most < 0:
            return None
        found[name] = body
    return found


def _open_plain_file(name: str, folder: int) -> int | None:
    """Open without following links and without waiting on a pipe; None for what is no plain file."""
    try:
        handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except OSError:
        return None
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    return None
