"""The outbox against a model of it, through whatever order of events hypothesis thinks of."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine, select

from storage import outbox
from storage.database import writing
from storage.outbox import MOST_ATTEMPTS, Counts, Job, wait_after
from storage.rows.outbox import OutboxRow, Queue

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LEASE = timedelta(seconds=30)
KEYS = st.sampled_from([None, "release", "typeset"])
SPANS = st.sampled_from([0, 1, 2, 30, 600, 3600, 40_000]).map(lambda seconds: timedelta(seconds=seconds))


@dataclass
class Model:
    """What a job ought to be."""

    due_at: datetime
    key: str | None
    attempts: int = 0
    leased_until: datetime | None = None
    state: str = "open"

    def ready(self, now: datetime) -> bool:
        free = self.leased_until is None or self.leased_until <= now
        return self.state == "open" and self.due_at <= now and free

    def used_up(self) -> bool:
        return self.attempts >= MOST_ATTEMPTS


class Outbox(RuleBasedStateMachine):
    """Jobs are put, leased, finished, failed and revived while time goes by; none is lost and none is had twice."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.session = writing(self.engine)
        self.now = NOON
        self.jobs: dict[str, Model] = {}

    @rule(key=KEYS, after=SPANS)
    def put(self, key: str | None, after: timedelta) -> None:
        twin = next((m for m in self.jobs.values() if key and m.key == key and m.state == "open"), None)
        name = f"{len(self.jobs):026}"
        row = outbox.put(self.session, Job(name, "job", Queue.MAIL, {}, self.now + after, key), self.now)
        if twin is None:
            self.jobs[name] = Model(self.now + after, key)
            assert row.id == name
        else:
            twin.due_at = min(twin.due_at, self.now + after)
            assert row.id != name

    @rule(span=SPANS)
    def time_goes_by(self, span: timedelta) -> None:
        self.now += span

    @rule()
    def sweep(self) -> None:
        ready = {name: m for name, m in self.jobs.items() if m.ready(self.now)}
        found = outbox.due(self.session, self.now, Queue.MAIL)
        assert {row.id for row in found} == {name for name, m in ready.items() if not m.used_up()}
        for name, model in ready.items():
            if model.used_up():
                model.state, model.leased_until = "dead", None
            else:
                outbox.lease(self.session, self.row(name), self.now, seconds=LEASE.total_seconds())
                model.attempts, model.key, model.leased_until = model.attempts + 1, None, self.now + LEASE

    @precondition(lambda self: self.jobs)
    @rule(data=st.data())
    def finish(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.jobs)))
        outbox.finish(self.session, self.row(name), self.now)
        self.jobs[name].state, self.jobs[name].leased_until = "done", None

    @precondition(lambda self: self.leased())
    @rule(data=st.data(), often=st.sampled_from([1, MOST_ATTEMPTS]))
    def fail(self, data: st.DataObject, often: int) -> None:
        """A worker says so once, or again and again until the job is dead."""
        name = data.draw(st.sampled_from(self.leased()))
        model = self.jobs[name]
        for _ in range(often):
            outbox.fail(self.session, self.row(name), self.now, TimeoutError())
            model.leased_until = None
            if model.used_up():
                model.state = "dead"
                return
            model.due_at = self.now + wait_after(model.attempts)
            if often > 1:
                self.now = model.due_at
                outbox.lease(self.session, self.row(name), self.now, seconds=LEASE.total_seconds())
                model.attempts, model.leased_until = model.attempts + 1, self.now + LEASE

    @precondition(lambda self: self.jobs)
    @rule(data=st.data())
    def revive(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.jobs)))
        outbox.revive(self.session, self.row(name), self.now)
        if self.jobs[name].state == "dead":
            self.jobs[name] = Model(self.now, None)

    @invariant()
    def everything_is_counted(self) -> None:
        still = [m for m in self.jobs.values() if m.state == "open"]
        leased = sum(m.leased_until is not None and m.leased_until > self.now for m in still)
        dead = sum(m.state == "dead" for m in self.jobs.values())
        expected = Counts(waiting=len(still) - leased, leased=leased, dead=dead)
        assert outbox.counts(self.session, self.now)[Queue.MAIL] == expected

    def leased(self) -> list[str]:
        return sorted(name for name, m in self.jobs.items() if m.state == "open" and m.leased_until)

    def row(self, name: str) -> OutboxRow:
        return self.session.scalars(select(OutboxRow).where(OutboxRow.id == name)).one()

    def teardown(self) -> None:
        self.session.close()


def test_the_outbox_does_what_its_model_does(engine: Engine) -> None:
    machine = type("OutboxOnThisEngine", (Outbox,), {"engine": engine})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=settings().max_examples // 2, stateful_step_count=30)
    )
