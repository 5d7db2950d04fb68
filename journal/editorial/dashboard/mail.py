"""The demonstration's mail folder, for the page that shows it."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A letter in the folder. `name` is that of its file."""

    name: str
    to: str
    subject: str
    sent: datetime
    body: str
    sender: str


def mails(folder: Path, sender: str) -> list[Mail]:
    """All letters, the newest first."""
    return [_read(path, sender) for path in sorted(folder.glob("*.json"), reverse=True)]


def _read(path: Path, sender: str) -> Mail:
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Mail(
        name=path.stem,
        to=kept["to"],
        subject=kept["subject"],
        sent=datetime.fromisoformat(kept["at"]),
        body=kept["text"],
        sender=sender,
    )
