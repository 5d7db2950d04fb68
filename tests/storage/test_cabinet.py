"""The cabinet: words are sealed for one row and one column, and open nowhere else."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.cabinet import Cabinet
from storage.keyring import KeyDestroyed, Keyring, ensure_key_file
from storage.objects import FolderStore
from storage.randomness import LabelledRandomness
from storage.sealing import SealBroken
from storage.vault import Vault
from workflows.protocol import Protocol

WORDS = Protocol(title="Do steering vectors leak the prompt?")


@dataclass
class Study:
    key_name: str


@dataclass
class Page:
    id: str
    body: bytes = b""
    answer: bytes = b""
    __tablename__ = "page"


class Desk:
    """A cabinet with its keyring, in a folder."""

    def __init__(self, folder: Path) -> None:
        randomness = LabelledRandomness(b"desk")
        for name in ("keys", "vault"):
            (folder / name).mkdir()
        ensure_key_file(folder / "secret" / "master.key", randomness)
        self.keyring = Keyring(FolderStore(folder / "keys"), folder / "secret" / "master.key", randomness)
        self.vault = Vault(FolderStore(folder / "vault"), randomness)
        self.randomness = randomness

    def cabinet(self) -> Cabinet:
        return Cabinet(keyring=self.keyring, vault=self.vault, randomness=self.randomness)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_words_come_back_and_are_not_in_the_row(desk: Desk) -> None:
    cabinet, page = desk.cabinet(), Page("p1")
    study = Study(cabinet.new_key())
    cabinet.put(study, page, "body", WORDS)
    assert b"steering" not in page.body
    assert desk.cabinet().get(study, page, "body", Protocol) == WORDS


def test_words_open_in_no_other_row_or_column_or_study(desk: Desk) -> None:
    cabinet, page = desk.cabinet(), Page("p1")
    study, other = Study(cabinet.new_key()), Study(cabinet.new_key())
    cabinet.put(study, page, "body", WORDS)
    page.answer = page.body
    with pytest.raises(SealBroken):
        cabinet.get(study, page, "answer", Protocol)
    with pytest.raises(SealBroken):
        cabinet.get(study, Page("p2", body=page.body), "body", Protocol)
    with pytest.raises(SealBroken):
        cabinet.get(other, page, "body", Protocol)


def test_files_are_read_back_by_their_study(desk: Desk) -> None:
    cabinet = desk.cabinet()
    study = Study(cabinet.new_key())
    deposit = cabinet.deposit(study, b"figure")
    assert cabinet.file(study, deposit.name) == b"figure"
    with pytest.raises(SealBroken):
        cabinet.file(Study(cabinet.new_key()), deposit.name)


def test_what_a_destroyed_key_sealed_is_gone(desk: Desk) -> None:
    cabinet, page = desk.cabinet(), Page("p1")
    study = Study(cabinet.new_key())
    cabinet.put(study, page, "body", WORDS)
    desk.keyring.destroy(study.key_name)
    with pytest.raises(KeyDestroyed):
        desk.cabinet().get(study, page, "body", Protocol)
