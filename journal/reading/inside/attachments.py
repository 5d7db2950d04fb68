"""Takes named attachments out of a PDF: `python -m journal.reading.inside.attachments NAME...`, on `given/upload`.

Each that is there goes to `written/NAME`.
"""

from __future__ import annotations

import sys
from pathlib import Path

LARGEST = 8_000_000


def main() -> int:
    """Read `given/upload`; 1 when it is no PDF that can be read."""
    import pikepdf

    try:
        with pikepdf.open(Path("given/upload")) as document:
            for name in sys.argv[1:]:
                if name in document.attachments:
                    body = document.attachments[name].get_file().read_bytes()
                    (Path("written") / name).write_bytes(body[:LARGEST])
    except Exception:  # noqa: BLE001 (a hostile file can raise anything; the parent says what to do)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
