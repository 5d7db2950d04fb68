"""The JSON Schema (draft 2020-12) of a public record, `nullius-report/1`: docs/report.schema.json.

It says what there is at least. A later engine may add keys and never takes one away, so a document of a later engine is
still valid by this.
"""

import json

from journal.formats.data import SCHEMA
from journal.formats.promised_schema import PROMISED
from journal.formats.schema_words import Schema, count, day, many, maybe_text, named, one_of, record, text, texts, truth
from workflows.amendments import Seen
from workflows.changes import Fate
from workflows.declassify import Face

PATH = "/schemas/report-1.json"


def schema() -> Schema:
    """The schema of `/reports/ID.json`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Public record of a registered report",
        "description": "A published report, an announced protocol, or the notice in the place of one of them.",
        "oneOf": [named("worded"), named("closed"), named("tombstone")],
        "$defs": {"worded": _WORDED, "closed": _CLOSED, "tombstone": _TOMBSTONE} | _PARTS | PROMISED,
    }


def schema_text() -> str:
    """The schema as the file docs/report.schema.json and the public site have it."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def _head(*faces: Face) -> dict[str, Schema]:
    return {
        "schema": {"const": SCHEMA, "description": "The name and version of this schema."},
        "face": one_of(faces, "What the public sees of the report."),
        "id": maybe_text("The identifier at the end of its address: random, never changed."),
        "doi": maybe_text("Its DOI, if it has one."),
    }


_TOMBSTONE = record("Work that was taken down.", **_head(Face.TOMBSTONE))
_CLOSED = record(
    "Announced work that ended without an article.",
    **_head(Face.CLOSED),
    closed_in={"type": "string", "pattern": "^[0-9]{4}-Q[1-4]$", "description": "The quarter, whatever ended it."},
)
_WORDED = record(
    "A published report, or an announced protocol: then there is no claim, no result and no date of publication.",
    **_head(Face.ARTICLE, Face.PROTOCOL),
    title=text("The title."),
    abstract=text("The abstract, paragraphs parted by empty lines."),
    claim=text("The answer in a sentence or two."),
    topics=texts("Topics of the journal."),
    authors=many(named("author"), "The authors in their order."),
    licence=text("The licence of the text, as SPDX names it."),
    statements=named("statements"),
    protocol=record(
        "The registered plan as a whole.",
        version=count("Which version was accepted, counted from 1."),
        bias_level={"type": ["integer", "null"], "description": "Bias control, 6 (no data existed) to 1."},
        bias_account=text("What was known of the data, and what controlled bias."),
    ),
    dates=record(
        "The public days.",
        accepted_in_principle=day("In-principle acceptance, as far as authors show it."),
        data_start=day("When data collection began."),
        data_end=day("When it ended."),
        published=day("When the report was published."),
    ),
    null_result=truth("Whether no primary directional hypothesis was supported. Never said of a narrowed article."),
    retracted=truth("Whether it was retracted."),
    narrowed=truth("Whether it was made from a smaller source than the whole study."),
    results=many(named("result"), "Every row of the plan with its answer."),
    parts=many(named("part"), "Every other part of the plan that stage 2 is asked about, with its answer."),
    contamination=text("How test material is kept apart from what models were trained on."),
    exploratory=text("What the plan says will be explored."),
    short_report={
        "anyOf": [named("short_report"), {"type": "null"}],
        "description": "Null where there is a manuscript.",
    },
    unregistered=many(named("unregistered"), "Analyses that are reported and were not registered."),
    deviations=many(named("deviation"), "The ledger of declared departures from the plan."),
    findings={"anyOf": [named("findings"), {"type": "null"}], "description": "Null where nothing was compared."},
    amendments=many(named("amendment"), "Changes of the plan that editors approved while data were still to come."),
    notices=many(named("notice"), "Corrections and retractions."),
    files=many(named("file"), "The files of the paper."),
)
_PARTS: dict[str, Schema] = {
    "author": record(
        "An author as printed.",
        name=text("The whole name."),
        family=text("The family name, if names have two parts."),
        given=text("The given names."),
        orcid=maybe_text("The address of their ORCID record."),
        affiliation=text("The institution."),
        ror=maybe_text("Its address at ROR."),
        roles=texts("What they did, as CRediT names it."),
    ),
    "statements": record(
        "What the authors state beside the study.",
        **{
            name: text(f"On {name.replace('_', ' ')}.")
            for name in ("funding", "ethics", "competing_interests", "data", "code", "materials")
        },
    ),
    "short_report": record(
        "What a report without a manuscript says beside its rows.",
        how=text("How it was done, in short."),
        limits=text("Its limits, if the authors see any."),
    ),
    "amendment": record(
        "An approved amendment.",
        version=count("The version of the plan that it made."),
        on=day("When it was approved."),
        changes=many(
            record(
                "One changed part.",
                part=text("Which part."),
                fate=one_of(Fate, "What became of it."),
                why=text("Why it changed."),
                seen=one_of(Seen, "What had been seen of the data.", or_null=True),
                effect=text("How it bears on the conclusions."),
                edits=many(
                    record("One field.", field=text("Its name."), before=text("Before."), after=text("After.")),
                    "The fields that changed, of what a record shows of a plan.",
                ),
            ),
            "What changed.",
        ),
    ),
    "notice": record(
        "A correction or retraction.", kind=text("Which of the two."), on=day("Its day."), text=text("Its words.")
    ),
    "file": record(
        "A file below the address of the report.",
        kind=text("pdf, jats, data, manifest or figure."),
        name=text("Its name."),
        media_type=text("Its media type."),
        sha256={"type": "string", "description": "SHA-256 of its bytes, hexadecimal."},
        size=count("Its size in bytes."),
    ),
}
