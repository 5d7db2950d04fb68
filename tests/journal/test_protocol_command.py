"""`journal protocol read` at an author's own desk: no account, no database, sentences and exit statuses."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from journal.cli import main

FIXTURES = Path(__file__).parents[1] / "fixtures" / "protocols"


def run(*arguments: str | Path) -> Result:
    return CliRunner(env={"DATABASE_URL": "sqlite:////nowhere/at/all.db"}).invoke(
        main, ["protocol", "read", *map(str, arguments)]
    )


def test_json_has_the_shape_that_is_promised() -> None:
    ended = run(FIXTURES / "refusal-probing" / "protocol.md", "--json")
    read = json.loads(ended.stdout)
    assert (ended.exit_code, set(read)) == (0, {"proposals", "unread"})
    first = next(each for each in read["proposals"] if each["kind"] == "hypothesis")
    assert set(first) == {"kind", "label", "fields", "quote", "location", "confidence"}
    assert (first["kind"], first["label"], first["location"]["line"]) == ("hypothesis", "H1", 16)
    assert first["location"]["section"].endswith("Hypotheses")


def test_people_get_a_list_with_places() -> None:
    ended = run(FIXTURES / "refusal-probing" / "protocol.md")
    assert ended.exit_code == 0
    assert "hypothesis H1  (protocol.md, line 16;" in ended.stdout
    assert "nothing here is decided" in ended.stdout


def test_a_folder_finds_its_protocol_and_the_parts_of_latex() -> None:
    read = json.loads(run(FIXTURES / "consent-latex", "--json").stdout)
    places = {(each["location"]["file"], each["kind"]) for each in read["proposals"]}
    assert {("parts/hypotheses.tex", "hypothesis"), ("protocol.tex", "gate")} <= places


def test_scripts_are_read_when_given(tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text("# Plan\n\n## Hypotheses\n\nH1: Dogs sleep longer than cats.\n")
    (tmp_path / "fit.py").write_text("import numpy as np\nrng = np.random.default_rng(20270401)\n")
    alone = json.loads(run(tmp_path / "plan.md", "--json").stdout)["proposals"]
    both = json.loads(run(tmp_path / "plan.md", tmp_path / "fit.py", "--json").stdout)["proposals"]
    assert [each["quote"] for each in both] == [alone[0]["quote"], "rng = np.random.default_rng(20270401)"]


def test_what_lies_outside_the_folder_is_not_taken_in(tmp_path: Path) -> None:
    inside = tmp_path / "study"
    inside.mkdir()
    (tmp_path / "secret.tex").write_text("H1: Secrets are longer than rumours.\n")
    (inside / "link.tex").symlink_to(tmp_path / "secret.tex")
    (inside / "main.tex").write_text(
        "\\section{Hypotheses}\n\\input{../secret}\n\\input{link}\n\nH2: Dogs sleep longer than cats.\n"
    )
    read = json.loads(run(inside, "--json").stdout)
    assert [each["label"] for each in read["proposals"]] == ["H2"]
    assert any("../secret" in sentence for sentence in read["unread"])


@pytest.mark.parametrize(
    ("name", "body", "status", "words"),
    [
        ("empty.md", b"", 1, "no text"),
        ("data.md", b"\x00\x01\x02", 1, "UTF-8"),
        ("paper.pdf", b"%PDF-1.7", 1, "PDF"),
        ("old.doc", b"\xd0\xcf\x11\xe0", 1, "Word"),
        ("broken.docx", b"PK\x03\x04", 1, "damaged"),
        ("plan.xyz", b"H1", 1, "not known"),
        ("prose.md", b"Nothing is planned here.", 0, "No hypothesis"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, body: bytes, status: int, words: str) -> None:
    (tmp_path / name).write_bytes(body)
    ended = run(tmp_path / name, "--json")
    assert ended.exit_code == status
    assert words in " ".join(json.loads(ended.stdout)["unread"])


def test_several_documents_without_a_name_that_tells_are_asked_about(tmp_path: Path) -> None:
    for name in ("one.md", "two.md"):
        (tmp_path / name).write_text("H1: a")
    ended = run(tmp_path)
    assert (ended.exit_code, "Name the one" in ended.stderr) == (1, True)
