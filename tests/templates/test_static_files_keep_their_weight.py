"""The stylesheet stays under 8 KB compressed, our script under 3 KB, and vendored files are what they say they are."""

import gzip
import re
from hashlib import sha256

import pytest

from tests.templates.rendering import ROOT

STATIC = ROOT / "static"
VENDORED = re.findall(r"^\| `([^`]+)` \|.*`([0-9a-f]{64})` \|$", (STATIC / "VENDORED.md").read_text(), re.MULTILINE)


def test_the_stylesheet_is_light() -> None:
    assert len(gzip.compress((STATIC / "nullius.css").read_bytes(), 9)) <= 8192


def test_our_script_is_light() -> None:
    assert (STATIC / "nullius.js").stat().st_size <= 3072


def test_our_script_evaluates_nothing() -> None:
    script = (STATIC / "nullius.js").read_text()
    assert not re.search(
        r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\.style\b", script
    )


def test_the_stylesheet_fetches_only_what_is_carried_along() -> None:
    named = re.findall(r"url\(([^)]+)\)", (STATIC / "nullius.css").read_text())
    assert len(named) == 2
    assert all((STATIC / name).is_file() for name in named)


def test_what_is_vendored_is_listed() -> None:
    carried = {path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.suffix in {".js", ".woff2"}}
    assert {name for name, _ in VENDORED} == carried - {"nullius.js"}


@pytest.mark.parametrize(("name", "digest"), VENDORED)
def test_a_vendored_file_is_unchanged(name: str, digest: str) -> None:
    assert sha256((STATIC / name).read_bytes()).hexdigest() == digest
