"""The command `journal compare`."""

from __future__ import annotations

from pathlib import Path

import click

_FILE = click.Path(exists=True, path_type=Path)
# What a program can tell from the exit status; docs/comparing.md names them.
NOTHING_TO_ANSWER, SOMETHING_TO_ANSWER, NOT_COMPARED = 0, 1, 2


@click.command("compare")
@click.argument("protocol", type=_FILE)
@click.argument("manuscript", type=_FILE)
@click.option(
    "--with", "beside", multiple=True, type=_FILE, help="An amendment or a log of deviations. Again for more."
)
@click.option("--results", multiple=True, type=_FILE, help="A results file, CSV or JSON. Again for more.")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--html", "form", flag_value="html", help="Print one HTML page that needs no other file.")
@click.option("--sarif", "form", flag_value="sarif", help="Print SARIF 2.1.0, as code hosts read it.")
@click.option("--all", "everything", is_flag=True, help="Show all findings, not only the first 25 (text only).")
@click.option("--redline", is_flag=True, help="Add the texts as one, word by word, to text and JSON; HTML has them.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead.")
def compare(  # noqa: PLR0913 (a command has as many parameters as it has options)
    *,
    protocol: Path,
    manuscript: Path,
    beside: tuple[Path, ...],
    results: tuple[Path, ...],
    form: str | None,
    everything: bool,
    redline: bool,
    output: Path | None,
) -> None:
    """Lay the MANUSCRIPT of a study and its registered PROTOCOL side by side.

    Lists what was not found, what differs and what cannot be verified, most serious first, with the words of both.
    Reads Markdown, R Markdown, Quarto, Word, LaTeX with its parts, the text of PDF, and protocols in YAML or JSON;
    a folder stands for the files in it. What could not be read is said. Nothing leaves this machine.

    The HTML page also shows introduction, hypotheses and methods of both as one text, marked word by word.

    Ends with 0 if nothing undeclared was found that must or should be answered, with 1 if something was, with 2 if the
    two could not be compared.
    """
    from journal.comparing.files import gathered, plain_files
    from journal.comparing.printing import printed
    from journal.reading.comparison import lay_side_by_side
    from journal.reading.inspection import ConfinementFailed
    from workflows.comparing.finding import Pairing
    from workflows.reviewing import Severity

    ours, theirs = gathered(protocol, role="protocol"), gathered(manuscript, role="manuscript")
    logs = {**ours.beside, **theirs.beside, **plain_files(beside)}
    try:
        both = lay_side_by_side(
            ours.files, theirs.files, beside=logs, results=plain_files(results), unread=(*ours.unread, *theirs.unread)
        )
    except ConfinementFailed as trouble:
        raise click.ClickException(f"The program that opens files could not be started: {trouble}") from trouble
    found = both.comparison
    shown = both.redline if redline or form == "html" else None
    text = printed(found, form or "text", everything=everything, redline=shown)
    if output is None:
        click.echo(text)
    else:
        output.write_text(text, encoding="utf-8")
        click.echo(f"Written to {output}.", err=True)
    if found.pairing in {Pairing.STUDY, Pairing.UNKNOWN}:
        raise SystemExit(NOT_COMPARED)
    open_ones = any(one.severity is not Severity.NOTE and not one.declared for one in found.findings)
    raise SystemExit(SOMETHING_TO_ANSWER if open_ones else NOTHING_TO_ANSWER)
