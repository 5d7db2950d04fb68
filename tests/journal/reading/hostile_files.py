"""Hostile files, made here: zips, LaTeX, PDF figures and bibliographies; `docs/hostile-files.md` lists them.

Those in Markdown, Word and SVG stand with their tests.
"""

import io
import stat
import warnings
import zipfile
from collections.abc import Mapping

import pikepdf

from tests.journal.reading.samples import PROGRAM, drawing, picture

TEX = rb"\documentclass{article}\begin{document}Words. "
END = rb"\end{document}"


def tex(inner: bytes) -> bytes:
    """A small LaTeX document around some source."""
    return TEX + inner + END


def zipped(files: Mapping[str, bytes], *entries: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    """A zip of a small LaTeX document and these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ({"main.tex": tex(b"")} | dict(files)).items():
            archive.writestr(name, content)
        for entry, content in entries:
            archive.writestr(entry, content)
    return out.getvalue()


def of_mode(name: str, mode: int) -> zipfile.ZipInfo:
    """An entry that is no plain file."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (mode | 0o777) << 16
    return entry


def doubled() -> bytes:
    """Two parts of one name, which two programs read differently."""
    out = io.BytesIO(zipped({}))
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr(zipfile.ZipInfo("main.tex"), b"another")
    return out.getvalue()


def locked() -> bytes:
    """A zip whose parts say that they are encrypted."""
    marked = bytearray(zipped({}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = marked.find(signature)
        while place >= 0:
            marked[place + offset] |= 1
            place = marked.find(signature, place + 1)
    return bytes(marked)


def pdf(
    *, width: float = 120, pages: int = 1, javascript: str = "", attached: bytes = b"", password: str = ""
) -> bytes:
    """A PDF such as a plotting program writes, with what its author asks for."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(width, 80))
        if javascript:
            document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(javascript))
        if attached:
            document.attachments["evil.exe"] = attached
        document.save(out, encryption=pikepdf.Encryption(owner=password, user=password) if password else False)
    return out.getvalue()


def pdf_with_action(kind: str, **values: str) -> bytes:
    """A PDF that asks its reader to do something when it is opened."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(120, 80))
        action = {f"/{key}": pikepdf.String(value) for key, value in values.items()}
        document.Root.OpenAction = pikepdf.Dictionary({"/S": pikepdf.Name(f"/{kind}"), **action})
        document.save(out)
    return out.getvalue()


MILLION = 1024 * 1024
# Zips: what the refusal says, or None where it is taken and nothing bad of it comes through.
ZIPS: dict[str, tuple[bytes, str | None]] = {
    "a bomb of one part": (zipped({"data.json": bytes(60 * MILLION)}), "unpacks to far more"),
    "a bomb of many parts": (zipped({f"{n}.json": bytes(8 * MILLION) for n in range(9)}), "unpacks to far more"),
    "an archive in the archive": (zipped({"inner.zip": zipped({"x.json": bytes(9 * MILLION)})}), None),
    "thousands of parts": (zipped({f"{n}.png": b"" for n in range(5001)}), "unpacks to far more"),
    "hundreds of figures": (zipped({f"{n}.png": b"x" for n in range(501)}), "502 files"),
    "a path up the tree": (zipped({"../../etc/cron.d/x.tex": b"x"}), "leads out of the file"),
    "an absolute path": (zipped({"/etc/cron.d/x.tex": b"x"}), "leads out of the file"),
    "a path with backslashes": (zipped({}, (of_mode("..\\x.tex", stat.S_IFREG), b"x")), "leads out of the file"),
    "a path with a drive": (zipped({"C:x.tex": b"x"}), "leads out of the file"),
    "a symbolic link": (zipped({}, (of_mode("refs.bib", stat.S_IFLNK), b"/etc/passwd")), "a symbolic link"),
    "a link to a folder": (zipped({}, (of_mode("figs", stat.S_IFLNK), b"/")), "a symbolic link"),
    "two parts of one name": (doubled(), "two parts of the same name"),
    "a password": (locked(), "protected by a password"),
    "cut off": (zipped({"x.json": bytes(range(256)) * 40})[:-60], "does not unpack"),
    "a wrong checksum": (zipped({}).replace(b"Words", b"words"), None),
    "only its first bytes": (b"PK\x03\x04" + bytes(40), "does not unpack"),
    "a program by name a zip": (PROGRAM, "does not begin as one"),
    "a program with a zip behind it": (PROGRAM + zipped({}), "does not begin as one"),
    "a PDF with a zip behind it": (pdf() + zipped({}), "does not begin as one"),
    "a program among its parts": (zipped({"setup.exe": PROGRAM, "run.sh": b"rm -rf /"}), None),
    "hidden files": (zipped({".git/config": b"x", "__MACOSX/._main.tex": b"x", ".main.tex": tex(b"HIDDEN")}), None),
    "no manuscript": (zipped({}).replace(b"main.tex", b"main.xyz"), "No manuscript was found"),
}

# LaTeX: each is read to a clean document. {canary} is a file of this machine that must not come through.
LATEX: dict[str, str] = {
    "input of an absolute path": r"\input{{{canary}}}",
    "input up the tree": r"\input{{../../../../../../../../..{canary}}}",
    "input without braces": r"\input {canary} after",
    "include, import, subfile": r"\include{{{canary}}}\import{{/}}{{{canary}}}\subfile{{{canary}}}",
    "verbatim input": r"\verbatiminput{{{canary}}}\lstinputlisting{{{canary}}}\inputminted{{text}}{{{canary}}}",
    "openin and read": r"\newread\f\openin\f={canary}\read\f to\x\x",
    "a program run": r"\immediate\write18{{cat {canary} > x}}\input{{|cat {canary}}}",
    "Lua": r"\directlua{{io.open('{canary}')}}\luaexec{{os.execute('id')}}",
    "a figure of this machine": r"\includegraphics{{{canary}}}",
    "a figure from elsewhere": r"\includegraphics{{http://127.0.0.1:9/x.png}}",
    "a bibliography of this machine": r"\cite{{stolen}}\bibliography{{{canary}}}",
    "a package of this machine": r"\usepackage{{{canary}}}\RequirePackage{{{canary}}}",
    "a link that acts": r"\href{{javascript:alert(1)}}{{x}}\url{{javascript:alert(1)}}\href{{file://{canary}}}{{y}}",
    "HTML in a formula": r"$\text{{<script>alert(1)</script>}}$ $\href{{javascript:alert(1)}}{{x}}$",
    "HTML in code": r"\verb|<script>alert(1)</script>|",
    "a definition that calls itself": r"\def\x{{\x\x}}\x",
    "definitions that double": "".join(
        rf"\newcommand{{{{\m{chr(97 + n)}}}}}{{{{\m{chr(98 + n)}\m{chr(98 + n)}}}}}" for n in range(24)
    )
    + r"\newcommand{{\my}}{{lol}}\ma",
    "braces that never close": "{{" * 400,
    "boxes that never close": r"\resizebox{{" * 400,
    "boxes in boxes": r"\scalebox{{1}}{{" * 60 + "x" + "}}" * 60,
    "conditions that never close": r"\iffalse " * 400,
    "a part that takes itself in": r"\input{{main}}\input{{main.tex}}",
    "characters changed": r"\catcode`\@=0 @input{{{canary}}}",
    "names made of letters": r"\csname input\endcsname{{{canary}}}",
    "an anchor of ours": r"\hypertarget{{appendix-begins-here}}{{}}"
    r"\begin{{description}}\item[bibitem:x] y\end{{description}}",
}
REFUSED_OR_READ = frozenset(
    (
        *("a definition that calls itself", "definitions that double", "braces that never close"),
        *("boxes that never close", "conditions that never close"),
    )
)

# PDF figures: what the refusal says, or None where the page is drawn.
FIGURES: dict[str, tuple[bytes, str | None]] = {
    "a password": (pdf(password="x"), "protected by a password"),
    "JavaScript": (pdf(javascript="app.alert(1)"), None),
    "a program that is opened": (pdf_with_action("Launch", F="/bin/sh"), None),
    "an address that is opened": (pdf_with_action("URI", URI="http://127.0.0.1:9/"), None),
    "a file inside": (pdf(attached=PROGRAM), None),
    "a page as large as a field": (pdf(width=14_000), None),
    "hundreds of pages": (pdf(pages=300), None),
    "no page": (b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF", "damaged"),
    "cut off": (pdf()[:200], "damaged"),
    "only its first bytes": (b"%PDF-1.7", "damaged"),
    "a picture behind it": (pdf() + picture(), None),
    "a drawing that says it is a PDF": (b"%PDF" + drawing("<script>alert(1)</script>"), "damaged"),
}

# Bibliographies: each is read without what acts, or refused.
BIBLIOGRAPHIES: dict[str, str] = {
    "CSL-JSON with a script": '[{"id":"a","type":"book","title":"<script>alert(1)</script> T",'
    '"URL":"javascript:alert(1)"}]',
    "CSL-JSON that is deep": "[" * 5000,
    "CSL-JSON of another kind": '{"a": {"b": 1}}',
    "RIS with a file": "TY  - BOOK\nID  - a\nTI  - T\nUR  - file:///etc/passwd\nL1  - file:///etc/passwd\nER  - \n",
    "BibTeX that never closes": "@book{a, title={" + "{" * 3000,
}
