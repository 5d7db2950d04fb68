"""What the worker reads of the withheld study: a long manuscript of it, for its plan."""

from journal.demonstration.visitor import Upload
from tests.noninterference import cast
from tests.noninterference.hidden_operations import begun
from tests.noninterference.operations import hiddenly
from tests.noninterference.twins import Twin

PLAN = f"# Of {cast.WORD}s\n\n**H1.** More {cast.WORD}s are found than before.\n".encode() + b"\nIt rained.\n" * 5000


@hiddenly("its authors have a long plan read")
def long_plan(world: Twin) -> None:
    """The job runs with the others, whenever they run."""
    author = world.visitor(cast.HIDDEN_AUTHOR)
    page = author.open(f"/reports/{world.hidden}/protocol/proposals") if begun(world) else None
    if page and "Read the plan out of it" in page.buttons():
        author.press("Read the plan out of it", {"file": Upload("plan.md", PLAN)})
