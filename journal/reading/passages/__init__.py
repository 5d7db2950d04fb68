"""Documents as located passages: what protocols are read from, and what results are compared by.

Text formats are cut at their source lines, so that every quote is verbatim; Word files are opened by pandoc in the
confined child (docs/adr/0018).
"""

from journal.reading.passages.files import Changes, read_passages
from journal.reading.passages.passage import Block, Emphasis, Passage, Passages, Sentence

__all__ = ["Block", "Changes", "Emphasis", "Passage", "Passages", "Sentence", "read_passages"]
