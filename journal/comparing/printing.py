"""A comparison as text, JSON, SARIF or one HTML page."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from journal.comparing.marking import marked
from journal.comparing.redlining import counts_in_words, place_data, place_words, redline_data, redline_lines
from journal.formats.sarif_log import LEVELS, log_of
from workflows.comparing.deciding import FIRST
from workflows.comparing.finding import Comparison, Finding, Pairing, Span
from workflows.comparing.redline import Redline
from workflows.reviewing import Severity

_HEADINGS = {
    Severity.MUST: "To be answered",
    Severity.SHOULD: "Worth an answer",
    Severity.NOTE: "For the reader's eye",
}
_PAIRED = {
    Pairing.THIS: "The manuscript reports this protocol.",
    Pairing.VERSION: "The manuscript belongs to another version of this protocol.",
    Pairing.STUDY: "This manuscript does not appear to report this protocol. Nothing was compared.",
    Pairing.UNKNOWN: "It cannot be told whether the manuscript reports this protocol. Nothing was compared.",
}
_LONGEST_SHOWN = 320


def printed(comparison: Comparison, form: str, *, everything: bool = False, redline: Redline | None = None) -> str:
    """A comparison in one of the forms `text`, `json`, `sarif`, `html`; the first two and the last with the redline."""
    forms: dict[str, Callable[[], str]] = {
        "json": lambda: json.dumps(as_data(comparison, redline), ensure_ascii=False, indent=2),
        "sarif": lambda: json.dumps(as_sarif(comparison), ensure_ascii=False, indent=2),
        "html": lambda: as_page(comparison, redline),
        "text": lambda: "\n".join([as_text(comparison, everything=everything), *redline_lines(redline)]),
    }
    return forms[form]()


def as_data(comparison: Comparison, redline: Redline | None = None) -> dict[str, Any]:
    """A comparison as what `--json` prints, with the redline under a key of its own if there is one."""
    data: dict[str, Any] = {
        "pairing": {"verdict": comparison.pairing.value, "why": comparison.why},
        "findings": [_finding_data(finding) for finding in comparison.findings],
        "unread": list(comparison.unread),
    }
    return data if redline is None else {**data, "redline": redline_data(redline)}


def _finding_data(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind.value,
        "severity": finding.severity.value,
        "wording": finding.wording.value,
        "evidence": finding.evidence.value,
        "declared": finding.declared,
        "protocol": _span_data(finding.protocol),
        "manuscript": _span_data(finding.manuscript),
        "why": finding.why,
    }


def _span_data(span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    return {"quote": span.quote, "location": place_data(span.location)}


def as_sarif(comparison: Comparison) -> dict[str, Any]:
    """A comparison as SARIF 2.1.0: each finding at its place in the manuscript, or in the protocol if it has none."""
    kinds = sorted({finding.kind.value for finding in comparison.findings})
    return log_of(
        {
            "tool": {"driver": {"name": "journal compare", "rules": [{"id": kind} for kind in kinds]}},
            "results": [_result(finding) for finding in comparison.findings],
            "properties": {"pairing": comparison.pairing.value, "unread": list(comparison.unread)},
        }
    )


def _result(finding: Finding) -> dict[str, Any]:
    spans = [span for span in (finding.manuscript, finding.protocol) if span is not None]
    result: dict[str, Any] = {
        "ruleId": finding.kind.value,
        "level": LEVELS[finding.severity],
        "message": {"text": finding.why},
        "locations": [_location(span) for span in spans[:1]],
        "relatedLocations": [_location(span) for span in spans[1:]],
    }
    if finding.declared:
        result["suppressions"] = [{"kind": "external", "justification": finding.reason.quote if finding.reason else ""}]
    return result


def _location(span: Span) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": span.location.file}}
    if span.location.line is not None:
        physical["region"] = {"startLine": span.location.line, "snippet": {"text": span.quote}}
    return {"physicalLocation": physical}


def as_text(comparison: Comparison, *, everything: bool = False) -> str:
    """A comparison to be read in a terminal: the first findings, or all."""
    shown = comparison.findings if everything else comparison.findings[:FIRST]
    lines = [_PAIRED[comparison.pairing], comparison.why, ""]
    lines += [f"Not read: {words}" for words in comparison.unread]
    heading = None
    for number, finding in enumerate(shown, 1):
        if finding.severity is not heading:
            heading = finding.severity
            lines += ["", _HEADINGS[heading].upper()]
        lines += ["", *_finding_lines(number, finding)]
    left = len(comparison.findings) - len(shown)
    if left:
        lines += ["", f"{left} more, less serious or less sure: --all shows them."]
    if not comparison.findings and comparison.pairing in {Pairing.THIS, Pairing.VERSION}:
        lines += ["", "No difference was found. What the check cannot see it cannot find: read both documents."]
    return "\n".join(lines)


def _finding_lines(number: int, finding: Finding) -> list[str]:
    declared = ", declared" if finding.declared else ""
    lines = [f"{number}. {finding.wording.value.replace('-', ' ')} ({finding.evidence.value}{declared}). {finding.why}"]
    for name, span in (
        ("protocol", finding.protocol),
        ("manuscript", finding.manuscript),
        ("declared", finding.reason),
    ):
        if span is not None:
            lines += [f"   {name}, {place_words(span.location)}:", f"     {shortened(span.quote)}"]
    return lines


def shortened(quote: str) -> str:
    """A quote on one line, cut where it grows too long to read."""
    words = " ".join(quote.split())
    return words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]} …"


def as_page(comparison: Comparison, redline: Redline | None = None) -> str:
    """A comparison as one HTML page with its style in it, and the redline below if there is one."""
    from importlib.resources import files

    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    folder = files("templates") / "compare"
    style = (folder / "page.css").read_text(encoding="utf-8")
    environment = Environment(loader=PackageLoader("templates", "compare"), autoescape=True, undefined=StrictUndefined)
    grouped = [
        (_HEADINGS[severity], [f for f in comparison.findings if f.severity is severity]) for severity in Severity
    ]
    return environment.get_template("page.html").render(
        comparison=comparison,
        redline=redline,
        counts=counts_in_words(redline) if redline else "",
        paired=_PAIRED[comparison.pairing],
        groups=[(heading, found) for heading, found in grouped if found],
        place_words=place_words,
        marked=marked,
        first=FIRST,
        style=Markup("<style>{}</style>").format(Markup(style)),  # noqa: S704 (our own stylesheet)
    )
