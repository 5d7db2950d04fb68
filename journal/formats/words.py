"""How the paper words dates, numbers, names and addresses: filters of its templates."""

import re
from datetime import date

from markupsafe import Markup, escape

from workflows.declassify import Author
from workflows.outcomes import Outcome

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MARKS = {
    Outcome.SUPPORTED: "supported",
    Outcome.CONTRADICTED: "contradicted",
    Outcome.NULL_INFORMATIVE: "null",
    Outcome.UNINFORMATIVE: "unclear",
    Outcome.NOT_TESTED: "untested",
    Outcome.ESTIMATED: "estimated",
    Outcome.NO_RESULT_YET: "open",
}
HEAD_LENGTH = 74
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:)\]]")


def day(moment: date) -> str:
    """14 Sep 2026."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def minus(number: str) -> str:
    """A number as typed, with a true minus sign."""
    return number.strip().replace("-", "\N{MINUS SIGN}")


def signed(number: str) -> str:
    """An estimate with its sign: +0.03."""
    text = minus(number)
    return f"+{text}" if text[:1].isdigit() and text.strip("0.") else text


def mark(outcome: Outcome) -> str:
    """The name of the drawn mark, which is the class and the file."""
    return MARKS[outcome]


def drawn(outcome: Outcome) -> Markup:
    """An outcome in words. The style sheet draws its mark before it: decoration, so it is no part of the text."""
    name = MARKS[outcome]
    return Markup('<span class="out mark {}">{}</span>').format(name, outcome.words)


def linked(text: str) -> Markup:
    """Plain text with its web addresses as links."""
    parts: list[Markup] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        address = found[0]
        parts += [escape(text[end : found.start()]), Markup('<a href="{}">{}</a>').format(address, address)]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def paragraphs(text: str) -> list[str]:
    """The paragraphs of plain text, parted by empty lines."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def short_authors(authors: tuple[Author, ...]) -> str:
    """The authors for the running head: one, two, or the first of several."""
    names = [author.family or author.name for author in authors]
    match names:
        case []:
            return ""
        case [one]:
            return one
        case [one, two]:
            return f"{one} and {two}"
        case [one, *_]:
            return f"{one} et al."
        case _:
            raise AssertionError(names)


def shortened(title: str) -> str:
    """The title for the running head, cut between words."""
    title = " ".join(title.split())
    if len(title) <= HEAD_LENGTH:
        return title
    cut = title[:HEAD_LENGTH].rpartition(" ")[0] or title[:HEAD_LENGTH]
    return f"{cut.rstrip(' ,;:.')}\N{HORIZONTAL ELLIPSIS}"


def places(authors: tuple[Author, ...]) -> list[str]:
    """The affiliations in the order of the authors, each once."""
    return list(dict.fromkeys(author.affiliation for author in authors if author.affiliation))
