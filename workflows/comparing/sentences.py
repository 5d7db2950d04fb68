"""What a finding says, in a calm sentence: what was compared, how it came out, and what would settle it."""

from workflows.comparing.finding import Kind, Observation, Wording

_SAYS = {
    Kind.LABEL_REUSED: "Both documents use the label {about}, for different content{words}. Say where the registered"
    " {about}"
    " is answered, and under which label.",
    Kind.HYPOTHESIS_MISSING: "{about} is registered, and the manuscript does not name it{words}. Its content was"
    " looked for"
    " too. Give its verdict, or say why it was not tested.",
    Kind.PREDICTION_MISSING: "No place of the manuscript has most of the words of this registered prediction. Give its"
    " outcome, or say why it was not tested.",
    Kind.HYPOTHESIS_CHANGED: "The nearest sentence of the manuscript says the opposite in one place{words}.",
    Kind.HYPOTHESIS_ADDED: "{about} is told like a registered hypothesis; the protocol has no {about}. Call it"
    " unregistered, or name where it was registered.",
    Kind.VERDICT_MISSING: "{about} is named, and no verdict was found where it is.",
    Kind.VERDICT_DIFFERS: "By the registered rule the reported interval does not give the verdict claimed for"
    " {about}{words}.",
    Kind.ANALYSIS_MISSING: "No place of the manuscript has most of the words of this registered analysis. Report"
    " it, or say"
    " why it was left out.",
    Kind.ROWS_MISSING: "{about} rows of this registered table have no trace in the manuscript. Report them, or say"
    " why they"
    " were left out.",
    Kind.GATE_MISSING: "No place of the manuscript has most of the words of this registered check or rule. Say how"
    " it came"
    " out.",
    Kind.GATE_UNMET: "A value beyond the threshold of this rule is reported{words}. Say whether the rule applies"
    " there, and"
    " what followed.",
    Kind.EXCLUSION_MISSING: "No trace of this registered exclusion was found. Say whether it was applied, and to"
    " how many.",
    Kind.SAMPLE_MISSING: "No trace of this registered point of sample or design was found.",
    Kind.PROMISE_MISSING: "The protocol promises “{about}”; the manuscript has no heading or table like it.",
    Kind.NUMBER_DIFFERS: "The number differs ({about}){words}, and the registered one was found nowhere in such words.",
    Kind.RULE_DIFFERS: "The registered rule and the nearest words of the manuscript differ{words}.",
    Kind.DESIGN_DIFFERS: "Both documents define {about}, in words that share little{words}. Read them side by side.",
    Kind.PIN_DIFFERS: "The pinned {about} is not named in the manuscript{words}.",
    Kind.PIN_MISSING: "{about} is named in the protocol and nowhere in the manuscript.",
    Kind.MEASURE_DIFFERS: "The measure differs in sentences that are otherwise about the same{words}.",
    Kind.SOURCE_DIFFERS: "For {about} the two documents cite different works{words}.",
    Kind.CLAIM_UNFOUNDED: "This is called registered, and nothing like it was found in the protocol. The nearest"
    " words stand"
    " beside it.",
    Kind.UNLABELLED: "The protocol lets other tests be reported only with a label. {about} with a p value and"
    " without one"
    " were found; the first is quoted.",
    Kind.ANALYSIS_ADDED: "A statistic is reported here about something of which the protocol has no trace, and"
    " it is not"
    " called exploratory or unregistered.",
    Kind.DEPARTURE_TOLD: "The manuscript tells of something done otherwise, and no list of deviations has it.",
    Kind.SHARE_DIFFERS: "The registered share and the reported count do not fit together{words}.",
    Kind.INCONSISTENT: "The same manuscript gives two values, or one that stands nowhere else{words}.",
    Kind.STATISTIC: "The statistic does not give the p value beside it{words}.",
    Kind.OVERCLAIM: "All hypotheses are said to be upheld; of {about} the manuscript itself says{words}.",
    Kind.CLAIM_WIDER: "A conclusion says this of all; the results of the same manuscript say{words}.",
    Kind.DEPARTURE_DECLARED: "The nearest words of the protocol stand beside it.",
    Kind.STATUS_CLAIM: "The files at hand cannot show that this is so.",
    Kind.HISTORY_DIFFERS: "What is said of the order of registration and data does not fit together{words}.",
    Kind.SCRIPT_COMMENT: "The plan names the script {about}; no place of the manuscript has most of the words of this"
    " comment in it. Say what became of it.",
    Kind.SCRIPT_NAMES: "The plan names the script {about}; of these names in its models no word of the manuscript"
    " begins alike{words}. Names are abbreviations as often as not.",
    Kind.FILE_NOT_GIVEN: "A part of the plan stands in {about}, which was not among the files and was not compared.",
}
_SURE, _FAIR = 0.75, 0.5


def sentence(observation: Observation, wording: Wording) -> str:
    """The sentence of a finding, with how sure it is; a declared one says that it is declared."""
    words = f": {observation.words}" if observation.words else ""
    about = observation.about or "this"
    said = _SAYS[observation.kind].format(about=about, words=words)
    if observation.declared is not None:
        said = f"Declared by the authors. {said}"
    return f"{said} {_how_sure(observation, wording)}"


def _how_sure(observation: Observation, wording: Wording) -> str:
    if wording is Wording.CANNOT_BE_VERIFIED:
        return "Nothing is said against it."
    if observation.strength >= _SURE:
        return "Rather sure."
    return "Fairly sure." if observation.strength >= _FAIR else "Needs a reader."
