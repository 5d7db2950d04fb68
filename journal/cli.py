"""The command `journal`: what an operator does at the machine itself."""

import os
import signal
import sys
import threading
from pathlib import Path

import click

from journal import people
from journal.comparing.command import compare
from journal.config import Config, from_environment
from journal.names import as_address, unfit_name
from journal.protocol_cli import protocol
from journal.typeset.command import typeset
from journal.unit_of_work import Resources, begin, open_resources
from storage.database import DatabaseTrouble
from storage.keyring import KeyFileRefused
from storage.migrations.running import is_current, migrate
from storage.objects import ObjectStoreError
from workflows.machine import Refusal
from workflows.people import Actor, Role

OPERATOR = Actor(person=None)
_BEHIND = "The database is behind its own heartbeat, as after the restore of a backup: run `journal reconcile`."
_STOPPED = "Something private of withheld work (an identifier, a link or a key) would become public, in:"


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="nullius-journal", prog_name="journal")
def main() -> None:
    """Run a journal of registered reports.

    Everything is set by the environment; nothing set means everything embedded, in the folder ./var:
    DATABASE_URL, NULLIUS_HOME, NULLIUS_VAULT, NULLIUS_KEYRING, NULLIUS_PUBLIC_STORE, NULLIUS_EDITORIAL_URL,
    NULLIUS_PUBLIC_URL and more, in docs/operator.md.
    """


main.add_command(protocol)
main.add_command(compare)
main.add_command(typeset)


@main.command("migrate")
def migrate_command() -> None:
    """Make what is missing (key file, stores) and bring the database up to date. Safe to run again."""
    config = _config()
    _opened(config, make=True)
    try:
        migrate(config.database_url)
    except DatabaseTrouble as trouble:
        raise click.ClickException(f"{trouble}. Try again when nobody else uses it.") from trouble
    click.echo("The database is up to date.")


@main.command()
def doctor() -> None:
    """Say what is missing or unsafe, one line each, with the remedy. Ends with 1 if anything must be mended."""
    from journal.doctor import examine

    findings = examine(_config())
    for finding in findings:
        click.echo(f"{finding.mark:<5} {finding.words}")
    if any(finding.is_wrong for finding in findings):
        raise SystemExit(1)


@main.command()
def bounce() -> None:
    """Read a message from standard input, as a mail server hands it over: `journal bounce < MESSAGE`.

    A report that a letter of the journal could not be delivered is written down, and the handling editor is told. Any
    other message is left alone. It ends with 0 either way, so that no server answers a report by another.
    """
    from journal.notices.bounces import LARGEST, note_bounce, read_bounce

    found = read_bounce(sys.stdin.buffer.read(LARGEST))
    if found is None:
        click.echo("No report of a letter that failed: left alone.")
        return
    with begin(_resources(), actor=OPERATOR) as uow:
        noted = note_bounce(uow, found)
        uow.commit()
    click.echo("The letter that came back is written down." if noted else "No letter of this journal: left alone.")


@main.group()
def person() -> None:
    """Make accounts and give roles. Officers are made by two people in the application, but for the first two."""


@person.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The name as colleagues write it.")
@click.option("--password", prompt=True, confirmation_prompt=True, hide_input=True, help="Asked for if not given.")
def add_person(email: str, name: str, password: str) -> None:
    """Make an account for EMAIL."""
    with begin(_resources(), actor=OPERATOR) as uow:
        if as_address(email) is None:
            raise click.ClickException(f"{email} is no mail address.")
        if (unfit := unfit_name(name)) is not None:
            raise click.ClickException(str(unfit))
        if people.find_person(uow, email) is not None:
            raise click.ClickException(f"{email} has an account already. Give it a role with: journal person role")
        people.add_person(uow, email=email, name=name, password=password, confirmed=True)
        uow.commit()
    click.echo(f"{name} can sign in as {email}.")


@person.command("role")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
def give_role(email: str, role: str) -> None:
    """Give EMAIL a ROLE. Of officers only the first two are made here."""
    with begin(_resources(), actor=OPERATOR) as uow:
        somebody = people.find_person(uow, email)
        if somebody is None:
            raise click.ClickException(f"{email} has no account. Make one with: journal person add {email} --name NAME")
        refusal = people.grant_at_set_up(uow, somebody, Role(role))
        if isinstance(refusal, Refusal):
            raise click.ClickException(refusal.words)
        uow.commit()
    click.echo(f"{email} has a new role: {Role(role).words}.")


@person.command("forget-second-factor")
@click.argument("email")
def forget_second_factor(email: str) -> None:
    """Take the second factor of EMAIL, who lost app and recovery codes. They get a letter, and set up another."""
    from journal import second_factor

    with begin(_resources(), actor=OPERATOR) as uow:
        somebody = people.find_person(uow, email)
        if somebody is None or second_factor.factor_of(uow, somebody.id) is None:
            raise click.ClickException(f"{email} has no second factor. See whether the address is right.")
        second_factor.forget(uow, somebody)
        uow.commit()
    click.echo(f"{email} has no second factor any more. A letter tells them.")


def _config() -> Config:
    try:
        return from_environment(os.environ)
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from wrong


