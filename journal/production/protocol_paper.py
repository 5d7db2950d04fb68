"""A protocol as a paper of the journal: one PDF that carries the protocol as data, and when frozen its receipt.

Same protocol and same facts about it, same bytes, on any machine. Set in the same confined child as every paper.
"""

import unicodedata
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from io import BytesIO
from threading import Lock
from typing import Any, TypeVar

import segno
from cachetools import LRUCache

from journal.confinement import Limits
from journal.formats.plan_parts import Pair, checks_of, rows_of, sections
from journal.production.paper import environment
from journal.production.printing import LIMITS, PAGE_LIMIT, Unprintable, print_files
from journal.production.task import PAGE, TASK, Attached, Task
from journal.production.typesetting import UNDATED
from journal.production.watermark import watermark
from journal.protocol_file.writing import protocol_file
from storage.documents import protocol_bytes, protocol_digest
from workflows.protocol import Promise, Protocol
from workflows.registered import design_of

NameT = TypeVar("NameT")
DATA = Attached(name="protocol.yaml", description="The protocol as a file to read and to upload", relationship="Source")
BYTES = Attached(
    name="protocol.json", description="The canonical JSON (RFC 8785) that the digest is about", relationship="Data"
)
RECEIPT = Attached(name="receipt.json", description="The receipt of the frozen protocol", relationship="Data")
_STATEMENTS = (
    ("Funding", "funding"),
    ("Ethics", "ethics"),
    ("Competing interests", "competing_interests"),
    ("Data", "data"),
    ("Code", "code"),
    ("Materials", "materials"),
)
_DATES = (
    ("Data collection begins", "collection_start"),
    ("Data collection ends", "collection_end"),
    ("Results due", "results_due"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What is said of a version beside its words. `sent` is the day it was sent, `frozen` that on which it was frozen;
    a draft has neither. `receipt` are the bytes of its receipt, of a frozen one.
    """

    journal: str
    number: int
    sent: date | None = None
    frozen: date | None = None
    receipt: bytes = b""
    digest: str = ""

    @property
    def version(self) -> int:
        """Its number."""
        return self.number

    @property
    def dated(self) -> date:
        """The day the file bears. A draft bears none of its own, or every reading of it would be another file."""
        return self.frozen or self.sent or UNDATED

    @property
    def state(self) -> str:
        """What it is, in a word or two."""
        return "Accepted in principle" if self.frozen else "As sent to the editors" if self.sent else "Draft"

    @property
    def foot(self) -> str:
        """What stands below every page."""
        return f"Version {self.number} \N{MIDDLE DOT} {self.digest[:16] if self.frozen else self.state.lower()}"


def printed(plan: Protocol, version: Version) -> bytes | Unprintable:
    """As `protocol_pdf`, kept in this process's memory for a while: what people download again is not set again."""
    names = (replace(version, digest=protocol_digest(plan)),)
    with _MADE_LOCK:
        known = _MADE.get(names)
    if known is not None:
        return known
    made = protocol_pdf(plan, version)
    if isinstance(made, bytes):
        with _MADE_LOCK, suppress(ValueError):  # one that is larger than all the room is not kept
            _MADE[names] = made
    return made


_MADE: LRUCache[tuple[Version], bytes] = LRUCache(maxsize=16 * 1024 * 1024, getsizeof=len)
_MADE_LOCK = Lock()


def protocol_pdf(plan: Protocol, version: Version, *, limits: Limits = LIMITS) -> bytes | Unprintable:
    """The PDF, or why there is none. Raises `ConfinementFailed` when the machine cannot run the child."""
    printed = print_files(given_files(plan, version), limits=limits, page_limit=PAGE_LIMIT)
    return printed if isinstance(printed, Unprintable) else printed.pdf


def given_files(plan: Protocol, version: Version) -> dict[str, bytes]:
    """Everything the confined child is given, by file name."""
    version = replace(version, digest=protocol_digest(plan))
    pictures = {"digest:1.svg": _code(version.digest)} if version.frozen else {}
    if not version.sent and not version.frozen:
        pictures["watermark:1.svg"] = watermark("Draft")
    attached = (DATA, BYTES, RECEIPT) if version.receipt else (DATA, BYTES)
    named = {address: f"picture-{index}" for index, address in enumerate(pictures)}
    task = Task(pictures=named, attached=attached, dated=version.dated.isoformat(), page_limit=PAGE_LIMIT)
    receipt = {RECEIPT.name: version.receipt} if version.receipt else {}
    return {
        **{named[address]: body for address, body in pictures.items()},
        **receipt,
        DATA.name: protocol_file(plan).encode(),
        BYTES.name: protocol_bytes(plan),
        PAGE: _html(_printable(plan), version).encode(),
        TASK: task.as_json(),
    }


def _html(plan: Protocol, version: Version) -> str:
    return (
        environment()
        .get_template("protocol.html")
        .render(
            plan=plan,
            title=plan.title or "Untitled study",
            about=version,
            rows=[(part, row.primary) for part, row in zip(rows_of(plan), plan.rows, strict=True)],
            checks=checks_of(plan),
            design=sections(design_of(plan)),
            beside=_beside(plan),
            watermark=not version.sent and not version.frozen,
        )
    )


def _beside(plan: Protocol) -> list[tuple[str, list[Pair]]]:
    """What stands behind the plan, by heading."""
    known = [("What is known of the data so far", plan.bias_account)]
    papers = [(paper.label, f"{paper.title} ({', '.join(paper.rows)})") for paper in plan.papers]
    promises = [(each.name.capitalize(), _promise(getattr(plan.promises, each.name))) for each in fields(plan.promises)]
    files = [(file.name, f"{file.sha256}, {file.size} bytes") for file in plan.files]
    answers = [(f"{each.place}: {each.rule}", each.reason) for each in plan.answered]
    return [
        ("Data so far", _said(known)),
        ("Papers", papers),
        ("Dates", _said([(title, getattr(plan.dates, name)) for title, name in _DATES])),
        ("What will be open", _said(promises)),
        ("Statements", _said([(title, getattr(plan.statements, name)) for title, name in _STATEMENTS])),
        ("Answered to the linter", answers),
        ("Files of the protocol, by SHA-256", files),
    ]


def _said(pairs: list[Pair]) -> list[Pair]:
    return [(title, text) for title, text in pairs if text.strip()]


def _promise(promise: Promise) -> str:
    said = (promise.opening.value.capitalize() if promise.opening else "", promise.place, promise.reason)
    return ": ".join(each for each in said if each)


def _code(digest: str) -> bytes:
    drawn = BytesIO()
    segno.make_qr(digest, error="m").save(drawn, kind="svg", scale=3, border=4, light="#fff", xmldecl=False)
    return drawn.getvalue()


def _printable(value: NameT) -> NameT:
    """`value` without the characters that no page can hold, such as a bell: they stay in the data that is attached."""
    found: Any = value
    if isinstance(value, str) and type(value) is str:
        found = "".join(sign for sign in value if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
    elif isinstance(value, tuple):
        found = tuple(_printable(each) for each in value)
    elif is_dataclass(value) and not isinstance(value, type):
        found = replace(value, **{each.name: _printable(getattr(value, each.name)) for each in fields(value)})
    return found  # type: ignore[no-any-return]
