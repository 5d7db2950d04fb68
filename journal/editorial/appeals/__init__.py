"""Authors of a delayed report ask that somebody else look at it, and an officer answers them."""
