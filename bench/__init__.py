"""Measurements side by side with what they are compared to, run by `./run bench`."""
