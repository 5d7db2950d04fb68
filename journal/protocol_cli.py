"""`journal protocol`: what authors do with a protocol at their own desk, without account or database.

Each command stands in a module of its own and is added below.
"""

import click

from journal.protocol_reading import read


@click.group()
def protocol() -> None:
    """Look at protocols at your own desk: no account, no database, nothing is sent."""


protocol.add_command(read)
