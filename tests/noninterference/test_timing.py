"""The time of an answer does not tell a withheld study from none. On a noisy machine the answer is "inconclusive"."""

from collections.abc import Callable

import pytest

from journal.editorial import work
from tests.noninterference import cast
from tests.noninterference.histories import history, play
from tests.noninterference.open_operations import GUEST_OF_THE_HIDDEN
from tests.noninterference.timing import Ask, Measured, Verdict, measured
from tests.noninterference.twins import NOBODY, Twin
from tests.stories.worlds import PASSWORD

pytestmark = [pytest.mark.long, pytest.mark.children]
LIFE = history("it is submitted", "it goes to review", "an hour passes", "an officer withholds it", "an hour passes")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Twin:
    made = play(tmp_path_factory.mktemp("timed") / "world", LIFE.whole())
    made.look()
    return made


def at_the_desk(world: Twin, path: str) -> Ask:
    stranger = world.visitor(cast.STRANGER)
    return lambda: stranger.open(path)


def in_public(world: Twin, path: str) -> Ask:
    return lambda: world.public.get(path).close()


def signing_in(world: Twin, email: str) -> Ask:
    visitor = world.guests.guest()
    form = visitor.open("/sign-in")

    def ask() -> None:
        visitor.page = form
        visitor.press("Sign in", {"email": email, "password": PASSWORD})

    return ask


Asking = Callable[[Twin, str], Ask]
ASKED: dict[str, tuple[Asking, tuple[str, str, str]]] = {
    "a report at the desk": (at_the_desk, ("/reports/{hidden}", f"/reports/{NOBODY}", f"/reports/{'b' * 26}")),
    "its case": (at_the_desk, ("/reports/{hidden}/hold", f"/reports/{NOBODY}/hold", f"/reports/{'b' * 26}/hold")),
    "a report in public": (in_public, ("/reports/{hidden}", f"/reports/{NOBODY}", f"/reports/{'b' * 26}")),
    "a search": (in_public, (f"/reports?q={cast.WORD}", "/reports?q=wombat", "/reports?q=bilby1")),
    "signing in": (signing_in, (GUEST_OF_THE_HIDDEN, "absent.person@example.org", "anothr.person@example.org")),
}


def compare(world: Twin, name: str) -> Measured:
    asking, (withheld, *absent) = ASKED[name]
    one, other, third = (asking(world, path.format(hidden=world.hidden)) for path in (withheld, *absent))
    return measured(one, other, third)


@pytest.mark.parametrize("name", ASKED)
def test_withheld_and_absent_take_the_same_time(world: Twin, name: str) -> None:
    told = compare(world, name)
    print(f"{name}: {told}")  # noqa: T201 - the figures are kept in docs/
    if told.verdict is Verdict.INCONCLUSIVE:
        pytest.skip(f"inconclusive, so not passed: {told}")
    assert told.verdict is Verdict.EQUAL, told


def test_a_desk_that_opens_a_report_before_it_refuses_is_found_out(
    world: Twin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: it must fail, or the measurement has no teeth."""
    from journal.dossier import protocols
    from journal.dossier.access import Opened, open_report
    from journal.unit_of_work import UnitOfWork
    from storage.rows.reports import Report

    def opening(uow: UnitOfWork, report_id: str) -> Opened | None:
        report = uow.session.get(Report, report_id)
        if report is not None:
            protocols.title_of(uow, report)
        return open_report(uow, report_id)

    monkeypatch.setattr(work, "open_report", opening)
    told = compare(world, "a report at the desk")
    if told.verdict is Verdict.INCONCLUSIVE:
        pytest.skip(f"inconclusive, so not passed: {told}")
    assert told.verdict is Verdict.DIFFERENT, told
