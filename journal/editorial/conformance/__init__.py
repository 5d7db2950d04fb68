"""Stage 2: the frozen rows answered one for one, submitted, and compared with what was promised."""
