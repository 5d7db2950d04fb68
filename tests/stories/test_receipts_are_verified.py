"""A receipt is downloaded from the acceptance page and checked offline, years later, with the command line."""

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from journal.cli import main
from tests.stories.worlds import World, make_world
from tests.stories.writing import MANUSCRIPT, accept_in_principle, accepted, begin, client_of, fill_in, send


def verify(*paths: Path) -> Result:
    """Run the command with nothing of a journal in the environment."""
    return CliRunner().invoke(main, ["protocol", "verify", *map(str, paths)], env={"NULLIUS_HOME": "/nonexistent"})


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A receipt as its author downloads it. Nobody writes in the journal it came from."""
    world = make_world(tmp_path_factory.mktemp("journal"))
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    fill_in(author, report)
    send(author, report)
    digest = accept_in_principle(world, report)
    page = author.open(f"/reports/{report}/acceptance")
    answer = author.open(page.link("Receipt protocol, digest, files")).answer
    assert "attachment" in answer.headers["Content-Disposition"]
    data = json.loads(answer.body)
    assert data["digest"] == digest == hashlib.sha256(data["protocol"].encode()).hexdigest()
    assert (data["journal"], data["version"], data["accepted"]) == ("Nullius", 1, "2026-03-02")
    return answer.body


@pytest.fixture
def receipt(issued: bytes, tmp_path: Path) -> Path:
    kept = tmp_path / "receipt.json"
    kept.write_bytes(issued)
    return kept


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "my paper.md"
    path.write_bytes(MANUSCRIPT)
    return path


def test_the_very_file_is_the_same_under_any_name(receipt: Path, paper: Path) -> None:
    result = verify(receipt, paper)
    assert "same     my paper.md (registered as manuscript.md)" in result.output
    assert result.exit_code == 0


def test_another_file_is_told_and_nothing_is_missed(receipt: Path, paper: Path, tmp_path: Path) -> None:
    assert (verify(receipt).exit_code, "missing  manuscript.md" in verify(receipt).output) == (1, True)
    changed = tmp_path / "manuscript.md"
    changed.write_bytes(MANUSCRIPT + b" ")
    assert "changed  manuscript.md" in verify(receipt, changed).output
    assert verify(receipt, changed).exit_code == 1
    both = verify(receipt, paper, changed)
    assert "extra    manuscript.md" in both.output
    assert both.exit_code == 1


def test_the_protocol_as_json_is_known_too(receipt: Path, paper: Path, tmp_path: Path) -> None:
    plan = tmp_path / "protocol-version-1.json"
    plan.write_bytes(json.loads(receipt.read_text())["protocol"].encode())
    assert verify(receipt, paper, plan).exit_code == 0
    plan.write_bytes(plan.read_bytes().replace(b"1,800", b"2,400"))
    result = verify(receipt, paper, plan)
    assert "changed  protocol-version-1.json" in result.output
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("1,800 prompts", "9,999 prompts", "its protocol has another digest"),
        ('"name": "manuscript.md"', '"name": "other.md"', "it names other files"),
        ('"digest"', '"dugest"', "no receipt"),
        ("{", "", "no receipt"),
    ],
)
def test_a_receipt_that_was_altered_is_refused(receipt: Path, paper: Path, old: str, new: str, words: str) -> None:
    text = receipt.read_text()
    assert old in text
    receipt.write_text(text.replace(old, new, 1))
    result = verify(receipt, paper)
    assert words in result.output
    assert result.exit_code == 2


def test_the_acceptance_page_shows_the_digest_as_a_code_with_a_name(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, digest = accepted(world)
    page = author.open(f"/reports/{report}/acceptance")
    (code,) = page.tree.xpath("//*[name()='svg'][@id='digest-code']")
    assert code.get("role") == "img"
    assert code.xpath("string(*[name()='title'])") == f"QR code of the digest {digest}"
    assert " style=" not in page.answer.body.decode().partition("<main")[2]
    assert author.open(f"/reports/{report}/protocol/2/receipt.json").status == 404
    assert world.signed_in("Una Unrelated").open(f"/reports/{report}/protocol/1/receipt.json").status == 404
