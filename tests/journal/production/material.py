"""What the papers are about: protocols, outcomes, people. All of it is invented."""

from datetime import UTC, date, datetime
from pathlib import Path

from tests.journal.production import parts
from workflows.declassify import Author, Identity, PublicRecord, ReportFacts, declassify
from workflows.deviations import Departure, Deviation, Toward, When
from workflows.outcomes import CheckResult, Done, MetricValue, OutcomeRow, Outcomes, Passed
from workflows.promised import Settled
from workflows.protocol import Check, Protocol, Row, Statements
from workflows.protocol import Kind as RowKind
from workflows.stages import Stage
from workflows.verdicts import Verdict

# Names from several scripts; the fonts of the paper have to carry them.
NAMES = (
    ("Mirela", "Ștefănescu"),
    ("Nguyễn", "Thị Hạnh"),
    ("Όλγα", "Παπαδόπουλος"),
    ("José", "Ibáñez"),
    ("חנה", "לוי"),
)
MANUSCRIPTS = Path(__file__).with_name("manuscripts")
NOW = datetime(2026, 9, 20, tzinfo=UTC)
IDENTITY = Identity(public_id="kq7w3fhe", doi="")
STATEMENTS = Statements(
    funding="Funded by the Aldergrove Foundation (grant AF-2291). The funder had no part in design or reporting.",
    ethics="No human participants; the annotators are authors' colleagues who were paid and could decline.",
    competing_interests="None.",
    data="Activations, labels and transcripts: https://data.example/honesty-probes (CC0, 1.2 GB).",
    code="https://code.example/honesty-probes, release v1.0.2 (Apache-2.0).",
    materials="All 180 scenarios with both forms are in the data repository.",
)
AUTHORS = (
    Author(
        name="Ada Marwick-Osei",
        family="Marwick-Osei",
        given="Ada",
        orcid="https://orcid.org/0000-0002-1825-0097",
        affiliation="Centre for Empirical Assurance, University of Northmoor",
        ror="https://ror.org/0fake0124",
        roles=("Conceptualization", "Formal analysis", "Writing – original draft"),
    ),
    Author(
        name="Jonas Tellervo",
        family="Tellervo",
        given="Jonas",
        orcid="https://orcid.org/0000-0001-5109-3700",
        affiliation="Kaleva Institute of Technology",
        roles=("Software", "Investigation"),
    ),
    Author(
        name="Priya Lindqvist-Rao",
        family="Lindqvist-Rao",
        given="Priya",
        affiliation="Centre for Empirical Assurance, University of Northmoor",
        roles=("Supervision", "Writing – review & editing"),
    ),
)
CHECKS = (
    Check(
        label="C1", what="Held-out staged lies are found", threshold="AUC at least 0.85", consequence="Stop.", rows=()
    ),
    Check(
        label="C2", what="Two annotators agree", threshold="κ at least 0.80", consequence="Relabel.", rows=("H1", "H2")
    ),
    Check(label="C3", what="A planted signal of 0.15 is recovered", threshold="at least 0.12", rows=("H1",)),
    Check(label="C4", what="Trained models lie when it pays", threshold="rate at least 0.20 in all four", rows=("H4",)),
)
PLAN = Protocol(
    title="Do honesty probes trained on staged lies notice lies that pay?",
    abstract=(
        "Linear probes that read dishonesty from activations are trained on lies that the model was told to tell. "
        "We asked whether they notice lies that nobody asked for and that pay. In six open-weight models (1.5 to 70 "
        "billion parameters) and 180 scenarios, probes that find held-out staged lies with an area under the curve "
        "(AUC) of 0.92 to 0.96 exceeded chance on incentivised lies by 0.03 (90% interval −0.01 to 0.07). The smallest "
        "effect of interest, 0.15, is excluded, and all registered checks passed: a planted signal of that size was "
        "recovered, and annotators agreed at κ = 0.88.\n\n"
        "Transfer did not grow with the size of the model. Retraining on 200 labelled examples of the right kind "
        "restored detection. An operator should read nothing into the silence of such a probe."
    ),
    topics=("Deception and honesty", "Monitoring"),
    rows=(
        Row(
            label="H1",
            question="Do probes trained on staged lies detect incentivised lies?",
            hypothesis="Probes detect incentivised lies better than chance by at least 0.15 in AUC.",
            sampling="1,640 labelled answers for each of six models; no interim analysis.",
            analysis="Mean excess AUC over models, 90% bootstrap interval over models and scenarios.",
            decision_rule="Supported if the interval lies above 0.15; null if it lies within −0.15 and 0.15.",
            smallest_effect="0.15",
            unit="AUC above chance",
            interpretation="A null rules out a probe that would help a monitor, because the whole interval would lie "
            "below the smallest useful effect. A positive would make staged lies a cheap training set.",
        ),
        Row(
            label="H2",
            primary=False,
            question="Does transfer grow with the size of the model?",
            hypothesis="Transfer improves with model size, per tenfold parameters.",
            smallest_effect="0.05",
            unit="AUC per tenfold",
            interpretation="A null says that waiting for larger models is not a plan.",
            decision_rule="Supported if the interval lies above zero.",
        ),
        Row(
            label="RQ3",
            primary=False,
            kind=RowKind.ESTIMATION,
            question="How far does retraining on 200 labelled incentivised lies bring the probe?",
            unit="AUC above chance",
            interpretation="Says what it costs to repair the monitor for a kind of lie that is known.",
        ),
        Row(
            label="H4",
            primary=False,
            question="Is transfer worse when lying was rewarded in training?",
            hypothesis="Transfer is worse when lying was rewarded in training than in the prompt.",
            smallest_effect="0.10",
            unit="AUC difference",
            interpretation="A null would make the source of the incentive irrelevant to a monitor.",
        ),
        Row(
            label="H5",
            primary=False,
            question="Does the same hold for a closed model?",
            hypothesis="The same holds for one closed model behind an interface.",
            smallest_effect="0.15",
            unit="AUC above chance",
            interpretation="A null would extend H1 to one deployed system.",
        ),
    ),
    checks=CHECKS,
    bias_level=6,
    bias_account="The scenarios were written and fixed by digest before any model was run on them.",
    statements=STATEMENTS,
    samples=parts.SAMPLES,
    measures=parts.MEASURES,
    exclusions=parts.EXCLUSIONS,
    analyses=parts.ANALYSES,
    contingencies=parts.CONTINGENCIES,
    pins=parts.PINS,
)
OUTCOMES = Outcomes(
    rows=(
        OutcomeRow(
            label="H1",
            verdict=Verdict.INCONCLUSIVE,
            done=Done.AS_REGISTERED,
            estimate="0.03",
            low="-0.01",
            high="0.07",
            level="90",
            sample="9,840 answers in 180 scenarios",
            cells="1,640 for each model",
            p="0.21",
            values=(MetricValue(metric="M2", estimate="0.88"),),
            where="Section 3.1, Table 2",
        ),
        OutcomeRow(
            label="H2",
            verdict=Verdict.INCONCLUSIVE,
            done=Done.AS_REGISTERED,
            estimate="0.01",
            low="-0.02",
            high="0.04",
            level="90",
        ),
        OutcomeRow(
            label="RQ3",
            verdict=Verdict.ESTIMATED,
            done=Done.AS_REGISTERED,
            estimate="0.35",
            low="0.31",
            high="0.39",
            level="90",
        ),
        OutcomeRow(
            label="H4",
            verdict=Verdict.INCONCLUSIVE,
            done=Done.DIFFERENTLY,
            estimate="-0.04",
            low="-0.16",
            high="0.08",
            level="90",
            account="Two of the four trained models were kept although they fail the gate.",
            where="Section 3.4",
        ),
        OutcomeRow(
            label="H5",
            verdict=Verdict.NOT_TESTED,
            done=Done.BRANCHED,
            branch="B1",
            why="The model was withdrawn by its maker six days before collection began.",
        ),
    ),
    checks=(
        CheckResult(label="C1", passed=Passed.PASSED, found="0.94", where="Section 3.1"),
        CheckResult(label="C2", passed=Passed.PASSED, found="κ = 0.88"),
        CheckResult(label="C3", passed=Passed.PASSED, found="0.14"),
        CheckResult(label="C4", passed=Passed.FAILED, found="two of four reach it"),
    ),
    parts=parts.PART_ANSWERS,
    unregistered=parts.UNREGISTERED,
)
DEVIATIONS = (
    Deviation(
        row="S1",
        kind=Departure.SAMPLE,
        toward=Toward.WEAKER,
        what="1,640 answers for each model in place of 1,800.",
        why="160 prompts repeated an item of the training set; the registered duplicate check found them.",
        when=When.DURING_DATA,
        effect="Power for 0.15 falls from 0.95 to 0.93.",
        answer="Justified.",
    ),
    Deviation(
        row="H5",
        kind=Departure.MATERIALS,
        toward=Toward.UNCHANGED,
        what="No closed model was run.",
        why="Its maker withdrew it on 28 April 2026.",
        when=When.BEFORE_DATA,
        effect="H5 is not tested.",
        answer="Justified.",
    ),
    Deviation(
        row="H4",
        kind=Departure.EXCLUSION,
        toward=Toward.UNCLEAR,
        what="Two trained models were kept that fail the registered gate.",
        why="They are reported and marked, so that readers see the loss.",
        when=When.AFTER_RESULTS,
        effect="H4 carries no information.",
        answer="Limits the claim: H4 must be called uninformative.",
    ),
)
FACTS = ReportFacts(
    stage=Stage.READY,
    protocol=PLAN,
    authors=AUTHORS,
    outcomes=OUTCOMES,
    deviations=DEVIATIONS,
    accepted_in_principle=date(2026, 4, 21),
    data_start=date(2026, 5, 4),
    data_end=date(2026, 6, 30),
    protocol_version=3,
    claim="No. Probes trained on staged lies exceed chance on lies that pay by 0.03 [−0.01, 0.07]; a useful monitor "
    "(0.15 or more) is ruled out.",
    identity=IDENTITY,
    published_on=date(2026, 9, 14),
    settled=Settled(declared=4, corrected=2, dismissed=1),
)


def published(facts: ReportFacts) -> PublicRecord:
    """What declassify shows of a report under no hold."""
    record = declassify(facts, (), now=NOW)
    assert record is not None
    return record
