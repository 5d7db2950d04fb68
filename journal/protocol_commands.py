"""The commands `journal protocol ...`: what authors do with a protocol at their own desk. None needs a journal."""

import click

from journal.protocol_verify import verify


@click.group()
def protocol() -> None:
    """Work with a protocol at your own desk: no journal and no network are needed."""


protocol.add_command(verify)
