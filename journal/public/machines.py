"""What programs and reference managers fetch: each record as data, its citations, and the index of all."""

import json
from collections.abc import Iterator, Sequence

from journal.formats.citation import bibtex, csl_json, ris
from journal.formats.data import record_bytes
from journal.public.records import address_of, answers_of, identity_of, last_changed, path_of
from journal.public.site import Site
from storage.snapshot import Page
from workflows.declassify import Face, PublicRecord
from workflows.protocol import Json

INDEX_SCHEMA = "nullius-index/1"
JSON = "application/json"


def pages_for_machines(record: PublicRecord, site: Site) -> Iterator[Page]:
    """The record as JSON, and if it is a published report, its citation in three formats."""
    path = path_of(record)
    yield Page(path=f"{path}.json", media_type=JSON, body=record_bytes(record))
    if record.face is Face.ARTICLE and record.published_on is not None:
        address, name = address_of(record, site), site.journal_name
        for ending, kind, text in (
            ("bib", "application/x-bibtex; charset=utf-8", bibtex(record, journal_name=name, address=address)),
            (
                "ris",
                "application/x-research-info-systems; charset=utf-8",
                ris(record, journal_name=name, address=address),
            ),
            (
                "csl.json",
                "application/vnd.citationstyles.csl+json",
                csl_json(record, journal_name=name, address=address),
            ),
        ):
            yield Page(path=f"{path}.{ending}", media_type=kind, body=text.encode())


def index_page(records: Sequence[PublicRecord], site: Site) -> Page:
    """`/reports.json`: all public records in the order of lists, each with what a program needs to choose."""
    told: dict[str, Json] = {
        "schema": INDEX_SCHEMA,
        "journal": site.journal_name,
        "licence": "CC0-1.0",
        "reports": [_entry(record, site) for record in records],
    }
    body = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return Page(path="/reports.json", media_type=JSON, body=body.encode())


def _entry(record: PublicRecord, site: Site) -> Json:
    address, changed = address_of(record, site), last_changed(record)
    return {
        "id": identity_of(record).public_id,
        "face": record.face.value,
        "title": record.title,
        "claim": record.claim,
        "topics": list(record.topics),
        "outcomes": {outcome.value: count for outcome, count in answers_of(record)},
        "null_result": record.null_result,
        "retracted": record.retracted,
        "narrowed": record.narrowed,
        "published": record.published_on.isoformat() if record.published_on else None,
        "changed": changed.isoformat() if changed else None,
        "url": address,
        "json": f"{address}.json",
    }
