"""`journal protocol show FILE`: a protocol file as a document to read, or as the JSON that its digest is about."""

from typing import BinaryIO

import click

from journal.formats.protocol_text import protocol_text
from journal.protocol_file.reading import ProtocolFile


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="The canonical JSON (RFC 8785), whose SHA-256 is the digest.")
def show(file: BinaryIO, *, as_json: bool) -> None:
    """Show FILE (YAML or JSON by docs/protocol.schema.json, or a journal's PDF; - is standard input) as a document.

    Decision rules are read back as sentences. Ends with 2 if FILE cannot be read.
    """
    from journal.protocol_file.opening import open_protocol_file
    from storage.documents import protocol_bytes

    read = open_protocol_file(file.read())
    if not isinstance(read, ProtocolFile):
        for problem in read:
            click.echo(str(problem), err=True)
        raise SystemExit(2)
    click.echo(protocol_bytes(read.protocol).decode() if as_json else protocol_text(read.protocol), nl=as_json)
