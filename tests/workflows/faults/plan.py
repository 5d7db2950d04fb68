"""Faults of labels, hypotheses, checks, exclusions and analyses: what breaks each rule alone, and its mended twin."""

from dataclasses import replace

from tests.workflows.faults.sound import (
    ABOVE,
    AT_MOST,
    C1,
    H1,
    SOUND,
    also,
    analysis,
    changed,
    check,
    estimate,
    exclusion,
    measure,
    pin,
    row,
    ruled,
)
from workflows.protocol import (
    Check,
    Contingency,
    Failing,
    Gate,
    Kind,
    Known,
    Level,
    Part,
    Protocol,
    Role,
    Setting,
    Sight,
    Thing,
)

_ESTIMATION = replace(H1, label="RQ1", kind=Kind.ESTIMATION, hypothesis="", primary=False)
_SECOND = replace(H1, label="H2")
_EQUIVALENT = {
    "kind": Kind.EQUIVALENCE,
    "hypothesis": "Hints make no difference that matters.",
    "decision_rule": "Supported if the interval lies between the bounds; otherwise inconclusive.",
}

LABELS: dict[str, tuple[Protocol, Protocol]] = {
    "label-missing": (check(label=" "), SOUND),
    "label-twice": (changed(exclusions=(exclusion(label="h1"),)), changed(exclusions=(exclusion(),))),
    "reference-unknown": (check(rows=("H1", "H7")), check(rows=("H1",))),
    "reference-to-another-kind": (
        changed(exclusions=(exclusion(rows=("C1",)),)),
        changed(exclusions=(exclusion(rows=("H1",)),)),
    ),
    "same-as-nothing": (row(sensitivity="As H9."), also(replace(_ESTIMATION, sampling="As H1."))),
    "same-as-in-a-circle": (row(theory="See H1."), row(theory="That models look for hints.")),
}

HYPOTHESES: dict[str, tuple[Protocol, Protocol]] = {
    "hypothesis-without-test": (row(analysis=" "), SOUND),
    "test-without-hypothesis": (
        changed(analyses=(analysis(), analysis(label="A2", rows=()))),
        changed(analyses=(analysis(), analysis(label="A2", rows=(), part=Part.EXPLORATORY))),
    ),
    "hypothesis-not-stated": (row(hypothesis=""), row(hypothesis="", kind=Kind.ESTIMATION)),
    "hypothesis-that-is-not-tested": (row(kind=Kind.ESTIMATION), row(kind=Kind.ESTIMATION, hypothesis="")),
    "direction-not-said": (
        row(hypothesis="The rate differs between tasks with and without a hint."),
        row(hypothesis="The rate differs between tasks, being higher with a hint."),
    ),
    "absence-without-equivalence": (
        row(hypothesis="There is no difference with a hint."),
        row(hypothesis="There is no difference with a hint.", analysis="Bayes factor of the paired differences."),
    ),
    "equivalence-without-bounds": (
        row(**_EQUIVALENT),
        row(**_EQUIVALENT, smallest_effect="2", unit="points", theory="x"),
    ),
    "no-primary-row": (row(primary=False), SOUND),
    "exploratory-and-primary": (
        row(kind=Kind.EXPLORATORY, hypothesis=""),
        row(kind=Kind.EXPLORATORY, hypothesis="", primary=False),
    ),
    "multiplicity-unsaid": (also(_SECOND), also(replace(_SECOND, analysis="As H1, with Holm's correction."))),
    "row-without-listed-analysis": (
        also(replace(_SECOND, primary=False), analyses=(analysis(),)),
        also(replace(_SECOND, primary=False), analyses=(analysis(rows=("H1", "H2")),)),
    ),
    "smallest-effect-without-reason": (
        row(smallest_effect="2", unit="points"),
        row(smallest_effect="2", unit="points", rationale="Less changes no release decision."),
    ),
}

EXCLUSIONS: dict[str, tuple[Protocol, Protocol]] = {
    "exclusion-without-criterion": (
        changed(exclusions=(exclusion(what=""),)),
        changed(exclusions=(exclusion(what="", account="Those that time out."),)),
    ),
    "exclusion-needs-the-outcome": (
        changed(exclusions=(exclusion(sight=Sight.AFTER),)),
        changed(exclusions=(exclusion(),)),
    ),
    "exclusion-sight-unsaid": (changed(exclusions=(exclusion(sight=None),)), changed(exclusions=(exclusion(),))),
    "exclusions-out-of-order": (
        changed(exclusions=(exclusion(label="E2", level=Level.DATA), exclusion())),
        changed(exclusions=(exclusion(), exclusion(label="E2", level=Level.DATA))),
    ),
    "exclusions-unsaid": (
        changed(settings=(Setting.PARTICIPANTS,)),
        changed(settings=(Setting.PARTICIPANTS,), exploratory="Nobody will be excluded."),
    ),
    "contingency-incomplete": (
        changed(contingencies=(Contingency(label="X1", condition="Fewer than 300 tasks are left."),)),
        changed(
            contingencies=(Contingency(label="X1", condition="Fewer than 300 are left.", then="The study stops."),)
        ),
    ),
    "contingency-leaves-it-open": (
        changed(
            contingencies=(Contingency(label="X1", condition="The fit fails.", then="We may use a probit model."),)
        ),
        changed(contingencies=(Contingency(label="X1", condition="The fit fails.", then="A probit model is used."),)),
    ),
}

