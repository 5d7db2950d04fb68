"""Stage 2 against stage 1 on files: what is read out of two documents, and what comparing them brings up."""

from journal.reading.comparison.comparing import SideBySide, compare_files, lay_side_by_side, redline_files

__all__ = ["SideBySide", "compare_files", "lay_side_by_side", "redline_files"]
