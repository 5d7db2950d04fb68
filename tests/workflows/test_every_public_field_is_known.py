"""The written list of what a public record can contain: a field that is added anywhere in it must be let in here.

Whole answers, deviations and rows are carried over as they are. So a field added to one of them would become public
without anybody having thought of it, were it not for this list.
"""

from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from workflows.declassify import PublicRecord

KNOWN = {
    "PublicRecord": "short face identity title abstract claim topics authors statements bias_level bias_account results"
    " design parts unregistered deviations settled accepted_in_principle protocol_version data_start data_end"
    " published_on null_result retracted body files notices narrowed closed_in amendments redline",
    "ShortReport": "how limits",
    "Identity": "public_id doi",
    "Author": "name family given orcid affiliation ror roles",
    "Statements": "funding ethics competing_interests data code materials",
    "Result": "row checks answer check_results outcome competence evidence",
    "Row": "label question hypothesis kind primary sampling analysis sensitivity decision_rule smallest_effect unit"
    " interpretation theory rationale rule",
    "Rule": "clauses otherwise",
    "Clause": "verdict when name",
    "Comparison": "metric statistic level comparator value upper than unit negated",
    "Check": "label what threshold consequence rows gate passes failing",
    "OutcomeRow": "label verdict done estimate low high level sample why account where p bayes_factor cells branch"
    " values",
    "MetricValue": "metric estimate low high p bayes_factor count",
    "CheckResult": "label passed found where",
    "Competence": "registered passed missing",
    "Evidence": "low high level smallest_effect unit excludes least_level",
    "Design": "measures samples exclusions analyses contingencies pins contamination exploratory",
    "Measure": "label what role unit rows account",
    "Sample": "label unit target most groups stopping basis method test alpha power effect rationale rows account",
    "Exclusion": "label what level sight rows account",
    "Analysis": "label part rows measures test sides threshold correction software version known basis account",
    "Contingency": "label condition then rows",
    "Pin": "label thing value version digest place account",
    "PublicPart": "kind label registered done found account branch where",
    "Said": "field name text",
    "Unregistered": "what why where",
    "Deviation": "row kind toward what why when effect answer finding",  # of a finding: taken out
    "Settled": "declared corrected dismissed",
    "PublicFile": "kind key name media_type sha256 size",
    "Notice": "kind on text",
    "Amended": "version on parts",
    "AmendedPart": "part fate why seen effect edits",
    "Edit": "field before after",
    "Redline": "sections",
    "Section": "chapter protocol manuscript lines",
    "Line": "fate segments protocol manuscript begins",
    "Segment": "mark words",
    "Place": "file line paragraph section",  # places of files are taken out of a public redline
}


def found_in(kind: Any) -> dict[str, str]:  # noqa: ANN401 - any type of the model
    """Every class of data that stands somewhere in `kind`, with the names of its fields."""
    if get_origin(kind) is tuple or get_origin(kind) is UnionType:
        return {name: said for part in get_args(kind) for name, said in found_in(part).items()}
    if not (is_dataclass(kind) and isinstance(kind, type)):
        return {}
    own = {kind.__name__: " ".join(each.name for each in fields(kind))}
    return own | {name: said for part in get_type_hints(kind).values() for name, said in found_in(part).items()}


def test_a_public_record_contains_what_is_written_down_here_and_nothing_else() -> None:
    assert found_in(PublicRecord) == KNOWN
