"""`journal demo`: a journal with studies in every state, one of them played live, which then stays up."""

import os
import shutil
import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from journal.config import Config, from_environment
from journal.demonstration import people
from journal.demonstration.checks import Checked, check
from journal.demonstration.company import PASSWORD
from journal.demonstration.history import accounts, play_the_past
from journal.demonstration.live import play_live
from journal.demonstration.shelf import PLAYED_LIVE, study
from journal.demonstration.two_worlds import two_worlds
from journal.serving import running, watch
from journal.unit_of_work import open_resources, system_clock

Say = Callable[[str], None]
MARK = "a-demonstration"
_EVERY = 25
_KEPT_FROM_OUTSIDE = (
    "PATH",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "HOME",
    "PYTHONPATH",
    "VIRTUAL_ENV",
    "PYTHONDONTWRITEBYTECODE",
)


class NotOurs(RuntimeError):
    """A folder that a demonstration did not make is in its way; the message says what to do."""


class PortTaken(RuntimeError):
    """The demonstration cannot be served where it was to be; the message says what to do."""


def demonstrate(home: Path, *, once: bool, port: int, say: Say, stop: threading.Event) -> bool:
    """Make the journal in `home`, play it, and serve it at `port` and the one after it until `stop` is set.

    With `once` it is served at ports nobody listens at, checked and ended.

    Returns whether all checks were passed (True when there were none). Raises `NotOurs`, `NotStarted`, `Lost`, `Stuck`
    and, before anything is made or removed, `PortTaken`.
    """
    ports = (free_port(), free_port()) if once else (port, port + 1)
    refuse_taken(ports)
    make_room(home)
    environment = environment_of(home, ports=ports)
    config = from_environment(environment)
    with ExitStack() as stack:
        compared = stack.enter_context(two_worlds(home / "two-worlds", now=system_clock())) if once else None
        return _played(config, environment, compared, say=say, stop=stop)


def _played(
    config: Config,
    environment: Mapping[str, str],
    compared: Callable[[], Checked] | None,
    *,
    say: Say,
    stop: threading.Event,
) -> bool:
    """Play, serve, and with something to be `compared` check instead of staying up."""
    say("Playing the past of eight studies: each step on its day, through the application's own pages.")
    play_the_past(config, now=system_clock(), say=_every(_EVERY, say))
    say("Starting the public application, the editorial application, the worker and the queue.")
    with running(environment) as crew:
        say(f"Playing one study live, over HTTP: “{study(PLAYED_LIVE).protocol.title}”")
        published = play_live(config, open_resources(config), say=say)
        article = f"{config.public_url}/reports/{published.public_id}"
        if compared is not None:
            say(f"Fetching what a reader would, from {article}")
            checked = check(config.public_url, published.public_id, study(PLAYED_LIVE))
            passed = [_told(each, say) for each in checked]
            return all([*passed, _told(compared(), say)])
        _introduce(config, article, say)
        watch(crew, stop)
    return True


def refuse_taken(ports: tuple[int, int]) -> None:
    """Raise `PortTaken` if one of `ports` cannot be had. Asked first: it takes minutes until they are needed."""
    for port in ports:
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the servers do
            try:
                tried.bind(("127.0.0.1", port))
            except OSError as trouble:
                message = (
                    f"Port {port} cannot be used: {trouble.strerror}. A demonstration takes {ports[0]} and {ports[1]}. "
                    "Stop what listens there, or give another port with --port, as in --port 8700."
                )
                raise PortTaken(message) from trouble


def make_room(home: Path) -> None:
    """An empty folder at `home`, in place of an earlier demonstration's. Raises `NotOurs`."""
    if home.exists() and any(home.iterdir()):
        if not (home / MARK).exists():
            message = f"{home} is not empty, and no demonstration made it. Give another folder with --home."
            raise NotOurs(message)
        shutil.rmtree(home)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / MARK).touch()


def environment_of(home: Path, *, ports: tuple[int, int]) -> dict[str, str]:
    """What describes the demonstration's journal: everything embedded, on this machine alone, its clocks short.

    `ports`: those of the editorial and of the public application.

    Of the outside only what programs need to run is kept, so that no setting of a real journal reaches it.
    """
    kept = {name: os.environ[name] for name in _KEPT_FROM_OUTSIDE if name in os.environ}
    editorial, public = ports
    return {
        **kept,
        "NULLIUS_HOME": str(home),
        "NULLIUS_DEMO": "1",
        "NULLIUS_EDITORIAL_URL": f"http://127.0.0.1:{editorial}",
        "NULLIUS_PUBLIC_URL": f"http://localhost:{public}",
        "NULLIUS_RELEASE_SECONDS": "5",
        "NULLIUS_FOLLOW_SECONDS": "1",
    }


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _every(many: int, say: Say) -> Say:
    """Say every so many steps how far it is."""
    count = 0

    def counted(words: str) -> None:
        nonlocal count
        count += 1
        if count % many == 0:
            say(f"{count:>4}  {words}")

    return counted


def _told(checked: Checked, say: Say) -> bool:
    say(f"  FAILED  {checked.words}: {checked.wrong}" if checked.wrong else f"  ok      {checked.words}")
    return not checked.wrong


def _introduce(config: Config, article: str, say: Say) -> None:
    rows: Mapping[str, list[people.Person]] = _by_office()
    say("")
    say(f"Public site      {config.public_url}")
    say(f"The new article  {article}")
    say(f"Editorial desk   {config.editorial_url}")
    say(f"Mail             {config.editorial_url}/mail   (and as files in {config.mail.folder})")
    say(f"Password         {PASSWORD}   (the same for everybody here)")
    for office, members in rows.items():
        for member in members:
            say(f"  {office:<27} {member.email}")
    say("Reviewers and co-authors have no account: they come by the links in their letters.")
    say("Stop with Ctrl-C. Another `demo` begins anew.")


def _by_office() -> dict[str, list[people.Person]]:
    found: dict[str, list[people.Person]] = {}
    for person, roles in accounts():
        found.setdefault(roles[0].words if roles else "author", []).append(person)
    return found
