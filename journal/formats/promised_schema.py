"""The part of the schema of public records that is about what was promised and what was done."""

from journal.formats.schema_words import (
    Schema,
    count,
    many,
    named,
    numeric,
    one_of,
    record,
    text,
    texts,
    truth,
)
from workflows.deviations import Departure, Toward, When
from workflows.outcomes import Done, Outcome, Passed
from workflows.promised import PartKind
from workflows.protocol import Failing, Gate, Kind
from workflows.verdicts import Verdict

_DONE = one_of(Done, "Whether it was done as registered; null: no answer yet.", or_null=True)
_TYPED = {"type": "object", "additionalProperties": {"type": "string"}, "description": "The numbers as typed."}
_INTERVAL = record(
    "An interval.",
    low=numeric("Its lower end."),
    high=numeric("Its upper end."),
    level=numeric("Its level, in per cent."),
)
_RULE: Schema = {
    "type": ["object", "null"],
    "description": "The decision rule as structure; null where it is given in words alone.",
    "properties": {
        "clauses": many(
            record(
                "A verdict, and when it is given: all comparisons hold.",
                verdict=one_of(Verdict, "The verdict."),
                name=text("A name for rules with more shades than verdicts."),
                when=many({"type": "object"}, "The comparisons."),
            ),
            "The clauses; their order means nothing.",
        ),
        "otherwise": one_of(Verdict, "The verdict where no clause holds.", or_null=True),
    },
}
_ROW = {
    "label": text("What the row is called in the plan."),
    "kind": one_of(Kind, "What the row asks."),
    "primary": truth("Whether it is a primary one."),
    "question": text("The question."),
    "hypothesis": text("The prediction, if there is one."),
    "sampling": text("How much is collected, and when that stops."),
    "analysis": text("How it is analysed."),
    "sensitivity": text("What the design can find."),
    "rationale": text("Why the smallest effect of interest is that."),
    "decision_rule": text("The rule in words."),
    "rule": _RULE,
    "interpretation": text("What each outcome would mean, as registered."),
    "theory": text("Which theory is at stake."),
    "unit": text("The unit of estimate, interval and smallest effect."),
    "smallest_effect": numeric("The smallest effect of interest."),
}
_ANSWER = {
    "outcome": one_of(Outcome, "What readers are told: docs/outcomes.md has the rule."),
    "verdict": one_of(Verdict, "The verdict by the registered rule.", or_null=True),
    "done": _DONE,
    "estimate": numeric("The estimate."),
    "interval": _INTERVAL,
    "p": numeric("The p-value."),
    "bayes_factor": numeric("The Bayes factor."),
    "typed": _TYPED,
    "values": many(named("value"), "What was found of other measures that the rule names."),
    "sample": text("What was analysed."),
    "cells": text("How many in each condition."),
    "branch": text("The branch of the plan by which the row does not apply."),
    "where": text("Where the manuscript says so."),
    "why": text("Why it could not be tested."),
    "account": text("What was done instead."),
    "competence": named("competence"),
    "checks": many(named("check"), "The checks that bear on the row, with how they came out."),
}
PROMISED: dict[str, Schema] = {
    "result": record("A row of the plan with its answer.", **_ROW, **_ANSWER),
    "value": record(
        "What was found of one measure.",
        metric=text("Which."),
        estimate=numeric("The estimate."),
        low=numeric("The lower end of the interval."),
        high=numeric("Its upper end."),
        p=numeric("The p-value."),
        bayes_factor=numeric("The Bayes factor."),
        count=numeric("How many."),
        typed=_TYPED,
    ),
    "competence": record(
        "What a null would rest on: the inputs of the rule, and what is missing.",
        registered=count("Checks that bear on the row."),
        passed=count("How many of them passed."),
        missing=texts("What a null lacks for being informative; empty if nothing."),
        interval=_INTERVAL,
        smallest_effect=numeric("The smallest effect of interest."),
        unit=text("The unit of both."),
        excludes_smallest_effect={
            "type": ["boolean", "null"],
            "description": "Whether the interval excludes effects as large; null where one of them is missing.",
        },
        least_level=numeric("The level that the interval must have at least, in per cent."),
    ),
    "check": record(
        "A registered check that does not depend on the result.",
        label=text("What it is called."),
        what=text("What is checked."),
        threshold=text("When it passes."),
        consequence=text("What follows if it fails."),
        gate=one_of(Gate, "What it shows.", or_null=True),
        failing=one_of(Failing, "What follows if it fails, as a choice.", or_null=True),
        rows=texts("The rows it bears on; none: all."),
        result=one_of(Passed, "How it came out.", or_null=True),
        found=text("The value found."),
        where=text("Where the manuscript says so."),
    ),
    "part": record(
        "A part of the plan beside its rows and checks, with what became of it.",
        kind=one_of(PartKind, "What kind of part."),
        label=text("What it is called."),
        registered={
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "What was registered, by the names of docs/protocol.schema.json, in words.",
        },
        done=_DONE,
        found=text("What was used or reached, if it was reported."),
        account=text("What was done instead."),
        branch=text("The branch of the plan by which it does not apply."),
        where=text("Where the manuscript says so."),
    ),
    "unregistered": record(
        "An analysis that was not registered.",
        what=text("What it is."),
        why=text("Why it was made."),
        where=text("Where the manuscript reports it."),
    ),
    "deviation": record(
        "A declared departure from the plan.",
        row=text("The row, check or part that it concerns; empty: the whole study."),
        kind=one_of(Departure, "What kind of thing was changed.", or_null=True),
        what=text("What was done instead."),
        why=text("Why."),
        when=one_of(When, "When that was decided, relative to the data.", or_null=True),
        toward=one_of(Toward, "What it does to the inference.", or_null=True),
        effect=text("The argument for that."),
        answer=text("What the editor answered."),
    ),
    "findings": record(
        "How the findings of the comparison with the plan ended, before the report was accepted.",
        declared=count("Declared as a deviation or as unregistered."),
        corrected=count("Corrected."),
        dismissed=count("Dismissed by an editor, with a reason."),
    ),
}
