"""`journal protocol schema`: the JSON Schema of protocol files, for editors and programs."""

import click

from journal.protocol_file.schema import schema_text


@click.command()
def schema() -> None:
    """Print the JSON Schema (draft 2020-12) of protocol files. Save it where your editor finds it."""
    click.echo(schema_text(), nl=False)
