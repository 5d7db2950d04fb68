"""`journal compare` as an author uses it at their own desk."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from journal.cli import main
from tests.conformance.mutators import PAIRS, converted, pairs, substantive

KEYS = {"kind", "severity", "wording", "evidence", "declared", "protocol", "manuscript", "why"}


def compare(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["compare", *map(str, words)])


def as_data(*words: str | Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(compare(*words, "--json").stdout)
    return data


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def dropped(tmp_path: Path) -> tuple[Path, Path]:
    """A protocol, and a manuscript from which a hypothesis was dropped."""
    mutation = next(m for m in substantive(pairs()[0]) if m.kind == "dropped hypothesis")
    return (
        written(tmp_path, "protocol.md", mutation.pair.protocol),
        written(tmp_path, "manuscript.md", mutation.pair.manuscript),
    )


def test_what_was_dropped_is_said_first_with_its_words_and_place(dropped: tuple[Path, Path]) -> None:
    result = compare(*dropped, "--json")
    data = json.loads(result.stdout)
    assert result.exit_code == 1
    assert data["pairing"]["verdict"] == "reports-this-protocol"
    first = data["findings"][0]
    assert set(first) == KEYS
    assert (first["kind"], first["severity"], first["wording"]) == ("hypothesis-not-found", "must", "not-found")
    assert first["protocol"]["quote"] in dropped[0].read_text("utf-8")
    assert first["protocol"]["location"]["file"] == "protocol.md"
    assert first["protocol"]["location"]["line"] > 1


def test_every_quote_stands_in_its_file_word_for_word(dropped: tuple[Path, Path]) -> None:
    data = as_data(*dropped)
    texts = {path.name: path.read_text("utf-8") for path in dropped}
    quotes = [finding[side] for finding in data["findings"] for side in ("protocol", "manuscript") if finding[side]]
    assert quotes
    assert all(span["quote"] in texts[span["location"]["file"]] for span in quotes)


def test_a_manuscript_of_another_study_gets_no_findings() -> None:
    result = compare(PAIRS / "refusal_steering" / "protocol.md", PAIRS / "judge_position" / "manuscript.md", "--json")
    data = json.loads(result.stdout)
    assert result.exit_code == 2
    assert data["pairing"]["verdict"] == "another-study"
    assert data["findings"] == []
    assert "most frequent words" in data["pairing"]["why"]


def test_a_clean_pair_ends_with_0() -> None:
    folder = PAIRS / "deception_probes"
    result = compare(folder / "protocol.md", folder / "manuscript.md")
    assert result.exit_code == 0
    assert "reports this protocol" in result.stdout


def test_the_page_needs_no_other_file(dropped: tuple[Path, Path], tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    compare(*dropped, "--html", "--output", target)
    page = target.read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "<style>" in page
    assert "src=" not in page
    assert "<script" not in page
    assert "Nothing is" not in page or "blockquote" in page
    assert "H3" in page


def test_what_differs_is_marked_on_the_page(tmp_path: Path) -> None:
    mutation = next(m for m in substantive(pairs()[0]) if m.kind == "alpha")
    protocol = written(tmp_path, "protocol.md", mutation.pair.protocol)
    page = compare(protocol, written(tmp_path, "manuscript.md", mutation.pair.manuscript), "--html").stdout
    assert "<mark>.05</mark>" in page
    assert "<mark>.10</mark>" in page


def test_markup_in_a_manuscript_stays_text_on_the_page(dropped: tuple[Path, Path]) -> None:
    protocol, manuscript = dropped
    protocol.write_text(protocol.read_text("utf-8").replace("people read", "people <b>read</b> x"), "utf-8")
    assert "<b>" not in compare(protocol, manuscript, "--html").stdout


def test_sarif_says_where(dropped: tuple[Path, Path]) -> None:
    data = json.loads(compare(*dropped, "--sarif").stdout)
    results = data["runs"][0]["results"]
    assert data["version"] == "2.1.0"
    assert results[0]["level"] == "error"
    assert results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] in {"protocol.md", "manuscript.md"}


def test_a_log_of_deviations_makes_a_finding_declared(dropped: tuple[Path, Path], tmp_path: Path) -> None:
    log = written(
        tmp_path,
        "log.md",
        "# Log\n\n2026-05-02: H3 was dropped. People who read a debate were not compared for being better calibrated"
        " (Brier score), because the confidence ratings were lost.\n",
    )
    first = as_data(*dropped)["findings"][0]
    with_log = as_data(*dropped, "--with", log)["findings"]
    same = [one for one in with_log if one["protocol"] == first["protocol"]]
    assert not first["declared"]
    assert same
    assert all(one["declared"] and one["severity"] == "note" for one in same)


@pytest.mark.children
@pytest.mark.parametrize("form", ["docx", "tex", "Rmd"])
def test_other_formats_are_read_too(form: str, tmp_path: Path) -> None:
    mutation = next(m for m in substantive(pairs()[0]) if m.kind == "dropped hypothesis")
    manuscript = converted(mutation.pair.manuscript, form, tmp_path)
    data = as_data(written(tmp_path, "protocol.md", mutation.pair.protocol), manuscript)
    assert data["pairing"]["verdict"] == "reports-this-protocol"
    assert data["findings"][0]["kind"] == "hypothesis-not-found"


def test_latex_is_read_with_its_parts_and_a_missing_one_is_said(tmp_path: Path) -> None:
    pair = pairs()[0]
    whole = converted(pair.manuscript, "tex", tmp_path).read_text("utf-8")
    place = whole.index(r"\subsection{Results}")
    (tmp_path / "parts").mkdir()
    written(tmp_path / "parts", "results.tex", whole[place : whole.index(r"\end{document}")])
    takes_in = "\\input{parts/results}\n\\input{parts/nowhere}\n\\includegraphics{lost.png}\n\\end{document}\n"
    manuscript = written(tmp_path, "main.tex", whole[:place] + takes_in)
    data = as_data(written(tmp_path, "protocol.md", pair.protocol), manuscript)
    assert not [one for one in data["findings"] if one["kind"] == "hypothesis-not-found"]
    assert any("parts/nowhere" in words for words in data["unread"])
    assert any("lost.png" in words for words in data["unread"])


BAD = {
    "empty.md": b"",
    "blank.md": b"\n\n  \n",
    "broken.docx": b"PK\x03\x04 nothing of the kind",
    "scan.pdf": b"%PDF-1.4\nnot really",
    "latin.md": "Résumé \xe9\xff".encode("latin-1"),
    "figures.md": b"![](a.png)\n\n![](b.png)\n",
    "old.doc": b"\xd0\xcf\x11\xe0 old Word",
}


@pytest.mark.children
@pytest.mark.parametrize(("name", "body"), BAD.items(), ids=BAD)
def test_what_cannot_be_read_is_said_and_passes_for_nothing(name: str, body: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    result = compare(PAIRS / "refusal_steering" / "protocol.md", path, "--json")
    data = json.loads(result.stdout)
    assert result.exit_code == 2
    assert data["pairing"]["verdict"] in {"cannot-tell", "another-study"}
    assert data["unread"]


def test_a_manuscript_in_another_language_cannot_be_told(tmp_path: Path) -> None:
    german = "Wir haben die Antworten der Modelle verglichen und keine Unterschiede gefunden, die größer waren. " * 30
    data = as_data(PAIRS / "refusal_steering" / "protocol.md", written(tmp_path, "m.md", german))
    assert data["pairing"]["verdict"] == "cannot-tell"
    assert "languages" in data["pairing"]["why"]


def test_a_protocol_in_yaml_is_read_by_its_fields(tmp_path: Path) -> None:
    protocol = written(
        tmp_path,
        "protocol.yaml",
        "title: Refusal directions between languages\nhypotheses:\n"
        "  - label: H1\n    statement: Subtracting the English refusal direction lowers the refusal rate on harmful"
        " Swahili prompts by at least 15 percentage points\n"
        "  - label: H2\n    statement: The reduction under H1 is smaller in Swahili than in English\n"
        "  - label: H4\n    statement: Steered replies are rated as less fluent by native speakers of Swahili\n"
        "sampling:\n  n: 320 harmful prompts per language\n  seeds: 11, 12, 13\n"
        "exclusions:\n  - Prompts whose translation scores below 4 of 5 with either native speaker are excluded\n"
        "analysis:\n  - The primary test of H1 is a McNemar test on paired refusals, two-sided, alpha = .05\n"
        "  - H2 is tested by an interaction in a logistic mixed model with random intercepts for prompts\n"
        "  - Refusals are classified by strongreject-v2; a random part of the replies is coded by hand\n",
    )
    data = as_data(protocol, PAIRS / "refusal_steering" / "manuscript.md")
    assert data["pairing"]["verdict"] == "reports-this-protocol"
    missing = [one for one in data["findings"] if one["kind"] == "hypothesis-not-found"]
    assert ["fluent" in one["protocol"]["quote"] for one in missing] == [True]


def test_a_results_file_that_disagrees_is_laid_beside_the_table(tmp_path: Path) -> None:
    folder = PAIRS / "judge_position"
    results = written(tmp_path, "results.csv", "judge,first answer chosen\nmistral-large-2411,0.534\n")
    data = as_data(folder / "protocol.md", folder / "manuscript.md", "--results", results)
    assert any(one["kind"] == "inconsistent-within" and "0.534" in one["why"] for one in data["findings"])


def test_one_folder_can_hold_both(dropped: tuple[Path, Path], tmp_path: Path) -> None:
    assert as_data(tmp_path, tmp_path) == as_data(*dropped)


def test_another_version_is_told_by_what_the_manuscript_cites(tmp_path: Path) -> None:
    folder = PAIRS / "deception_probes"
    older = (folder / "protocol.md").read_text("utf-8").replace("Version 1.2", "Version 1.0")
    data = as_data(written(tmp_path, "protocol.md", older), folder / "manuscript.md")
    assert data["pairing"]["verdict"] == "another-version"
    assert "version 1.2" in data["pairing"]["why"]


def test_a_folder_stands_for_its_documents(dropped: tuple[Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    for path in dropped:
        path.rename(folder / path.name)
    (folder / "manuscript.md").rename(tmp_path / "m.md")
    with zipfile.ZipFile(folder / "data.zip", "w") as archive:
        archive.writestr("a", "b")
    assert as_data(folder, tmp_path / "m.md")["findings"][0]["kind"] == "hypothesis-not-found"


@pytest.mark.parametrize("name", ["deviations.md", "protocol_amendments.md", "changelog.txt", "deviations-log_2.md"])
def test_a_log_in_the_folder_of_the_protocol_is_read_without_being_asked_for(
    name: str, dropped: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "results").mkdir()
    manuscript = dropped[1].rename(tmp_path / "results" / "manuscript.md")
    first = as_data(dropped[0], manuscript)["findings"][0]
    written(tmp_path, name, "2026-05-02: H3 was dropped, because the confidence ratings were lost.\n")
    same = [one for one in as_data(dropped[0], manuscript)["findings"] if one["protocol"] == first["protocol"]]
    assert not first["declared"]
    assert same
    assert all(one["declared"] for one in same)


@pytest.mark.parametrize("name", ["changes_in_trust.md", "notes.md", "deviant_models.md"])
def test_a_file_with_another_name_is_no_log(name: str, dropped: tuple[Path, Path], tmp_path: Path) -> None:
    before = as_data(*dropped)
    written(tmp_path, name, "2026-05-02: H3 was dropped, because the confidence ratings were lost.\n")
    assert as_data(*dropped) == before
