"""What cannot be read of a manuscript is said, the rest is compared, and nothing passes as conforming in silence."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner

from journal.cli import main
from tests.conformance.mutators import PAIRS, converted

pytestmark = pytest.mark.children

FOLDER = PAIRS / "debate_oversight"
PROTOCOL = FOLDER / "protocol.md"
MANUSCRIPT = (FOLDER / "manuscript.md").read_text("utf-8")
NOT_COMPARED = 2


def compared(manuscript: Path) -> tuple[int, dict[str, Any]]:
    result = CliRunner().invoke(main, ["compare", str(PROTOCOL), str(manuscript), "--json"])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, json.loads(result.stdout)


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return path


def is_said(data: dict[str, Any], *words: str) -> bool:
    return any(all(word in sentence for word in words) for sentence in data["unread"])


def test_a_scan_without_text_is_called_one(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    for _page in range(3):
        pdf.add_blank_page()
    body = io.BytesIO()
    pdf.save(body)
    code, data = compared(written(tmp_path, "scan.pdf", body.getvalue()))
    assert code == NOT_COMPARED
    assert data["pairing"]["verdict"] == "cannot-tell"
    assert is_said(data, "scan.pdf", "one with text")
    assert data["findings"] == []


def test_five_hundred_pages_are_read_to_the_end(tmp_path: Path) -> None:
    page = "Transcript {n}: two speakers debate a story, and the reader decides which of them is right about it. " * 3
    pages = "\n\n".join(page.format(n=n) for n in range(500))
    end = "The absence of H3 was not looked at; t(40) = 2.0, p = .40 for the rest of it."
    code, data = compared(
        written(tmp_path, "long.md", f"{MANUSCRIPT}\n\n## Appendix\n\n{pages}\n\n## Results of the end\n\n{end}\n")
    )
    assert code != NOT_COMPARED
    assert data["pairing"]["verdict"] == "reports-this-protocol"
    assert any(one["kind"] == "statistic-and-p" and "p = .40" in one["manuscript"]["quote"] for one in data["findings"])


def test_a_missing_figure_is_named_and_the_text_is_compared(tmp_path: Path) -> None:
    code, data = compared(written(tmp_path, "ms.md", f"{MANUSCRIPT}\n\n![Accuracy](figures/accuracy.png)\n"))
    assert is_said(data, "figures/accuracy.png", "not there")
    assert code != NOT_COMPARED


@pytest.mark.parametrize("lost", ["see Table ??", "as shown before [?]", "Error! Reference source not found."])
def test_references_that_lead_nowhere_are_said(lost: str, tmp_path: Path) -> None:
    code, data = compared(written(tmp_path, "ms.md", f"{MANUSCRIPT}\n\nAll of this holds, {lost}.\n"))
    assert is_said(data, "lead nowhere")
    assert code != NOT_COMPARED


def test_numbers_that_are_code_are_counted_and_not_taken_for_agreement(tmp_path: Path) -> None:
    text = MANUSCRIPT.replace("until 180 participants", "until `r nrow(d)` participants")
    assert text != MANUSCRIPT
    _code, data = compared(written(tmp_path, "ms.Rmd", text))
    assert is_said(data, "1 numbers are code")


def test_tracked_changes_are_read_as_accepted_and_said(tmp_path: Path) -> None:
    source = converted(MANUSCRIPT, "docx", tmp_path)
    tracked = tmp_path / "tracked.docx"
    change = '<w:ins w:id="901" w:author="A" w:date="2026-01-01T00:00:00Z">'
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tracked, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "word/document.xml":
                text = body.decode("utf-8")
                run = next(match for match in re.finditer(r"<w:r>.*?</w:r>", text) if "180 participants" in match[0])
                body = text.replace(run[0], f"{change}{run[0]}</w:ins>").encode("utf-8")
            new.writestr(name, body)
    code, data = compared(tracked)
    assert is_said(data, "tracked changes", "accepted")
    assert code != NOT_COMPARED
    assert not [one for one in data["findings"] if one["kind"] == "number-differs"]


BROKEN_TEX = {
    "open braces": r"\textbf{We \emph{recruited \footnote{no end",
    "unknown commands": r"\begin{weird}[x]{\undefinedmacro@@ #1 \csname oops\end{weird}",
    "an environment that never ends": r"\begin{table}\begin{tabular}{lll} a & b",
    "macros that call themselves": r"\newcommand{\loop}{\loop\loop}\loop",
}


@pytest.mark.parametrize("broken", BROKEN_TEX.values(), ids=BROKEN_TEX)
def test_latex_that_no_program_can_read_is_read_as_far_as_it_goes(broken: str, tmp_path: Path) -> None:
    whole = converted(MANUSCRIPT, "tex", tmp_path).read_text("utf-8")
    text = whole.replace(r"\end{document}", f"\n\n{broken}\n")
    code, data = compared(written(tmp_path, "ms.tex", text))
    assert code != NOT_COMPARED
    assert data["pairing"]["verdict"] == "reports-this-protocol"
    assert not [one for one in data["findings"] if one["kind"] == "hypothesis-not-found"]


OTHERS = {
    "Japanese": "私たちはモデルの回答を比較しました。違いは見つかりませんでした。" * 60,
    "Spanish": "Comparamos las respuestas de los modelos y no encontramos diferencias mayores que las previstas. " * 40,
    "another study": (PAIRS / "locked_models" / "manuscript.md").read_text("utf-8"),
    "figures only": "\n\n".join(f"![Figure {n}](https://example.org/{n}.png)" for n in range(30)),
    "numbers only": "\n\n".join(f"{n} {n * n} {n / 7:.3f}" for n in range(400)),
    "code only": "```python\n" + "print('two speakers debate a story')\n" * 200 + "```\n",
    "nothing but a heading": "# Does debate help people judge answers they cannot check?\n",
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_what_is_no_report_of_the_protocol_never_passes(text: str, tmp_path: Path) -> None:
    code, data = compared(written(tmp_path, "ms.md", text))
    assert code == NOT_COMPARED
    assert data["findings"] == []
    assert data["pairing"]["verdict"] in {"cannot-tell", "another-study"}
    assert data["pairing"]["why"]


BROKEN_FILES: dict[str, Callable[[bytes], bytes]] = {
    "truncated.docx": lambda whole: whole[: len(whole) // 2],
    "no-document.docx": lambda _whole: _zip({"word/other.xml": b"<a/>"}),
    "bad-xml.docx": lambda _whole: _zip({"word/document.xml": b"<w:document><w:p>"}),
    "bytes.md": lambda _whole: bytes(range(256)) * 20,
    "not.pdf": lambda whole: whole,
}


def _zip(files: dict[str, bytes]) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return body.getvalue()


@pytest.mark.parametrize("name", BROKEN_FILES)
def test_a_broken_file_is_named_and_nothing_is_compared(name: str, tmp_path: Path) -> None:
    whole = converted(MANUSCRIPT, "docx", tmp_path).read_bytes()
    code, data = compared(written(tmp_path, name, BROKEN_FILES[name](whole)))
    assert code == NOT_COMPARED
    assert is_said(data, name)
    assert data["findings"] == []
