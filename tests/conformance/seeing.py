"""What the comparison says of a pair, and what it says anew after something happened to it."""

from journal.reading.comparison import compare_files
from tests.conformance.mutators import Pair
from workflows.comparing.finding import Comparison, Finding
from workflows.reviewing import Severity


def compared(pair: Pair) -> Comparison:
    """The comparison of an invented pair."""
    return compare_files({"protocol.md": pair.protocol.encode()}, {"manuscript.md": pair.manuscript.encode()})


def news(before: Comparison, after: Comparison, *, least: Severity = Severity.NOTE) -> list[Finding]:
    """The findings of `after` that `before` does not have, or has as less serious; at least as serious as `least`."""
    order = list(Severity)
    known = {_key(finding): order.index(finding.severity) for finding in before.findings}
    return [
        finding
        for finding in after.findings
        if order.index(finding.severity) <= order.index(least)
        and order.index(finding.severity) < known.get(_key(finding), len(order))
    ]


def _key(finding: Finding) -> tuple[str, str, str]:
    ours = finding.protocol.quote if finding.protocol else ""
    theirs = "" if finding.protocol or not finding.manuscript else finding.manuscript.quote
    return finding.kind.value, " ".join(ours.split()), " ".join(theirs.split())
