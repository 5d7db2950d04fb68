"""Narrower articles: the authors write one and offer it, two officers approve exactly what they saw."""
