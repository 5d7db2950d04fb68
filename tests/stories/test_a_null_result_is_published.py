"""A null result from acceptance to download: typeset, proofed, released at its hour, and found in the public store."""

import hashlib
import json
from pathlib import Path

import pytest
from sqlalchemy import select

from journal.production.schedule import ask_for_due_release
from journal.production.static_copy import copy_newest_release
from journal.public.static_site import FolderInUse
from storage.rows.proofs import Typesetting
from storage.rows.releases import PublicIdentity, PublicObject, Release
from tests.stories.accepted import HANDLING, Study, accepted_report, approve, with_manuscript
from tests.stories.public_shelf import Shelf, shelf_of
from tests.stories.worlds import World, address_of, make_world, stage_of
from workflows.stages import Stage

STUDY = with_manuscript(Study())


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return make_world(tmp_path_factory.mktemp("published"))


@pytest.fixture(scope="module")
def report_id(world: World) -> str:
    return accepted_report(world, STUDY)


@pytest.fixture(scope="module")
def typeset(world: World, report_id: str) -> str:
    world.run_jobs()
    return report_id


@pytest.fixture(scope="module")
def published(world: World, typeset: str) -> str:
    approve(world, typeset)
    world.clock.advance(days=3)
    ask_for_due_release(world.resources)
    world.run_jobs()
    return typeset


def newest_typesetting(world: World, report_id: str, *, final: bool) -> Typesetting:
    with world.work(writes=False) as uow:
        kind = Typesetting.content.is_not(None) if final else Typesetting.content.is_(None)
        rows = uow.session.scalars(select(Typesetting).where(Typesetting.report_id == report_id, kind)).all()
        assert len(rows) == 1
        return rows[0]


def test_the_proof_is_set_and_the_handling_editor_told(world: World, typeset: str) -> None:
    assert stage_of(world, typeset) in {Stage.TYPESET, Stage.PUBLISHED}
    proof = newest_typesetting(world, typeset, final=False)
    assert (proof.step, proof.steps, proof.doing) == (4, 4, "the proof is ready")
    assert {each.kind for each in proof.renditions} == {"pdf", "html", "jats", "data", "figure", "manifest"}
    assert any("typeset" in mail["subject"] for mail in world.mails(address_of(HANDLING)))


def test_nothing_of_it_is_public_before_its_release(world: World, typeset: str) -> None:
    if stage_of(world, typeset) is Stage.TYPESET:
        assert list(world.resources.public_store.keys()) == []


def test_it_is_published_once_under_a_name_of_its_own(world: World, published: str) -> None:
    assert stage_of(world, published) is Stage.PUBLISHED
    with world.work(writes=False) as uow:
        identity = uow.session.get_one(PublicIdentity, published)
        assert identity.public_id != published
        assert str(identity.published_on) == "2026-03-05"
        assert len(uow.session.scalars(select(Release)).all()) == 1


def test_its_authors_are_told_where_everybody_reads_it(world: World, published: str) -> None:
    with world.work(writes=False) as uow:
        address = f"{world.config.public_url}/reports/{uow.session.get_one(PublicIdentity, published).public_id}"
    told = [mail for mail in world.mails() if mail["subject"] == "Your report is published"]
    assert told
    assert all(address in mail["text"] for mail in told)


def test_its_files_are_what_the_manifest_says(world: World, published: str) -> None:
    shelf = shelf_of(world)
    manifest = json.loads(shelf.file("manifest.json"))
    names = {entry["name"]: entry["sha256"] for entry in manifest["files"]}
    assert {"paper.pdf", "article.xml", "outcomes.json", "figures/figure-1.svg"} <= names.keys()
    for name in names.keys() - {"article.html"}:
        assert hashlib.sha256(shelf.file(name)).hexdigest() == names[name]


def test_the_record_is_the_one_of_stage_2_and_the_paper_bears_its_name(world: World, published: str) -> None:
    record = json.loads(shelf_of(world).file("outcomes.json"))
    assert record["null_result"] is True
    assert record["abstract"] == STUDY.abstract
    assert record["statements"]["data"] == "https://data.example/probes"
    assert record["statements"]["funding"] == STUDY.plan.statements.funding
    assert record["dates"]["published"] == "2026-03-05"


def test_a_private_name_is_nowhere_in_public(world: World, published: str) -> None:
    shelf = shelf_of(world)
    assert STUDY.title.encode() in shelf.everything(), "there is something to look at"
    with world.work(writes=False) as uow:
        objects = uow.session.scalars(select(PublicObject)).all()
        private = [published, *world.people.values(), *(each.id for each in objects)]
    assert [name for name in private if name.encode() in shelf.everything()] == []


def test_the_same_hour_asks_for_nothing_more_and_the_next_makes_no_release(world: World, published: str) -> None:
    assert not ask_for_due_release(world.resources)
    before = Shelf.names(world)
    world.clock.advance(hours=1)
    assert ask_for_due_release(world.resources)
    world.run_jobs()
    assert Shelf.names(world) == before


def test_a_static_copy_can_be_written(world: World, published: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert copy_newest_release(world.resources, site) > 0
    with world.work(writes=False) as uow:
        public_id = uow.session.get_one(PublicIdentity, published).public_id
    assert (site / "index.html").is_file()
    assert (site / "reports" / public_id / "index.html").is_file()
    assert (site / "reports" / public_id / "paper.pdf").read_bytes() == shelf_of(world).file("paper.pdf")


def test_a_folder_that_holds_something_else_is_left_alone(world: World, published: str, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(FolderInUse):
        copy_newest_release(world.resources, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]
