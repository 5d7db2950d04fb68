"""The public application starts and passes its tests where nothing editorial is: neither its code nor its settings."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.noninterference.twins import house_of_both

pytestmark = pytest.mark.children
HERE = Path(__file__).parents[2]
EDITORIAL = (
    "journal/editorial",
    "journal/dossier",
    "journal/notices",
    "journal/production",
    "journal/reading",
    "journal/confinement",
    "journal/demonstration",
    "journal/unit_of_work.py",
    "journal/work_off.py",
    "journal/worker.py",
    "journal/config.py",
    "journal/people.py",
    "journal/telling.py",
    "journal/jobs.py",
    "journal/links.py",
    "journal/doctor.py",
    "journal/serving.py",
    "journal/passwords.py",
    "journal/second_factor.py",
    "storage/rows",
    "storage/database",
    "storage/migrations",
    "storage/vault.py",
    "storage/keyring.py",
    "storage/cabinet.py",
    "storage/ledger.py",
    "storage/outbox.py",
    "storage/sealing.py",
    "templates/editorial",
    "templates/mail",
    "templates/paper",
)
LEFT = ("journal", "storage", "workflows", "templates", "tests", "pyproject.toml")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project without its editorial half."""
    folder = tmp_path_factory.mktemp("alone")
    for name in LEFT:
        place = HERE / name
        if place.is_dir():
            shutil.copytree(place, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(place, folder / name)
    for name in EDITORIAL:
        gone = folder / name
        assert gone.exists(), f"{name} is not there: this list is old"
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    return folder


def run(folder: Path, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", **settings}
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_desk_cannot_start_there(copy: Path) -> None:
    """Something is missing indeed."""
    told = run(copy, "-c", "import journal.editorial.application")
    assert "ModuleNotFoundError" in told.stderr


def test_the_public_application_passes_its_tests_there(copy: Path) -> None:
    marks = "not browser and not server and not children and not long"
    started_by_the_desk = "--ignore=tests/journal/public/test_alone.py"
    options = ("-p", "no:cacheprovider", "-m", marks, started_by_the_desk)
    told = run(copy, "-m", "pytest", *options, "tests/journal/public")
    assert told.returncode == 0, told.stdout[-3000:] + told.stderr[-2000:]
    assert " passed" in told.stdout


def test_it_serves_a_release_that_the_desk_made(copy: Path, tmp_path: Path) -> None:
    ask = (
        "from journal.public.application import application; from werkzeug.test import Client;"
        "client = Client(application());"
        "print(*(client.get(path).status_code for path in ('/', '/reports?q=monitors', '/no')))"
    )
    store = house_of_both().folder / "public"
    told = run(copy, "-c", ask, NULLIUS_PUBLIC_STORE=str(store), NULLIUS_PUBLIC_CACHE=str(tmp_path / "cache"))
    assert told.stdout.split() == ["200", "200", "404"], told.stderr
