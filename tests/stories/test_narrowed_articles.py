"""A narrower article is offered by an author, approved by two officers, and comes out alone."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from journal.dossier import results
from journal.dossier.access import open_report
from journal.dossier.uploads import Checked, look_at
from journal.editorial.narrowing import actions
from journal.production.release import make_release
from storage.rows.holds import HoldRow
from storage.rows.narrowings import NarrowingRow
from storage.rows.outcomes import ResultsVersion
from storage.rows.reports import Report
from tests.stories.accepted import AUTHOR, OFFICER, Study, ready_report, registered_report, with_manuscript
from tests.stories.public_shelf import shelf_of
from tests.stories.withheld import hold, lift
from tests.stories.worlds import World
from tests.workflows.examples import OUTCOMES, PROTOCOL
from workflows.holds import Scope
from workflows.machine import Refusal
from workflows.narrowing import SENTENCE, Narrowing
from workflows.people import Role

SECOND_OFFICER = "Sofia Lindqvist"
SECRET = ("quokka", "axolotl", "pangolin", "wombat", "numbat", "okapi", "tapir", "dugong")
STUDY = Study(
    title="Whether a quokka can be taught",
    protocol=replace(
        PROTOCOL,
        abstract="An axolotl in the abstract.",
        rows=(replace(PROTOCOL.rows[0], hypothesis="A pangolin in H1."), *PROTOCOL.rows[1:]),
        bias_account="A tapir in the account.",
    ),
    outcomes=replace(OUTCOMES, rows=(replace(OUTCOMES.rows[0], account="A wombat in the answer."), *OUTCOMES.rows[1:])),
    claim="A numbat in the claim.",
    abstract="An okapi in the results.",
    manuscript=b"# Results\n\nA dugong in the text.\n",
)
SMALL = Narrowing(
    title="What remains to be told",
    abstract="The plan, as far as it may be read.",
    results_abstract="The result, as far as it may be read.",
    claim="It was estimated.",
    topics=PROTOCOL.topics,
    rows=("RQ1",),
    statements=("funding", "ethics"),
)
MANUSCRIPT = b"# Results\n\nA kakapo is all there is.\n"


def held(world: World, study: Study = STUDY, *, scope: Scope = Scope.PARTS) -> tuple[str, str]:
    """A report that is ready and under a hold of this scope, and the hold."""
    report_id = ready_report(world, study)
    placed = hold(world, report_id)
    with world.work() as uow:
        uow.session.get_one(HoldRow, placed).scope = scope
        uow.commit()
    world.clock.advance(hours=1)
    return report_id, placed


def offered(world: World, report_id: str, narrowing: Narrowing = SMALL, manuscript: bytes = b"") -> str:
    """The author writes and offers it; its digest."""
    taken = look_at([("paper.md", manuscript)], largest=10**6) if manuscript else []
    with world.work(world.actor(AUTHOR)) as uow:
        opened = open_report(uow, report_id)
        assert opened is not None
        assert isinstance(actions.save(uow, opened, narrowing), NarrowingRow)
        if taken:
            assert all(isinstance(each, Checked) for each in taken)
            assert isinstance(actions.attach(uow, opened, list(taken)), NarrowingRow)  # type: ignore[arg-type]
        row = actions.offer(uow, opened)
        assert isinstance(row, NarrowingRow), row
        uow.commit()
        return row.digest or ""


def approve(world: World, report_id: str, by: str, seen: str) -> NarrowingRow | Refusal:
    if by not in world.people:
        world.person(by, Role.OFFICER)
    with world.work(world.actor(by)) as uow:
        opened = open_report(uow, report_id)
        assert opened is not None
        row = actions.approve(uow, opened, seen=seen, shown_at=uow.now)
        uow.commit()
        return row


def approved(world: World, report_id: str, narrowing: Narrowing = SMALL, manuscript: bytes = b"") -> None:
    digest = offered(world, report_id, narrowing, manuscript)
    for by in (OFFICER, SECOND_OFFICER):
        assert isinstance(approve(world, report_id, by, digest), NarrowingRow)


def everything(world: World, folder: Path) -> str:
    """All that a reader can get hold of, the text of the PDFs and what is attached to them included."""
    shelf = shelf_of(world)
    texts = [shelf.everything().decode("latin-1")]
    for number, key in enumerate(shelf.store.keys("objects/")):
        body = shelf.store.read(key)
        if body.startswith(b"%PDF"):
            paper = folder / f"{number}.pdf"
            paper.write_bytes(body)
            texts.append(text_of(paper))
    return "\n".join(texts)


def text_of(paper: Path) -> str:
    """The text of a PDF, and all its streams unpacked."""
    import pikepdf

    unpacked = paper.with_suffix(".qdf")
    with pikepdf.open(paper) as pdf:
        pdf.save(unpacked, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
    found = unpacked.read_bytes().decode("latin-1")
    if shutil.which("pdftotext"):
        found += subprocess.run(["pdftotext", paper, "-"], capture_output=True, check=True).stdout.decode()
    return found


@pytest.mark.children
def test_only_what_two_officers_approved_comes_out(world: World, tmp_path: Path) -> None:
    report_id, placed = held(world)
    digest = offered(world, report_id, manuscript=MANUSCRIPT)
    assert make_release(world.resources) is not None
    assert isinstance(approve(world, report_id, OFFICER, "another" * 9), Refusal)
    assert isinstance(approve(world, report_id, OFFICER, digest), NarrowingRow)
    assert isinstance(approve(world, report_id, OFFICER, digest), Refusal), "nobody approves twice"
    assert make_release(world.resources) is None, "one is not enough"
    assert isinstance(approve(world, report_id, SECOND_OFFICER, digest), NarrowingRow)
    assert make_release(world.resources) is not None
    seen = everything(world, tmp_path)
    assert SENTENCE in seen
    assert "kakapo" in seen
    assert "What remains to be told" in seen
    for word in SECRET:
        assert word not in seen.lower(), word
    assert '"label": "H1"' not in seen

    lift(world, placed)
    assert make_release(world.resources) is not None
    whole = everything(world, tmp_path)
    for word in (*SECRET[:1], *SECRET[2:]):  # the abstract of the plan gives way to that of the results
        assert word in whole.lower(), f"{word} could have been seen"
    assert "kakapo" not in shelf_of(world).snapshot.decode("latin-1")


@pytest.mark.children
def test_a_later_hold_takes_the_narrower_article_down(world: World, tmp_path: Path) -> None:
    report_id, _ = held(world)
    approved(world, report_id)
    assert make_release(world.resources) is not None
    assert "What remains to be told" in everything(world, tmp_path)
    hold(world, report_id)
    assert make_release(world.resources) is not None
    seen = everything(world, tmp_path)
    assert "What remains to be told" not in seen
    assert '"face": "tombstone"' in seen
    for word in SECRET:
        assert word not in seen.lower()


@pytest.mark.children
@pytest.mark.parametrize(
    ("scope", "manuscript", "out"),
    [(Scope.EXISTENCE, b"", False), (Scope.TEXT, b"", True), (Scope.TEXT, MANUSCRIPT, False)],
)
def test_the_scope_of_a_hold_says_what_may_come_out(
    world: World, tmp_path: Path, scope: Scope, manuscript: bytes, *, out: bool
) -> None:
    report_id, _ = held(world, scope=scope)
    approved(world, report_id, manuscript=manuscript)
    assert make_release(world.resources) is not None
    assert ("What remains to be told" in everything(world, tmp_path)) is out


@pytest.mark.children
def test_an_approval_is_void_when_what_it_was_about_has_changed(world: World, tmp_path: Path) -> None:
    report_id, _ = held(world)
    digest = offered(world, report_id)
    assert isinstance(approve(world, report_id, OFFICER, digest), NarrowingRow)
    with world.work() as uow:
        report = uow.session.get_one(Report, report_id)
        version = uow.session.query(ResultsVersion).filter_by(report_id=report_id).one()
        done = results.words(uow, report, version)
        other = replace(done.outcomes.rows[1], account="Another answer to RQ1.")
        uow.cabinet.put(report, version, "body", replace(done, outcomes=replace(done.outcomes, rows=(other,))))
        uow.commit()
    assert isinstance(approve(world, report_id, SECOND_OFFICER, digest), Refusal), "they saw another one"
    assert make_release(world.resources) is not None
    assert "What remains to be told" not in everything(world, tmp_path)


@pytest.mark.children
def test_the_protocol_that_was_announced_is_shown_narrowed(world: World, tmp_path: Path) -> None:
    report_id = registered_report(world, with_manuscript(STUDY), announced=True)
    assert make_release(world.resources) is not None
    assert "pangolin" in everything(world, tmp_path)
    placed = hold(world, report_id)
    with world.work() as uow:
        uow.session.get_one(HoldRow, placed).scope = Scope.PARTS
        uow.commit()
    world.clock.advance(hours=1)
    approved(world, report_id)
    assert make_release(world.resources) is not None
    seen = everything(world, tmp_path)
    assert "What remains to be told" in seen
    assert SMALL.results_abstract not in seen
    for word in SECRET:
        assert word not in seen.lower(), word


def test_only_the_corresponding_author_offers_and_only_officers_approve(world: World) -> None:
    report_id, _ = held(world)
    digest = offered(world, report_id)
    with world.work(world.actor(OFFICER)) as uow:
        opened = open_report(uow, report_id)
        assert opened is not None
        assert actions.save(uow, opened, SMALL) == actions.NOT_YOURS
        assert actions.offer(uow, opened) == (actions.NOT_YOURS,)
    assert isinstance(approve(world, report_id, AUTHOR, digest), Refusal)
