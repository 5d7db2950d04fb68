"""What a reader downloads from the public application, fetched over HTTP and looked at: one line for each check."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from lxml import etree

from journal.demonstration.shelf import Scene, Study, studies
from journal.demonstration.transports import OverHttp
from journal.demonstration.visitor import Answer
from workflows.outcomes import conclude

_FOUND, _GONE = 200, 404
_PATIENCE_SECONDS = 30.0
_ATOM = {"atom": "http://www.w3.org/2005/Atom"}
_LISTS = ("/", "/reports", "/protocols", "/feed.xml", "/nulls.xml", "/sitemap.xml", "/reports.json")
_ABSENT = (Scene.EMBARGOED, Scene.HELD, Scene.WITHDRAWN, Scene.REVIEWED_NOW)


@dataclass(frozen=True, slots=True)
class Checked:
    """One check: what was looked at, and what is wrong with it, or nothing."""

    words: str
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody without an account, at the public address."""

    public_url: str

    def get(self, path: str) -> Answer:
        """What the public application answers to a GET."""
        return OverHttp().send("GET", f"{self.public_url}{path}", body=None, media_type=None)

    def text(self, path: str) -> str:
        """The same as text."""
        return self.get(path).body.decode("utf-8", "replace")

    def await_page(self, path: str) -> bool:
        """Wait until the public application has followed the release with `path`."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < end:
            if self.get(path).status == _FOUND:
                return True
            time.sleep(0.2)
        return False


def check(public_url: str, public_id: str, played: Study) -> Iterator[Checked]:
    """Look at the article `public_id`, which reports `played`, at what lists it, and for what must not be there."""
    reader = Reader(public_url)
    here = f"/reports/{public_id}"
    looks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("the article page has its title and its outcome", lambda: _article(reader, here, played)),
        ("the PDF is the one whose SHA-256 the record states", lambda: _pdf(reader, here)),
        ("every file that the record names comes as it states, figures too", lambda: _files(reader, here)),
        ("the PDF is sent in parts to whoever asks so", lambda: _part(reader, here)),
        ("the JSON has every row's outcome, and says that it is a null", lambda: _record(reader, here, played)),
        ("BibTeX, RIS and CSL JSON cite it", lambda: _citations(reader, here)),
        ("the Atom feed announces it", lambda: _feed(reader, here)),
        ("a search finds it, and null results list it", lambda: _search(reader, here, played)),
        ("a second visit gets 304 and no body", lambda: _again(reader, here)),
        ("the announced protocol is listed", lambda: _announced(reader)),
        ("what is held, embargoed, withdrawn or in review is nowhere", lambda: _absent(reader, played)),
        ("what does not exist and what is withheld give the same page", lambda: _missing(reader)),
    )
    if not reader.await_page(here):
        yield Checked("the public application follows the release", f"{here} is not there")
        return
    for words, look in looks:
        yield Checked(words, _outcome_of(look))


def _outcome_of(look: Callable[[], str]) -> str:
    """What is wrong. A look that could not even be taken is a failed check, and the others are still made."""
    try:
        return look()
    except Exception as error:  # noqa: BLE001 - whatever it was, it is what the line says
        return f"{type(error).__name__}: {error}"


def _article(reader: Reader, here: str, played: Study) -> str:
    text = reader.text(here)
    wanted = [played.protocol.title.split(":")[0], "Null, informative"]
    return "; ".join(f"{words!r} is not on the page" for words in wanted if words not in text)


def _pdf_of(reader: Reader, here: str) -> dict[str, object]:
    record = json.loads(reader.text(f"{here}.json"))
    return next(file for file in record["files"] if file["kind"] == "pdf")


def _pdf(reader: Reader, here: str) -> str:
    stated = _pdf_of(reader, here)
    answer = reader.get(f"{here}/{stated['name']}")
    if answer.status != _FOUND or not answer.body.startswith(b"%PDF-"):
        return f"{here}/{stated['name']} answers {answer.status} and is no PDF"
    found = hashlib.sha256(answer.body).hexdigest()
    return "" if found == stated["sha256"] else f"it has {found}, the record states {stated['sha256']}"


def _files(reader: Reader, here: str) -> str:
    files = json.loads(reader.text(f"{here}.json"))["files"]
    answers = [(file, reader.get(f"{here}/{file['name']}")) for file in files]
    wrong = [
        f"{file['name']} answers {answer.status} and other bytes"
        for file, answer in answers
        if hashlib.sha256(answer.body).hexdigest() != file["sha256"]
    ]
    return "; ".join(wrong) if any(file["kind"] == "figure" for file in files) else "it names no figure"


def _part(reader: Reader, here: str) -> str:
    from urllib.request import Request, urlopen

    name = _pdf_of(reader, here)["name"]
    asked = Request(f"{reader.public_url}{here}/{name}", headers={"Range": "bytes=0-7"})  # noqa: S310 - our own address
    with urlopen(asked, timeout=30) as answer:  # noqa: S310 - as above
        body = answer.read()
        right = answer.status == 206 and body[:5] == b"%PDF-" and len(body) == 8  # noqa: PLR2004 - partial content, what was asked
    return "" if right else f"answered {answer.status} with {len(body)} bytes"


def _record(reader: Reader, here: str, played: Study) -> str:
    record = json.loads(reader.text(f"{here}.json"))
    results = played.results
    if results is None:
        return "the study has no results"
    plan = played.protocol
    wanted = {row.label: conclude(plan, results.outcomes, row.label).outcome.value for row in plan.rows}
    found = {row["label"]: row["outcome"] for row in record["results"]}
    if found != wanted:
        return f"the outcomes are {found}, and should be {wanted}"
    return "" if record["null_result"] is True else "it is not marked as a null result"


def _citations(reader: Reader, here: str) -> str:
    signs = {".bib": "@article{", ".ris": "TY  - ", ".csl.json": '"type"'}
    return "; ".join(f"{here}{end} is none" for end, sign in signs.items() if sign not in reader.text(f"{here}{end}"))


def _feed(reader: Reader, here: str) -> str:
    feed = etree.fromstring(reader.get("/feed.xml").body, etree.XMLParser(resolve_entities=False))
    links = feed.xpath("//atom:entry/atom:link/@href", namespaces=_ATOM)
    return "" if any(str(link).endswith(here) for link in links) else f"it has {links}"


def _search(reader: Reader, here: str, played: Study) -> str:
    words = " ".join(played.protocol.title.split()[:4])
    paths = (f"/reports?q={quote(words)}", "/reports?show=null")
    return "; ".join(f"{path} does not list it" for path in paths if f'href="{here}"' not in reader.text(path))


def _again(reader: Reader, here: str) -> str:
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    tag = {name.lower(): value for name, value in reader.get(here).headers.items()}["etag"]
    asked = Request(f"{reader.public_url}{here}", headers={"If-None-Match": tag})  # noqa: S310 - our own address
    try:
        with urlopen(asked, timeout=30) as answer:  # noqa: S310 - as above
            return f"answered {answer.status}"
    except HTTPError as told:
        with told:
            return "" if told.code == 304 else f"answered {told.code}"  # noqa: PLR2004 - not modified


def _announced(reader: Reader) -> str:
    text = reader.text("/protocols")
    shown = [each for each in studies() if each.announced]
    return "; ".join(f"{each.protocol.title!r} is not" for each in shown if each.protocol.title not in text)


def _absent(reader: Reader, played: Study) -> str:
    if played.authors[0].name not in reader.text("/reports"):
        return "even what is published is not named, so this shows nothing"
    hidden = [each for each in studies() if each.scene in _ABSENT]
    found = [
        f"{path} names {each.name}"
        for path in (*_LISTS, *(f"/reports?q={quote(each.protocol.title)}" for each in hidden))
        for each in hidden
        if each.authors[0].name in reader.text(path)
    ]
    return "; ".join(found)


def _missing(reader: Reader) -> str:
    answers = [reader.get(path) for path in ("/reports/" + "a" * 26, "/reports/" + "b" * 26, "/nowhere")]
    if any(answer.status != _GONE for answer in answers):
        return f"they answer {[answer.status for answer in answers]}"
    return "" if len({answer.body for answer in answers}) == 1 else "their bodies differ"
