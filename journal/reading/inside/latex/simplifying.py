"""Takes away what only a page needs (boxes, scaling, wrapping), and says algorithms and parts of figures plainly."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

from journal.reading.inside.latex.scanning import arguments, rewritten

# Commands that put their last argument into a box, and how many arguments they have.
_BOXES = (
    (re.compile(r"\\(?:resizebox\*?|fcolorbox)(?![A-Za-z])"), 3),
    (re.compile(r"\\(?:scalebox|adjustbox|rotatebox|parbox|colorbox|raisebox)(?![A-Za-z])"), 2),
    (re.compile(r"\\(?:centerline|makebox|framebox|fbox|leavevmode|clap|rlap|llap)(?![A-Za-z])"), 1),
)
_CELLS = re.compile(r"\\(?:makecell|thead|shortstack)(?![A-Za-z])")
_PARTS = re.compile(r"\\(?:subfloat|subfigure)\s*\[(?P<caption>[^\[\]]*)\]")
_CAPTIONED = re.compile(r"\\subcaptionbox(?![A-Za-z])")
_DROPPED = re.compile(
    r"\\(?:rowcolor|cellcolor|columncolor|vspace|hspace|phantom|vphantom|hphantom)\*?(?:\[[^\]]*\])?\{[^{}]*\}"
    r"|\\(?:begin|end)\{(?:adjustbox|threeparttable|center|landscape|multicols|spacing|singlespace|doublespace)\}"
    r"(?:\[[^\]]*\])?(?:\{[^{}]*\})?|\\(?:arraybackslash|allowbreak|xspace)(?![A-Za-z])"
)
_RENAMED = (
    (re.compile(r"\\begin\{(?:wrapfigure|wraptable)\}(?:\[[^\]]*\])?\{[^{}]*\}(?:\[[^\]]*\])?\{[^{}]*\}"), "begin"),
    (re.compile(r"\\end\{(?:wrapfigure|wraptable)\}"), "end"),
)
_ENVIRONMENTS = {
    "sidewaysfigure": "figure",
    "sidewaystable": "table",
    "SCfigure": "figure",
    "tabulary": "tabularx",
    "Verbatim": "verbatim",
    "alltt": "verbatim",
}
_AND = re.compile(r"\\(?:And|AND)(?![A-Za-z])")
_EDGE = re.compile(r"\\(begin|end)\{(" + "|".join(_ENVIRONMENTS) + r")(\*?)\}")
_ALGORITHMIC = re.compile(r"\\begin\{algorithmic\}(?:\[[^\]]*\])?(.*?)\\end\{algorithmic\}", re.DOTALL)
_ALGORITHM = re.compile(r"\\begin\{algorithm\*?\}(?:\[[^\]]*\])?(?P<inner>.*?)\\end\{algorithm\*?\}", re.DOTALL)
_CAPTION = re.compile(r"\\caption(?![A-Za-z])")
_THEOREM = re.compile(
    r"\\begin\{(theorem|lemma|proposition|corollary|definition|remark|example|hypothesis|conjecture|assumption|claim)\}"
)
_NEW_THEOREM = re.compile(r"\\newtheorem\*?\s*\{([^{}]*)\}")
_STEP = re.compile(
    r"\\(?P<word>Statex?|If|ElsIf|Else|EndIf|For|ForAll|EndFor|While|EndWhile|Repeat|Until|Loop|EndLoop|Require"
    r"|Ensure|Return|Procedure|EndProcedure|Function|EndFunction|Comment|Call|Input|Output)(?![A-Za-z])",
    re.IGNORECASE,
)
_STEPS = {
    "if": (r"\textbf{if} ", r" \textbf{then}"),
    "elsif": (r"\textbf{else if} ", r" \textbf{then}"),
    "for": (r"\textbf{for} ", r" \textbf{do}"),
    "forall": (r"\textbf{for all} ", r" \textbf{do}"),
    "while": (r"\textbf{while} ", r" \textbf{do}"),
    "until": (r"\textbf{until} ", ""),
}
_WORDS = {
    "else": "else",
    "repeat": "repeat",
    "loop": "loop",
    "require": "Require:",
    "ensure": "Ensure:",
    "input": "Input:",
    "output": "Output:",
    "endif": "end if",
    "endfor": "end for",
    "endwhile": "end while",
    "endloop": "end loop",
}


def simplified(text: str) -> str:
    """The source with the same words and without what pandoc would pass over together with what is in it."""
    text = _with_theorems(text)
    text = _AND.sub(r"\\and", _ALGORITHMIC.sub(lambda match: _listed(match[1]), _titled(text)))
    for pattern, arguments_of_it in _BOXES:
        for _ in range(3):  # boxes in boxes
            text = rewritten(text, pattern, arguments_of_it, lambda _match, found: found[-1])
    text = rewritten(text, _CELLS, 1, lambda _match, found: found[0].replace(r"\\", " "))
    text = rewritten(text, _PARTS, 1, lambda match, found: _part(match["caption"], found[0]))
    text = rewritten(text, _CAPTIONED, 2, lambda _match, found: _part(found[0], found[1]))
    for pattern, edge in _RENAMED:
        text = pattern.sub(_plain_float(edge), text)
    text = _EDGE.sub(lambda match: rf"\{match[1]}{{{_ENVIRONMENTS[match[2]]}{match[3]}}}", text)
    return _DROPPED.sub(lambda match: "\n\n" if match[0].startswith((r"\begin", r"\end")) else "", text)


def _with_theorems(text: str) -> str:
    """The source with what it calls a theorem declared as one: a journal's class may do it, and no class is read."""
    used = {match[1] for match in _THEOREM.finditer(text)}
    declared = {match[1] for match in _NEW_THEOREM.finditer(text)}
    lines = "".join(rf"\newtheorem{{{name}}}{{{name.capitalize()}}}" + "\n" for name in sorted(used - declared))
    return text.replace(r"\begin{document}", lines + r"\begin{document}", 1) if lines else text


