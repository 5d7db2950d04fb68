"""The demonstration's past: eight studies played through the real application, each step on its day.

Nothing is written into the database by hand but the accounts of the cast. The clock is moved to the day of each step,
the step is done through the pages, and the jobs that follow are run before the next.
"""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from journal.config import Config
from journal.demonstration import authenticator, people
from journal.demonstration.company import PASSWORD, Company
from journal.demonstration.playing import Play, Staging, Step
from journal.demonstration.postbox import Postbox
from journal.demonstration.shelf import Scene, Study, studies
from journal.demonstration.transports import InProcess
from journal.editorial.application import create_application
from journal.people import add_person, grant_at_set_up
from journal.production.release import make_release
from journal.unit_of_work import Resources, begin, open_resources
from journal.work_off import run_due_jobs
from storage.migrations.running import migrate
from storage.randomness import ScopedRandomness
from workflows.people import Actor, Role

_NOBODY = Actor(person=None)
_HOUR = timedelta(hours=1)


@dataclass(slots=True)
class StoryClock:
    """A clock that stands where the story is."""

    now: datetime

    def __call__(self) -> datetime:
        """The moment of the story."""
        return self.now


def play_the_past(
    config: Config,
    *,
    now: datetime,
    say: Callable[[str], None],
    shown: Callable[[Study], bool] = lambda _: True,
    randomness: ScopedRandomness | None = None,
) -> Resources:
    """Make a journal at `config`, empty before, and play what is `shown`, but never the live study, up to `now`.

    With `randomness` each step draws under its own name.
    """
    clock = StoryClock(now - timedelta(days=500))
    resources = open_resources(config, clock=clock, randomness=randomness, make=True)
    migrate(config.database_url)
    _settle_in(resources)
    staging = _staging(resources, today=now.date())
    for step in _in_order(staging, shown):
        if randomness is not None:
            randomness.scope = f"{step.study}: {step.words}"
        clock.now = max(clock.now + timedelta(minutes=7), _moment(step, now))
        say(f"{clock.now:%-d %b %Y}  {step.words}")
        step.act()
        staging.settle()
        if step.publishes:
            clock.now += _HOUR
            make_release(resources)
            staging.settle()
    clock.now = now
    make_release(resources)
    return resources


def _staging(resources: Resources, *, today: date) -> Staging:
    """The application as the cast meets it, their letters, and the jobs that follow a step."""
    app = create_application(resources)
    return Staging(
        company=Company(lambda: InProcess(app.test_client()), resources.config.editorial_url),
        postbox=Postbox(resources.config.mail.folder),
        today=today,
        settle=lambda: run_due_jobs(resources),
    )


def _moment(step: Step, now: datetime) -> datetime:
    """The step's day, at an hour at which people work."""
    day = now - timedelta(days=step.days_ago)
    return min(day.replace(hour=8 + int(step.days_ago * 7) % 9, minute=int(step.days_ago * 61) % 60), now)


def _in_order(staging: Staging, shown: Callable[[Study], bool]) -> Iterator[Step]:
    """The steps of the studies that are `shown`, merged by day; within a study they keep their order."""
    plays = [
        _plays(Play(study, staging, *editors(place)))
        for place, study in enumerate(studies())
        if study.scene is not Scene.LIVE and shown(study)
    ]
    return heapq.merge(*plays, key=lambda step: -step.days_ago)


def _plays(play: Play) -> Iterator[Step]:
    """The steps with days that never go back: a study does one thing after another."""
    latest = float("inf")
    for step in play.steps():
        latest = min(latest, step.days_ago)
        yield replace(step, days_ago=latest, study=play.study.name)


def editors(place: int) -> tuple[people.Person, people.Person]:
    """Two editors, taking turns."""
    found = people.EDITORS
    return found[place % len(found)], found[(place + 1) % len(found)]


def _settle_in(resources: Resources) -> None:
    """Accounts for the cast and the corresponding authors, as an operator makes them at set-up.

    Reviewers and co-authors have none: they come by the links in their letters.
    """
    with begin(resources, actor=_NOBODY) as uow:
        for person, roles in accounts():
            row = add_person(uow, email=person.email, name=person.name, password=PASSWORD, confirmed=True)
            for role in roles:
                grant_at_set_up(uow, row, role)
            if Role.OFFICER in roles:
                authenticator.give_app(uow, row, password=PASSWORD)
        uow.commit()


def accounts() -> list[tuple[people.Person, tuple[Role, ...]]]:
    """Everybody who can sign in, with their roles."""
    staff = [(people.EDITOR_IN_CHIEF, (Role.EDITOR_IN_CHIEF,)), (people.ADMINISTRATOR, (Role.ADMINISTRATOR,))]
    staff += [(editor, (Role.EDITOR,)) for editor in people.EDITORS]
    staff += [(officer, (Role.OFFICER,)) for officer in people.OFFICERS[:2]]
    authors = {each.email: (each, ()) for each in (_person(study) for study in studies())}
    return [*staff, *authors.values()]


def _person(study: Study) -> people.Person:
    author = study.authors[0]
    return people.Person(name=author.name, email=author.email, affiliation=author.affiliation)
