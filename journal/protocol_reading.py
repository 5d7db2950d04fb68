"""`journal protocol read`: what a manuscript seems to register, as a list or as JSON."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journal.gathering import TooMuch, below

if TYPE_CHECKING:  # what reads is slow to start, and every other command would wait for it
    from journal.reading.proposals import Proposal, Reading

_SCRIPTS = (".r", ".py", ".jl", ".json", ".yaml", ".yml", ".toml")
_MANUSCRIPTS = (".md", ".markdown", ".rmd", ".qmd", ".docx", ".tex", ".txt")
_NAMES = (
    "protocol",
    "prereg",
    "pre-reg",
    "pre_reg",
    "registration",
    "registered",
    "stage1",
    "stage-1",
    "stage_1",
    "plan",
    "main",
)
_WHICH = "{folder} holds several documents ({names}). Name the one that is the protocol."
_NONE = "{folder} holds no document that can be read: Markdown, R Markdown, Quarto, Word, LaTeX or plain text."
_TOO_MUCH = "{folder} holds more than 300 files or 60 MB of text. Name the protocol's file instead."


@click.command("read")
@click.argument("manuscript", type=click.Path(exists=True, path_type=Path))
@click.argument("scripts", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a list for people.")
@click.option("--changes", type=click.Choice(["accept", "reject"]), help="How tracked changes of a Word file are read.")
def read(manuscript: Path, scripts: tuple[Path, ...], changes: str | None, *, as_json: bool) -> None:
    """Propose what MANUSCRIPT seems to register: hypotheses, analyses, gates, exclusions, samples.

    MANUSCRIPT is a file (Markdown, R Markdown, Quarto, Word, LaTeX, plain text) or a folder that holds it. SCRIPTS are
    files of code or settings that belong to the plan; of them seeds, models and settings are read. Each proposal comes
    with the words it was read from. Ends with 1 when nothing could be read.
    """
    from journal.reading.inspection import ConfinementFailed
    from journal.reading.passages import Changes
    from journal.reading.proposals import propose

    if manuscript.is_file() and manuscript.suffix.lower() == ".pdf":
        _refuse_pdf(manuscript)
    files = _files(manuscript, scripts)
    try:
        reading = propose(files, changes=None if changes is None else Changes(changes))
    except ConfinementFailed as trouble:
        raise click.ClickException(f"This machine could not open the file safely: {trouble}") from trouble
    if as_json:
        click.echo(json.dumps(_as_json(reading), ensure_ascii=False, indent=1))
    else:
        for line in _as_list(reading):
            click.echo(line)
    if not reading.proposals and not reading.was_read:
        raise SystemExit(1)


def _refuse_pdf(manuscript: Path) -> None:
    """A PDF that carries a protocol needs no guessing: say so. Any other is said to be unreadable below."""
    from journal.reading.attached import PROTOCOL, attached_to

    if PROTOCOL in attached_to(manuscript.read_bytes()):
        raise click.ClickException(
            f"{manuscript} carries its protocol as data, so nothing has to be guessed. Take it out with: "
            f"journal protocol show --json {manuscript}"
        )


def _files(manuscript: Path, scripts: tuple[Path, ...]) -> Mapping[str, bytes]:
    """The manuscript first; then, by the path from its folder, what it may take in, and scripts that bear its name."""
    main = _main_of(manuscript) if manuscript.is_dir() else manuscript
    beside = [path for path in sorted(main.parent.glob(f"{main.stem}.*")) if path.suffix.lower() in _SCRIPTS]
    try:
        parts = below(main.parent, (".tex",)) if main.suffix.lower() in {".tex", ".latex"} else []
    except TooMuch as trouble:
        raise click.ClickException(_TOO_MUCH.format(folder=main.parent)) from trouble
    named = {path.resolve(): os.path.relpath(path, main.parent) for path in (main, *parts, *beside, *scripts)}
    try:
        return {name: path.read_bytes() for path, name in named.items()}
    except OSError as trouble:
        raise click.ClickException(f"{trouble.filename} could not be read: {trouble.strerror}.") from trouble


def _main_of(folder: Path) -> Path:
    """The one document of a folder, or the one that a name like protocol marks; raises `ClickException`."""
    found = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in _MANUSCRIPTS and path.is_file()]
    if not found:
        raise click.ClickException(_NONE.format(folder=folder))
    for name in _NAMES:
        marked = [path for path in found if path.stem.lower() == name] or [
            path for path in found if path.stem.lower().startswith(name)
        ]
        if marked:
            return marked[0]
    plans = [path for path in found if path.stem.lower() not in {"readme", "licence", "license", "changelog"}]
    if len(plans) == 1:
        return plans[0]
    raise click.ClickException(_WHICH.format(folder=folder, names=", ".join(path.name for path in found)))


def _as_json(reading: "Reading") -> Mapping[str, Any]:
    return {"proposals": [_proposal(each) for each in reading.proposals], "unread": list(reading.unread)}


def _proposal(proposal: "Proposal") -> Mapping[str, Any]:
    place = proposal.location
    where = {"line": place.line} if place.line is not None else {"paragraph": place.paragraph}
    return {
        "kind": proposal.kind.value,
        "label": proposal.label,
        "fields": dict(proposal.fields),
        "quote": proposal.quote,
        "location": {"file": place.file, **where, "section": " > ".join(place.section)},
        "confidence": proposal.confidence,
    }


def _as_list(reading: "Reading") -> Iterator[str]:
    for proposal in reading.proposals:
        place = proposal.location
        where = f"line {place.line}" if place.line is not None else f"paragraph {place.paragraph}"
        yield f"{proposal.kind:<11}{proposal.label}  ({place.file}, {where}; {proposal.confidence:.0%} sure)"
        yield f"           {' '.join(proposal.quote.split())}"
    yield (
        f"{len(reading.proposals)} proposals. Look at each: nothing here is decided."
        if reading.proposals
        else "No proposals."
    )
    for sentence in reading.unread:
        yield f"Not read: {sentence}"
