"""Snapshots: the same contents are the same bytes; lists and searches answer anything that is typed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from gzip import decompress
from pathlib import Path
from sqlite3 import IntegrityError, connect

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.snapshot import (
    NULL,
    Asked,
    Contents,
    File,
    Listed,
    Page,
    Snapshot,
    SnapshotUnreadable,
    find_among,
    open_snapshot,
    write_snapshot,
)


def listed(public_id: str, title: str = "A study", **changes: object) -> Listed:
    values: dict[str, object] = {
        "face": "article",
        "claim": "",
        "authors": (),
        "topics": (),
        "outcomes": (),
        "null_result": False,
        "retracted": False,
        "bias_level": 6,
        "on": date(2026, 9, 14),
        "words": "",
    }
    return Listed(public_id=public_id, title=title, **values | changes)  # type: ignore[arg-type] # built from names


PROBES = listed(
    "probes",
    "Do honesty probes notice lies?",
    authors=("Ada Marwick-Osei", "José Ibáñez"),
    topics=("Deception", "Interpretability"),
    outcomes=("null_informative", "null_informative", "supported"),
    null_result=True,
    claim="No: chain-of-thought tells more.",
    words="Activations of six models; κ = 0.88",
    checks=(2, 3),
    deviations=1,
)
DEBATE = listed(
    "debate",
    "Does debate help? האם 🙂 זה עובד",
    authors=("חנה לוי",),
    topics=("Oversight",),
    outcomes=("contradicted",),
    on=date(2026, 9, 7),
    words="A probe is named here once.",
)
PLAN = listed(
    "plan", "A plan", face="protocol", topics=("Deception",), outcomes=("no_result_yet",), on=None, bias_level=None
)
REPORTS = (PLAN, DEBATE, PROBES)
PAGES = (
    Page(path="/", media_type="text/html; charset=utf-8", body=b"<p>Home</p>"),
    Page(path="/reports/probes", media_type="text/html; charset=utf-8", body="<p>Null κ</p>".encode()),
)
FILES = (
    File(
        path="/reports/probes/paper.pdf", key="k1", name="paper.pdf", media_type="application/pdf", sha256="0", size=7
    ),
    File(
        path="/reports/probes/paper.xml", key="k2", name="paper.xml", media_type="application/xml", sha256="1", size=8
    ),
)
CONTENTS = Contents(pages=PAGES, listed=REPORTS, files=FILES)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    path = tmp_path_factory.mktemp("snapshot") / "release"
    write_snapshot(CONTENTS, path)
    return open_snapshot(path)


@given(st.permutations(PAGES), st.permutations(REPORTS), st.permutations(FILES))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_the_records_does_not_show(
    tmp_path: Path, pages: list[Page], reports: list[Listed], files: list[File]
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    one = write_snapshot(CONTENTS, first)
    two = write_snapshot(Contents(pages=tuple(pages), listed=tuple(reports), files=tuple(files)), second)
    assert first.read_bytes() == second.read_bytes()
    assert one == two
    first.unlink()
    second.unlink()


def test_one_word_changes_the_digest(tmp_path: Path) -> None:
    changed = Contents(pages=PAGES, listed=(PLAN, DEBATE, listed("probes", "Another title")), files=FILES)
    assert write_snapshot(CONTENTS, tmp_path / "a") != write_snapshot(changed, tmp_path / "b")


def test_what_was_taken_out_is_nowhere_in_the_file(tmp_path: Path) -> None:
    with_it = Contents(pages=PAGES, listed=(*REPORTS, listed("held", "Zyzzyvas", words="zyzzyvas")), files=FILES)
    write_snapshot(with_it, tmp_path / "with")
    write_snapshot(CONTENTS, tmp_path / "without")
    assert b"zyzzyva" in (tmp_path / "with").read_bytes().lower()
    assert b"zyzzyva" not in (tmp_path / "without").read_bytes().lower()


def test_a_snapshot_is_never_overwritten_and_leaves_no_draft(tmp_path: Path) -> None:
    write_snapshot(CONTENTS, tmp_path / "release")
    with pytest.raises(FileExistsError):
        write_snapshot(Contents(), tmp_path / "release")
    assert [path.name for path in tmp_path.iterdir()] == ["release"]


def test_two_pages_at_one_address_are_a_bug(tmp_path: Path) -> None:
    with pytest.raises(IntegrityError):
        write_snapshot(Contents(pages=(*PAGES, PAGES[0])), tmp_path / "release")
    assert list(tmp_path.iterdir()) == []


def test_pages_and_files_come_back(snapshot: Snapshot) -> None:
    page = snapshot.page("/reports/probes")
    assert page is not None
    assert decompress(page.gzipped) == PAGES[1].body
    assert page.media_type == PAGES[1].media_type
    assert snapshot.page("/reports/held") is None
    assert snapshot.file("/reports/probes/paper.pdf") == FILES[0]
    assert snapshot.file("/reports/probes") is None
    assert list(snapshot.paths()) == ["/", "/reports/probes"]
    assert tuple(snapshot.files()) == FILES


def test_an_etag_names_the_body_and_nothing_else(tmp_path: Path) -> None:
    moved = Page(path="/elsewhere", media_type="text/plain", body=PAGES[0].body)
    write_snapshot(Contents(pages=(*PAGES, moved)), tmp_path / "release")
    read = open_snapshot(tmp_path / "release")
    tags = [page.etag for path in ("/", "/elsewhere", "/reports/probes") if (page := read.page(path))]
    assert tags[0] == tags[1] != tags[2]


def test_the_list_is_newest_first_and_brings_everything_but_the_words(snapshot: Snapshot) -> None:
    items = snapshot.listed(Asked()).items
    assert [each.public_id for each in items] == ["probes", "debate", "plan"]
    assert items[0].words == ""
    assert items[0].outcomes == PROBES.outcomes
    assert (items[0].checks, items[0].deviations, items[0].on) == ((2, 3), 1, PROBES.on)
    assert items[2].on is None


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(kind=NULL), {"probes"}),
        (Asked(kind="protocol"), {"plan"}),
        (Asked(kind="article"), {"probes", "debate"}),
        (Asked(topic="Deception"), {"probes", "plan"}),
        (Asked(topic="Deception", outcome="supported"), {"probes"}),
        (Asked(topic="Oversight", kind=NULL), set()),
        (Asked(topic="deception' OR 1=1 --"), set()),
        (Asked(query="probe"), {"probes", "debate"}),
        (Asked(query="probes", kind=NULL), {"probes"}),
        (Asked(query="PROBES lies"), {"probes"}),
        (Asked(query="probes debate"), {"debate"}),
        (Asked(query="jose ibanez"), {"probes"}),
        (Asked(query="Marwick-Osei"), {"probes"}),
        (Asked(query="chain of thought"), {"probes"}),
        (Asked(query="chain-of-thought"), {"probes"}),
        (Asked(query="thought-of-chain"), set()),
        (Asked(query="probes - lies"), {"probes"}),
        (Asked(query="activations κ"), {"probes"}),
        (Asked(query="לוי"), {"debate"}),
        (Asked(query="🙂"), {"debate"}),
        (Asked(query="title:probes"), set()),
        (Asked(query="nothing like it"), set()),
    ],
)
def test_filters_and_searches(snapshot: Snapshot, asked: Asked, found: set[str]) -> None:
    answer = snapshot.listed(asked)
    assert {each.public_id for each in answer.items} == found
    assert answer.total == len(found)


def test_a_match_in_the_title_comes_before_one_in_the_text(snapshot: Snapshot) -> None:
    assert [each.public_id for each in snapshot.listed(Asked(query="probe")).items] == ["probes", "debate"]


@pytest.mark.parametrize(
    "query",
    [
        '"',
        '""',
        "'",
        "*",
        "(",
        ")",
        "AND",
        "OR NOT",
        "NEAR(a b)",
        "a*",
        "{title}: x",
        "^a",
        "-",
        "a AND",
        "\x00",
        "\ud800",
    ],
)
def test_no_query_is_an_instruction(snapshot: Snapshot, query: str) -> None:
    assert snapshot.listed(Asked(query=query)).total <= len(REPORTS)
    assert snapshot.listed(Asked(query=f"probes {query}")).total <= len(REPORTS)


@given(st.text(max_size=60), st.integers(1, 10**5))
def test_any_text_can_be_searched_for(snapshot: Snapshot, query: str, page: int) -> None:
    assert snapshot.listed(Asked(query=query, page=page)).total <= len(REPORTS)


def test_the_counts_of_a_facet_keep_all_choices_but_its_own(snapshot: Snapshot) -> None:
    facets = snapshot.listed(Asked(topic="Deception", kind=NULL)).facets
    assert facets.topics == {"Deception": 1, "Interpretability": 1}
    assert facets.any_topic == 1
    assert facets.kinds == {"article": 1, "protocol": 1, NULL: 1}
    assert facets.any_kind == 2
    assert facets.outcomes == {"null_informative": 1, "supported": 1}
    assert facets.any_outcome == 1


def test_every_choice_gives_as_many_as_it_says(snapshot: Snapshot) -> None:
    facets = snapshot.listed(Asked()).facets
    assert all(snapshot.listed(Asked(topic=topic)).total == n for topic, n in facets.topics.items())
    assert all(snapshot.listed(Asked(outcome=outcome)).total == n for outcome, n in facets.outcomes.items())
    assert all(snapshot.listed(Asked(kind=kind)).total == n for kind, n in facets.kinds.items())


def test_pages_are_of_25() -> None:
    many = [listed(f"r{n:03}") for n in range(51)]
    sizes = [len(find_among(many, Asked(page=page)).items) for page in (1, 2, 3, 4)]
    assert sizes == [25, 25, 1, 0]
    assert find_among(many, Asked()).pages == 3
    assert find_among([], Asked()).pages == 1


def test_many_threads_read_at_once(snapshot: Snapshot) -> None:
    def read(n: int) -> bool:
        page = snapshot.page(PAGES[n % 2].path)
        return (
            page is not None and decompress(page.gzipped) == PAGES[n % 2].body and bool(snapshot.listed(Asked()).total)
        )

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, range(400)))


def test_it_can_be_read_when_its_file_is_gone(tmp_path: Path) -> None:
    write_snapshot(CONTENTS, tmp_path / "release")
    read = open_snapshot(tmp_path / "release")
    (tmp_path / "release").unlink()
    assert read.page("/reports/probes") is not None
    assert read.listed(Asked(query="probes")).total == 2


@pytest.mark.parametrize("kind", ["text", "database", "empty", "missing"])
def test_what_is_no_snapshot_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "release"
    if kind == "database":
        connection = connect(path)
        connection.execute("CREATE TABLE page (path TEXT)")
        connection.close()
    elif kind != "missing":
        path.write_bytes(b"nothing of the kind" * 100 if kind == "text" else b"")
    with pytest.raises(FileNotFoundError if kind == "missing" else SnapshotUnreadable):
        open_snapshot(path)