_BY_DIFFERENCE = ruled(estimate(ABOVE, "2", metric="the difference"))


def _looking_at(metric: str) -> Check:
    return replace(C1, passes=(estimate(ABOVE, "1", metric=metric),))


CHECKS: dict[str, tuple[Protocol, Protocol]] = {
    "check-missing": (changed(checks=()), SOUND),
    "check-without-threshold": (
        check(threshold=""),
        check(threshold="", passes=(estimate(ABOVE, "95", metric="failed tasks"),)),
    ),
    "check-without-consequence": (check(consequence=""), check(consequence="", failing=Failing.STOPS)),
    "checks-change-nothing": (check(failing=Failing.REPORTED), check(failing=Failing.NOT_TESTABLE)),
    "check-looks-at-the-outcome": (
        replace(_BY_DIFFERENCE, checks=(_looking_at("difference"),)),
        replace(_BY_DIFFERENCE, checks=(_looking_at("locked tasks failed"),)),
    ),
    "check-cannot-fail": (
        check(passes=(estimate(ABOVE, "95", metric="failed"), estimate(AT_MOST, "90", metric="failed"))),
        check(passes=(estimate(ABOVE, "90", metric="failed"), estimate(AT_MOST, "95", metric="failed"))),
    ),
    "judge-without-agreement": (
        changed(pins=(pin(thing=Thing.JUDGE),)),
        changed(pins=(pin(thing=Thing.JUDGE),), checks=(replace(C1, gate=Gate.AGREEMENT),)),
    ),
}

_EXPLORED = row(kind=Kind.EXPLORATORY, hypothesis="", primary=False)
_NOT_SEEN = {"known": Known.OUT_OF_REACH}
_OBSERVED = {"known": Known.PARTLY_OBSERVED, "basis": "Two pilot tables were seen."}

ANALYSES: dict[str, tuple[Protocol, Protocol]] = {
    "analysis-without-test": (changed(analyses=(analysis(test=""),)), changed(analyses=(analysis(),))),
    "analysis-part-unsaid": (changed(analyses=(analysis(part=None),)), changed(analyses=(analysis(),))),
    "exploration-made-confirmatory": (
        replace(_EXPLORED, analyses=(analysis(),)),
        replace(_EXPLORED, analyses=(analysis(part=Part.EXPLORATORY),)),
    ),
    "primary-measure-unused": (
        changed(
            analyses=(analysis(measures=("M2",)),),
            measures=(measure(role=Role.PRIMARY), measure(label="M2", what="rate of refusal")),
        ),
        changed(analyses=(analysis(measures=("M1",)),), measures=(measure(role=Role.PRIMARY),)),
    ),
    "software-without-version": (
        changed(analyses=(analysis(software="lme"),)),
        changed(analyses=(analysis(software="lme", version="3.1"),)),
    ),
    "analysis-already-run": (changed(bias_level=0), changed(bias_level=6)),
    "known-unsaid": (
        changed(analyses=(analysis(known=Known.NO_DATA), analysis(label="A2"))),
        changed(analyses=(analysis(known=Known.NO_DATA), analysis(label="A2", known=Known.NO_DATA))),
    ),
    "known-without-basis": (
        changed(analyses=(analysis(**_NOT_SEEN),)),
        changed(analyses=(analysis(**_NOT_SEEN, basis="The ministry holds them."),)),
    ),
    "bias-level-disagrees": (
        changed(analyses=(analysis(known=Known.NO_DATA),), bias_level=5),
        changed(analyses=(analysis(known=Known.NO_DATA),), bias_level=6),
    ),
    "bias-control-unsaid": (
        changed(analyses=(analysis(**_OBSERVED),)),
        changed(analyses=(analysis(**_OBSERVED),), bias_account="The analyst is blind to the condition."),
    ),
    "existing-data-called-new": (
        changed(settings=(Setting.EXISTING_DATA,), bias_level=6),
        changed(settings=(Setting.EXISTING_DATA,), bias_level=5),
    ),
}
