"""How documents are cut: what each piece is, where it stands, and where sentences end."""

import time

import pytest

from journal.reading.passages import Block, Changes, Passage, read_passages
from journal.reading.passages.splitting import clauses_of, sentences_of
from journal.reading.proposals import propose
from tests.journal.reading.mutators import to_word
from tests.journal.reading.samples import word
from tests.thorough import few_of


def cut(text: str, name: str = "text.md") -> tuple[Passage, ...]:
    return read_passages({name: text.encode()}).passages


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("We run t-tests. Then we stop.", ["We run t-tests.", "Then we stop."]),
        ("Use e.g. Welch's test, cf. Fig. 3 of Lee et al. (2020). Done.", None),
        ("The effect is 0.5 SD. It is 3.2 points.", ["The effect is 0.5 SD.", "It is 3.2 points."]),
        ("Ask J. Smith about approx. 10 items. Fine.", ["Ask J. Smith about approx. 10 items.", "Fine."]),
        ("**Seeds.** Five draws. `seed.py` holds them.", ["**Seeds.**", "Five draws.", "`seed.py` holds them."]),
        ("Is it so? Yes! It is.", ["Is it so?", "Yes!", "It is."]),
        ("**A:** one\n**B:** two", ["**A:** one", "**B:** two"]),
        ("A line that ends hard  \nAnother line", ["A line that ends hard", "Another line"]),
        ('He said "stop." Then (he left.) We stay.', ['He said "stop."', "Then (he left.)", "We stay."]),
        ("wrapped\nin two lines. 1,200 more follow.", ["wrapped\nin two lines.", "1,200 more follow."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str] | None) -> None:
    found = [text[start:end] for start, end in sentences_of(text)]
    assert found == (sentences or ["Use e.g. Welch's test, cf. Fig. 3 of Lee et al. (2020).", "Done."])


def test_long_sentences_are_cut_at_their_clauses() -> None:
    text = "if the first holds we stop; " * 12 + "else we go on."
    pieces = [text[a:b] for a, b in clauses_of(text, (0, len(text)), 30)]
    assert len(pieces) > 2
    assert " ".join(pieces) == text
    assert all(len(piece.split()) <= 30 for piece in pieces)


MARKDOWN = """---
title: A plan
---

# Plan

Text with **bold**,
over two lines. A second sentence.

<!-- n = 99,
not shown -->

## Hypotheses

*What do you predict?*

- **H1.** Longer is better
  and so on.
- Second item

| Model | Seeds |
|---|---|
| a \\| b | 5 |

> quoted words

```{r fit}
lm(y ~ x)
```

```
plain block
```

[^1]: A note of the authors.
"""


def test_markdown_is_cut_into_blocks_at_their_lines() -> None:
    found = [(each.block, each.line, each.source.split("\n")[0]) for each in cut(MARKDOWN)]
    assert found == [
        (Block.FRONT_MATTER, 1, "---"),
        (Block.HEADING, 5, "Plan"),
        (Block.PARAGRAPH, 7, "Text with **bold**,"),
        (Block.COMMENT, 10, "<!-- n = 99,"),
        (Block.HEADING, 13, "Hypotheses"),
        (Block.INSTRUCTION, 15, "*What do you predict?*"),
        (Block.ITEM, 17, "**H1.** Longer is better"),
        (Block.ITEM, 19, "Second item"),
        (Block.ROW, 23, "| a \\| b | 5 |"),
        (Block.QUOTE, 25, "quoted words"),
        (Block.CODE, 28, "lm(y ~ x)"),
        (Block.PREFORMATTED, 32, "plain block"),
        (Block.FOOTNOTE, 35, "[^1]: A note of the authors."),
    ]


def test_every_passage_and_sentence_is_verbatim_and_on_its_line() -> None:
    lines = MARKDOWN.split("\n")
    for passage in cut(MARKDOWN):
        assert passage.source in MARKDOWN
        for sentence in passage.sentences:
            assert sentence.text in passage.source
            assert sentence.line is not None
            assert sentence.text.split("\n")[0] in lines[sentence.line - 1]


def test_sections_leads_and_headers_are_kept() -> None:
    by_start = {each.source[:6]: each for each in cut(MARKDOWN)}
    assert by_start["**H1.*"].section == ("Plan", "Hypotheses")
    assert by_start["**H1.*"].lead == "H1"
    assert by_start["| a \\|"].header == ("Model", "Seeds")
    assert by_start["**H1.*"].asked == "What do you predict?"


LATEX = r"""\documentclass{article}
\title{A plan}
\begin{document}
\section{Hypotheses}
% n = 99
\begin{description}
\item[H1] Longer is \textbf{better} than $n \geq 10$. % really
\end{description}
\begin{tabular}{ll}
Model & Seeds \\
a & 5\% \\
\end{tabular}
\begin{verbatim}
set.seed(1)
\end{verbatim}
\input{parts/more}
\end{document}
"""


