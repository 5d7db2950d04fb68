"""What happens to the accepted protocol of the withheld study: it is amended, and days of its data are recorded."""

from tests.noninterference import cast
from tests.noninterference.hidden_operations import begun
from tests.noninterference.operations import hiddenly
from tests.noninterference.twins import Twin
from tests.stories import amending
from tests.stories.writing import keep_manuscript

SAMPLE = f"Two hundred {cast.WORD}s."
SAID = {"why": f"The {cast.WORD} is larger.", "seen": "no_data", "effect": f"More {cast.WORD}s."}


@hiddenly("its authors ask for an amendment")
def asked(world: Twin) -> None:
    """Of its sample, with reasons that only it has."""
    author = world.visitor(cast.HIDDEN_AUTHOR)
    page = f"/reports/{world.hidden}/amendments"
    if not begun(world) or author.open(page).status != 200:
        return
    if "Begin an amendment" in author.page.buttons():
        author.press("Begin an amendment")
        keep_manuscript(world.world, world.hidden)
        amending.write(world.world, world.hidden, amending.with_sample(SAMPLE), cast.HIDDEN_AUTHOR)
        there = set(author.open(page).tree.xpath("//@name"))
        said = {f"reasons-{part}-{name}": text for part in range(2) for name, text in SAID.items()}
        if asked_for := {
            name: text for name, text in said.items() if name in there
        }:  # amended so before, it changes nothing
            author.press("Save, and ask for the amendment", asked_for)


@hiddenly("its reviewers are asked about the amendment")
def opinions_asked(world: Twin) -> None:
    """If anybody reviewed it."""
    editor = world.visitor(cast.HIDDEN_HANDLING)
    page = editor.open(f"/reports/{world.hidden}/amendments") if begun(world) else None
    if page and "Ask the reviewers of stage 1" in page.buttons():
        editor.press("Ask the reviewers of stage 1")


@hiddenly("the amendment is approved")
def approved(world: Twin) -> None:
    """By both editors."""
    steps = ((cast.HIDDEN_HANDLING, "Approve"), (cast.HIDDEN_SECOND, "Confirm the approval"))
    for name, button in steps:
        editor = world.visitor(name)
        page = editor.open(f"/reports/{world.hidden}/amendments") if begun(world) else None
        if page and button in page.buttons():
            editor.press(button)


@hiddenly("its authors record their data")
def recorded(world: Twin) -> None:
    """The first day, with a word that only they know."""
    author = world.visitor(cast.HIDDEN_AUTHOR)
    page = author.open(f"/reports/{world.hidden}/acceptance") if begun(world) else None
    if page and "Keep the dates" in page.buttons():
        author.press("Keep the dates", {"start_evidence": f"A {cast.WORD} saw it."})
