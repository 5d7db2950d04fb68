"""The one writer of a stage: the report and the ledger move together, or neither does."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from storage.database import ChangedMeanwhile, reading, writing
from storage.ledger import Verified, advance_stage, verify
from storage.rows.ledger import LedgerHead, LedgerRow
from storage.rows.reports import Report
from tests.storage.entries import FACTS, NOON, entry
from tests.storage.together import together
from workflows.people import Capacity
from workflows.report import Advanced
from workflows.stages import Action, Stage


def new_report(engine: Engine, stage: Stage) -> None:
    with writing(engine) as session:
        session.add(Report(id="r" * 26, stage=stage, stage_since=NOON, key_name="k", created_at=NOON))
        session.commit()


SENT_BACK = Advanced(Stage.IPA_PROPOSED, Action.SEND_BACK, Stage.IN_REVIEW, Capacity.SECOND_EDITOR, ())


def test_a_stage_moves_on_with_its_row_in_the_ledger(engine: Engine) -> None:
    new_report(engine, Stage.IPA_PROPOSED)
    with writing(engine) as session:
        report = session.get_one(Report, "r" * 26)
        sent_back = entry(at=NOON + timedelta(days=1), action=Action.SEND_BACK)
        advance_stage(session, report, transition=SENT_BACK, entry=sent_back)
        session.commit()
    with reading(engine) as session:
        report = session.get_one(Report, "r" * 26)
        row = session.scalars(select(LedgerRow)).one()
    assert (report.stage, report.stage_since) == (Stage.IN_REVIEW, NOON + timedelta(days=1))
    assert row.facts == {**FACTS, "source": "ipa_proposed", "target": "in_review"}
    assert row.action == "send_back"


def test_a_report_that_moved_on_meanwhile_stays_where_it_is(engine: Engine) -> None:
    new_report(engine, Stage.REVISION)
    with writing(engine) as session:
        report = session.get_one(Report, "r" * 26)
        with pytest.raises(ChangedMeanwhile, match="moved on"):
            advance_stage(session, report, transition=SENT_BACK, entry=entry(action=Action.SEND_BACK))
        session.commit()
        assert report.stage is Stage.REVISION
        assert session.get(LedgerHead, 1) is None


@pytest.mark.parametrize("changes", [{"action": Action.RECALL}, {"report_id": "other"}, {"report_id": None}])
def test_a_row_that_tells_of_something_else_is_refused(engine: Engine, changes: dict[str, Any]) -> None:
    new_report(engine, Stage.IPA_PROPOSED)
    with writing(engine) as session:
        report = session.get_one(Report, "r" * 26)
        with pytest.raises(ValueError, match="another report or another action"):
            advance_stage(session, report, transition=SENT_BACK, entry=entry(**{"action": Action.SEND_BACK, **changes}))
        assert report.stage is Stage.IPA_PROPOSED


def test_of_two_who_decide_at_once_one_is_told(engine: Engine) -> None:
    """Both saw the proposal; whoever comes second finds the report elsewhere, and nothing is overwritten."""
    new_report(engine, Stage.IPA_PROPOSED)

    def send_back(person: int) -> str:
        with writing(engine) as session:
            try:
                report = session.get_one(Report, "r" * 26)
                advance_stage(session, report, transition=SENT_BACK, entry=entry(person, action=Action.SEND_BACK))
                session.commit()
            except ChangedMeanwhile:
                return "told"
        return "done"

    assert sorted(together(4, send_back)) == ["done", "told", "told", "told"]
    with reading(engine) as session:
        assert isinstance(verify(session), Verified)
