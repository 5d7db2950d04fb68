"""LaTeX as a manuscript: one file or a zip, at either stage; its page, its proposals, and what could not be read."""

import stat
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from journal.demonstration.visitor import Upload
from tests.journal.reading.samples import picture
from tests.stories.worlds import World
from tests.stories.writing import begin, client_of, kept_files, upload

pytestmark = pytest.mark.children

MAIN = rb"""
\documentclass{article}
\title{Hints and Honesty}
\begin{document}
\maketitle
\input{parts/plan}
\begin{figure}\includegraphics{figs/power}\caption{Power by sample.}\label{fig:power}\end{figure}
Figure~\ref{fig:power} is what we plan for. \cite{okafor} \oddity{gone}
\bibliography{refs}
\end{document}
"""
PLAN = rb"""
\section{Hypotheses}
\textbf{H1.} Models that are given a hint name it in at least 40\% of their answers.
We will test this with a one-sided binomial test at $\alpha = .05$ on $n = 400$ answers.
"""
BIB = b"@article{okafor, title={Naming hints}, author={Okafor, Ines}, journal={J. Tests}, year={2024}}"
FILES = {"paper/main.tex": MAIN, "paper/parts/plan.tex": PLAN, "paper/figs/power.png": picture(), "paper/refs.bib": BIB}


def packed(files: Mapping[str, bytes], *extra: tuple[ZipInfo, bytes]) -> bytes:
    body = BytesIO()
    with ZipFile(body, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        for entry, content in extra:
            archive.writestr(entry, content)
    return body.getvalue()


def link(name: str) -> ZipInfo:
    entry = ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def test_a_zip_is_read_with_all_its_parts_and_proposes_its_plan(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    page = upload(author, report, Upload("leaks by Ines Okafor.zip", packed(FILES)))
    assert page.status == 200
    for words in ("Hints and Honesty", "1 Hypotheses", "Figure 1", "Naming hints", r"\oddity{gone}"):
        assert words in page.text, words
    assert page.tree.xpath("//img[starts-with(@src, 'data:image/png')]")
    assert "manuscript.zip" in author.open(f"/reports/{report}/manuscript").text
    proposals = author.open(f"/reports/{report}/protocol/proposals")
    assert "name it in at least 40" in proposals.text


def test_one_tex_file_says_what_it_misses_and_a_second_upload_mends_it(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    page = upload(author, report, Upload("main.tex", MAIN))
    for words in ("parts/plan", "figs/power", "there is no bibliography"):
        assert words in page.text, words
    upload(author, report, Upload("power.png", picture()), Upload("refs.bib", BIB))
    page = author.open(f"/reports/{report}/manuscript/1/reading")
    assert "Naming hints" in page.text
    assert page.tree.xpath("//img[starts-with(@src, 'data:image/png')]")
    assert "parts/plan" in page.text


BAD = {
    "a bomb": (packed({"main.tex": MAIN, "data.json": bytes(30 * 1024 * 1024)}), "unpacks to far more"),
    "a path out of it": (packed({"main.tex": MAIN, "../../etc/cron.d/x.tex": b"x"}), "leads out of the file"),
    "a link": (packed({"main.tex": MAIN}, (link("refs.bib"), b"/etc/passwd")), "a symbolic link"),
    "no manuscript": (packed({"figure.png": picture()}), "No manuscript was found"),
    "no zip": (b"PK\x03\x04 and then words", "not a zip file that can be opened"),
    "a picture": (picture(), "not a zip file that can be opened"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_zip_that_cannot_be_taken_is_refused_with_a_sentence(world: World, kind: str) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author, "Kept title")
    body, words = BAD[kind]
    page = upload(author, report, Upload("paper.zip", body))
    assert (page.status, words in page.text) == (422, True), page.text
    assert kept_files(world) == (0, 0)


def test_two_manuscripts_at_once_are_not_one_in_place_of_the_other(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    page = upload(author, report, Upload("main.tex", MAIN), Upload("plan.tex", PLAN))
    assert page.status == 422
    assert "Several manuscripts were chosen" in page.text
