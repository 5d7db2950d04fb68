"""`journal typeset`: a manuscript on its author's own desk becomes a paper, without account and without database."""
