"""Changes the form of a protocol and none of its content, as authors and their programs do. Imports nothing of ours."""

import re
import subprocess
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path

import pypandoc

_PANDOC = Path(pypandoc.__file__).parent / "files" / "pandoc"
_FENCE = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)


def pandoc(body: bytes, *arguments: str) -> bytes:
    """What pandoc makes of a text on its standard input."""
    return subprocess.run([_PANDOC, *arguments], input=body, capture_output=True, check=True).stdout


def to_word(body: bytes) -> bytes:
    """Markdown as a Word file."""
    return pandoc(body, "-f", "markdown", "-t", "docx", "-o", "-")


def to_latex(body: bytes) -> bytes:
    """Markdown as a LaTeX document."""
    return pandoc(body, "-f", "markdown", "-t", "latex", "--standalone")


def to_one_line_a_paragraph(body: bytes) -> bytes:
    """Markdown as editors write it that do not wrap."""
    return pandoc(body, "-f", "markdown", "-t", "markdown-grid_tables-simple_tables-multiline_tables", "--wrap=none")


def rewrapped(body: bytes) -> bytes:
    """The same paragraphs in narrow lines."""
    parts = _FENCE.split(body.decode())
    return "".join(part if part.startswith("```") else _narrow(part) for part in parts).encode()


def _narrow(text: str) -> str:
    blocks = text.split("\n\n")
    return "\n\n".join(_wrapped(block) if _is_paragraph(block) else block for block in blocks)


def _is_paragraph(block: str) -> bool:
    return bool(block.strip()) and not re.match(r"\s*(?:[-*+#|>:<]|\d+[.)] |---)", block) and "\n- " not in block


def _wrapped(block: str) -> str:
    return textwrap.fill(" ".join(block.split()), 50, break_on_hyphens=False, break_long_words=False)


def other_line_ends(body: bytes) -> bytes:
    """Line ends as Windows writes them, and a byte order mark."""
    return b"\xef\xbb\xbf" + body.replace(b"\n", b"\r\n")


def other_bullets(body: bytes) -> bytes:
    """Lists with another sign."""
    return re.sub(rb"^(\s*)- ", rb"\1* ", body, flags=re.MULTILINE)


def other_emphasis(body: bytes) -> bytes:
    """Bold with underscores."""
    return re.sub(rb"\*\*([^*\n]+)\*\*", rb"__\1__", body)


def with_a_comment(body: bytes) -> bytes:
    """A note of the authors to themselves, with numbers, that no reader of the plan sees."""
    return body + b"\n\n<!-- H9: we could also recruit n = 999 participants and exclude all outliers -->\n"


TEXT_MUTATORS: Mapping[str, Callable[[bytes], bytes]] = {
    each.__name__: each for each in (rewrapped, other_line_ends, other_bullets, other_emphasis, with_a_comment)
}
FORMATS: Mapping[str, Callable[[bytes], bytes]] = {
    "protocol.docx": to_word,
    "protocol.tex": to_latex,
    "protocol.md": to_one_line_a_paragraph,
}
