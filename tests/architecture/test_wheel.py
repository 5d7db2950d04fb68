"""The wheel carries everything that the code reads, and runs from another folder than this one."""

import os
import subprocess
import sys
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.architecture.source import PRODUCT, ROOT

pytestmark = pytest.mark.children
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


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel unpacked, as an installer does it."""
    place = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(place)
    return place


def run_from(site: Path, folder: Path, *arguments: str) -> str:
    """What a fresh interpreter says that finds our packages in `site`, in a folder that is not the project's."""
    run = [sys.executable, "-P", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(site)}
    return subprocess.run(run, cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout


def test_the_wheel_runs_where_the_project_is_not(site: Path, tmp_path: Path) -> None:
    assert Path(run_from(site, tmp_path, "-c", ELSEWHERE).strip()).is_relative_to(site)


def test_the_command_and_the_module_are_one_and_help(site: Path, tmp_path: Path) -> None:
    (declared,) = site.glob("*.dist-info/entry_points.txt")
    entries = ConfigParser()
    entries.read_string(declared.read_text(encoding="utf-8"))
    module, name = entries["console_scripts"]["journal"].split(":")
    # What an installer writes into its `bin/journal`.
    script = f"import sys; sys.argv[0] = 'journal'; from {module} import {name}; sys.exit({name}())"
    by_command = run_from(site, tmp_path, "-c", script, "--help")
    by_module = run_from(site, tmp_path, "-m", "journal", "--help")
    assert by_command.startswith("Usage: journal ")
    assert by_module.replace("Usage: python -m journal", "Usage: journal") == by_command
    for command in ("serve", "demo", "migrate", "release", "doctor"):
        assert f"\n  {command} " in by_command, command
