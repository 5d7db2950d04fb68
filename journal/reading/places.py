"""Numbers what LaTeX numbers (sections, equations, figures, tables) and lets references to them say the number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from journal.reading.sentences import Remarks
from journal.reading.tree import Node, no_attributes, strings, walk

APPENDIX = "appendix-begins-here"  # journal.reading.inside.latex.whole puts it there
EQUATION, NUMBER = "numbered", "number"
_EDGE = re.compile(
    r"\\(?:begin|end)\{(?P<name>equation|align|gather|multline|eqnarray|alignat|flalign)(?P<star>\*?)\}(?:\{\d+\})?"
)
_ROWS = re.compile(r"\\\\")
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}\s*")
_UNNUMBERED = re.compile(r"\\(?:nonumber|notag)(?![A-Za-z])\s*")
_TAG = re.compile(r"\\tag\*?\s*\{([^{}]*)\}\s*")
_INNER = {
    "align": "aligned",
    "gather": "gathered",
    "multline": "gathered",
    "eqnarray": "aligned",
    "alignat": "aligned",
    "flalign": "aligned",
}
_SAID_BEFORE = re.compile(
    r"(?:figures?|figs?\.?|tables?|tabs?\.?|equations?|eqs?\.?|sections?|secs?\.?|appendix|§+)\W*", re.IGNORECASE
)
UNKNOWN = "??"


@dataclass(slots=True)
class Places:
    """What is numbered so far; `called` is kind and number of each label."""

    sections: list[int] = field(default_factory=list)
    top: int = 1
    in_appendix: bool = False
    counts: dict[str, int] = field(default_factory=lambda: {"Figure": 0, "Table": 0, "Equation": 0})
    called: dict[str, tuple[str, str]] = field(default_factory=dict)

    def next_of(self, kind: str) -> str:
        """The next number of a kind."""
        self.counts[kind] += 1
        return str(self.counts[kind])


def number_places(blocks: list[Node], remarks: Remarks) -> None:
    """Number a tree read from LaTeX, in place, and settle its references."""
    headers = [node for node in walk(blocks) if node["t"] == "Header"]
    places = Places(top=min((header["c"][0] for header in headers), default=1))
    inner: set[int] = set()
    for node in walk(blocks):
        _number(node, places, inner)
    blocks[:] = [block for block in blocks if not _is_marker(block)]
    for node in walk(blocks):
        if node["t"] == "Link":
            _settle(node, places, remarks)


def _is_marker(block: Node) -> bool:
    """Pandoc makes a paragraph of an anchor that stands alone, or a division, by where it stands."""
    alone = block["c"][0] if block["t"] == "Para" and len(block["c"]) == 1 else block
    return _anchor(alone) == APPENDIX


def _anchor(node: Node) -> str:
    return str(node["c"][0][0]) if node["t"] in {"Span", "Div"} else ""


def _number(node: Node, places: Places, inner: set[int]) -> None:
    kind = node["t"]
    if kind == "Header":
        _number_section(node, places)
    elif _anchor(node) == APPENDIX:
        places.in_appendix, places.sections = True, []
    elif kind == "Math":
        _number_equation(node, places)
    elif kind == "Div" and node["c"][0][0] and (table := next(_tables(node), None)) is not None:
        table["c"][0][0] = table["c"][0][0] or node["c"][0][0]
        if table["c"][0][0] == node["c"][0][0]:
            node["c"][0][0] = ""
    if kind in {"Figure", "Table"} and id(node) not in inner:
        parts = [below for below in walk(node["c"]) if below["t"] == "Figure"]
        inner.update(map(id, parts))
        if node["c"][1][1]:
            number = places.next_of(kind)
            places.called[node["c"][0][0]] = (kind, number)
            letters = "abcdefghijklmnopqrstuvwxyz"
            places.called |= {p["c"][0][0]: (kind, number + letter) for p, letter in zip(parts, letters, strict=False)}


def _tables(node: Node) -> Iterator[Node]:
    return (below for below in node["c"][1] if below["t"] == "Table")


def _number_section(header: Node, places: Places) -> None:
    level, attributes, inlines = header["c"]
    if "unnumbered" in attributes[1]:
        return
    depth = level - places.top + 1
    places.sections = [*places.sections, *[0] * depth][:depth]
    places.sections[-1] += 1
    first = chr(ord("A") + min(places.sections[0] - 1, 25)) if places.in_appendix else str(places.sections[0])
    number = ".".join([first, *map(str, places.sections[1:])])
    places.called[attributes[0]] = ("Appendix" if places.in_appendix else "Section", number)
    header["c"][2] = [{"t": "Str", "c": f"{number}\N{EN SPACE}"}, *inlines]


def _number_equation(math: Node, places: Places) -> None:
    """An environment becomes what both our drawing and MathML know; its numbers stand beside it."""
    if math["c"][0]["t"] != "DisplayMath":
        return
    edge = _EDGE.match(math["c"][1].strip())
    if edge is None:
        math["c"][1] = _without_labels(math["c"][1])
        return
    tex = _EDGE.sub("", math["c"][1]).strip()
    numbers = [] if edge["star"] else list(_numbers_of(tex, edge["name"], places))
    tex = _without_labels(tex)
    inner = _INNER.get(edge["name"])
    formula = {"t": "Math", "c": [{"t": "DisplayMath"}, rf"\begin{{{inner}}}{tex}\end{{{inner}}}" if inner else tex]}
    if not numbers:
        math.update(formula)
        return
    targets = [{"t": "Span", "c": [[label, [], []], []]} for _, labels in numbers for label in labels]
    said = strings(", ".join(f"({number})" for number, _ in numbers))
    shown = {"t": "Span", "c": [["", [NUMBER], []], said]}
    math.update({"t": "Span", "c": [["", [EQUATION], []], [*targets, formula, shown]]})


def _without_labels(tex: str) -> str:
    return _TAG.sub("", _UNNUMBERED.sub("", _LABEL.sub("", tex)))


def _numbers_of(tex: str, name: str, places: Places) -> Iterator[tuple[str, list[str]]]:
    rows = _ROWS.split(tex) if name in {"align", "gather", "eqnarray", "alignat", "flalign"} else [tex]
    for row in rows:
        if _UNNUMBERED.search(row) or not row.strip():
            continue
        tag = _TAG.search(row)
        number = tag[1] if tag else places.next_of("Equation")
        labels = _LABEL.findall(row)
        places.called |= dict.fromkeys(labels, ("Equation", number))
        yield number, labels


def _settle(link: Node, places: Places, remarks: Remarks) -> None:
    attributes, _inlines, (target, _title) = link["c"]
    how = dict(attributes[2]).get("reference-type")
    if how is None:
        return
    label = str(dict(attributes[2]).get("reference", target[1:]))
    found = places.called.get(label)
    if found is None:
        remarks.lost_references.append(label)
        link.update({"t": "Span", "c": [no_attributes(), strings(UNKNOWN)]})
        return
    link["c"][1] = _said(how, *found)
    link["c"][2][0] = f"#{label}"


def _said(how: str, kind: str, number: str) -> list[Any]:
    if how == "eqref" or (how == "ref+label" and kind == "Equation"):
        words = f"({number})" if how == "eqref" else f"Equation ({number})"
        return strings(words)
    return strings(f"{kind} {number}" if "label" in how else number)
