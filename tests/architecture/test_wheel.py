"""The wheel carries everything that the code reads, and runs from another folder than this one."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.source import PRODUCT, ROOT

ELSEWHERE = """
from importlib.resources import files
import journal, storage, workflows
sheet = files("templates") / "static" / "nullius.css"
assert sheet.read_text(encoding="utf-8")
print(journal.__file__)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_every_file_of_the_product_is_in_the_wheel(wheel: Path) -> None:
    found = [path for folder in PRODUCT for path in (ROOT / folder).rglob("*") if path.is_file()]
    wanted = {path.relative_to(ROOT).as_posix() for path in found if "__pycache__" not in path.parts}
    assert wanted <= set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_runs_where_the_project_is_not(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    environment = {**os.environ, "PYTHONPATH": str(site)}
    run = [sys.executable, "-P", "-c", ELSEWHERE]
    told = subprocess.run(run, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True).stdout
    assert Path(told.strip()).is_relative_to(site)
