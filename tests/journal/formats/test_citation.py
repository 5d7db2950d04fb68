"""Citations: what a reference manager reads back is what the record says."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate
from typing import Any, TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.formats.citation import Unpublished, article_address, bibtex, csl_json, reference, ris
from journal.reading.pandoc import Converted, convert
from tests.journal.production.material import FACTS, published
from workflows.declassify import Author, PublicRecord

RECORD = published(FACTS)
assert RECORD.identity is not None
ADDRESS = article_address("https://nullius.example/", RECORD.identity)


class Place(TypedDict):
    journal_name: str
    address: str


PLACE: Place = {"journal_name": "Nullius", "address": ADDRESS}


def read_back(written: str, reader: str) -> dict[str, Any]:
    """The one entry, as pandoc reads it."""
    converted = convert(written.encode(), ["-f", reader, "-t", "csljson"])
    assert isinstance(converted, Converted), converted
    (entry,) = json.loads(converted.text)
    return dict(entry)


@pytest.mark.parametrize(("write", "reader"), [(bibtex, "bibtex"), (ris, "ris"), (csl_json, "csljson")])
def test_what_is_read_back_is_what_the_record_says(write: Callable[..., str], reader: str) -> None:
    entry = read_back(write(RECORD, **PLACE), reader)
    assert entry["title"] == RECORD.title
    assert entry["type"] == "article-journal"
    assert [author["family"] for author in entry["author"]] == ["Marwick-Osei", "Tellervo", "Lindqvist-Rao"]
    assert entry["issued"]["date-parts"][0][0] == 2026
    assert entry["URL"] == ADDRESS
    assert entry["container-title"] == "Nullius"


@pytest.mark.parametrize("title", ["50% of $x_1$ & {more}", "A # and a ~", "100 {unclosed", "Ünïcode, and commas"])
def test_titles_with_the_signs_of_tex_survive_bibtex(title: str) -> None:
    assert plain(read_back(bibtex(replace(RECORD, title=title), **PLACE), "bibtex")["title"]) == title


def plain(text: str) -> str:
    return re.sub(r"<[^>]*>", "", text).replace("\N{NO-BREAK SPACE}", "~")


@given(title=st.text(min_size=1, max_size=60))
def test_no_title_leaves_a_brace_open(title: str) -> None:
    written = re.sub(r"\\[{}]", "", bibtex(replace(RECORD, title=title), **PLACE))
    depth = list(accumulate({"{": 1, "}": -1}.get(sign, 0) for sign in written))
    assert min(depth) >= 0
    assert depth[-1] == 0


def test_signs_of_tex_are_spelled_out() -> None:
    written = bibtex(replace(RECORD, title=r"50% of $x_1$ & {more} ~ \input"), **PLACE)
    assert r"{50\% of \$x\_1\$ \& \{more\} \textasciitilde{} \textbackslash{}input}" in written


def test_csl_json_is_one_item() -> None:
    (item,) = json.loads(csl_json(RECORD, **PLACE))
    assert item["type"] == "article-journal"
    assert item["issued"] == {"date-parts": [[2026, 9, 14]]}
    assert item["author"][0] == {"family": "Marwick-Osei", "given": "Ada"}
    assert "ORCID" not in json.dumps(item)


def test_ris_is_one_record_of_lines_with_tags() -> None:
    lines = ris(replace(RECORD, abstract="Two\nlines"), **PLACE).split("\r\n")
    assert lines[0] == "TY  - JOUR"
    assert lines[-2:] == ["ER  - ", ""]
    assert "AB  - Two lines" in lines
    assert [line for line in lines if line.startswith("AU")] == [
        "AU  - Marwick-Osei, Ada",
        "AU  - Tellervo, Jonas",
        "AU  - Lindqvist-Rao, Priya",
    ]


def test_a_line_for_people() -> None:
    assert reference(RECORD, **PLACE) == (
        "Marwick-Osei, A., Tellervo, J., & Lindqvist-Rao, P. (2026). Do honesty probes trained on staged lies notice "
        "lies that pay? Nullius. https://nullius.example/reports/kq7w3fhe"
    )


@pytest.mark.parametrize(
    ("author", "shown"),
    [
        (Author(name="Plato"), "Plato (2026)."),
        (Author(name="J.-P. K. Serra", family="Serra", given="Jean-Paul K."), "Serra, J.-P. K. (2026)."),
        (Author(name="דנה הדר", family="הדר", given="דנה"), "\u2068הדר, ד.\u2069 (2026)."),
    ],
)
def test_names_of_every_form(author: Author, shown: str) -> None:
    assert reference(replace(RECORD, authors=(author,)), **PLACE).startswith(shown)


def test_a_doi_is_given_only_once_it_leads_somewhere() -> None:
    assert RECORD.identity is not None
    record = replace(RECORD, identity=replace(RECORD.identity, doi="10.5555/x"))
    for written in (bibtex, csl_json, ris):
        assert "10.5555/x" not in written(record, **PLACE)
        assert "10.5555/x" in written(record, **PLACE, doi_deposited=True)


@pytest.mark.parametrize("record", [replace(RECORD, identity=None), replace(RECORD, published_on=None)])
def test_what_is_not_published_cannot_be_cited(record: PublicRecord) -> None:
    with pytest.raises(Unpublished):
        bibtex(record, **PLACE)
