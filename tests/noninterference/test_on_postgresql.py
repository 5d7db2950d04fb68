"""HOLD where the journal's rows are on PostgreSQL: constraints, orders and errors are the database's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.noninterference import cast, twins
from tests.noninterference.histories import History, compared, interleaved
from tests.noninterference.leaks.planting import LEAKS
from tests.noninterference.test_hold import LIVES, nothing_differs
from tests.noninterference.test_teeth import PLANTED, seen_by
from tests.storage.postgresql import running_server

pytestmark = [pytest.mark.long, pytest.mark.children, pytest.mark.server]
BY_CHANCE = range(3000, 3010)
SEEN = (
    "an identifier of a row is confirmed",
    "the queue counts what others look after",
    "public identifiers are serial",
)


@pytest.fixture(scope="module", autouse=True)
def server(printing: None) -> Iterator[None]:
    with running_server() as started, twins.on(started):
        yield


@pytest.fixture(autouse=True)
def databases() -> Iterator[None]:
    yield
    twins.ground.clear()


@pytest.mark.parametrize("told", LIVES, ids=lambda told: told.steps[0])
def test_a_withheld_study_is_absent(tmp_path: Path, told: History) -> None:
    nothing_differs(tmp_path, told, cast.ANOTHER_EDITOR)


@pytest.mark.parametrize("seed", BY_CHANCE)
def test_it_is_absent_in_any_order_of_things(tmp_path: Path, seed: int) -> None:
    nothing_differs(
        tmp_path, interleaved(seed, open_ones=8, hidden_ones=10), cast.ONLOOKERS[seed % len(cast.ONLOOKERS)]
    )


@pytest.mark.parametrize("name", SEEN)
def test_a_planted_leak_is_caught(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert PLANTED
    planted = LEAKS[name]
    planted.plant(monkeypatch)
    assert compared(tmp_path, planted.told, seen_by(planted.onlooker))
