"""What readers are told of amendments: with the protocol or article they may read, and never beside it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.workflows.examples import NOW, PROTOCOL
from workflows.amendments import Approved, Reason, Seen, as_published
from workflows.changes import changed
from workflows.declassify import Identity, ReportFacts, declassify
from workflows.holds import Hold, HoldKind, Scope
from workflows.protocol import FileDigest, Measure, Protocol
from workflows.stages import Stage

H1, RQ1 = PROTOCOL.rows
OTHER_FILE = FileDigest(name="manuscript.md", sha256="b" * 64, size=9)
AMENDED = replace(
    PROTOCOL,
    rows=(replace(H1, sampling="2,400 prompts."), RQ1),
    measures=(Measure(label="M1", what="Accuracy"),),
    files=(OTHER_FILE,),
)


def approved(after: Protocol) -> Approved:
    changes = changed(PROTOCOL, after)
    said = Reason(place="", why="Two models are gone.", seen=Seen.NO_DATA, effect="Less power.")
    return Approved(version=2, on=date(2027, 2, 1), changes=tuple((change, said) for change in changes))


FACTS = ReportFacts(
    stage=Stage.IPA,
    protocol=AMENDED,
    authors=(),
    announce_from=NOW - timedelta(days=1),
    identity=Identity(public_id="p"),
    protocol_version=2,
    amendments=(approved(AMENDED),),
)


def test_an_announced_protocol_says_what_was_amended() -> None:
    record = declassify(FACTS, (), now=NOW)
    assert record is not None
    (amended,) = record.amendments
    assert (amended.version, amended.on) == (2, date(2027, 2, 1))
    assert [part.part for part in amended.parts] == ["Row H1", "Measure M1"]
    (edit,) = amended.parts[0].edits
    assert (edit.before, edit.after) == (H1.sampling, "2,400 prompts.")


def test_digests_of_originals_and_what_no_record_shows_stay_out() -> None:
    (amended,) = as_published((approved(AMENDED),))
    assert OTHER_FILE.sha256 not in str(amended)
    assert "Accuracy" not in str(amended)


@pytest.mark.parametrize(
    "facts",
    [
        replace(FACTS, announce_from=None),
        replace(FACTS, announce_from=NOW + timedelta(days=1)),
        replace(FACTS, stage=Stage.WITHDRAWN_AFTER_IPA),
    ],
)
def test_nothing_of_an_amendment_is_public_where_the_protocol_is_not(facts: ReportFacts) -> None:
    assert declassify(facts, (), now=NOW) is None


def test_a_hold_takes_the_amendments_with_the_protocol() -> None:
    hold = Hold(kind=HoldKind.INFORMATION_HAZARD, scope=Scope.EXISTENCE, placed_by="o", placed_at=NOW)
    record = declassify(replace(FACTS, was_public=True), (hold,), now=NOW)
    assert record is not None
    assert record.amendments == ()
