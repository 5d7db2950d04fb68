"""The same of the parts beside the rows."""

_LABEL = "A short name, of the one set of labels."
_ROWS = "The labels of the rows it bears on; none means all."
_ACCOUNT = "Whatever the fields cannot say."

CHECK = {
    "label": (_LABEL, "C1"),
    "what": ("What is checked.", "Tasks with the password are solved."),
    "threshold": ("When it passes, in words.", "At least 0.95."),
    "consequence": ("What follows for the conclusions if it fails.", "H1 is not testable."),
    "rows": (_ROWS, "[H1]"),
    "gate": ("What kind of check it is.", "positive_control"),
    "passes": (
        "When it passes, as structure: all of it must hold.",
        '- {metric: solved, comparator: ">=", value: 0.95}',
    ),
    "failing": ("What follows if it fails, as a choice.", "not_testable"),
}

MEASURE = {
    "label": (_LABEL, "M1"),
    "what": ("What is measured or computed.", "Rate of sandbagging, with minus without a hint."),
    "role": ("What it is for.", "primary"),
    "unit": ("Its unit.", "percentage points"),
    "rows": (_ROWS, "[H1]"),
    "account": (_ACCOUNT, "Scored by exact match."),
}

SAMPLE = {
    "label": (_LABEL, "S1"),
    "unit": ("Of what.", "tasks"),
    "target": ("How many are wanted.", "600"),
    "most": ("How many at the latest, when sampling could go on.", "800"),
    "groups": ("How many conditions share them.", "2"),
    "stopping": ("The rule by which sampling stops.", "When 600 tasks have been run in both conditions."),
    "basis": ("What the number rests on.", "power"),
    "method": ("How it was computed.", "Simulation of the paired bootstrap, 2,000 runs."),
    "test": ("The label of the analysis whose power it is.", "A1"),
    "alpha": ("The alpha of that calculation, as a share of one.", "0.05"),
    "power": ("Its power, as a share of one.", "0.9"),
    "effect": ("The effect it assumes.", "2"),
    "rationale": ("Why this effect, why this number.", "The smallest effect of interest."),
    "rows": (_ROWS, "[H1]"),
    "account": (_ACCOUNT, "Tasks are drawn without replacement."),
}

EXCLUSION = {
    "label": (_LABEL, "E1"),
    "what": ("What is left out, by which criterion.", "Tasks with an empty answer in either condition."),
    "level": ("Whether whole units of the sample or single observations are left out.", "sample"),
    "sight": ("Whether it can be computed before any outcome is seen.", "before"),
    "rows": (_ROWS, "[H1]"),
    "account": (_ACCOUNT, "About 1 per cent in the pilot."),
}

ANALYSIS = {
    "label": (_LABEL, "A1"),
    "part": ("What it is for.", "confirmatory"),
    "rows": ("The labels of the rows it tests.", "[H1]"),
    "measures": ("The labels of the measures that go into it.", "[M1]"),
    "test": ("The test or model.", "Paired bootstrap over tasks, 10,000 resamples."),
    "sides": ("On how many sides it rejects.", "two"),
    "threshold": ("The alpha or other bound of the decision.", "0.05"),
    "correction": ("What is done about multiplicity, over which family.", "Holm over H1 and H2."),
    "software": ("The software.", "R, package boot"),
    "version": ("Its version.", "4.4.1"),
    "known": ("What is already known of any outcome of it; the level of bias control follows.", "no_data"),
    "basis": ("On what that rests.", "The tasks have not been written yet."),
    "account": (_ACCOUNT, "Run once more without the hardest tasks."),
}

CONTINGENCY = {
    "label": (_LABEL, "X1"),
    "condition": ("When the branch is taken.", "Fewer than 500 tasks are left."),
    "then": ("What is then done.", "200 further tasks of the same list are run, once."),
    "rows": (_ROWS, "[H1]"),
}

PIN = {
    "label": (_LABEL, "P1"),
    "thing": ("What is pinned.", "model"),
    "value": ("Its name or number.", "example-model-7b"),
    "version": ("Which one exactly.", "2026-11-05"),
    "digest": ("A hash of it.", "sha256:9f86d081884c7d659a2feaa0c55ad015"),
    "place": ("Where it is.", "prompts/hints.jsonl"),
    "account": (_ACCOUNT, "Weights from the publisher's own archive."),
}

PAPER = {
    "label": (_LABEL, "PA"),
    "title": ("The title of the paper.", "Hints and sandbagging"),
    "rows": ("The labels of the rows it will report.", "[H1, H2]"),
}

PROMISES = {
    "data": ("The data.", "{opening: yes, place: Zenodo}"),
    "code": ("The code.", "{opening: yes, place: Zenodo}"),
    "materials": ("The materials.", "{opening: no, reason: The prompts would work as an attack.}"),
}

PROMISE = {
    "opening": ("Whether it will be open to everybody.", "yes"),
    "place": ("Where, if it will.", "Zenodo"),
    "reason": ("The legal or ethical reason, if it will not.", "The prompts would work as an attack."),
}

DATES = {
    "collection_start": ("The first day of data collection, year-month-day.", "2027-02-01"),
    "collection_end": ("Its last day.", "2027-03-31"),
    "results_due": ("The day the results are due.", "2027-06-30"),
}

STATEMENTS = {
    "funding": ("Who funds the study, or that nobody does.", "Nobody."),
    "ethics": ("Which ethics review applies, or why none does.", "None: no people take part."),
    "competing_interests": ("Competing interests, or that there are none.", "None."),
    "data": ("Where the data will be, or the legal or ethical reason why not.", "At Zenodo."),
    "code": ("Where the code will be, or the legal or ethical reason why not.", "At Zenodo."),
    "materials": ("Where the materials will be, or the legal or ethical reason why not.", "At Zenodo."),
}

FILE = {
    "name": ("Its neutral name.", "manuscript.md"),
    "sha256": ("The SHA-256 of its bytes, in hexadecimal digits.", "9f86d081884c7d65..."),
    "size": ("Its size in bytes.", "48211"),
}

ANSWERED = {
    "rule": ("The identifier of the rule.", "check-missing"),
    "place": ("Label and field, as the linter gives them.", "H1/label"),
    "reason": ("Why it stays as it is. Reviewers read it.", "The pilot was the positive control."),
}
