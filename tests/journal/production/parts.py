"""The parts of production's plan beside its rows and checks, and what became of them. All of it is invented."""

from workflows.outcomes import Done, PartAnswer, Unregistered
from workflows.protocol import Analysis, Basis, Contingency, Exclusion, Measure, Pin, Role, Sample, Sight, Thing

SAMPLES = (
    Sample(
        label="S1",
        target="10,800",
        unit="labelled answers",
        groups="6",
        stopping="1,800 for each model; collection stops there.",
        basis=Basis.POWER,
        alpha="0.05",
        power="0.95",
        effect="0.15",
        rows=("H1",),
    ),
)
MEASURES = (
    Measure(label="M1", what="Area under the curve of the probe on incentivised lies", role=Role.PRIMARY, unit="AUC"),
    Measure(label="M2", what="Cohen’s κ of two annotators", role=Role.NEUTRAL),
)
EXCLUSIONS = (
    Exclusion(label="E1", what="Prompts that repeat an item of the training set", sight=Sight.BEFORE),
    Exclusion(label="E2", what="Trained models that lie in fewer than 20% of scenarios", sight=Sight.BEFORE),
)
ANALYSES = (
    Analysis(
        label="A1",
        test="Percentile bootstrap over models and scenarios, 10,000 draws",
        threshold="0.05",
        correction="none: one primary test",
        rows=("H1",),
        measures=("M1",),
    ),
    Analysis(label="A2", test="Mixed model with a random intercept for each scenario", rows=("H2",)),
)
CONTINGENCIES = (
    Contingency(label="B1", condition="the closed model is withdrawn", then="H5 is not tested", rows=("H5",)),
)
PINS = (
    Pin(label="P1", thing=Thing.SEED, value="20260504"),
    Pin(label="P2", thing=Thing.MODEL, value="Aspen-7B", version="2026-01-12", digest="sha256:41ab9f2c"),
)
PART_ANSWERS = (
    PartAnswer(
        label="S1",
        done=Done.DIFFERENTLY,
        found="9,840",
        account="160 prompts of each model were left out and not replaced.",
        where="Section 2.2, Table 1",
    ),
    PartAnswer(label="M1", done=Done.AS_REGISTERED, where="Section 2.3"),
    PartAnswer(label="M2", done=Done.AS_REGISTERED, where="Section 2.3"),
    PartAnswer(label="E1", done=Done.AS_REGISTERED, found="960 answers", where="Section 2.2"),
    PartAnswer(
        label="E2",
        done=Done.REPLACED,
        account="Two models that fail the gate are reported and marked; the analysis without them is in Table 4.",
        where="Section 3.4, Table 4",
    ),
    PartAnswer(label="A1", done=Done.AS_REGISTERED, found="0.05", where="Section 2.5"),
    PartAnswer(label="A2", done=Done.NOT_DONE, account="The model did not converge for any of the six sizes."),
    PartAnswer(label="B1", done=Done.AS_REGISTERED, where="Section 3.5"),
    PartAnswer(label="P1", done=Done.AS_REGISTERED, found="20260504"),
    PartAnswer(label="P2", done=Done.BRANCHED, branch="B1"),
)
UNREGISTERED = (
    Unregistered(
        what="Which layer carries the retrained direction: layers 18 to 22 of 40 suffice in all six models.",
        why="A reviewer asked for it; it says where a repaired monitor would read.",
        where="Section 4.1",
    ),
)
