"""Makes one source of a LaTeX document: `python -m journal.reading.inside.latex.whole`.

`given/names.json` lists the names of the texts; `given/0000` and so on are they, the document first. The argument `bbl`
says that there is no bibliography but what BibTeX may have made of it. Answers as `journal.reading.inside.inspect`
does; the source is `written/clean`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from journal.reading.inside.inspect import readable_file
from journal.reading.inside.latex.conditionals import settled
from journal.reading.inside.latex.flattening import Parts
from journal.reading.inside.latex.heads import heads_in
from journal.reading.inside.latex.references import with_references_listed
from journal.reading.inside.latex.simplifying import simplified
from journal.reading.problems import Problem, Unusable

GIVEN, WRITTEN = Path("given"), Path("written")
_BIBLIOGRAPHY = re.compile(r"\\(?:bibliography|addbibresource)\s*(?:\[[^\]]*\])?\{([^{}]*)\}")
_DRAWN = re.compile(r"\\begin\{(?:tikzpicture|pgfpicture|pspicture|picture|forest|circuitikz|tikzcd)\}")
_APPENDIX = re.compile(r"\\appendix(?![A-Za-z])|\\begin\{appendices\}")
APPENDIX = "appendix-begins-here"


def made_whole() -> Mapping[str, object]:
    """Write the one source and say what was found in it."""
    names = json.loads((GIVEN / "names.json").read_bytes())
    texts = {}
    unread = []
    for number, name in enumerate(names):
        try:
            texts[name] = readable_file((GIVEN / f"{number:04}").read_bytes())
        except Unusable as unusable:
            if number == 0:
                raise
            unread.append([name, unusable.problem, dict(unusable.detail)])
    parts = Parts(texts)
    text = settled(parts.whole(names[0]))
    if not re.search(r"\\begin\{document\}", text) and re.search(r"\\documentclass|\\usepackage", text):
        raise Unusable(Problem.NO_DOCUMENT)
    asked = [name.strip() for match in _BIBLIOGRAPHY.finditer(text) for name in match[1].split(",")]
    if "bbl" in sys.argv[1:] and "{thebibliography}" not in text:
        text = _with_bbl(text, texts, names[0])
    text, entries = with_references_listed(simplified(text))
    marked = _APPENDIX.sub(lambda _match: f"\n\n\\hypertarget{{{APPENDIX}}}{{}}\n\n", _BIBLIOGRAPHY.sub("", text))
    (WRITTEN / "clean").write_text(marked, encoding="utf-8")
    return {
        **heads_in(text),
        "unread": parts.unread,
        "unreadable": unread,
        "used": parts.used,
        "bibliographies": asked,
        "entries": [asdict(entry) for entry in entries],
        "drawn": len(_DRAWN.findall(text)),
    }


def _with_bbl(text: str, texts: Mapping[str, str], main: str) -> str:
    """The source with what BibTeX made (`paper.bbl`), where that is given."""
    own = main.rpartition(".")[0] + ".bbl"
    others = [name for name in texts if name.endswith(".bbl")]
    found = own if own in texts else others[0] if len(others) == 1 else None
    if found is None or "thebibliography" not in texts[found]:
        return text
    match = re.search(r"\\(?:bibliography|printbibliography)(?:\[[^\]]*\])?(?:\{[^{}]*\})?", text)
    place = match.start() if match else text.rfind(r"\end{document}")
    return text[:place] + "\n" + texts[found] + "\n" + text[place:]


if __name__ == "__main__":
    from journal.reading.inside.inspect import answer

    sys.stdout.write(json.dumps(answer(lambda _body: made_whole(), b"x")))