def _resources() -> Resources:
    config = _config()
    if not is_current(config.database_url):
        raise click.ClickException("The database is not up to date. Run: journal migrate")
    return _opened(config)


def _opened(config: Config, *, make: bool = False) -> Resources:
    try:
        return open_resources(config, make=make)
    except (KeyFileRefused, ObjectStoreError) as trouble:
        raise click.ClickException(f"{trouble} `journal doctor` says more.") from trouble


@main.command()
def worker() -> None:
    """Run the journal's jobs: mail, typesetting, releases. Without REDIS_URL it starts a queue of its own."""
    from journal.worker import run_crew

    _resources()
    stop = _stop_on_signals()
    click.echo("The worker runs. Stop it with Ctrl-C.")
    run_crew(_config(), stop)


@main.command("release")
@click.option("--static", "folder", type=click.Path(path_type=Path, file_okay=False), help="Also write it as files.")
def release_command(folder: Path | None) -> None:
    """Make a release now: what the public may see at this moment, and nothing else.

    With --static FOLDER the site that readers then have is written as plain files, for any static host.
    """
    from journal.dossier.heartbeats import Behind
    from journal.production.release import KeepsChanging, make_release
    from journal.production.static_copy import copy_newest_release
    from journal.production.stopping import Stopped
    from journal.public.static_site import FolderInUse

    resources = _resources()
    try:
        made = make_release(resources)
        click.echo(f"Released: {_counted(made.reports)}." if made else "Nothing has changed: no release was made.")
        if folder is not None:
            click.echo(f"{copy_newest_release(resources, folder)} files are in {folder}.")
    except Behind as trouble:
        raise click.ClickException(f"{_BEHIND} Nothing was released, and what is out stays.") from trouble
    except Stopped as trouble:
        where = "\n".join(f"  {place}" for place in sorted(trouble.places))
        raise click.ClickException(f"{_STOPPED}\n{where}\nNothing was released, and what is out stays.") from trouble
    except KeepsChanging as trouble:
        raise click.ClickException("Reports changed all the while. Run it again.") from trouble
    except (ObjectStoreError, DatabaseTrouble) as trouble:
        raise click.ClickException(f"{trouble}. Nothing is lost: run it again.") from trouble
    except FolderInUse as trouble:
        raise click.ClickException(f"{trouble}.") from trouble


@main.command("reconcile")
def reconcile_command() -> None:
    """After a backup was restored: place the holds again that it has forgotten, and ask the officers to confirm.

    Nothing is released before an officer has confirmed, at /holds/restored, that what has to be withheld is withheld.
    """
    from journal.dossier.reconciling import reconcile

    with begin(_resources(), actor=OPERATOR) as uow:
        done = reconcile(uow)
        if isinstance(done, Refusal):
            raise click.ClickException(done.words)
        uow.commit()
    click.echo(f"Holds placed again: {done.holds}. Reports that are not in this database: {done.missing}.")
    click.echo("All officers get a letter. Releases go on when one of them has confirmed at /holds/restored.")


def _counted(reports: int) -> str:
    return "1 report" if reports == 1 else f"{reports} reports"


@main.command("serve")
def serve_command() -> None:
    """Run editorial application, public application, worker and queue on this machine, and watch over them."""
    from journal.serving import NotStarted, running, watch

    config = _config()
    if _is_new(config):
        _opened(config, make=True)
        migrate(config.database_url)
        click.echo(
            f"A new journal in {config.home}. Make its first accounts with: journal person add, journal person role"
        )
    _resources()
    stop = _stop_on_signals()
    try:
        with running(os.environ) as crew:
            click.echo(
                f"Editorial desk  {config.editorial_url}\nPublic site     {config.public_url}\nStop with Ctrl-C."
            )
            watch(crew, stop)
    except NotStarted as trouble:
        raise click.ClickException(str(trouble)) from trouble


def _is_new(config: Config) -> bool:
    """Whether nobody ever used the embedded database: then there is nothing that a migration could change."""
    kind, _, path = config.database_url.partition("///")
    return kind == "sqlite:" and not Path(path).exists()


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    return stop


@main.command()
@click.option("--once", is_flag=True, help="Check what a reader would download, stop everything, exit 0 or 1.")
@click.option("--home", default="var/demo", type=click.Path(path_type=Path), help="Folder of the demonstration.")
@click.option(
    "--port", default=8600, show_default=True, type=click.IntRange(1, 65534), help="It takes this and the next."
)
def demo(*, once: bool, home: Path, port: int) -> None:
    """Make a journal with studies in every state, play one live through its pages, and serve it on this machine.

    Everybody in it has the same printed password, so it listens for this machine alone.
    """
    from journal.demonstration.demo import NotOurs, PortTaken, demonstrate
    from journal.demonstration.live import Stuck
    from journal.demonstration.visitor import Lost
    from journal.serving import NotStarted

    try:
        passed = demonstrate(home.absolute(), once=once, port=port, say=click.echo, stop=_stop_on_signals())
    except (Lost, NotOurs, NotStarted, PortTaken, Stuck) as trouble:
        raise click.ClickException(str(trouble)) from trouble
    if not passed:
        raise SystemExit(1)
