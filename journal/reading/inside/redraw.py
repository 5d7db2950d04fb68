"""Makes many figures anew in one process: `python -m journal.reading.inside.redraw`, on all of `given/`.

Answers a JSON object, name to `{"facts"}` or `{"problem", "detail"}`; each clean picture is in `written/` by its name.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from journal.reading.inside.inspect import answer, clean_picture


def redraw_into(name: str, body: bytes) -> Mapping[str, object]:
    """Clean one picture, write it, and say what it is."""
    clean = clean_picture(body)
    (Path("written") / name).write_bytes(clean.body)
    return {
        "media_type": clean.media_type,
        "width": clean.width,
        "height": clean.height,
        "removed": list(clean.removed),
    }


def redraw_all() -> dict[str, object]:
    """Every given picture, one after another."""
    return {
        given.name: answer(partial(redraw_into, given.name), given.read_bytes())
        for given in sorted(Path("given").iterdir())
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(redraw_all()))
