"""Pages made from tables: `python -m tests.journal.protocol_file.pages` writes them anew."""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from enum import EnumType
from pathlib import Path
from typing import Any, get_args, get_type_hints

from journal.protocol_file.explained import EXPLAINED
from journal.protocol_file.schema import schema_text
from workflows.lint import RULES, LintRule
from workflows.protocol import Protocol
from workflows.reviewing import Criterion, Severity, criteria

DOCS = Path(__file__).resolve().parents[3] / "docs"
COMMAND = "python -m tests.journal.protocol_file.pages"

_LINT = f"""# The rules of the linter

The linter reads a protocol as data and says what it leaves open or contradicts, where, and how to mend it. It says
nothing about whether the question is a good one. What it finds stands beside the field while you write; reviewers read
it grouped by criterion, as prepared evidence, never as a verdict.

- A **must** contradicts itself, or leaves a decision open that has to be closed before the data.
- A **should** is what reviewers ask. Change it, or answer it with a reason, which reviewers read beside the finding.
- A **note** asks nothing.

Rules about structure apply where structure is used: a protocol of half a page in plain prose is as welcome as one of
forty. Words are looked for in English; in a text of another language such rules find nothing. Findings come in the
order of the form; at one place a must comes first.

Whether a decision rule answers everything that can come out is looked through in full: each metric is cut at the
numbers it is compared with, and one value of each piece stands for all of it. An interval is a pair of ends with its
estimate inside. Above 65,536 cases the linter says that it has not looked.

At your own desk: `journal protocol lint FILE` ([protocol files](protocol-file.md)). A reason is given at the desk, or
in the file:

```yaml
answered:
  - rule: check-missing
    place: H1/label
    reason: The pilot was the positive control.
```

This page is made from the table of rules (`workflows/lint/`): after a change there, write it anew with
`{COMMAND}`.
"""

_FILE = f"""# Protocol files

A protocol can be written as a file, in YAML or JSON, and taken in at the desk as if it had been typed there. Form, file
and paper say the same: nothing is lost from one to the other. The schema (JSON Schema, draft 2020-12) is
[protocol.schema.json](protocol.schema.json), at the desk `/help/protocol.schema.json`; an editor that knows it
completes names as you type:

```yaml
# yaml-language-server: $schema=protocol.schema.json
title: Do hints raise the rate of sandbagging?
rows:
  - label: H1
    question: Do hints raise the rate of sandbagging?
    hypothesis: With a hint the rate is higher than without.
    sampling: 600 tasks, each once with and once without a hint; then it stops.
    analysis: Paired bootstrap over tasks.
    interpretation: A null would rule hints out as a cause.
    rule:
      clauses:
        - verdict: supported
          when:
            - {{statistic: interval, level: 95, comparator: ">", value: 2, unit: percentage points}}
      otherwise: inconclusive
```

- Every field may be left out but labels, and what a table below marks with a star. Free text stands beside structure:
  `decision_rule` in words, `rule` as structure, or both.
- Values are taken as typed: `0.050` stays `0.050`, a true minus is a minus, `H₁` and `H1` are two labels. The different
  primes of `H1'` are one.
- There are no tags, anchors, aliases and merges, nothing that is no number, and nothing above 2 MB.

- `journal protocol lint FILE` says what the file leaves open ([rules](lint.md)). It ends with 0 if nothing must be
  settled, with 1 if something must, with 2 if the file cannot be read; `--json` and `--sarif` are for programs.
- `journal protocol show FILE` shows it as a document, with rules read back as sentences; `--json` gives the bytes that
  the digest is about.
- `journal protocol schema` prints the schema.

None needs an account, a database or a network, so they run in your own checks.

The tables are made from the model: after a change there, write this page and the schema anew with `{COMMAND}`.
"""


def lint_page() -> str:
    """The page docs/lint.md."""
    parts = [part for criterion in criteria(1) for part in _rules_of(criterion)]
    return "\n".join([_LINT, *parts]).rstrip() + "\n"


def _rules_of(criterion: Criterion) -> Iterator[str]:
    rules = [rule for rule in RULES if rule.criterion is criterion]
    if rules:
        yield f"## {criterion}: {criterion.words}\n"
        for severity in Severity:
            for rule in (each for each in rules if each.severity is severity):
                yield _told(rule)


def _told(rule: LintRule) -> str:
    return (
        f"### {rule.name}\n\n**{rule.severity.value.capitalize()}.** {rule.wrong}\n\n"
        f"- Why: {rule.why}\n- Mend it: {rule.remedy}\n- Source: {rule.source}.\n"
    )


def file_page() -> str:
    """The page docs/protocol-file.md."""
    return "\n".join([_FILE, *(part for kind in EXPLAINED for part in _table(kind))]).rstrip() + "\n"


def _table(kind: type) -> Iterator[str]:
    yield f"## {'The file itself' if kind is Protocol else kind.__name__}\n"
    yield "| field | what it says | example |"
    yield "|---|---|---|"
    needed = {each.name for each in fields(kind) if each.default is MISSING}
    for name, (words, example) in EXPLAINED[kind].items():
        star = "*" if name in needed and name != "label" else ""
        yield f"| `{name}`{star} | {words}{_choices(get_type_hints(kind)[name])} | `{example}` |"
    yield ""


def _choices(kind: Any) -> str:  # noqa: ANN401 - any type of the model
    inner: Any = next((each for each in (kind, *get_args(kind)) if isinstance(each, EnumType)), None)
    return f" One of: {', '.join(f'`{each.value}`' for each in inner)}." if inner else ""


PAGES = {
    DOCS / "lint.md": lint_page,
    DOCS / "protocol-file.md": file_page,
    DOCS / "protocol.schema.json": schema_text,
}

if __name__ == "__main__":
    for path, page in PAGES.items():
        path.write_text(page(), encoding="utf-8")
