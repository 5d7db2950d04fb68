"""Papers set, and taken apart, once for all worlds of a process: what a confined child makes is a function of the files
that it is given.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from journal.confinement import Completed, Killed, Limits, run_module_confined
from journal.production import apart, printing

_PRINTED: dict[str, Completed | Killed] = {}


@contextmanager
def printed_once() -> Iterator[None]:
    """While this lasts, the confined children of the press are started once for the same files."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (printing, apart):
            patch.setattr(module, "run_module_confined", _remembered)
        yield


def _remembered(module: str, *, files: Mapping[str, bytes], limits: Limits, **more: Any) -> Completed | Killed:  # noqa: ANN401 - handed through
    parts = [
        module.encode(),
        repr(limits).encode(),
        *(part for name in sorted(files) for part in (name.encode(), files[name])),
    ]
    digest = hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
    if digest not in _PRINTED:
        _PRINTED[digest] = run_module_confined(module, files=files, limits=limits, **more)
    return _PRINTED[digest]
