"""Writes a cleaned tree as HTML for the web, HTML for the paper, JATS and plain text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from journal.reading.citations import REFERENCES_HEADING
from journal.reading.pandoc import SECONDS, Converted, Unreadable, convert
from journal.reading.plain_text import plain_text
from journal.reading.rendered import for_the_paper, for_the_web, parsed
from journal.reading.sentences import Remarks
from journal.reading.tree import Node, no_attributes, text_of, walk

BETWEEN = "<!-- body ends, back begins -->"
HTML = ("-t", "html5-task_lists", "--mathml", "--section-divs", "--shift-heading-level-by=1")
JATS = ("-t", "jats_publishing", "--mathml", "--template=given/parts.xml")
PARTS = {"parts.xml": f"$body$\n{BETWEEN}\n$back$\n".encode("ascii")}
ALWAYS = ("-f", "json", "--syntax-highlighting=none", "--wrap=none", "-M", "lang=en-GB")


@dataclass(frozen=True, slots=True)
class Written:
    """One document in all its forms."""

    html: str
    html_for_paper: str
    jats_body: str
    jats_back: str
    text: str


def write(tree: Mapping[str, Any], remarks: Remarks, *, seconds: float = SECONDS) -> Written | Unreadable:
    """Write every form; formulas that could not be converted become remarks."""
    html = _converted(tree, _with_tex_kept(tree["blocks"]), HTML, seconds=seconds)
    _forget_languages(tree["blocks"])
    jats = _converted(tree, _without_references_heading(tree["blocks"]), JATS, seconds=seconds)
    if isinstance(html, Unreadable):
        return html
    if isinstance(jats, Unreadable):
        return jats
    _say_which_formulas_failed(html, remarks)
    fragment = parsed(html.text)
    body, _, back = jats.text.partition(BETWEEN)
    return Written(
        html=for_the_web(fragment),
        html_for_paper=for_the_paper(fragment),
        jats_body=body.strip(),
        jats_back=back.strip().replace("<title></title>", "<title>References</title>", 1),
        text=plain_text(tree["blocks"]),
    )


def _converted(
    tree: Mapping[str, Any], blocks: list[Node], arguments: tuple[str, ...], *, seconds: float
) -> Converted | Unreadable:
    source = json.dumps({**tree, "meta": {}, "blocks": blocks}).encode("utf-8")
    return convert(source, [*ALWAYS, *arguments], files=PARTS, seconds=seconds)


def _forget_languages(blocks: list[Node]) -> None:
    """For one code block with a language, pandoc's JATS writer loads every syntax it knows (0.3 s)."""
    for node in walk(blocks):
        if node["t"] == "CodeBlock":
            node["c"][0] = no_attributes()


def _without_references_heading(blocks: list[Node]) -> list[Node]:
    """JATS keeps the references apart, in the back, so that their heading would stand over nothing."""
    return [
        block
        for block, after in zip(blocks, [*blocks[1:], {"t": "Null"}], strict=True)
        if not (_is_references_heading(block) and _is_references(after))
    ]


def _is_references_heading(block: Node) -> bool:
    return block["t"] == "Header" and REFERENCES_HEADING.fullmatch(text_of(block["c"][2])) is not None


def _is_references(block: Node) -> bool:
    return block["t"] == "Div" and "references" in block["c"][0][1]


def _with_tex_kept(value: Any) -> Any:  # noqa: ANN401 (pandoc's JSON)
    """A copy in which each formula stands in a span that carries its TeX."""
    if isinstance(value, list):
        return [_with_tex_kept(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("t") == "Math":
        how = "display" if value["c"][0]["t"] == "DisplayMath" else "inline"
        return {"t": "Span", "c": [["", ["math", how], [["tex", value["c"][1].strip()]]], [value]]}
    return {name: _with_tex_kept(inner) for name, inner in value.items()}


def _say_which_formulas_failed(converted: Converted, remarks: Remarks) -> None:
    for message in converted.messages("CouldNotConvertTeXMath"):
        reason = str(message.get("message", "")).strip().splitlines()
        why = next((line.strip() for line in reason if line.strip().startswith("unexpected")), "it is not TeX we know")
        why = why.replace("unexpected eof", "it ends too early")
        remarks.lose(f"The formula `{str(message.get('contents', ''))[:80]}` could not be read: {why}. Correct it.")
