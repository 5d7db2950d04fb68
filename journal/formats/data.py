"""The public record as data: what programs read. Keys are added over time, never renamed or removed.

Numbers that cannot be read as numbers are null; everything typed is also there as typed.
"""

import json
from dataclasses import asdict

from journal.formats.promised_data import competence_json, json_number, part_json, settled_json, value_json
from workflows.amendments import Amended
from workflows.declassify import Author, Face, PublicFile, PublicRecord
from workflows.deviations import Deviation
from workflows.promised import Result
from workflows.protocol import Check, Json, Rule

SCHEMA = "nullius-report/1"


def record_json(record: PublicRecord) -> dict[str, Json]:
    """The record as JSON. A notice in a report's place says its identifier and what it is, nothing else."""
    head: dict[str, Json] = {
        "schema": SCHEMA,
        "face": record.face.value,
        "id": record.identity.public_id if record.identity else None,
        "doi": (record.identity.doi or None) if record.identity else None,
    }
    if record.face is Face.CLOSED:
        return head | {"closed_in": record.closed_in}
    if not record.face.is_worded:
        return head
    return head | _study(record) | _findings(record)


def record_bytes(record: PublicRecord) -> bytes:
    """The record as JSON text in UTF-8: sorted keys, so that equal records give equal bytes."""
    return (json.dumps(record_json(record), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _study(record: PublicRecord) -> dict[str, Json]:
    said = record.statements
    return {
        "title": record.title,
        "abstract": record.abstract,
        "claim": record.claim,
        "topics": list(record.topics),
        "authors": [_author(author) for author in record.authors],
        "licence": "CC-BY-4.0",
        "statements": {
            "funding": said.funding,
            "ethics": said.ethics,
            "competing_interests": said.competing_interests,
            "data": said.data,
            "code": said.code,
            "materials": said.materials,
        },
        "protocol": {
            "version": record.protocol_version,
            "bias_level": record.bias_level,
            "bias_account": record.bias_account,
        },
        "dates": {
            "accepted_in_principle": _day(record.accepted_in_principle),
            "data_start": _day(record.data_start),
            "data_end": _day(record.data_end),
            "published": _day(record.published_on),
        },
    }


def _findings(record: PublicRecord) -> dict[str, Json]:
    return {
        "null_result": record.null_result,
        "short_report": {"how": record.short.how, "limits": record.short.limits} if record.short else None,
        "retracted": record.retracted,
        "narrowed": record.narrowed,
        "results": [_result(result) for result in record.results],
        "contamination": record.design.contamination,
        "exploratory": record.design.exploratory,
        "parts": [part_json(part) for part in record.parts],
        "unregistered": [{"what": each.what, "why": each.why, "where": each.where} for each in record.unregistered],
        "findings": settled_json(record.settled),
        "amendments": [_amendment(amended) for amended in record.amendments],
        "deviations": [_deviation(deviation) for deviation in record.deviations],
        "notices": [{"kind": notice.kind, "on": _day(notice.on), "text": notice.text} for notice in record.notices],
        "files": [_file(file) for file in record.files],
    }


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _rule(rule: Rule) -> Json:
    """The decision rule as structure; None where it is given in words alone."""
    clauses: list[Json] = [
        {"verdict": clause.verdict.value, "name": clause.name, "when": [asdict(each) for each in clause.when]}
        for clause in rule.clauses
    ]
    return {"clauses": clauses, "otherwise": rule.otherwise.value if rule.otherwise else None} if rule else None


def _amendment(amended: Amended) -> Json:
    parts: list[Json] = [
        {
            "part": part.part,
            "fate": part.fate.value,
            "why": part.why,
            "seen": part.seen.value if part.seen else None,
            "effect": part.effect,
            "edits": [{"field": edit.field, "before": edit.before, "after": edit.after} for edit in part.edits],
        }
        for part in amended.parts
    ]
    return {"version": amended.version, "on": _day(amended.on), "changes": parts}


def _author(author: Author) -> Json:
    return {
        "name": author.name,
        "family": author.family,
        "given": author.given,
        "orcid": author.orcid or None,
        "affiliation": author.affiliation,
        "ror": author.ror or None,
        "roles": list(author.roles),
    }


def _result(result: Result) -> Json:
    row, answer = result.row, result.answer
    return {
        "label": row.label,
        "kind": row.kind.value,
        "primary": row.primary,
        "question": row.question,
        "hypothesis": row.hypothesis,
        "sampling": row.sampling,
        "analysis": row.analysis,
        "sensitivity": row.sensitivity,
        "rationale": row.rationale,
        "decision_rule": row.decision_rule,
        "rule": _rule(row.rule),
        "interpretation": row.interpretation,
        "theory": row.theory,
        "unit": row.unit,
        "smallest_effect": json_number(row.smallest_effect),
        "outcome": result.outcome.value,
        "verdict": answer.verdict.value if answer.verdict else None,
        "done": answer.done.value if answer.done else None,
        "estimate": json_number(answer.estimate),
        "interval": {
            "low": json_number(answer.low),
            "high": json_number(answer.high),
            "level": json_number(answer.level),
        },
        "p": json_number(answer.p),
        "bayes_factor": json_number(answer.bayes_factor),
        "typed": {
            "estimate": answer.estimate,
            "low": answer.low,
            "high": answer.high,
            "p": answer.p,
            "bayes_factor": answer.bayes_factor,
        },
        "values": [value_json(value) for value in answer.values],
        "sample": answer.sample,
        "cells": answer.cells,
        "branch": answer.branch,
        "where": answer.where,
        "why": answer.why,
        "account": answer.account,
        "competence": competence_json(result),
        "checks": [_check(result, check) for check in result.checks],
    }


def _check(result: Result, check: Check) -> Json:
    found = next((each for each in result.check_results if each.label == check.label), None)
    return {
        "label": check.label,
        "what": check.what,
        "threshold": check.threshold,
        "consequence": check.consequence,
        "gate": check.gate.value if check.gate else None,
        "failing": check.failing.value if check.failing else None,
        "rows": list(check.rows),
        "result": found.passed.value if found and found.passed else None,
        "found": found.found if found else "",
        "where": found.where if found else "",
    }


def _deviation(deviation: Deviation) -> Json:
    return {
        "row": deviation.row,
        "kind": deviation.kind.value if deviation.kind else None,
        "what": deviation.what,
        "why": deviation.why,
        "when": deviation.when.value if deviation.when else None,
        "toward": deviation.toward.value if deviation.toward else None,
        "effect": deviation.effect,
        "answer": deviation.answer,
    }


def _file(file: PublicFile) -> Json:
    return {
        "kind": file.kind,
        "name": file.name,
        "media_type": file.media_type,
        "sha256": file.sha256,
        "size": file.size,
    }
