"""Amendments acted out: an accepted study with its two editors, and an amendment that was asked for."""

from collections.abc import Callable
from dataclasses import replace

from journal.demonstration.visitor import Page, Visitor
from journal.dossier import drafts
from storage.rows.reports import Report
from tests.stories.worlds import World
from tests.stories.writing import accepted, client_of
from workflows.protocol import Protocol

AUTHOR, HANDLING, SECOND = "Ada Marwick", "Ilse Vantongeren", "Ruben Achterberg"
LARGER = "2,400 prompts, 400 for each of six models."
SAID = {"why": "Two models answer more slowly.", "seen": "no_data", "effect": "More power; the rule stays."}


def accepted_study(world: World) -> tuple[Visitor, str]:
    """Its author, signed in, and the report's identifier. Both editors are assigned."""
    author, _ = client_of(world, AUTHOR)
    report, _ = accepted(world)
    with world.work() as uow:
        row = uow.session.get_one(Report, report)
        row.handling_editor_id, row.second_editor_id = world.people[HANDLING], world.people[SECOND]
        uow.commit()
    return author, report


def write(world: World, report: str, change: Callable[[Protocol], Protocol], name: str = AUTHOR) -> None:
    """Change the draft of the protocol, as its pages do."""
    with world.work(world.actor(name)) as uow:
        row = uow.session.get_one(Report, report)
        plan, _ = drafts.last_written(uow, row)
        saved = drafts.save_protocol(uow, row, change, part=lambda plan: plan, was=drafts.mark_of(plan))
        assert isinstance(saved, str)
        uow.commit()


def with_sample(sample: str) -> Callable[[Protocol], Protocol]:
    """What changes the sample of the first row."""
    return lambda plan: replace(plan, rows=(replace(plan.rows[0], sampling=sample), *plan.rows[1:]))


def change_sample(world: World, author: Visitor, report: str, sample: str = LARGER) -> None:
    """Begin an amendment and change the sample of the first row."""
    author.open(f"/reports/{report}/amendments")
    author.press("Begin an amendment")
    write(world, report, with_sample(sample))


def ask(author: Visitor, report: str, **said: str) -> Page:
    """Give the reasons of every change and ask."""
    page = author.open(f"/reports/{report}/amendments")
    count = len(page.tree.xpath("//input[contains(@name, '-place')]"))
    typed = {f"reasons-{n}-{name}": text for n in range(count) for name, text in {**SAID, **said}.items()}
    return author.press("Save, and ask for the amendment", typed)


def approve(world: World, report: str, words: str = "", *, by: str = HANDLING) -> Page:
    """By the handling editor."""
    editor = world.signed_in(by)
    editor.open(f"/reports/{report}/amendments")
    return editor.press("Approve", {"words": words})


def confirm(world: World, report: str, *, by: str = SECOND) -> Page:
    """By the second editor."""
    editor = world.signed_in(by)
    editor.open(f"/reports/{report}/amendments")
    return editor.press("Confirm the approval")


def amended(world: World) -> tuple[Visitor, str]:
    """A study whose sample was amended and approved."""
    author, report = accepted_study(world)
    change_sample(world, author, report)
    ask(author, report)
    approve(world, report)
    confirm(world, report)
    return author, report


def record_end(author: Visitor, report: str, start: str = "2026-03-02", end: str = "2026-03-02") -> Page:
    """The author records when data were collected."""
    author.open(f"/reports/{report}/acceptance")
    return author.press("Keep the dates", {"data_start": start, "data_end": end})
