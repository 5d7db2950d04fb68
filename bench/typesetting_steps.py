"""One step of measuring typesetting, in a process of its own: `python -m bench.typesetting_steps STEP FOLDER`."""

import json
import resource
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from bench.typesetting import Took, keep, kept
from journal.confinement import Limits

FIGURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 120"><path d="M0 100 L60 40 L120 70 L180 20 L300 90" '
    'fill="none" stroke="#0a5f55" stroke-width="2"/><line x1="0" y1="110" x2="300" y2="110" stroke="#16201d"/></svg>'
)
WORDS = (
    "We asked whether a model that is told the answer says that it was told, and counted what it said in every run. "
    "The count was made by a grader that did not know the arm, and a second grader agreed in all but a few of them. "
    "Where they differed a person looked, and what the person found is listed with the runs. No run was left out. "
)
LIMITS = Limits(seconds=900, memory=4096 * 1024 * 1024, output=256 * 1024 * 1024)
PAGE_LIMIT = 400


def source(chapters: int) -> tuple[str, str]:
    """An invented paper in Markdown and its BibTeX: prose, formulas, a table and a figure a chapter, 60 references."""
    entries = "\n".join(
        f"@article{{k{n}, title={{Counting answers of kind {n}}}, author={{Okafor, Ines and Lind, T. {n}}}, "
        f"journal={{J. Tests}}, year={{{1990 + n % 30}}}, volume={{{n}}}, pages={{{n}--{n + 9}}}}}"
        for n in range(60)
    )
    return "\n".join(["---\ntitle: Counting answers\n---\n", *(_chapter(n) for n in range(chapters))]), entries


def _chapter(n: int) -> str:
    rows = "\n".join(f"| run {n}-{row} | {row * 7 % 13} | 0.{row}{n % 10} | {row + n} |" for row in range(8))
    return f"""
# Chapter {n + 1}

{WORDS} So it was seen before [@k{n % 60}; @k{(n * 7 + 3) % 60}], and we write
$\\hat p_{{{n}}} = \\frac{{x_{{{n}}}}}{{n}}$ for the share and $\\sigma_{{{n}}}^2$ for its variance.^[A note on the
share of chapter {n + 1}, and of $q_{{{n}}}$.]

$$ \\Pr\\left(X_{{{n}}} \\ge {n + 3}\\right) = \\sum_{{k={n + 3}}}^{{n}} \\binom{{n}}{{k}} p^k (1-p)^{{n-k}} $$

{WORDS * 2} The distance is $\\mathbf{{x}}_{{{n}}}^\\top \\Sigma^{{-1}} \\mathbf{{x}}_{{{n}}}$, with
$\\Sigma \\in \\mathbb{{R}}^{{{n + 2} \\times {n + 2}}}$ and $\\lambda_{{\\max}}(\\Sigma) \\le {n + 1}$.

$$ \\Sigma_{{{n}}} = \\begin{{pmatrix}} {n + 1} & \\rho \\\\ \\rho & {n + 2} \\end{{pmatrix}}, \\qquad
\\int_0^{{\\infty}} e^{{-{n + 1} x^2}} \\, dx = \\frac{{1}}{{2}} \\sqrt{{\\frac{{\\pi}}{{{n + 1}}}}} $$

{WORDS}

## What was found

| Run | Count | Share | Sum |
|:----|------:|------:|----:|
{rows}

: Counts of chapter {n + 1}.

{WORDS * 2} With $\\alpha = 0.0{n % 9 + 1}$ and $\\beta_{{{n}}} \\le \\sqrt{{{n + 2}}}$ none of it changes.

![Shares of chapter {n + 1}, in the order of the runs.](figure-{n % 6}.svg){{alt="A line that goes up and down"}}

{WORDS * 2}
"""


def read(folder: Path, chapters: str) -> Took:
    """From Markdown to the files that the typesetter is given."""
    from journal.production.manuscript import JATS, manuscript_page
    from journal.production.manuscript_jats import manuscript_jats
    from journal.production.printing import page_files, task_of
    from journal.production.task import TASK
    from journal.production.typesetting import UNDATED
    from journal.reading.document import Document, read_document
    from journal.reading.inspection import Kind

    text, entries = source(int(chapters))
    figures = {f"figure-{n}.svg": FIGURE.replace("300 90", f"300 {90 - n}").encode() for n in range(6)}
    document = read_document(text.encode(), Kind.MARKDOWN, figures=figures, bibliography=entries, seconds=300)
    assert isinstance(document, Document), document
    page = manuscript_page(document)
    task = task_of(page, attached=(JATS,), dated=UNDATED, page_limit=PAGE_LIMIT)
    jats = manuscript_jats(document, title=document.title)
    keep(folder, "given", {**page_files(page), JATS.name: jats, TASK: task.as_json()})
    keep(folder, "page", (page.html, dict(page.pictures)))
    return _took()


def print_ours(folder: Path) -> Took:
    """From those files to the PDF, as the engine prints: in the confined child, tagged, with JATS attached."""
    from journal.production.printing import Printed, print_files

    given = cast("Mapping[str, bytes]", kept(folder, "given"))
    printed = print_files(given, limits=LIMITS, page_limit=PAGE_LIMIT)
    assert isinstance(printed, Printed), printed
    return _took(pages=printed.told.pages)


def print_plain(folder: Path) -> Took:
    """The same page by WeasyPrint alone, each formula an inline SVG; neither tagged nor finished."""
    from lxml import html
    from weasyprint import HTML

    from journal.production.fetching import OnlyGiven

    text, pictures = cast("tuple[str, dict[str, bytes]]", kept(folder, "page"))
    root = html.document_fromstring(text)
    formulas = sum(_inline(span) for span in _spans(root))
    document = HTML(string=html.tostring(root, encoding="unicode"), url_fetcher=OnlyGiven(pictures)).render()
    document.write_pdf(folder / "plain.pdf")
    return _took(pages=len(document.pages), formulas=formulas)


def _spans(root: Any) -> Iterator[Any]:  # noqa: ANN401 (lxml carries no types)
    yield from [span for span in root.iter("span") if span.get("data-tex")]


def _inline(span: Any) -> int:  # noqa: ANN401
    import mathra
    from lxml import html

    drawn = mathra.render(span.get("data-tex"), display="display" in span.get("class", ""))
    span.text = None
    span.attrib.pop("data-tex")
    span.append(html.fragment_fromstring(drawn["svg"]))
    return 1


def _took(*, pages: int = 0, formulas: int = 0) -> Took:
    """Processor time of this process and its children since they began; the larger of both in memory."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(used.ru_utime + used.ru_stime for used in both)
    return Took(seconds, max(_own_peak(), both[1].ru_maxrss) / 1024, pages, formulas)


def _own_peak() -> int:
    """In kilobytes, since this program began: what `getrusage` says of oneself counts who started it, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


STEPS: dict[str, Callable[..., Took]] = {"read": read, "print": print_ours, "plain": print_plain}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(STEPS[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:]))) + "\n")
