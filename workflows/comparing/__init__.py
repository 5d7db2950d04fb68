"""Stage 2 against stage 1: what a difference is, how serious and how sure, and in which order a reader meets them.

What is read out of documents comes in as data (`Observation`); nothing here opens a file or measures a text.
"""
