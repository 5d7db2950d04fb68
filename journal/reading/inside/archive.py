"""Opens a zip file that holds a manuscript: `python -m journal.reading.inside.archive`, on `given/upload`.

Answers as `journal.reading.inside.inspect` does, with `{"facts": {"names": {name: file in written/}}}`. Only what a
manuscript is made of is passed on; archives in the archive are not opened.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from journal.reading.inside.inspect import answer
from journal.reading.inside.unpacking import unpacked
from journal.reading.problems import Problem, Unusable

WRITTEN = Path("written")
KEPT = frozenset(
    (
        *(
            ".tex",
            ".latex",
            ".sty",
            ".bbl",
            ".bib",
            ".ris",
            ".json",
            ".md",
            ".markdown",
            ".rmd",
            ".qmd",
            ".txt",
            ".docx",
        ),
        *(".png", ".jpg", ".jpeg", ".svg", ".pdf", ".gif", ".eps", ".tif", ".tiff"),
    )
)
MOST_KEPT = 500
OF_ARCHIVES = {
    Problem.LOCKED: Problem.LOCKED_ARCHIVE,
    Problem.BOMB: Problem.BOMB_ARCHIVE,
    Problem.PATHS: Problem.PATHS_ARCHIVE,
}


def look_at_archive(body: bytes) -> Mapping[str, object]:
    """Write each file of the archive that a manuscript can be made of, and say their names."""
    kept = {name: content for name, content in sorted(_opened(body).items()) if _is_kept(name)}
    if len(kept) > MOST_KEPT:
        raise Unusable(Problem.BOMB_ARCHIVE, found=f"{len(kept)} files")
    names = {name: f"part-{number}" for number, name in enumerate(kept)}
    for name, written in names.items():
        (WRITTEN / written).write_bytes(kept[name])
    return {"names": names}


def _opened(body: bytes) -> dict[str, bytes]:
    if not body.startswith(b"PK"):
        raise Unusable(Problem.NOT_ARCHIVE, found="it does not begin as one")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return unpacked(archive, packed=len(body))
    except Unusable as unusable:
        raise Unusable(OF_ARCHIVES.get(unusable.problem, unusable.problem), **unusable.detail) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise Unusable(Problem.NOT_ARCHIVE, found="it does not unpack") from None


def _is_kept(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not name.endswith("/") and not hidden and path.suffix.lower() in KEPT


if __name__ == "__main__":
    sys.stdout.write(json.dumps(answer(look_at_archive, Path("given/upload").read_bytes())))
