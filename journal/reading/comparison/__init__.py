"""Stage 2 against stage 1 on files: what is read out of two documents, and what comparing them brings up."""

from journal.reading.comparison.comparing import compare_files

__all__ = ["compare_files"]
