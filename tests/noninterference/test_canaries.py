"""Nothing outward holds a word of the withheld study, in any of eight disguises, down to the streams of PDFs."""

import logging
import sqlite3
from pathlib import Path

import pytest

from tests.noninterference import cast
from tests.noninterference.appearing import HOUR
from tests.noninterference.canaries import WORDS, canaries, disguises, found, opened_up, values_of
from tests.noninterference.hidden_operations import lift_all
from tests.noninterference.histories import History, history, play
from tests.noninterference.knowledge import Knowledge
from tests.noninterference.observing import at_the_desk, in_public
from tests.noninterference.operations import OPERATIONS
from tests.noninterference.twins import Twin
from tests.stories.public_shelf import snapshot_of
from tests.stories.withholding import REASON
from tests.stories.worlds import address_of

pytestmark = pytest.mark.children

SAID = (cast.HIDDEN.title, cast.HIDDEN.claim, cast.HIDDEN.abstract, REASON)
LIVES = (
    history("it is submitted", "it goes to review", HOUR, "its reviewers agree", "an editor keeps a note",
            "an author flags it", "an officer withholds it", HOUR),
    history("its results are accepted", "an officer withholds it", HOUR, "its proof is approved", HOUR),
)  # fmt: skip


def outward(world: Twin) -> dict[str, bytes]:
    """Everything that leaves the journal for somebody who has nothing to do with the study."""
    seen = in_public(world, Knowledge())
    for name in cast.ONLOOKERS:
        seen |= at_the_desk(world, name)
    followed = (world.world.folder / "follower").rglob("*")
    return seen | {f"follower {path.name}": path.read_bytes() for path in followed if path.is_file()}


def sung(world: Twin) -> list[tuple[str, str, str]]:
    """Which canary was heard where, in which disguise."""
    words = canaries(world)
    searched = (cast.WORD, cast.HIDDEN.title)  # a page of results repeats what was searched for
    return [
        (where, *song)
        for where, body in outward(world).items()
        for part in opened_up(body.partition(b"\n\n")[2] if where.startswith(("public GET", "desk GET")) else body)
        for song in found(words, part)
        if not ("?q=" in where and song[0] in searched)
    ]


@pytest.mark.parametrize("told", LIVES, ids=lambda told: told.steps[0])
def test_no_canary_is_heard(tmp_path: Path, told: History, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    world = play(tmp_path / "world", told.whole())
    caplog.clear()
    assert sung(world) == []
    assert found(canaries(world), caplog.text.encode()) == [], "the log of what was asked from outside"


WRITTEN_ABOUT = (
    history("it is submitted", "it goes to review", HOUR, "its reviewers agree", "an author flags it",
            "an editor keeps a note", HOUR),
    history("it is ready and held", "its author offers a narrower article", "its authors choose how it goes on",
            "an author asks for another look", "the chief reads it in an emergency",
            "an officer looks at the emergency", "two officers approve it", HOUR),
)  # fmt: skip


@pytest.mark.parametrize("told", WRITTEN_ABOUT, ids=lambda told: told.steps[0])
def test_whoever_copies_the_database_reads_no_word_of_it(tmp_path: Path, told: History) -> None:
    """Text is sealed, whatever row it is kept in. Addresses stand in clear, so the search is shown to find."""
    world = play(tmp_path / "world", told.whole())
    with sqlite3.connect(world.world.folder / "journal.sqlite") as database:
        kept = list(values_of(database))
    assert any(found([address_of(cast.HIDDEN_AUTHOR)], value) for value in kept)
    assert [song for value in kept for song in found([cast.WORD, *SAID], value)] == []


def test_a_canary_that_gets_out_is_heard_in_its_snapshot_and_in_its_paper(tmp_path: Path) -> None:
    world = play(tmp_path / "world", history("it is ready and held").whole())
    lift_all(world)
    with world.operation("it comes out"):
        OPERATIONS[HOUR].do(world)
    heard = {(where.partition(" ")[0], word) for where, word, _ in sung(world)}
    assert ("public", cast.WORD) in heard
    store = world.world.resources.public_store
    papers = [store.read(key) for key in store.keys("objects/")]
    streams = [part for paper in papers if paper.startswith(b"%PDF") for part in list(opened_up(paper))[1:]]
    assert any(found([cast.WORD], part) for part in streams)
    assert any(found([cast.HIDDEN.claim], part) for part in opened_up(snapshot_of(world.world)))


def test_each_word_of_what_was_promised_and_done_is_heard_once_it_is_out(tmp_path: Path) -> None:
    """On the page beside the article, in its data and in the paper's: so the tests above would hear each of them."""
    world = play(tmp_path / "world", history("it is ready and held").whole())
    lift_all(world)
    with world.operation("it comes out"):
        OPERATIONS[HOUR].do(world)
    pages = {where: body.decode(errors="replace") for where, body in in_public(world, Knowledge()).items()}
    (page,) = [body for where, body in pages.items() if where.endswith("/promised") and cast.WORD in body]
    (told,) = [body for where, body in pages.items() if where.endswith(".json") and cast.TOLD["a pin"] in body]
    assert [word for word in cast.TOLD.values() if word not in page] == []
    assert [word for word in cast.TOLD.values() if word not in told] == []


@pytest.mark.parametrize("word", WORDS)
def test_every_disguise_is_seen_through(word: str) -> None:
    for name, shapes in disguises(word).items():
        for shape in shapes:
            assert (word, name) in found([word], b"before " + shape + b" after"), name
    assert len(disguises(word)) == 8
    assert found([word], b"nothing of the kind") == []
