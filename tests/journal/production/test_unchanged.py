"""Pages that are taken over out of the last release are the pages that would be made anew, byte for byte."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.production.unchanged import FILE, Made, digests_of, note, noted
from journal.public.contents import contents_of
from journal.public.records import path_of
from storage.snapshot import KeptPage, open_snapshot, write_snapshot
from tests.journal.public.library import GONE, SITE, announced, article, closed, pdf, tombstone
from workflows.declassify import PublicRecord

STUDIES = (
    article("kq7w3fhe", "Do honesty probes notice lies that pay?", renditions=(pdf(),)),
    article("kq7w3fh2", "האם 🙂 זה עובד?"),
    announced("plan0001", "Does debate help a weaker judge?"),
    announced(GONE, "Work that is taken down later"),
    closed(),
)
MADE = Made(key="releases/1.sqlite", sha256="0f" * 32, digests={"/reports/kq7w3fhe": "ab" * 32})
histories = st.lists(st.lists(st.sampled_from(range(len(STUDIES))), unique=True), min_size=2, max_size=4)


def later(number: int, moment: int) -> PublicRecord:
    """A record as it is at some moment: the first changes each time, and one is taken down after a while."""
    record = STUDIES[number]
    if number == 0:
        return replace(record, claim=f"Version {moment} of the claim.")
    return tombstone() if number == 3 and moment % 2 else record


def written(path: Path, records: list[PublicRecord], *, kept: tuple[KeptPage, ...] = ()) -> bytes:
    write_snapshot(contents_of(records, SITE, kept=kept), path)
    return path.read_bytes()


def taken_over(earlier: Path, before: list[PublicRecord], now: list[PublicRecord]) -> tuple[KeptPage, ...]:
    made = digests_of(before, SITE)
    same = {path for path, digest in digests_of(now, SITE).items() if made.get(path) == digest}
    return tuple(open_snapshot(earlier).kept(same))


@settings(max_examples=10)
@given(histories)
def test_a_release_is_the_same_whatever_was_taken_over(
    tmp_path_factory: pytest.TempPathFactory, history: list[list[int]]
) -> None:
    folder = tmp_path_factory.mktemp("history")
    before: list[PublicRecord] = []
    written(folder / "0.sqlite", before)
    for moment, numbers in enumerate(history, start=1):
        now = [later(number, moment) for number in numbers]
        kept = taken_over(folder / f"{moment - 1}.sqlite", before, now)
        assert written(folder / f"{moment}.sqlite", now, kept=kept) == written(folder / f"new{moment}", now)
        before = now


def test_most_is_taken_over_and_what_changed_is_not(tmp_path: Path) -> None:
    before, now = ([later(number, moment) for number in range(len(STUDIES))] for moment in (2, 3))
    written(tmp_path / "before", before)
    kept = {page.path for page in taken_over(tmp_path / "before", before, now)}
    assert kept > {"/reports/kq7w3fh2", "/reports/kq7w3fh2.bib", "/reports/plan0001.json", path_of(closed())}
    assert not any(path.startswith((path_of(STUDIES[0]), f"/reports/{GONE}")) for path in kept)


def test_another_name_of_the_journal_is_another_page() -> None:
    other = replace(SITE, journal_name="Another")
    assert digests_of(STUDIES, SITE).keys() == digests_of(STUDIES, other).keys()
    assert not set(digests_of(STUDIES, SITE).values()) & set(digests_of(STUDIES, other).values())


def test_what_is_noted_is_read_as_it_was_written(tmp_path: Path) -> None:
    note(tmp_path, MADE)
    assert noted(tmp_path) == MADE
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("spoiled", [b"", b"nonsense", b"\n[]", None])
def test_what_is_not_whole_is_not_believed(tmp_path: Path, spoiled: bytes | None) -> None:
    note(tmp_path, MADE)
    path = tmp_path / FILE
    path.write_bytes(path.read_bytes()[:-20] if spoiled is None else spoiled)
    assert noted(tmp_path) == Made()


def test_where_nothing_can_be_noted_nothing_is(tmp_path: Path) -> None:
    note(tmp_path / "missing", MADE)
    assert noted(tmp_path / "missing") == Made()
