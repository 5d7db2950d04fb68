"""The command `journal protocol verify`: whether files are those that were registered, by a receipt, offline."""

import hashlib
from pathlib import Path

import click

from journal.formats.receipts import Damaged, read_receipt
from workflows.protocol import FileDigest
from workflows.receipts import Judged, Receipt, all_same, judge

_DIFFERENT, _DAMAGED = 1, 2
_FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.command()
@click.argument("receipt", type=_FILE)
@click.argument("files", nargs=-1, type=_FILE)
def verify(receipt: Path, files: tuple[Path, ...]) -> None:
    """Say of each of FILES whether it is the one that RECEIPT names: same, changed, missing or extra.

    Ends with 0 if all are the same, 1 if anything differs, 2 if the receipt is damaged. Nothing leaves this machine.
    RECEIPT may also be the journal's PDF of a frozen protocol, which carries its receipt.
    """
    try:
        known = read_receipt(_receipt_in(receipt.read_bytes()))
    except Damaged as damaged:
        click.echo(f"{receipt}: {damaged} Download it again.", err=True)
        raise SystemExit(_DAMAGED) from damaged
    click.echo(_about(known))
    found, plan = [_digest(file) for file in files], _itself(known)
    held = [] if plan.name in {file.name for file in found} else [plan]
    judged = judge((*known.files, plan), [*found, *held])
    for each in judged:
        if each.name != plan.name or not held:
            click.echo(_line(each))
    if not all_same(judged):
        raise SystemExit(_DIFFERENT)


def _receipt_in(body: bytes) -> bytes:
    """The receipt itself, or the one that a PDF carries. Raises `Damaged` where it carries none."""
    if not body.startswith(b"%PDF-"):
        return body
    from journal.reading.attached import RECEIPT, attached_to

    carried = attached_to(body).get(RECEIPT)
    if carried is None:
        raise Damaged("This PDF carries no receipt: only that of a frozen protocol does.")
    return carried


def _about(receipt: Receipt) -> str:
    return (
        f"{receipt.journal}: protocol version {receipt.version}, accepted in principle {receipt.accepted}, "
        f"frozen {receipt.frozen}\nSHA-256 {receipt.digest}: the receipt is whole"
    )


def _itself(receipt: Receipt) -> FileDigest:
    """The protocol's own JSON file, as the journal hands it out. The receipt holds it, so it is never missing."""
    size = len(receipt.protocol.encode())
    return FileDigest(name=f"protocol-version-{receipt.version}.json", sha256=receipt.digest, size=size)


def _digest(file: Path) -> FileDigest:
    with file.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    return FileDigest(name=file.name, sha256=sha256, size=file.stat().st_size)


def _line(judged: Judged) -> str:
    other_name = f" (registered as {judged.registered})" if judged.registered else ""
    return f"{judged.sameness:<8} {judged.name}{other_name}"
