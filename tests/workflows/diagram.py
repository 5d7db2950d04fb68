"""The page docs/report-stages.md, drawn from the table of transitions: `python -m tests.workflows.diagram`."""

import inspect
from pathlib import Path

from workflows import stages
from workflows.report import TABLE, Row
from workflows.stages import Stage
from workflows.turn import STAGE_WORDS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "report-stages.md"
COMMAND = "python -m tests.workflows.diagram"

PARTS: dict[str, tuple[Stage, ...]] = {
    "Stage 1, until in-principle acceptance": stages.BEFORE_IPA,
    "Waiting for results": stages.AWAITING_RESULTS,
    "Stage 2": stages.UNDER_STAGE_2,
    "Production, and after": (*stages.IN_PRODUCTION, *stages.OUT),
}

INTRODUCTION = f"""# The stages of a report

Every step that a report can take stands in one table, `workflows/report.py`, and `advance()` there is the only way a
stage changes. What the table does not name is refused. This page is drawn from the table: after a change there, write
it anew with `{COMMAND}`.

A hold is not a stage: it is a dated fact beside it, and it bars the release, not the step (`workflows/holds.py`). No
step looks at which way a result went.
"""


def page() -> str:
    """The whole page, in Markdown."""
    parts = [part for title, sources in PARTS.items() for part in (f"## {title}", drawing(sources), rows(sources))]
    return "\n\n".join([INTRODUCTION.strip(), *parts]) + "\n"


def drawing(sources: tuple[Stage, ...]) -> str:
    """The steps that leave `sources`, as a mermaid diagram."""
    steps = leaving(sources)
    shown = dict.fromkeys(stage for row in steps for stage in (row.source, row.target))
    names = [f'    state "{name_of(stage)}" as {stage}' for stage in shown]
    begin = [f"    [*] --> {stage}" for stage in shown if stage is Stage.DRAFT]
    arrows = [f"    {row.source} --> {row.target}: {said(row.action)} ({who(row)})" for row in steps]
    ends = [f"    {stage} --> [*]" for stage in shown if not any(row.source is stage for row in TABLE)]
    return "\n".join(["```mermaid", "stateDiagram-v2", *names, *begin, *arrows, *ends, "```"])


def rows(sources: tuple[Stage, ...]) -> str:
    """The same steps as a table, with what each asks for and what follows it."""
    head = ["| From | Step | To | Who | Only if | Then |", "|---|---|---|---|---|---|"]
    return "\n".join([*head, *(line(row) for row in leaving(sources))])


def line(row: Row) -> str:
    """One row of the table."""
    asked = " ".join((inspect.getdoc(guard) or "").partition("\n")[0] for guard in row.guards)
    follows = ", ".join(said(follow) for follow in row.follow)
    return f"| {name_of(row.source)} | {said(row.action)} | {name_of(row.target)} | {who(row)} | {asked} | {follows} |"


def leaving(sources: tuple[Stage, ...]) -> list[Row]:
    """The rows that leave `sources`, in the order of stages, then of the table."""
    return [row for stage in sources for row in TABLE if row.source is stage]


def name_of(stage: Stage) -> str:
    """The stage as people read it; where several read alike on purpose, by its name in the code."""
    alike = sum(words == STAGE_WORDS[stage] for words in STAGE_WORDS.values()) > 1
    plain = said(stage) if alike else STAGE_WORDS[stage]
    return plain[0].upper() + plain[1:]


def said(word: str) -> str:
    """A word of the code as words of a sentence."""
    return str(word).replace("stage_2", "stage 2").replace("_", " ").replace("ipa", "IPA")


def who(row: Row) -> str:
    """Who has a say in a row."""
    return " or ".join(capacity.words for capacity in sorted(row.by))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
