"""Citations: what a reference manager reads back is what the record says."""

import json
from dataclasses import replace

import bibtexparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.production.citation import Unpublished, article_address, bibtex, csl_json, reference, ris
from tests.journal.production.material import FACTS, published
from workflows.declassify import Author, PublicRecord

RECORD = published(FACTS)
assert RECORD.identity is not None
ADDRESS = article_address("https://nullius.example/", RECORD.identity)
PLACE = {"journal_name": "Nullius", "address": ADDRESS}


def test_bibtex_reads_back() -> None:
    library = bibtexparser.parse_string(bibtex(RECORD, **PLACE))
    assert not library.failed_blocks
    (entry,) = library.entries
    assert (entry.entry_type, entry.key) == ("article", "kq7w3fhe")
    fields = {field.key: field.value for field in entry.fields}
    assert fields["author"] == "Marwick-Osei, Ada and Tellervo, Jonas and Lindqvist-Rao, Priya"
    assert fields["title"] == "{Do honesty probes trained on staged lies notice lies that pay?}"
    assert (fields["year"], fields["month"], fields["url"]) == ("2026", "sep", ADDRESS)


@given(title=st.text(min_size=1, max_size=60))
def test_no_title_breaks_bibtex(title: str) -> None:
    library = bibtexparser.parse_string(bibtex(replace(RECORD, title=title), **PLACE))
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == ["kq7w3fhe"]


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
        (Author(name="חנה לוי", family="לוי", given="חנה"), "\u2068לוי, ח.\u2069 (2026)."),
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
