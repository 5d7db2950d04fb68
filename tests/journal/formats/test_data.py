"""The record as data: everything public is in it, and nothing of what is gone."""

import json
from dataclasses import fields, replace

from journal.formats.data import record_bytes, record_json
from tests.journal.production.material import FACTS, published
from workflows.declassify import Face, PublicFile, PublicRecord
from workflows.outcomes import OutcomeRow
from workflows.protocol import Row

RECORD = published(FACTS)


def test_every_field_of_a_row_and_its_answer_is_there() -> None:
    results = record_json(RECORD)["results"]
    assert isinstance(results, list)
    (first, *_) = results
    assert isinstance(first, dict)
    flat = {*first, *first["interval"], "low", "high"}
    assert {field.name for field in (*fields(Row), *fields(OutcomeRow))} <= flat | {"level"}


def test_numbers_are_numbers() -> None:
    results = json.loads(record_bytes(RECORD))["results"]
    first, last = results[0], results[-1]
    assert first["estimate"] == 0.03
    assert first["interval"] == {"low": -0.01, "high": 0.07, "level": 90}
    assert first["outcome"] == "null_informative"
    assert first["competence"] == {
        "registered": 3,
        "passed": 3,
        "missing": [],
        "interval": {"low": -0.01, "high": 0.07, "level": 90},
        "smallest_effect": 0.15,
        "unit": "AUC above chance",
        "excludes_smallest_effect": True,
        "least_level": 90,
    }
    assert [check["result"] for check in first["checks"]] == ["passed", "passed", "passed"]
    assert last["estimate"] is None
    assert last["outcome"] == "not_tested"


def test_every_part_of_the_plan_says_what_became_of_it() -> None:
    told = json.loads(record_bytes(RECORD))
    assert {part["label"]: part["done"] for part in told["parts"]} == {
        "S1": "differently",
        "M1": "as_registered",
        "M2": "as_registered",
        "E1": "as_registered",
        "E2": "replaced",
        "A1": "as_registered",
        "A2": "not_done",
        "B1": "as_registered",
        "P1": "as_registered",
        "P2": "branched",
    }
    assert told["parts"][0]["registered"]["basis"] == "power of a test"
    assert told["findings"] == {"declared": 4, "corrected": 2, "dismissed": 1}
    assert [each["where"] for each in told["unregistered"]] == ["Section 4.1"]
    assert [(each["kind"], each["toward"]) for each in told["deviations"]] == [
        ("sample", "weaker"),
        ("materials", "unchanged"),
        ("exclusion", "unclear"),
    ]


def test_dates_are_the_public_ones_and_no_other() -> None:
    assert json.loads(record_bytes(RECORD))["dates"] == {
        "accepted_in_principle": "2026-04-21",
        "data_start": "2026-05-04",
        "data_end": "2026-06-30",
        "published": "2026-09-14",
    }


def test_a_tombstone_says_nothing_but_that_it_is_one() -> None:
    tombstone = PublicRecord(face=Face.TOMBSTONE, identity=RECORD.identity)
    assert record_json(tombstone) == {
        "schema": "nullius-report/1",
        "face": "tombstone",
        "id": "kq7w3fhe",
        "doi": None,
    }


def test_keys_of_the_public_store_stay_out() -> None:
    file = PublicFile(kind="pdf", key="ab/opaque", name="paper.pdf", media_type="application/pdf", sha256="0", size=1)
    written = record_bytes(replace(RECORD, files=(file,)))
    assert b"paper.pdf" in written
    assert b"opaque" not in written