def _plain_float(edge: str) -> Callable[[re.Match[str]], str]:
    return lambda match: rf"\{edge}{{{'table' if 'table' in match[0] else 'figure'}}}"


def _part(caption: str, content: str) -> str:
    return rf"\begin{{subfigure}}{{1cm}}{content}\caption{{{caption}}}\end{{subfigure}}"


def _titled(text: str) -> str:
    """Algorithms float in LaTeX and have a caption; here it is a line over the steps."""
    numbers = count(1)

    def title(_match: re.Match[str], found: list[str]) -> str:
        return f"\n\n\\textbf{{Algorithm {next(numbers)}.}} {found[0]}\n\n"

    return _ALGORITHM.sub(lambda match: f"\n\n{rewritten(match['inner'], _CAPTION, 1, title)}\n\n", text)


def _listed(steps: str) -> str:
    """An algorithm as a numbered list of its lines."""
    parts: list[str] = []
    place = 0
    for match in _STEP.finditer(steps):
        if match.start() < place:
            continue
        parts.append(steps[place : match.start()])
        words, place = _step(steps, match)
        parts.append(words)
    listed = "".join([*parts, steps[place:]])
    first = listed.find(r"\item")
    return f"\\begin{{enumerate}}\n{listed[first:]}\n\\end{{enumerate}}\n" if first >= 0 else listed


def _step(steps: str, match: re.Match[str]) -> tuple[str, int]:
    word = match["word"].lower()
    if word in _STEPS:
        taken = arguments(steps, match.end(), 1)
        before, after = _STEPS[word]
        return (rf"\item {before}{taken[0][0]}{after} ", taken[1]) if taken else (r"\item ", match.end())
    if word == "comment":
        return " // ", match.end()
    if word == "call":
        return "", match.end()
    if word == "return":
        return r"\item \textbf{return} ", match.end()
    return (rf"\item \textbf{{{_WORDS[word]}}} " if word in _WORDS else r"\item "), match.end()
