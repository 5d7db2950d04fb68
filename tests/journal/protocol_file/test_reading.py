"""A file that cannot be read says what is wrong: the line, the field, what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.protocol_file.nodes import Problem
from journal.protocol_file.reading import FILE_LIMIT, ProtocolFile, read_protocol_file
from workflows.lint import lint
from workflows.protocol import Comparator, Kind, Opening, Protocol, Sides

GOOD = """\
title: Do hints raise sandbagging?
bias_level: 6
topics: evaluation
rows:
  - label: H₁
    kind: directional
    smallest_effect: −0.05
    primary: no
    rule:
      clauses:
        - verdict: supported
          when:
            - {statistic: interval, level: 95, comparator: ≥, value: 2, unit: points}
  - label: H2PRIME
    kind: "estimation"
checks:
  - label: C1
    rows: [H₁, "H2'"]
analyses:
  - label: A1
    sides: two-sided
promises:
  data: {opening: yes, place: Zenodo}
  code:
""".replace("PRIME", "\N{PRIME}")


def read(text: str) -> Protocol:
    found = read_protocol_file(text.encode())
    assert isinstance(found, ProtocolFile), found
    return found.protocol


def problems(text: str | bytes) -> tuple[Problem, ...]:
    found = read_protocol_file(text if isinstance(text, bytes) else text.encode())
    assert isinstance(found, tuple), found
    return found


def test_a_file_is_read_as_it_was_typed() -> None:
    protocol = read(GOOD)
    first, second = protocol.rows
    assert (first.label, first.smallest_effect, first.primary, second.kind) == ("H₁", "−0.05", False, Kind.ESTIMATION)
    (comparison,) = first.rule.comparisons()
    assert (comparison.comparator, comparison.value, comparison.level) == (Comparator.AT_LEAST, "2", "95")
    assert protocol.topics == ("evaluation",)
    assert protocol.promises.data.opening is Opening.YES
    assert protocol.analyses[0].sides is Sides.TWO


def test_a_reference_is_spelt_like_its_label_and_a_subscript_is_another_label() -> None:
    assert read(GOOD).checks[0].rows == ("H₁", "H2\N{PRIME}")
    assert read("rows: [{label: H1}]\nchecks: [{label: C1, rows: [H₁]}]").checks[0].rows == ("H₁",)


def test_every_field_knows_its_line() -> None:
    found = read_protocol_file(GOOD.encode())
    assert isinstance(found, ProtocolFile)
    places = (
        "title",
        "rows-0-smallest_effect",
        "rows-0-rule",
        "rows-1-hypothesis",
        "checks-0-rows",
        "dates-results_due",
    )
    assert [found.line_of(place) for place in places] == [1, 7, 9, 14, 18, 1]


def test_json_knows_its_lines_too() -> None:
    found = read_protocol_file(b'{"title": "x",\n "rows": [\n  {"label": "H1",\n   "kind": "equivalence"}]}')
    assert isinstance(found, ProtocolFile)
    assert found.line_of("rows-0-kind") == 4


BOMB = "a: &a [x, x]\n" + "\n".join(f"b{n}: &b{n} [*a, *a, *a]" for n in range(100_000))


@pytest.mark.parametrize(
    ("text", "line", "words", "remedy"),
    [
        ("titel: x", 1, "no field titel", "Write title."),
        ("title: x\nrows:\n  - label: H1\n    hypotesis: y", 4, "no field hypotesis", "Write hypothesis."),
        ("title: x\ntitle: y", 2, "a second time; the first is in line 1", "Remove one"),
        ('{"title": "x",\n"title": "y"}', 2, "a second time", "Remove one"),
        ("rows:\n  - label: H1\n    kind: directionnal", 3, "rows 1, kind cannot be", "Write directional."),
        ("rows:\n  - label: H1\n    kind: [a]", 3, "one value, not several", "on one line"),
        ("rows:\n  label: H1", 2, "rows is a list", "dash"),
        ("rows: H1", 1, "rows is a list", "dash"),
        ("rows:\n  - H1", 2, "rows 1 is no list of fields", "Write label: ..."),
        ("rows:\n  - question: why", 2, "rows 1 has no label", "Add label:"),
        ("rows:\n  - label: H1\n    smallest_effect: .nan", 3, "rows 1, smallest_effect is .nan", "Give a number"),
        ('{"rows": [{"label": "H1",\n "smallest_effect": NaN}]}', 2, "smallest_effect is NaN", "Give a number"),
        ("bias_level: high", 1, "bias_level is 'high'", "whole number"),
        ("rows: [{label: H1, primary: perhaps}]", 1, "primary is 'perhaps'", "true or false"),
        ("title: !!python/object/apply:os.system [ls]", 1, "A tag", "Remove it"),
        ("title: !x y", 1, "A tag", "Remove it"),
        ("a: &a x\ntitle: *a", 1, "An anchor or alias", "Write the value itself"),
        ("<<: {title: x}", 1, "no plain word", "name: value"),
        ("? [a]\n: b", 1, "no plain word", "name: value"),
        ("title: x\n\trows: y", 2, "This is no YAML", "indentation"),
        ("title: 'x\n", 2, "This is no YAML", "quotes"),
        ("title: x\n---\ntitle: y", 2, "second document", "one protocol"),
        ("", 1, "The file is empty", "Begin with"),
        ("- title: x", 1, "The file is no list of fields", "title: ..."),
        ("[" * 100 + "]" * 100, 1, "nested more than 20", "No field"),
        ('{"a":' * 100, 1, "larger or deeper", "Divide"),
        ('{"title": "x"', 1, "a comma or } is missing", "commas"),
        ('{"title": }', 1, "a value is missing", "commas"),
        ('{"title": "x"}\nmore', 2, "something follows", "commas"),
        ('{"title" "x"}', 1, "a colon is missing", "commas"),
        ('{"title": "x\n"}', 1, "This is no JSON", "quotes"),
        (f"title: {'x' * 50_001}", 1, "50,001 characters", "Shorten"),
        ("topics: [" + "x, " * 501 + "]", 1, "more than 500 entries", "Divide"),
        (BOMB[: FILE_LIMIT - 1], 1, "An anchor or alias", "Write the value itself"),
        (b"title: x\nabstract: \xff\xfe", 2, "not in UTF-8", "Save the file as UTF-8"),
        ("title: x\nabstract: \x01", 1, "This is no YAML", "UTF-8"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_remedy(text: str | bytes, line: int, words: str, remedy: str) -> None:
    problem = problems(text)[0]
    assert words in problem.words
    assert remedy in problem.remedy
    assert problem.line == line


def test_a_bomb_of_five_megabytes_is_not_even_opened() -> None:
    (problem,) = problems(BOMB.ljust(5_000_000))
    assert "larger than 2 MB" in problem.words


_PIECES = st.sampled_from(
    (
        "title",
        ":",
        " ",
        "\n",
        "  ",
        "- ",
        "rows",
        "label",
        "{",
        "}",
        "[",
        "]",
        ",",
        '"',
        "'",
        "&a",
        "*a",
        "!x",
        "|",
        ">",
        "#",
        "?",
    )
) | st.sampled_from(
    ("<<", "---", "...", "%", "@", "\t", "\x00", "\x85", "\ufeff", "\\u00e9", "\\", "null", "NaN", "1e99", "rule")
)


@given(st.lists(_PIECES, max_size=30).map("".join).map(str.encode) | st.binary(max_size=60))
def test_whatever_a_file_holds_it_is_read_or_refused_in_words(data: bytes) -> None:
    found = read_protocol_file(data)
    if isinstance(found, tuple):
        assert found
        assert all(problem.line >= 1 and problem.words and problem.remedy for problem in found)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    found = problems("titel: x\nbias_level: many\nrows:\n  - label: H1\n    kind: odd\n")
    assert [problem.line for problem in found] == [1, 2, 5]
    assert str(found[1]) == "line 2: bias_level is 'many'. Write a whole number."


def test_what_the_linter_finds_in_a_file_has_its_line() -> None:
    text = """\
rows:
  - label: H1
    kind: estimation
    rule: {clauses: [{verdict: estimated, when: [{statistic: p, comparator: <, value: 2}]}]}
  - label: h1
    kind: estimation
    sampling: As H2.
checks:
  - label: C1
    consequence: none
    threshold: 1
    rows: [H7]
"""
    found = read_protocol_file(text.encode())
    assert isinstance(found, ProtocolFile)
    lines = {(each.rule, found.line_of(each.place)) for each in lint(found.protocol)}
    assert {("threshold-impossible", 4), ("label-twice", 5), ("same-as-nothing", 7), ("reference-unknown", 12)} <= lines
