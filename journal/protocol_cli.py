"""`journal protocol`: what authors do with a protocol at their own desk, without account or database.

Each command stands in a module of its own and is added below.
"""

import click

from journal.protocol_linting import lint_command
from journal.protocol_reading import read
from journal.protocol_schema import schema
from journal.protocol_showing import show
from journal.protocol_verify import verify


@click.group()
def protocol() -> None:
    """Look at protocols at your own desk: no account, no database, nothing is sent."""


protocol.add_command(read)
protocol.add_command(verify)
protocol.add_command(lint_command)
protocol.add_command(schema)
protocol.add_command(show)
