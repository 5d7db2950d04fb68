"""A journal with many reports in a public store, and a public application that follows it. All of it is invented."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from werkzeug.test import Client, TestResponse

from journal.public.application import PublicApplication, create_public_application
from journal.public.config import PublicConfig
from journal.public.contents import contents_of
from journal.public.site import Site
from storage.objects import FolderStore
from storage.snapshot import Contents, write_snapshot
from tests.journal.production.material import FACTS, published
from workflows.declassify import Author, Face, Identity, PublicFile, PublicRecord
from workflows.outcomes import Outcomes
from workflows.stages import Stage

SITE = Site(journal_name="Nullius", public_url="https://nullius.example", editorial_url="https://desk.nullius.example")
PDF = b"%PDF-1.7 " + bytes(range(256)) * 40
GONE = "zzzz9999"
ENDED = "yyyy8888"


def pdf(name: str = "paper.pdf") -> PublicFile:
    """A file that lies in the store under `objects/…`."""
    digest = hashlib.sha256(PDF).hexdigest()
    return PublicFile(
        kind="pdf", key=f"objects/{name}", name=name, media_type="application/pdf", sha256=digest, size=len(PDF)
    )


def article(public_id: str, title: str, *, on: date = date(2026, 9, 14), **facts: Any) -> PublicRecord:  # noqa: ANN401 (any facts)
    """A published report with the results of production's material, and changes to its facts."""
    plan = replace(FACTS.protocol, title=title, topics=facts.pop("topics", ("Deception and honesty",)))
    changed = replace(
        FACTS, protocol=plan, identity=Identity(public_id=public_id), published_on=on, body="<p>Of probes.</p>", **facts
    )
    return published(changed)


def announced(public_id: str, title: str) -> PublicRecord:
    """An announced protocol, which has no result yet."""
    return replace(
        article(public_id, title, outcomes=Outcomes(), topics=("Scalable oversight",)),
        face=Face.PROTOCOL,
        claim="",
        published_on=None,
        null_result=False,
        files=(),
        body="",
        deviations=(),
    )


def tombstone(public_id: str = GONE) -> PublicRecord:
    """Work that was taken down."""
    return PublicRecord(face=Face.TOMBSTONE, identity=Identity(public_id=public_id))


def closed(public_id: str = ENDED) -> PublicRecord:
    """Announced work that ended without an article."""
    return PublicRecord(face=Face.CLOSED, identity=Identity(public_id=public_id), closed_in="2026-Q4")


def records() -> list[PublicRecord]:
    """Thirty reports and what else a list may meet: names of several scripts, a retraction, a plan, a tombstone."""
    day = date(2026, 1, 1)
    many = [
        article(
            f"many{n:04}", f"Study number {n} of unlearning", on=day + timedelta(days=n), topics=("Interpretability",)
        )
        for n in range(27)
    ]
    return [
        *many,
        article("kq7w3fhe", "Do honesty probes notice lies that pay?", renditions=(pdf(),)),
        article("rtl00001", "האם 🙂 זה עובד?", authors=(Author(name="חנה לוי"), Author(name="José Ibáñez"))),
        article("wdrn0001", "A claim that did not hold", stage=Stage.RETRACTED, outcomes=Outcomes()),
        announced("plan0001", "Does debate help a weaker judge?"),
        tombstone(),
    ]


@dataclass(frozen=True, slots=True)
class Library:
    """A store, an application that follows it, and somebody who reads."""

    folder: Path
    application: PublicApplication
    client: Client

    @property
    def store(self) -> FolderStore:
        """The public store, as the release writes it."""
        return FolderStore(self.folder / "public")

    def release(self, name: str, every: Sequence[PublicRecord]) -> None:
        """Put a release of `every` record into the store, with its files."""
        for record in every:
            for file in record.files:
                self.store.create(file.key, PDF)
        self.put(name, contents_of(every, SITE))

    def put(self, name: str, contents: Contents) -> None:
        """Put a release into the store."""
        draft = self.folder / "draft"
        write_snapshot(contents, draft)
        self.store.create(f"releases/{name}", draft.read_bytes())
        draft.unlink()

    def look(self) -> None:
        """What the application does every two seconds."""
        self.application.following.look()

    def get(self, path: str, headers: Iterable[tuple[str, str]] = (), *, method: str = "GET") -> TestResponse:
        """Ask for `path` with `headers`."""
        return self.client.open(path, method=method, headers=list(headers), base_url=SITE.public_url)


def make_library(folder: Path) -> Library:
    """An empty store and an application that follows it when told to: the thread's turn never comes."""
    (folder / "public").mkdir()
    config = PublicConfig(store=str(folder / "public"), site=SITE, cache=folder / "cache", follow_seconds=3000)
    application = create_public_application(config)
    return Library(folder, application, Client(application))
