"""How a published report is cited: a line for people, and BibTeX, CSL-JSON and RIS for reference managers.

All need a published record: with an identity and a date of publication. A DOI is given only once it is deposited,
because until then it leads nowhere.
"""

import json
import unicodedata
from datetime import date

from workflows.declassify import Author, Identity, PublicRecord

_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}
FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE = "\u2068", "\u2069"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Unpublished(ValueError):
    """The record has no identity or no date of publication, so nobody can cite it yet."""


def article_address(public_base_url: str, identity: Identity) -> str:
    """The address of the report's page on the public site."""
    return f"{public_base_url.rstrip('/')}/reports/{identity.public_id}"


def reference(record: PublicRecord, *, journal_name: str, address: str) -> str:
    """The report as a reference list gives it (APA 7): names, year, title, journal, address."""
    _, published = _published(record)
    names = _listed([_isolated(_with_initials(author)) for author in record.authors])
    title = record.title if record.title.endswith(("?", "!")) else f"{record.title}."
    return f"{names} ({published.year}). {title} {journal_name}. {address}"


def bibtex(record: PublicRecord, *, journal_name: str, address: str, doi_deposited: bool = False) -> str:
    """The report as one BibTeX entry; its key is the public identifier. Text is UTF-8."""
    identity, published = _published(record)
    fields = {
        "author": " and ".join(_bibtex_name(author) for author in record.authors),
        "title": f"{{{_tex(record.title)}}}",
        "journal": _tex(journal_name),
        "year": str(published.year),
        "url": _flat(address),
        "note": _note(record),
        "abstract": _tex(record.abstract),
    }
    if doi_deposited and identity.doi:
        fields["doi"] = _flat(identity.doi)
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    lines.insert(4, f"  month = {MONTHS[published.month - 1]},")
    return "\n".join([f"@article{{{identity.public_id},", *lines, "}", ""])


def csl_json(record: PublicRecord, *, journal_name: str, address: str, doi_deposited: bool = False) -> str:
    """The report as CSL-JSON: a list of one item, after csl-data.json."""
    identity, published = _published(record)
    item: dict[str, object] = {
        "id": identity.public_id,
        "type": "article-journal",
        "title": record.title,
        "container-title": journal_name,
        "author": [_csl_name(author) for author in record.authors],
        "issued": {"date-parts": [[published.year, published.month, published.day]]},
        "URL": address,
        "abstract": record.abstract,
        "genre": _note(record),
        "keyword": ", ".join(record.topics),
        "language": "en",
    }
    if doi_deposited and identity.doi:
        item["DOI"] = identity.doi
    return json.dumps([item], ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def ris(record: PublicRecord, *, journal_name: str, address: str, doi_deposited: bool = False) -> str:
    """The report as one RIS record, lines ending in CR LF as the format asks."""
    identity, published = _published(record)
    lines = [("TY", "JOUR"), *(("AU", _inverted(author)) for author in record.authors)]
    lines += [
        ("TI", record.title),
        ("T2", journal_name),
        ("PY", str(published.year)),
        ("DA", f"{published:%Y/%m/%d}"),
        ("AB", record.abstract),
        *(("KW", topic) for topic in record.topics),
        ("M3", _note(record)),
        ("UR", address),
        ("ID", identity.public_id),
    ]
    if doi_deposited and identity.doi:
        lines.append(("DO", identity.doi))
    return "".join(f"{tag}  - {_flat(value)}\r\n" for tag, value in (*lines, ("ER", "")))


def _published(record: PublicRecord) -> tuple[Identity, date]:
    if record.identity is None or record.published_on is None:
        raise Unpublished(record.title)
    return record.identity, record.published_on


def _note(record: PublicRecord) -> str:
    return "Registered report, stage 2" + (", retracted" if record.retracted else "")


def _flat(text: str) -> str:
    return " ".join(text.split())


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in _flat(text))


def _bibtex_name(author: Author) -> str:
    if author.family and author.given:
        return f"{_tex(author.family)}, {_tex(author.given)}"
    return f"{{{_tex(author.family or author.name)}}}"


def _csl_name(author: Author) -> dict[str, str]:
    if author.family and author.given:
        return {"family": author.family, "given": author.given}
    return {"literal": author.family or author.name}


def _inverted(author: Author) -> str:
    if author.family and author.given:
        return f"{author.family}, {author.given}"
    return author.family or author.name


def _with_initials(author: Author) -> str:
    if not (author.family and author.given):
        return author.family or author.name
    parts = author.given.replace("-", " -").split()
    initials = " ".join(f"{part[: 2 if part.startswith('-') else 1]}." for part in parts)
    return f"{author.family}, {initials.replace(' -', '-')}"


def _isolated(name: str) -> str:
    """A name that runs from right to left, kept from turning the words around it."""
    if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in name):
        return f"{FIRST_STRONG_ISOLATE}{name}{POP_DIRECTIONAL_ISOLATE}"
    return name


def _listed(names: list[str]) -> str:
    match names:
        case []:
            return "Anonymous"
        case [name]:
            return name
        case [*first, last]:
            return f"{', '.join(first)}, & {last}"
        case _:
            raise AssertionError(names)
