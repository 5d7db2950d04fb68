"""Authors choose only what an officer offers, under a hold for information hazard, until the work is out."""

from datetime import UTC, datetime

import pytest

from workflows.choices import Choice, refuse_choice, refuse_offer
from workflows.holds import Hold, HoldKind, Scope
from workflows.people import PEOPLE, Capacity
from workflows.stages import OUT, Stage

NOW = datetime(2027, 3, 2, tzinfo=UTC)


def hold(kind: HoldKind, *, ended: bool = False) -> Hold:
    return Hold(kind=kind, scope=Scope.EXISTENCE, placed_by="ann", placed_at=NOW, ended_at=NOW if ended else None)


@pytest.mark.parametrize("kind", HoldKind)
@pytest.mark.parametrize("capacity", sorted(PEOPLE))
def test_an_officer_offers_under_a_hazard_alone(kind: HoldKind, capacity: Capacity) -> None:
    offered = refuse_offer(frozenset({capacity}), [hold(kind)], now=NOW) is None
    assert offered is (kind is HoldKind.INFORMATION_HAZARD and capacity is Capacity.OFFICER)
    assert refuse_offer(frozenset({capacity}), [hold(kind, ended=True)], now=NOW) is not None


@pytest.mark.parametrize("stage", Stage)
def test_the_corresponding_author_chooses_until_the_work_is_out(stage: Stage) -> None:
    corresponding = frozenset({Capacity.AUTHOR, Capacity.CORRESPONDING_AUTHOR})
    assert (refuse_choice(corresponding, Choice.NEVER, stage=stage) is None) is (stage not in OUT)
    assert refuse_choice(frozenset({Capacity.AUTHOR}), Choice.NEVER, stage=stage) is not None
    assert refuse_choice(corresponding, None, stage=stage) is not None


def test_every_choice_says_what_it_means() -> None:
    assert len({(choice.words, choice.means) for choice in Choice}) == len(Choice)
