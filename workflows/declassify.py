"""Declassify: the one function from a report and its holds to what the public may see, or nothing.

Nothing becomes public in any other way. No other module makes a `PublicRecord`: all of it is public once released.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from workflows.amendments import Amended, Approved, as_published
from workflows.closing import closed_in, ending
from workflows.comparing.redline import Redline
from workflows.deviations import Deviation
from workflows.holds import Hold, active
from workflows.narrowing import Narrowing, lets_out, narrow_words
from workflows.outcomes import Outcomes, Unregistered, is_null_result
from workflows.promised import PublicPart, Result, Settled, parts_of, results_of, without_marks, without_places
from workflows.protocol import Protocol, Statements
from workflows.registered import NO_DESIGN, Design, design_of
from workflows.short_reports import PerhapsShort
from workflows.stages import ENDED, HOLDS_IPA, OUT, Stage


class Face(StrEnum):
    """What the public sees of a report."""

    ARTICLE = "article"
    PROTOCOL = "protocol"
    TOMBSTONE = "tombstone"
    CLOSED = "closed"

    @property
    def is_worded(self) -> bool:
        """Whether anything of the report itself is shown. A notice in its place is in no list and no count."""
        return self in (Face.ARTICLE, Face.PROTOCOL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """An author as printed. `affiliation` is a name, `ror` and `orcid` addresses or empty, `roles` CRediT terms."""

    name: str
    family: str = ""
    given: str = ""
    orcid: str = ""
    affiliation: str = ""
    ror: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a report is called in public, minted at its first release and never again."""

    public_id: str
    doi: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFile:
    """A public object: its rendition ("pdf", "jats", "figure"), key, name for readers, type, SHA-256 (hex), bytes."""

    kind: str
    key: str
    name: str
    media_type: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A correction or retraction as printed at the head of the article."""

    kind: str
    on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """A narrower article that two officers approved at `approved_at`, with the text and files of its own paper."""

    narrowing: Narrowing
    approved_at: datetime
    body: str = ""
    renditions: tuple[PublicFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts(PerhapsShort):
    """Everything about one report that bears on what may be public. Nothing in here is public by itself.

    What the abstract and the statements of stage 2 leave empty stands as in the protocol. `body` is the paper's text as
    HTML, `redline` the texts of both stages as one. Public are the dates of acceptance in principle, of data and of
    publication, and the quarter of `ended_at`; of findings only how many ended which way.
    """

    stage: Stage
    protocol: Protocol
    authors: tuple[Author, ...]
    outcomes: Outcomes = field(default_factory=Outcomes)
    deviations: tuple[Deviation, ...] = ()
    accepted_in_principle: date | None = None
    data_start: date | None = None
    data_end: date | None = None
    protocol_version: int = 1
    announce_from: datetime | None = None
    claim: str = ""
    results_abstract: str = ""
    results_statements: Statements = field(default_factory=Statements)
    body: str = ""
    renditions: tuple[PublicFile, ...] = ()
    notices: tuple[Notice, ...] = ()
    identity: Identity | None = None
    published_on: date | None = None
    was_public: bool = False
    ended_at: datetime | None = None
    narrowed: Narrowed | None = None
    amendments: tuple[Approved, ...] = ()
    settled: Settled | None = None
    redline: Redline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRecord(PerhapsShort):
    """What the public may see of one report. A tombstone has an identity alone, what is closed its quarter too."""

    face: Face
    identity: Identity | None = None
    title: str = ""
    abstract: str = ""
    claim: str = ""
    topics: tuple[str, ...] = ()
    authors: tuple[Author, ...] = ()
    statements: Statements = field(default_factory=Statements)
    bias_level: int | None = None
    bias_account: str = ""
    results: tuple[Result, ...] = ()
    design: Design = NO_DESIGN
    parts: tuple[PublicPart, ...] = ()
    unregistered: tuple[Unregistered, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    settled: Settled | None = None
    accepted_in_principle: date | None = None
    protocol_version: int = 1
    data_start: date | None = None
    data_end: date | None = None
    published_on: date | None = None
    null_result: bool = False
    retracted: bool = False
    body: str = ""
    files: tuple[PublicFile, ...] = ()
    notices: tuple[Notice, ...] = ()
    narrowed: bool = False
    closed_in: str = ""
    amendments: tuple[Amended, ...] = ()
    redline: Redline | None = None


def declassify(facts: ReportFacts, holds: Iterable[Hold], *, now: datetime) -> PublicRecord | None:
    """What the public may see of a report at `now`, or None: then it leaves no trace.

    Any active hold withholds everything, but that an embargo leaves what its people already announced, and a hold on
    parts lets out the narrower article that two officers approved under it. Work that was public before cannot become
    absent any more: a tombstone stands in its place, or the notice that announced work was closed.
    """
    in_force = active(holds, now=now)
    unanswered = tuple(hold for hold in in_force if not _lets_out(facts, hold))
    closed = closed_in(ending(facts.stage, facts.ended_at, unanswered), now=now) if facts.was_public else ""
    if closed:
        return PublicRecord(face=Face.CLOSED, identity=facts.identity, closed_in=closed)
    if unanswered == in_force:
        return _under(unanswered, facts, now=now)
    record = _under(unanswered, narrow(facts), now=now)
    return _marked_narrowed(record) if record else None


def narrow(facts: ReportFacts) -> ReportFacts:
    """The facts of the narrower article alone: what it leaves out is not in them. Raises ValueError without one."""
    if facts.narrowed is None:
        raise ValueError("no narrower article was approved")
    narrowing = facts.narrowed.narrowing
    done = narrow_words(facts.protocol, facts.outcomes, facts.deviations, facts.results_statements, narrowing)
    return replace(
        facts,
        protocol=done.plan,
        protocol_version=1,
        amendments=(),
        settled=None,
        redline=None,
        outcomes=done.outcomes,
        deviations=done.deviations,
        claim=narrowing.claim,
        short=None,
        results_abstract=narrowing.results_abstract,
        results_statements=done.statements,
        body=facts.narrowed.body,
        renditions=facts.narrowed.renditions,
        notices=facts.notices[narrowing.notices_before :],
        narrowed=None,
    )


def narrowing_holds(facts: ReportFacts, holds: Iterable[Hold], *, now: datetime) -> tuple[Hold, ...]:
    """The holds in force that let the narrower article out. While there is one, nothing else of it comes out."""
    return tuple(hold for hold in active(holds, now=now) if _lets_out(facts, hold))


def _lets_out(facts: ReportFacts, hold: Hold) -> bool:
    small = facts.narrowed
    return small is not None and lets_out(small.narrowing, hold, approved_at=small.approved_at)


def _marked_narrowed(record: PublicRecord) -> PublicRecord:
    """Said in one way whatever was left out. It counts as no null result: that is said of all primary hypotheses."""
    return replace(record, narrowed=True, null_result=False) if record.face.is_worded else record


def _under(unanswered: tuple[Hold, ...], facts: ReportFacts, *, now: datetime) -> PublicRecord | None:
    if unanswered:
        stays = facts.was_public and _only_bars_the_article(unanswered) and _is_announced(facts, now=now)
        return _announced(facts) if stays else _withheld(facts)
    if facts.stage is Stage.READY or facts.stage in OUT:
        return _article(facts)
    return _announced(facts) if _is_announced(facts, now=now) else _withheld(facts)


def _only_bars_the_article(in_force: Iterable[Hold]) -> bool:
    """Whether they all open by date. Taking down a protocol that everybody could read would tell of an embargo."""
    return all(hold.kind.opens_by_date for hold in in_force)


def _is_announced(facts: ReportFacts, *, now: datetime) -> bool:
    """Whether its authors show the protocol before results by now. What ended stays as it was until it is closed."""
    shows = facts.stage in HOLDS_IPA or (facts.stage in ENDED and facts.was_public)
    return shows and facts.announce_from is not None and facts.announce_from <= now


def _withheld(facts: ReportFacts) -> PublicRecord | None:
    return PublicRecord(face=Face.TOMBSTONE, identity=facts.identity) if facts.was_public else None


def _announced(facts: ReportFacts) -> PublicRecord:
    plan = facts.protocol
    return PublicRecord(
        face=Face.PROTOCOL,
        identity=facts.identity,
        title=plan.title,
        abstract=plan.abstract,
        topics=plan.topics,
        authors=facts.authors,
        statements=plan.statements,
        bias_level=plan.bias_level,
        bias_account=plan.bias_account,
        results=results_of(plan, Outcomes()),
        design=design_of(plan),
        parts=parts_of(plan, Outcomes()),
        accepted_in_principle=facts.accepted_in_principle,
        protocol_version=facts.protocol_version,
        amendments=as_published(facts.amendments),
    )


def _article(facts: ReportFacts) -> PublicRecord:
    results = results_of(facts.protocol, facts.outcomes)
    return replace(
        _announced(facts),
        face=Face.ARTICLE,
        abstract=facts.results_abstract or facts.protocol.abstract,
        statements=facts.results_statements.else_as(facts.protocol.statements),
        claim=facts.claim,
        short=facts.short,
        results=results,
        parts=parts_of(facts.protocol, facts.outcomes),
        unregistered=facts.outcomes.unregistered,
        deviations=without_marks(facts.deviations),
        settled=facts.settled,
        data_start=facts.data_start,
        data_end=facts.data_end,
        published_on=facts.published_on,
        null_result=is_null_result([result.row for result in results], [result.answer.verdict for result in results]),
        retracted=facts.stage is Stage.RETRACTED,
        body=facts.body,
        redline=without_places(facts.redline),
        files=facts.renditions,
        notices=facts.notices,
    )
