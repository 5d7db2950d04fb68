"""Code in R Markdown and Quarto is shown as code, never run and never taken for words."""

import pytest

from journal.reading.chunks import show_code
from journal.reading.document import Document, read_document
from journal.reading.inspection import Kind
from journal.reading.sentences import Remarks


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("```{r}\nx\n```\n", "``` r\nx\n```\n"),
        ("```{r setup, include=FALSE}\nx\n```\n", "``` r\nx\n```\n"),
        ("  ~~~~ {python, echo = TRUE}\nx\n  ~~~~\n", "  ~~~~ python\nx\n  ~~~~\n"),
    ],
)
def test_a_chunk_becomes_a_block_of_code_in_its_language(written: str, shown: str) -> None:
    remarks = Remarks()
    assert show_code(written, remarks) == shown
    assert [words for words in remarks.told() if "(1 block)" in words] != []


@pytest.mark.parametrize("written", ["```r\nx\n```\n", "```{.python}\nx\n```\n", "```{=html}\n<b>\n```\n", "`r`\n"])
def test_what_is_no_chunk_stays(written: str) -> None:
    remarks = Remarks()
    assert show_code(written, remarks) == written
    assert remarks.told() == ()


def test_values_that_are_code_are_told() -> None:
    remarks = Remarks()
    show_code("We took `r nrow(items)` items and `{python} k` runs.\n", remarks)
    assert [words for words in remarks.told() if "2 places, such as `r nrow(items)`" in words] != []


@pytest.mark.children
def test_the_code_of_a_manuscript_is_read_as_code() -> None:
    text = "# Plan\n\nWe split once.\n\n```{r split, echo=FALSE}\nset.seed(893)\n```\n"
    read = read_document(text.encode(), Kind.MARKDOWN, figures={})
    assert isinstance(read, Document)
    assert '<pre class="r"><code>set.seed(893)</code></pre>' in read.html()
    assert "echo=FALSE" not in read.text()