def test_latex_is_cut_with_its_parts_in_their_places() -> None:
    read = read_passages({"main.tex": LATEX.encode(), "parts/more.tex": b"\\section{More}\nWords of a part."})
    found = [(each.file, each.block, each.line, each.plain) for each in read.passages]
    assert found == [
        ("main.tex", Block.FRONT_MATTER, 1, "article A plan"),
        ("main.tex", Block.HEADING, 4, "Hypotheses"),
        ("main.tex", Block.COMMENT, 5, "n = 99"),
        ("main.tex", Block.ITEM, 7, "Longer is better than n ≥ 10."),
        ("main.tex", Block.COMMENT, 7, "really"),
        ("main.tex", Block.ROW, 11, "a & 5%"),
        ("main.tex", Block.CODE, 14, "set.seed(1)"),
        ("parts/more.tex", Block.HEADING, 1, "More"),
        ("parts/more.tex", Block.PARAGRAPH, 2, "Words of a part."),
    ]
    assert read.unread == ()


def test_environments_for_hypotheses_are_labelled_as_they_are_printed() -> None:
    text = b"\\begin{hypothesis}Longer is better.\\end{hypothesis}\n\\begin{hypothesis}[H9]Not here.\\end{hypothesis}"
    found = [(each.lead, each.source) for each in read_passages({"a.tex": text}).passages]
    assert found == [("Hypothesis 1", "Longer is better."), ("H9", "Not here.")]


@pytest.mark.parametrize(
    ("words", "is_question"),
    [
        ("Describe the conditions of the study.", True),
        ("Please list your hypotheses.", True),
        ("*What is the sample size?*", True),
        ("_If applicable, name the software._", True),
        ("How will you handle missing data?", True),
        ("List A is shown to 40 people and list B to 40 others.", False),
        ("Do naps help?", False),
        ("*We will recruit 40 people.*", False),
        ('"You are a helpful assistant." is the system prompt.', False),
        ("**Report all runs.**", False),
    ],
)
def test_what_a_form_asks_is_told_from_what_authors_say(words: str, *, is_question: bool) -> None:
    assert (cut(f"# Plan\n\n{words}\n")[-1].block is Block.INSTRUCTION) == is_question


def test_parts_that_are_missing_or_take_in_themselves_are_said_and_end() -> None:
    read = read_passages({"main.tex": b"\\input{gone}\n\\input{main}\nWords."})
    assert any("gone" in sentence for sentence in read.unread)
    assert len(read.passages) < 50


@pytest.mark.children
def test_tracked_changes_are_read_as_asked() -> None:
    change = (
        '<w:p><w:r><w:t xml:space="preserve">We recruit </w:t></w:r>'
        '<w:ins w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z">'
        "<w:r><w:t>80</w:t></w:r></w:ins>"
        '<w:del w:id="2" w:author="A" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>40</w:delText></w:r></w:del>'
        '<w:r><w:t xml:space="preserve"> adults.</w:t></w:r></w:p>'
    )
    read = read_passages({"plan.docx": word(change)})
    assert [each.source for each in read.passages] == ["We recruit 80 adults."]
    assert "2 tracked changes" in read.unread[0]
    rejected = read_passages({"plan.docx": word(change)}, changes=Changes.REJECT)
    assert ([each.source for each in rejected.passages], rejected.unread) == (["We recruit 40 adults."], ())


@pytest.mark.children
def test_a_word_form_counts_paragraphs_and_knows_its_questions() -> None:
    body = to_word(
        b"# Sample\n\n*How many will you recruit?*\n\n**Power.** We recruit 80.\n\n- one\n\n"
        b"| A | B |\n|---|---|\n| 1 | 2 |\n"
    )
    found = [(each.block, each.paragraph, each.source, each.lead) for each in read_passages({"a.docx": body}).passages]
    assert found == [
        (Block.HEADING, 1, "Sample", ""),
        (Block.INSTRUCTION, 2, "How many will you recruit?", ""),
        (Block.PARAGRAPH, 3, "Power. We recruit 80.", "Power"),
        (Block.ITEM, 4, "one", ""),
        (Block.ROW, 6, "1\t2", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "> " * 20_000 + "deep",
        "* " * 20_000 + "deep",
        "[" * 60_000,
        "*a_" * 30_000,
        "word " * 60_000,
        "|" * 30_000,
        "| a " * 5_000 + "|\n" + "|---" * 5_000 + "|\n" + "| b " * 5_000 + "|",
        "`" * 30_000,
        "<!--" * 30_000,
        "$" * 30_000,
        "a. " * 30_000,
        "1) x?\n" * 2_000,
        "**H1" * 20_000,
        "(" * 30_000 + ")" * 30_000,
    ],
    ids=lambda text: str(text)[:8],
)
@pytest.mark.parametrize("name", few_of(["text.md", "text.txt", "text.tex"]))
def test_hostile_text_is_read_in_time(text: str, name: str) -> None:
    started = time.process_time()
    propose({name: text.encode()})
    assert time.process_time() - started < 3
