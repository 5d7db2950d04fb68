"""What was built from parts, of a row or a check, as one sentence."""

from workflows.protocol.reading_back import read_back, sentence
from workflows.protocol.rows import Check, Row


def sentence_of(part: Row | Check) -> str:
    """A row's decision rule, or when a check passes, as a sentence; empty where nothing was built."""
    if isinstance(part, Row):
        return read_back(part.rule, part.label or "it")
    words = " and ".join(sentence(each) for each in part.passes)
    return f"{part.label or 'It'} passes if {words}." if words else ""
