"""Proofs: the typeset paper until its authors approve it, and the notices that may follow once it is out."""
