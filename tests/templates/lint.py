"""What no template may contain: anything the content-security policy forbids, and dates that a program cannot read."""

import re
from collections.abc import Iterator
from pathlib import Path

TAG = r"<(?!/|!)[a-z][^>]*"
FAULTS = {
    "a style attribute": re.compile(rf"{TAG}\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "a script in the page": re.compile(r"<script\b(?![^>]*\ssrc=)(?![^>]*application/ld\+json)"),
    "a handler in an attribute": re.compile(rf"{TAG}\s(?:on[a-z]+|hx-on[^=]*)\s*="),
    "an expression that htmx would evaluate": re.compile(
        r"""hx-[a-z-]+\s*=\s*["'](?:js|javascript):|hx-trigger="[^"]*\["""
    ),
    "a javascript address": re.compile(r"""(?:href|action|src)\s*=\s*["']\s*javascript:"""),
    "something fetched from elsewhere": re.compile(
        r"""<(?:script|img|iframe|source|video|audio|embed|object|use)\b[^>]*\s(?:src|data|href)\s*=\s*["'](?:https?:)?//"""
        r"""|<link\b(?=[^>]*\srel=["'](?:stylesheet|preload|icon|modulepreload)["'])[^>]*\shref\s*=\s*["'](?:https?:)?//"""
    ),
    "an address without encryption": re.compile(r"""=\s*["']http://(?!www\.w3\.org/)"""),
    "a <time> without datetime": re.compile(r"<time(?![^>]*\sdatetime=)[\s>]"),
    "a form that posts without a token": re.compile(
        r"""<form\b[^>]*method=["']post["'](?:(?!</form>).)*?</form>""", re.DOTALL | re.IGNORECASE
    ),
    "text marked safe": re.compile(r"\|\s*safe\b|autoescape\s+false"),
}
TOKEN = re.compile(r"csrf\(\)|csrf_token|hidden_tag\(\)")
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)


def faults_of(source: str) -> Iterator[str]:
    """The names of the faults in a template's source; what its comments say is not counted."""
    bare = COMMENT.sub("", source)
    for name, pattern in FAULTS.items():
        for found in pattern.finditer(bare):
            if not (name == "a form that posts without a token" and TOKEN.search(found[0])):
                yield name


def templates(root: Path) -> list[Path]:
    """Every template under `root` that is for a browser; paper/ is for the typesetter, which obeys no policy."""
    return sorted(path for path in root.rglob("*.html") if not {"static", "paper"} & set(path.parts))
