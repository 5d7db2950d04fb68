"""A store or key file that is missing is said to be missing, and nothing is ever made in its place."""

from pathlib import Path

import pytest

from journal.demonstration.visitor import Upload
from journal.unit_of_work import open_resources
from storage.keyring import KeyFileRefused
from tests.stories.worlds import make_world
from tests.stories.writing import MANUSCRIPT, begin, client_of


@pytest.mark.children
@pytest.mark.parametrize("store", ["vault", "keyring"])
def test_nothing_is_kept_in_the_place_of_a_store_that_is_not_mounted(tmp_path: Path, store: str) -> None:
    """A process that starts meanwhile, as every job does, must not make an empty one: what it took would be lost."""
    world = make_world(tmp_path)
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    page = author.open(f"/reports/{report}/manuscript")
    there, away = tmp_path / store, tmp_path / "away"
    there.rename(away)
    open_resources(world.config).engine.dispose()
    assert author.press("Upload", {"files": Upload("paper.md", MANUSCRIPT)}).status == 503
    assert not there.exists()
    away.rename(there)
    author.page = page
    assert author.press("Upload", {"files": Upload("paper.md", MANUSCRIPT)}).status == 200


def test_a_missing_key_file_is_said_and_never_made_anew(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    world.config.key_file.unlink()
    with pytest.raises(KeyFileRefused):
        open_resources(world.config)
    assert not world.config.key_file.exists()
