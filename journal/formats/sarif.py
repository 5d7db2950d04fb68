"""What the linter finds as SARIF 2.1.0, the form in which services show findings beside the lines of a file."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from journal.formats.sarif_log import LEVELS, log_of
from workflows.lint import RULES, Lint, LintRule

Json: TypeAlias = dict[str, Any]

_POSITIONS = {rule.name: position for position, rule in enumerate(RULES)}


def sarif(found: Sequence[Lint], *, file: str, line_of: Callable[[str], int]) -> Json:
    """One run over `file`. A finding that the authors answered is a suppression, with their reason."""
    results = [_result(each, file=file, line=line_of(each.place)) for each in found]
    return log_of({"tool": _tool(), "columnKind": "utf16CodeUnits", "results": results})


def unreadable(problems: Sequence[tuple[int, str]], *, file: str) -> Json:
    """A run that could not read `file`: each problem with its line."""
    notes = [
        {"level": "error", "message": {"text": words}, "locations": [_location(file, line)]} for line, words in problems
    ]
    failed = {"executionSuccessful": False, "toolExecutionNotifications": notes}
    return log_of({"tool": _tool(), "columnKind": "utf16CodeUnits", "invocations": [failed], "results": []})


def _tool() -> Json:
    return {"driver": {"name": "Nullius protocol linter", "rules": [_rule(rule) for rule in RULES]}}


def _rule(rule: LintRule) -> Json:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.wrong},
        "fullDescription": {"text": f"{rule.wrong} {rule.why}"},
        "help": {"text": f"{rule.remedy} (Criterion {rule.criterion}. Source: {rule.source}.)"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [f"criterion-{rule.criterion}", rule.severity.value]},
    }


def _result(found: Lint, *, file: str, line: int) -> Json:
    location = _location(file, line)
    location["logicalLocations"] = [{"fullyQualifiedName": found.spot}]
    result: Json = {
        "ruleId": found.rule,
        "ruleIndex": _POSITIONS[found.rule],
        "level": LEVELS[found.severity],
        "message": {"text": f"{found.words} {found.remedy}"},
        "locations": [location],
    }
    if found.answer:
        result["suppressions"] = [{"kind": "inSource", "justification": found.answer}]
    return result


def _location(file: str, line: int) -> Json:
    return {"physicalLocation": {"artifactLocation": {"uri": file}, "region": {"startLine": line}}}
