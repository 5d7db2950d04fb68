"""The demonstration's mail, read as its people read it."""

import json
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Postbox:
    """The folder into which a journal without a mail server puts its letters."""

    folder: Path

    def letters(self, to: str) -> list[dict[str, str]]:
        """The letters to an address, oldest first: `to`, `subject`, `text`."""
        found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(self.folder.glob("*.json"))]
        return [letter for letter in found if letter["to"] == to]

    def link(self, to: str, path: str) -> str | None:
        """The address in the newest letter to `to` that carries one whose path begins with `path`."""
        for letter in reversed(self.letters(to)):
            found = re.search(rf"https?://[^\s/]+({re.escape(path)}\S*)", letter["text"])
            if found:
                return found.group(0).rstrip(".")
        return None
