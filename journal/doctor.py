"""What the doctor looks at: one finding for each thing a journal needs, in words with the remedy."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import func, select

from journal.config import LOOPBACK, Config
from journal.confinement import Walls, walls_that_hold
from journal.dossier.heartbeats import unknown_heartbeats
from journal.production.static_copy import outdated_copies
from journal.unit_of_work import UnitOfWork, begin, open_resources
from storage import outbox
from storage.database import DatabaseTrouble
from storage.keyring import KeyFileRefused
from storage.ledger import Broken, verify
from storage.migrations.running import is_current
from storage.objects import ObjectStoreError, open_store
from storage.rows.people import RoleGrant
from storage.rows.safeguards import ReleaseStop
from workflows.people import PRESS, Role


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's. `mark` is "ok", "note" (could be better) or "WRONG" (must be mended)."""

    mark: str
    words: str

    @property
    def is_wrong(self) -> bool:
        """Whether the journal must not go on like this."""
        return self.mark == "WRONG"


def ok(words: str) -> Finding:
    """All is well."""
    return Finding("ok", words)


def note(words: str) -> Finding:
    """It works, and could be safer."""
    return Finding("note", words)


def wrong(words: str) -> Finding:
    """It must be mended."""
    return Finding("WRONG", words)


def examine(config: Config) -> list[Finding]:
    """Look at everything, in an order in which the first thing wrong is the one to mend first."""
    examinations: tuple[Callable[[Config], Iterator[Finding]], ...] = (
        _addresses,
        _stores,
        _database,
        _confinement,
    )
    return [finding for examination in examinations for finding in examination(config)]


def _addresses(config: Config) -> Iterator[Finding]:
    editorial, public = urlsplit(config.editorial_url), urlsplit(config.public_url)
    exposed = editorial.hostname not in LOOPBACK
    if editorial.hostname == public.hostname:
        yield wrong(
            "Both applications have the same host name, and cookies ignore ports: set NULLIUS_EDITORIAL_URL and "
            "NULLIUS_PUBLIC_URL to different names."
        )
    else:
        yield ok(f"The applications have host names of their own: {editorial.hostname} and {public.hostname}.")
    if exposed and editorial.scheme != "https":
        yield wrong(
            "The editorial application is reached without HTTPS: put a proxy before it, and set an https:// URL."
        )
    if config.demo and exposed:
        yield wrong("The demonstration's accounts have known passwords: unset NULLIUS_DEMO, or bind to 127.0.0.1.")
    if exposed and not config.proxies:
        yield note("Everybody seems to come from the proxy's address, so one guesser locks all out: NULLIUS_PROXIES=1.")
    bound = urlsplit(f"//{config.editorial_bind}").hostname
    if config.demo and bound not in LOOPBACK:
        yield wrong(f"The demonstration listens at {bound}, for everybody: unset NULLIUS_EDITORIAL_BIND.")
    if exposed and not config.mail.host:
        yield wrong("Mail goes to a folder and reaches nobody: set SMTP_HOST.")


def _stores(config: Config) -> Iterator[Finding]:
    for name, address in (("vault", config.vault), ("keyring", config.keyring), ("public store", config.public_store)):
        try:
            next(iter(open_store(address).keys()), None)
        except (ObjectStoreError, ValueError, OSError) as trouble:
            yield wrong(
                f"The {name} at {address} does not answer ({trouble}): run `journal migrate`, or check the address."
            )
        else:
            yield ok(f"The {name} answers.")
    if config.vault == config.keyring:
        yield wrong("Vault and keyring are one store, so a stolen copy brings its keys: give NULLIUS_KEYRING its own.")
    if config.public_store.startswith("s3://") and not config.public_store_keys:
        yield note(
            "The public application has the keys of the other stores: give it keys that only read the public store, as "
            "NULLIUS_PUBLIC_AWS_ACCESS_KEY_ID and NULLIUS_PUBLIC_AWS_SECRET_ACCESS_KEY."
        )


def _database(config: Config) -> Iterator[Finding]:
    try:
        if not is_current(config.database_url):
            yield wrong("The database is not up to date, or not there: run `journal migrate`.")
            return
        yield ok("The database is up to date.")
        yield from _contents(config)
    except ObjectStoreError:
        return  # said already, of the store that does not answer
    except DatabaseTrouble as trouble:
        yield wrong(f"The database does not answer ({trouble}): check DATABASE_URL.")
    except KeyFileRefused as trouble:
        yield wrong(str(trouble))


def _contents(config: Config) -> Iterator[Finding]:
    with begin(open_resources(config), actor=PRESS, writes=False) as uow:
        ledger = verify(uow.session)
        if isinstance(ledger, Broken):
            yield wrong(f"The ledger breaks at row {ledger.n}: {ledger.why}. Restore a backup and compare.")
        else:
            yield ok(f"The ledger is whole: {ledger.count} rows.")
        dead = sum(counts.dead for counts in outbox.counts(uow.session, uow.now).values())
        yield wrong(f"{dead} jobs gave up: look at their errors in the outbox.") if dead else ok("No job gave up.")
        yield from _releases(uow)
        officers = select(func.count()).select_from(RoleGrant).where(RoleGrant.role == Role.OFFICER)
        yield from _people(uow.session.scalar(officers) or 0)


def _releases(uow: UnitOfWork) -> Iterator[Finding]:
    if unknown_heartbeats(uow):
        yield wrong(
            "The database is behind its own heartbeat, as after the restore of a backup, so nothing is released: run "
            "`journal reconcile`, and have an officer confirm at /holds/restored."
        )
    else:
        yield ok("The database is not behind any heartbeat.")
    stopped = uow.session.scalar(select(func.min(ReleaseStop.stopped_at)).where(ReleaseStop.ended_at.is_(None)))
    if stopped is not None:
        yield wrong(
            f"Releases are stopped since {stopped:%Y-%m-%d %H:%M} UTC, because something private of withheld work "
            "would become public: `journal release` says where."
        )
    for copy in outdated_copies(uow):
        yield note(
            f"{copy.folder} holds an older release, perhaps with work that was taken down since: run "
            f"`journal release --static {copy.folder}`, or delete it and its copies."
        )


def _people(officers: int) -> Iterator[Finding]:
    if officers < 2:  # noqa: PLR2004 - a hold is lifted by two
        yield note("There are fewer than two officers, so no hold can be lifted: `journal person role EMAIL officer`.")


def _confinement(_: Config) -> Iterator[Finding]:
    walls: Walls = walls_that_hold()
    if not walls.network:
        yield note("Hostile files can reach the network here: allow user namespaces or seccomp.")
    if not walls.files:
        yield note("Hostile files can read files of this user here: use a kernel with Landlock (Linux 5.13).")
    if walls.network and walls.files:
        yield ok("Hostile files are opened where neither network nor files can be reached.")
