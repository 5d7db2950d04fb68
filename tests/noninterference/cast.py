"""Who is in the two worlds: the people of the withheld study, those who look on, and the words that only it has."""

from dataclasses import replace

from tests.stories.accepted import AUTHOR, HANDLING, OFFICER, SECOND, Study
from tests.workflows.examples import OUTCOMES, PROTOCOL, with_answer
from workflows.outcomes import Done, MetricValue, PartAnswer, Unregistered
from workflows.people import Role
from workflows.protocol import Analysis, Contingency, Exclusion, Measure, Pin, Protocol, Sample

HIDDEN_AUTHOR, HIDDEN_HANDLING, HIDDEN_SECOND = AUTHOR, HANDLING, SECOND
FIRST_OFFICER, SECOND_OFFICER = OFFICER, "Omar Zweig"
REFEREE = "Rolf Referee"
"""Reviews the withheld study, and an open one beside it: what is counted of him could tell."""

STRANGER = "Una Unrelated"
ANOTHER_AUTHOR = "Adam Other"
ANOTHER_REVIEWER = "Rita Reader"
ANOTHER_EDITOR = "Edda Elsewhere"
ADMINISTRATOR = "Ann Machine"

ROLES: dict[str, tuple[Role, ...]] = {
    SECOND_OFFICER: (Role.OFFICER,),
    ANOTHER_EDITOR: (Role.EDITOR,),
    ADMINISTRATOR: (Role.ADMINISTRATOR,),
    REFEREE: (),
    STRANGER: (),
    ANOTHER_AUTHOR: (),
    ANOTHER_REVIEWER: (),
}
ONLOOKERS = (STRANGER, ANOTHER_AUTHOR, ANOTHER_REVIEWER, ANOTHER_EDITOR, ADMINISTRATOR)
"""Signed in, and neither author, reviewer, assigned editor nor officer of the withheld study."""

WORD = "quokka"


def designed(word: str) -> Protocol:
    """The usual protocol with something in every part of its design."""
    return replace(
        PROTOCOL,
        measures=(Measure(label="M1", what=f"How many a {word} opens."),),
        samples=(Sample(label="N1", unit=word, target="200"),),
        exclusions=(Exclusion(label="X1", what=f"Whatever is no {word}."),),
        analyses=(Analysis(label="A1", test=f"A test of the {word}."),),
        contingencies=(Contingency(label="B1", condition=f"The {word} ends.", then=f"Another {word} is taken."),),
        pins=(Pin(label="P1", value=f"{word}-2026"),),
        contamination=f"No {word} was trained on.",
        exploratory=f"We look at each {word}.",
    )


TOLD = {
    place: f"{WORD} of {place}"
    for place in (
        *("a sample", "a measure", "an exclusion", "an analysis", "a branch", "a pin"),
        *("an answer", "a value", "cells", "a metric", "a place", "a place of a check", "a place of a part"),
        *("an added analysis", "a reason for it", "its place"),
    )
}
"""Words that stand in one field each of what was promised and what was done."""
PLAN = replace(
    PROTOCOL,
    samples=(Sample(label="S1", account=TOLD["a sample"]),),
    measures=(Measure(label="M1", what=TOLD["a measure"]),),
    exclusions=(Exclusion(label="E1", what=TOLD["an exclusion"]),),
    analyses=(Analysis(label="A1", test=TOLD["an analysis"]),),
    contingencies=(Contingency(label="B1", then=TOLD["a branch"]),),
    pins=(Pin(label="P1", value=TOLD["a pin"]),),
    contamination=f"No {WORD} was trained on.",
    exploratory=f"We look at each {WORD}.",
)
DONE = replace(
    with_answer(
        OUTCOMES,
        "H1",
        cells=TOLD["cells"],
        where=TOLD["a place"],
        values=(MetricValue(metric=TOLD["a metric"], estimate="0.1"),),
    ),
    checks=tuple(replace(check, where=TOLD["a place of a check"]) for check in OUTCOMES.checks),
    parts=(
        PartAnswer(
            label="S1",
            done=Done.AS_REGISTERED,
            found=TOLD["a value"],
            account=TOLD["an answer"],
            where=TOLD["a place of a part"],
        ),
        *(PartAnswer(label=label, done=Done.AS_REGISTERED) for label in ("M1", "E1", "A1", "B1", "P1")),
    ),
    unregistered=(Unregistered(what=TOLD["an added analysis"], why=TOLD["a reason for it"], where=TOLD["its place"]),),
)
HIDDEN = Study(
    title=f"A {WORD} that opens every door",
    protocol=PLAN,
    outcomes=DONE,
    claim=f"Yes: the {WORD} opens doors that nobody should know of.",
    abstract=f"We show how a {WORD} opens doors. Nobody may hear of it.",
    author=HIDDEN_AUTHOR,
    handling=HIDDEN_HANDLING,
    second=HIDDEN_SECOND,
)
PUBLISHED = Study(title="Do monitors notice slow drift?")
NEXT_OUT = Study(
    title="Do judges prefer longer answers?", author=ANOTHER_AUTHOR, handling=ANOTHER_EDITOR, second=HIDDEN_HANDLING
)
ANNOUNCED = Study(
    protocol=designed("sentence"),
    title="Do refusals hold in Welsh?",
    author=ANOTHER_AUTHOR,
    handling=ANOTHER_EDITOR,
    second=HIDDEN_SECOND,
)
IN_PRESS = Study(title="Do probes transfer to vision?")
IN_REVIEW = Study(
    title="Do debates help a weaker judge?", author=ANOTHER_AUTHOR, handling=ANOTHER_EDITOR, second=HIDDEN_SECOND
)
