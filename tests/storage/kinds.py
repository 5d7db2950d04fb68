"""For tests of what only one kind of database can do: the fixture `kind` narrowed to it."""

import pytest

SQLITE = "sqlite"
POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.server)

on_sqlite = pytest.mark.parametrize("kind", [SQLITE], indirect=True)
on_postgresql = pytest.mark.parametrize("kind", [POSTGRESQL], indirect=True)
