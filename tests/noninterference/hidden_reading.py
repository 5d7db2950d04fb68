"""What the worker reads of the withheld study: a long manuscript for its plan, and its results beside the plan."""

from typing import cast as taken_for

from journal.demonstration.visitor import Upload
from tests.noninterference import cast
from tests.noninterference.hidden_operations import begun, stage
from tests.noninterference.operations import hiddenly
from tests.noninterference.twins import Twin
from tests.stories.weighing import start_stage_2
from workflows.stages import Stage

PLAN = f"# Of {cast.WORD}s\n\n**H1.** More {cast.WORD}s are found than before.\n".encode() + b"\nIt rained.\n" * 5000


@hiddenly("its authors have a long plan read")
def long_plan(world: Twin) -> None:
    """The job runs with the others, whenever they run."""
    author = world.visitor(cast.HIDDEN_AUTHOR)
    page = author.open(f"/reports/{world.hidden}/protocol/proposals") if begun(world) else None
    if page and "Read the plan out of it" in page.buttons():
        author.press("Read the plan out of it", {"file": Upload("plan.md", PLAN)})


RESULTS = (
    f"# Of {cast.WORD}s\n\n## Results\n\nH1 is supported: {cast.WORD}s were found.\n".encode() + b"\nIt rained.\n" * 40
)


@hiddenly("its results are compared with its plan")
def compared(world: Twin) -> None:
    """The job runs with the others; its authors look at how far it is."""
    if begun(world) and stage(world) is Stage.IPA:
        start_stage_2(world.world, world.hidden)
    author = world.visitor(cast.HIDDEN_AUTHOR)
    page = author.open(f"/reports/{world.hidden}/manuscript/2") if begun(world) else None
    if page and "Upload" in page.buttons():
        author.press("Upload", {"files": taken_for("list[str]", [Upload("results.md", RESULTS)])})
        author.open(f"/reports/{world.hidden}/differences")
