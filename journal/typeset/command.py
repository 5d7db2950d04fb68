"""The command `journal typeset`."""

from __future__ import annotations

from pathlib import Path

import click

# What a program can tell from the exit status; docs/typeset.md names them.
ALL_READ, NOT_ALL_READ, NO_PAPER = 0, 1, 2


@click.command("typeset")
@click.argument("manuscript", type=click.Path(exists=True, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write to.")
def typeset(*, manuscript: Path, out: Path) -> None:
    """Typeset MANUSCRIPT as a paper: PDF, HTML and JATS, and a list of what could not be read.

    MANUSCRIPT is Markdown, R Markdown, Quarto, Word or LaTeX, a zip file of these, or a folder; the figures and the
    bibliography beside it are found. Writes paper.pdf, paper.html (one file), paper.xml with its figures, unread.txt
    and unread.json. Nothing leaves this machine.

    Ends with 0 if all was read, with 1 if something was not, with 2 if no paper could be made.
    """
    from journal.production.manuscript import typeset_manuscript
    from journal.production.printing import Unprintable
    from journal.reading.inspection import ConfinementFailed, Refused
    from journal.reading.package import read_package
    from journal.reading.pandoc import Unreadable
    from journal.typeset.opening import opened
    from journal.typeset.writing import say, write_paper, write_refusal

    try:
        package = opened(manuscript)
        document = package if isinstance(package, Refused) else read_package(package, keeps_head=True)
        paper = document if isinstance(document, Refused | Unreadable) else typeset_manuscript(document)
    except ConfinementFailed as trouble:
        raise click.ClickException(f"The program that opens files could not be started: {trouble}") from trouble
    out.mkdir(parents=True, exist_ok=True)
    if isinstance(paper, Refused | Unreadable | Unprintable):
        write_refusal(out, paper.words)
        click.echo(f"No paper was made. {paper.words}", err=True)
        raise SystemExit(NO_PAPER)
    write_paper(out, paper)
    for line in say(out, paper):
        click.echo(line)
    raise SystemExit(NOT_ALL_READ if paper.unread else ALL_READ)
