"""The same record and document give the same bytes: in another process, folder, time zone, and hash seed."""

import hashlib
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import TypedDict

import pytest

from journal.production.printing import CHILD
from journal.production.task import PDF
from journal.production.typesetting import Paper, given_files
from journal.reading.document import Document
from workflows.declassify import PublicRecord

pytestmark = pytest.mark.children

PROJECT = Path(__file__).parents[3]
DIGESTS_OF_FILES = """
import hashlib, pickle, sys
from journal.production.typesetting import given_files
record, document, settings = pickle.load(sys.stdin.buffer)
for name, body in given_files(record, document, **settings).items():
    print(name, hashlib.sha256(body).hexdigest())
"""


class Settings(TypedDict):
    journal_name: str
    public_base_url: str


SETTINGS: Settings = {"journal_name": "Nullius", "public_base_url": "https://nullius.example"}


def run(arguments: list[str], *, folder: Path, zone: str, seed: str, given: bytes = b"") -> bytes:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), "TZ": zone, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, input=given, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_what_the_typesetter_is_given_does_not_depend_on_the_process(
    null_record: PublicRecord, null_document: Document, tmp_path: Path
) -> None:
    here = given_files(null_record, null_document, **SETTINGS)
    expected = "".join(f"{name} {hashlib.sha256(body).hexdigest()}\n" for name, body in here.items())
    given = pickle.dumps((null_record, null_document, SETTINGS))
    for zone, seed in (("Pacific/Kiritimati", "1"), ("America/Adak", "2")):
        said = run(["-c", DIGESTS_OF_FILES], folder=tmp_path, zone=zone, seed=seed, given=given)
        assert said.decode() == expected


def test_the_pdf_does_not_depend_on_process_folder_zone_or_seed(
    null_paper: Paper, null_record: PublicRecord, null_document: Document, tmp_path: Path
) -> None:
    for number, zone in enumerate(("Pacific/Kiritimati", "America/Adak")):
        folder = tmp_path / f"somewhere-{number}"
        (folder / "given").mkdir(parents=True)
        (folder / "written").mkdir()
        for name, body in given_files(null_record, null_document, **SETTINGS).items():
            (folder / "given" / name).write_bytes(body)
        run(["-m", CHILD], folder=folder, zone=zone, seed=str(number))
        assert (folder / "written" / PDF).read_bytes() == null_paper.pdf
