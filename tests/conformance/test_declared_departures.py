"""What authors declare, in any form, is shown as declared; and it declares no more than what it names."""

from dataclasses import replace

import pytest

from journal.reading.comparison import compare_files
from tests.conformance.declaring import DEPARTURES, FORMS, Declared, declared
from tests.conformance.mutators import Pair, pairs, substantive
from tests.conformance.seeing import compared, news
from workflows.comparing.finding import Comparison
from workflows.reviewing import Severity

pytestmark = pytest.mark.children


def compared_with_log(one: Declared) -> Comparison:
    ours, theirs = {"protocol.md": one.pair.protocol.encode()}, {"manuscript.md": one.pair.manuscript.encode()}
    return compare_files(ours, theirs, beside={"deviations.md": one.log.encode()} if one.log else None)


@pytest.mark.parametrize("form", [*FORMS, "log"])
def test_a_departure_that_is_declared_asks_for_no_answer(form: str) -> None:
    cases = [one for one in declared() if one.form == form]
    found = [news(compared(one.clean), compared_with_log(one), least=Severity.SHOULD) for one in cases]
    still_open = [one for one in found if any(not finding.declared for finding in one)]
    assert len(cases) == len(DEPARTURES)
    assert len(still_open) <= 1, [finding.why for one in still_open for finding in one]


def test_what_is_declared_is_told_with_the_words_that_declare_it() -> None:
    one = next(one for one in declared() if one.form == "section" and "132" in one.departure.after)
    reasons = [finding.reason for finding in compared_with_log(one).findings if finding.declared]
    assert any(reason and "180 participants" in reason.quote for reason in reasons)


# Undeclared changes beside a declared one: the pair, and what stands in the manuscript before and after.
BESIDE = (
    ("debate_oversight", "until 132", "BF01 > 6", "BF01 > 3"),
    ("deception_probes", "0.60", "400 role-play", "250 role-play"),
    ("judge_position", "these judgements", "500 answer pairs", "350 answer pairs"),
    ("polite_pushback", "with 3 independent", "above 8 points", "above 2 points"),
    ("refusal_steering", "one-sided", "Seeds 11, 12 and 13", "Seeds 21, 22 and 23"),
    ("refusal_steering", "qwen2.5-7b-instruct", "320 harmful prompts", "200 harmful prompts"),
)


@pytest.mark.parametrize("form", [*FORMS, "log"])
def test_a_declaration_of_one_thing_declares_no_other(form: str) -> None:
    hidden = []
    for name, departure, before, after in BESIDE:
        one = next(one for one in declared() if one.form == form and is_of(one, name, departure))
        assert before in one.pair.manuscript
        both = replace(one, pair=replace(one.pair, manuscript=one.pair.manuscript.replace(before, after)))
        new = news(compared_with_log(one), compared_with_log(both), least=Severity.SHOULD)
        if not any(not finding.declared for finding in new):
            hidden.append((name, before))
    assert not hidden


def is_of(one: Declared, name: str, departure: str) -> bool:
    told = (one.departure.after, one.departure.done)
    return one.departure.pair == name and any(departure in words for words in told)


def test_the_undeclared_changes_are_told_where_nothing_is_declared() -> None:
    for name, _departure, before, after in BESIDE:
        pair: Pair = next(pair for pair in pairs() if pair.name == name)
        changed = replace(pair, manuscript=pair.manuscript.replace(before, after))
        assert news(compared(pair), compared(changed), least=Severity.SHOULD), (name, before)
    assert sum(1 for pair in pairs() for _m in substantive(pair)) > len(BESIDE)
