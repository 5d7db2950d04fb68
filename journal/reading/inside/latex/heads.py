"""Who wrote it, where the source says so in commands that pandoc passes over (authblk, journals' classes)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.reading.inside.latex.scanning import group
from journal.reading.passages.markup import Markup, plain

_AUTHOR = re.compile(r"\\author\s*(?:\[(?P<marks>[^\[\]]*)\])?(?=\s*\{)")
_PLACE = re.compile(r"\\(?:affil|affiliation|institute|address)\s*(?:\[(?P<mark>[^\[\]]*)\])?(?=\s*\{)")
_KEYWORDS = re.compile(r"\\(?:keywords?|kwd)(?=\s*\{)|\\begin\{(?P<environment>keywords?|IEEEkeywords)\}")
_ASIDE = re.compile(
    r"\\(?:thanks|footnote|footnotemark|inst|email|orcid|orcidID|orcidlink|textsuperscript)\s*\{[^{}]*\}|\$[^$]*\$"
)
_PARTS = re.compile(r"\\(?:city|country|state|postcode|institution|department|streetaddress|position)\s*\{([^{}]*)\}")
_MOST = 300


def heads_in(text: str) -> dict[str, object]:
    """`authors` (each `name`, `places`) where affiliations stand apart from names, and `keywords`."""
    places = dict(_places(text))
    authors = [
        {"name": name[:_MOST], "places": [places[mark] for mark in _marks(match["marks"]) if mark in places]}
        for match in _AUTHOR.finditer(text)
        if (found := group(text, match.end()))
        for each in re.split(r"\\and(?![A-Za-z])", found[0])
        if (name := plain(_ASIDE.sub("", each.split(r"\\")[0]), Markup.LATEX))
    ]
    return {
        "authors": authors if places and any(author["places"] for author in authors) else [],
        "keywords": _keywords(text),
    }


def _marks(marks: str | None) -> list[str]:
    return [mark.strip().strip("*") for mark in (marks or "").split(",") if mark.strip()]


def _places(text: str) -> Iterator[tuple[str, str]]:
    for match in _PLACE.finditer(text):
        found = group(text, match.end())
        if match["mark"] and found:
            words = plain(_PARTS.sub(r"\1, ", _ASIDE.sub("", found[0])), Markup.LATEX).strip(" ,")
            yield match["mark"].strip(), words[:_MOST]


def _keywords(text: str) -> list[str]:
    match = _KEYWORDS.search(text)
    if match is None:
        return []
    if match["environment"]:
        words = text[match.end() : text.find(r"\end{", match.end())][:_MOST]
    else:
        words = (group(text, match.end()) or ("", 0))[0][:_MOST]
    split = re.split(r"[,;]|\\and|\\sep|\\unskip", words)
    return [clean for each in split if (clean := plain(each, Markup.LATEX).strip(" ."))]
