"""The live study: from the first word to the published paper, over HTTP, while the real worker does the jobs."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select

from journal.config import Config
from journal.demonstration import people
from journal.demonstration.company import Company
from journal.demonstration.playing import Play, Staging
from journal.demonstration.postbox import Postbox
from journal.demonstration.shelf import PLAYED_LIVE, study
from journal.demonstration.transports import OverHttp
from journal.unit_of_work import Resources, begin
from storage.rows.outbox import OutboxRow
from storage.rows.releases import PublicIdentity
from workflows.people import PRESS

_PAUSE_SECONDS = 0.2
_PATIENCE_SECONDS = 120.0


class Stuck(RuntimeError):
    """The worker did not do what was waited for; the message says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The study that was played, and what it is called in public."""

    report_id: str
    public_id: str


def play_live(config: Config, resources: Resources, *, say: Callable[[str], None]) -> Published:
    """Play the study through the servers at `config`'s addresses, saying each step. Raises `Lost` and `Stuck`."""
    staging = Staging(
        company=Company(OverHttp, config.editorial_url),
        postbox=Postbox(config.mail.folder),
        today=resources.clock().date(),
        settle=lambda: _await(lambda: _nothing_due(resources), "the worker to do what was asked"),
    )
    play = Play(study(PLAYED_LIVE), staging, people.EDITORS[0], people.EDITORS[1])
    for number, step in enumerate(play.steps(), start=1):
        say(f"{number:>4}  {step.words}")
        step.act()
        staging.settle()
    _await(lambda: _public_id(resources, play.report) is not None, "the release that publishes the study")
    return Published(report_id=play.report, public_id=_public_id(resources, play.report) or "")


def _await(true: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while not true():
        if time.monotonic() > end:
            message = f"Waited {_PATIENCE_SECONDS:.0f} seconds for {what}. See the worker's lines above."
            raise Stuck(message)
        time.sleep(_PAUSE_SECONDS)


def _nothing_due(resources: Resources) -> bool:
    with begin(resources, actor=PRESS, writes=False) as uow:
        left = select(func.count()).where(
            OutboxRow.done_at.is_(None),
            OutboxRow.dead_at.is_(None),
            OutboxRow.report_id.is_not(None),
            OutboxRow.due_at <= uow.now,
        )
        return uow.session.scalar(left) == 0


def _public_id(resources: Resources, report_id: str) -> str | None:
    with begin(resources, actor=PRESS, writes=False) as uow:
        found = uow.session.get(PublicIdentity, report_id)
        return found.public_id if found is not None and found.first_public_at is not None else None
