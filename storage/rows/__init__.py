"""The rows of the editorial database, one module for each noun. Importing this package makes all tables known."""

from storage.rows import (
    decisions,
    holds,
    ledger,
    links,
    manuscripts,
    narrowings,
    notices,
    outbox,
    outcomes,
    people,
    proofs,
    protocols,
    releases,
    reports,
    reviewing,
)

__all__ = [
    "decisions",
    "holds",
    "ledger",
    "links",
    "manuscripts",
    "narrowings",
    "notices",
    "outbox",
    "outcomes",
    "people",
    "proofs",
    "protocols",
    "releases",
    "reports",
    "reviewing",
]
