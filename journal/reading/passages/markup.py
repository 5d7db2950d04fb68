"""Takes the markup off a piece of text: what is left are the words as a reader sees them."""

from __future__ import annotations

import html
import re
from enum import StrEnum


class Markup(StrEnum):
    """How a passage's source is marked up."""

    NONE = "none"
    MARKDOWN = "markdown"
    LATEX = "latex"


_SYMBOLS = {
    "geq": "≥",
    "ge": "≥",
    "leq": "≤",
    "le": "≤",
    "neq": "≠",
    "ne": "≠",
    "gt": ">",
    "lt": "<",
    "approx": "≈",
    "geqslant": "≥",
    "leqslant": "≤",
    "times": "×",
    "pm": "±",
    "cdot": "·",
    "to": "→",
    "rightarrow": "→",
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "Delta": "Δ",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "theta": "θ",
    "eta": "η",
    "epsilon": "ε",
    "chi": "χ",
    "omega": "ω",
    "ldots": "…",
    "dots": "…",
    "S": "§",
    "textgreater": ">",
    "textless": "<",
    "in": "∈",
    "sim": "~",
    "infty": "∞",
}
_MATH = re.compile(r"\\\(|\\\)|\\\[|\\\]|(?<!\\)\$\$?")
_SYMBOL = re.compile(r"\\([A-Za-z]+)(?![A-Za-z])")
_SUBSCRIPT = re.compile(r"_\{([^{}]*)\}|\^\{([^{}]*)\}")

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_INLINE_CODE = re.compile(r"`r\s[^`]*`")
_ATTRIBUTES = re.compile(r"\{[#.][^{}]*\}\s*\Z")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_MARKS = re.compile(r"\*{1,3}|(?<![\w])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![\w])|`+|~~")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")

_TEX_COMMENT = re.compile(r"(?<!\\)%.*")
_DROPPED = re.compile(
    r"\\(?:label|cite[a-z]*|ref|eqref|autoref|cref|Cref|vspace|hspace|includegraphics)\*?(?:\[[^\]]*\])*\{[^{}]*\}"
)
_COMMAND = re.compile(r"\\[A-Za-z]+\*?(?:\[[^\]]*\])?")
_TEX_ESCAPE = re.compile(r"\\([%&$#_{}])")


def plain(source: str, markup: Markup) -> str:
    """The words of a piece of source, white space folded. Numbers that are inline code become an ellipsis."""
    if markup is Markup.MARKDOWN:
        source = _from_markdown(source)
    elif markup is Markup.LATEX:
        source = _from_latex(source)
    return " ".join(source.split())


def _from_markdown(source: str) -> str:
    source = _INLINE_CODE.sub("…", _COMMENT.sub(" ", source))
    source = _LINK.sub(r"\1", _ATTRIBUTES.sub("", source))
    if "$" in source or "\\" in source:
        source = _from_mathematics(source)
    return html.unescape(_MARKS.sub("", _TAG.sub(" ", _ESCAPE.sub(r"\1", source))))


def _from_mathematics(source: str) -> str:
    source = _SYMBOL.sub(lambda match: _SYMBOLS.get(match[1], match[0]), source)
    if not _MATH.search(source):
        return source
    source = re.sub(r"\\(?:text|mathrm|mathit|mathbf|operatorname)\{([^{}]*)\}", r"\1", source)
    return _MATH.sub("", _SUBSCRIPT.sub(lambda match: f"_{match[1]}" if match[1] else f"^{match[2]}", source))


def _from_latex(source: str) -> str:
    source = _DROPPED.sub(" ", _TEX_COMMENT.sub("", source))
    source = _from_mathematics(source)
    source = _TEX_ESCAPE.sub(r"\1", source.replace("~", " ").replace("``", "“").replace("''", "”").replace("\\\\", " "))
    return re.sub(r"[{}]", "", _COMMAND.sub("", source)).replace("---", "—").replace("--", "–")
