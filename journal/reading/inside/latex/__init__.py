"""Makes one LaTeX source of many files, in the confined child, in the words that pandoc reads."""
