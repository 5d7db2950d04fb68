"""Whatever tree comes in, only what is on the list comes out."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from journal.reading.allowlist import ATTRIBUTES_AT, BLOCKS, CLASSES, CONSTRUCTORS, INLINES, WEB, clean, clean_again
from journal.reading.sentences import Remarks
from journal.reading.tree import Node, walk

names = st.sampled_from(["", "x", "fn1", "refs", "ref-a", "ms-x", "a b", '"><script>', "é", "-", "ms-fn1"])


def as_pandoc_has_them(parts: tuple[str, list[str], list[list[str]]]) -> list[object]:
    """Identifier, classes and pairs in one list."""
    return list(parts)


attributes = st.tuples(
    names,
    st.lists(st.sampled_from(["references", "evil", "csl-entry", "r"]), max_size=2),
    st.lists(st.sampled_from([["onclick", "x"], ["style", "x"], ["alt", "x"], ["src", "x"]]), max_size=2),
).map(as_pandoc_has_them)
WANTED = ["https://example.org/a", "mailto:a@example.org", "#x", "#fn1", "figures/figure-1.png"]
UNWANTED = [
    "javascript:x",
    "JAVASCRIPT:x",
    "data:x",
    "file:///x",
    "//x",
    "x.png",
    "http://u@h/",
    "https://h\\x",
    "https://",
]
UNFIT = [" https://h/", "https://h/\nx", 'https://h/"x', "https://h/<x"]
addresses = st.sampled_from([*WANTED, *UNWANTED, *UNFIT])
words = st.just({"t": "Str", "c": "word"})


def around(inlines: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Elements that hold inlines, wanted and unwanted."""
    some = st.lists(inlines, max_size=3)
    raw = st.sampled_from(["<script>", "<sub>", "</sub>", "<br>", "<img src=x onerror=y>", "<!--", "\\input{x}"])
    return st.one_of(
        st.builds(lambda a, i: {"t": "Span", "c": [a, i]}, attributes, some),
        st.builds(lambda a, i, u: {"t": "Link", "c": [a, i, [u, "title"]]}, attributes, some, addresses),
        st.builds(lambda a, i, u: {"t": "Image", "c": [a, i, [u, "title"]]}, attributes, some, addresses),
        st.builds(lambda r, f: {"t": "RawInline", "c": [f, r]}, raw, st.sampled_from(["html", "tex", "jats"])),
        st.builds(lambda i: {"t": "Unheard", "c": i}, some),
        st.builds(lambda i: {"t": "Note", "c": [{"t": "Para", "c": i}]}, some),
        st.builds(lambda a: {"t": "Code", "c": [a, "x"]}, attributes),
    )


blocks = st.lists(
    st.one_of(
        st.builds(lambda i: {"t": "Para", "c": i}, st.lists(st.recursive(words, around, max_leaves=8), max_size=4)),
        st.builds(lambda a, i: {"t": "Header", "c": [1, a, [i]]}, attributes, words),
        st.builds(lambda a, i: {"t": "Div", "c": [a, [{"t": "Plain", "c": [i]}]]}, attributes, words),
        st.just({"t": "RawBlock", "c": ["html", "<iframe src=x>"]}),
    ),
    max_size=4,
)


def assert_only_what_is_allowed(tree: list[Node]) -> None:
    seen: list[str] = []
    for node in walk(tree):
        assert node["t"] in INLINES | BLOCKS | CONSTRUCTORS
        if node["t"] == "Link":
            address = node["c"][2][0]
            assert WEB.match(address) or address.startswith("#")
            assert not set(address) & set(' \n"<>\\')
        if node["t"] in ATTRIBUTES_AT:
            name, classes, pairs = node["c"][ATTRIBUTES_AT[node["t"]]]
            seen += [name] if name else []
            assert name in {"", "refs"} or name.startswith(("ms-", "ref-"))
            assert set(classes) <= CLASSES or node["t"] == "Code"
            assert {key for key, _ in pairs} <= {"alt"}
    assert [name for name in seen if name != "refs"] == list(dict.fromkeys(name for name in seen if name != "refs"))


@given(blocks)
def test_only_what_is_on_the_list_comes_out(tree: list[Node]) -> None:
    assert_only_what_is_allowed(clean(tree, Remarks()))


@given(blocks)
def test_the_second_pass_lets_nothing_more_through_and_no_picture_but_ours(tree: list[Node]) -> None:
    ours = frozenset({"figures/figure-1.png"})
    cleaned = clean_again(tree, Remarks(), pictures=ours)
    assert_only_what_is_allowed(cleaned)
    assert {node["c"][2][0] for node in walk(cleaned) if node["t"] == "Image"} <= ours


@given(blocks)
def test_what_was_cleaned_once_stays_as_it_is(tree: list[Node]) -> None:
    def again(value: list[Node]) -> list[Any]:
        return clean_again(json.loads(json.dumps(value)), Remarks(), pictures=frozenset({"figures/figure-1.png"}))

    once = again(clean(tree, Remarks()))
    assert again(once) == once
