"""What editors do with the results of the withheld study: a finding is dismissed, a deviation answered."""

from tests.noninterference import cast
from tests.noninterference.hidden_operations import begun
from tests.noninterference.operations import hiddenly
from tests.noninterference.twins import Twin
from tests.stories.weighing import weighed_report
from workflows.conformance import Finding, Found
from workflows.reviewing import Severity

FOUND = Finding(
    kind=Found.UNEXPLAINED,
    severity=Severity.MUST,
    place="H1",
    promised=f"Two {cast.WORD}s.",
    reported=f"One {cast.WORD}.",
    sentence=f"One {cast.WORD} is missing.",
)


@hiddenly("its results are weighed")
def weighed(world: Twin) -> None:
    """By its own editor, through the pages."""
    if begun(world):
        return
    world.hidden = weighed_report(world.world, cast.HIDDEN, FOUND)
    editor = world.visitor(cast.HIDDEN_HANDLING)
    page = editor.open(f"/reports/{world.hidden}/findings")
    marked = [str(box.get("value")) for box in page.tree.xpath("//input[@name='finding']")]
    editor.do("Dismiss what is marked", {"finding": marked, "reason": f"That {cast.WORD} was a duplicate."})
    page = editor.open(f"/reports/{world.hidden}/deviations")
    answers = {str(each.get("name")): f"A {cast.WORD} less." for each in page.tree.xpath("//textarea")}
    editor.do("Keep the answers", answers)
