"""What of a report bears on what the public may see: the facts that declassify decides on, and where they come from.

All reports are collected with a fixed number of queries. Every collected report carries a *mark*, a digest of the rows
its facts were made from, so that whoever built something from them can ask cheaply whether they still hold: comparing
marks opens no key.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from journal.config import Config
from journal.dossier import (
    amending,
    authorship,
    comparing,
    deviation_answers,
    letters,
    narrowings,
    protocols,
    results,
)
from journal.dossier.public_sources import Sources, load, one, whatever_may_be_public
from journal.dossier.results import Results
from journal.unit_of_work import UnitOfWork
from storage.documents import canonical
from storage.rows.narrowings import NarrowingRow
from storage.rows.proofs import Rendition, Typesetting
from storage.rows.releases import PublicObject
from storage.rows.reports import LetterKind, Report
from workflows.authorship import AuthorDetails
from workflows.declassify import (
    Author,
    Face,
    Identity,
    Narrowed,
    Notice,
    PublicFile,
    PublicRecord,
    ReportFacts,
    declassify,
    narrowing_holds,
)
from workflows.holds import Hold
from workflows.protocol import Protocol
from workflows.stages import ENDED, Stage

TEXT = "html"
_NOTICES = {LetterKind.CORRECTION: "correction", LetterKind.RETRACTION: "retraction"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A report that may be public. `facts` have no body: `with_body` reads it from the vault.

    `content` is the digest of what its paper is made from, `printed` says whether the press has tried that already,
    `typesetting_id` is the paper whose files `facts` name. With a `narrowing_id` all of this is about the narrower
    article: the holds `under` let that out and nothing else.
    """

    report_id: str
    facts: ReportFacts
    holds: tuple[Hold, ...]
    results_number: int
    content: str
    printed: bool
    typesetting_id: str | None
    mark: str
    narrowing_id: str | None = None
    under: tuple[Hold, ...] = ()

    @property
    def renditions(self) -> tuple[PublicFile, ...]:
        """The public files of its paper."""
        small = self.facts.narrowed if self.narrowing_id else None
        return small.renditions if small else self.facts.renditions


def report_facts(uow: UnitOfWork, report: Report) -> ReportFacts:
    """Everything about `report` that bears on what may be public, without its body. Nothing of it is public yet."""
    return _candidate(uow, load(uow, one(report.id))[0]).facts


def candidates(uow: UnitOfWork, known: dict[str, Candidate] | None = None) -> tuple[Candidate, ...]:
    """Every report that could have a public record at any time, held or not, in the order of its identifiers.

    `known` are those that were found before in the same release, by report: one of which no row has changed since is
    not opened again, only its holds are asked anew. What is found now is noted there.
    """
    return collected(uow, load(uow, whatever_may_be_public()), {} if known is None else known)


def collected(uow: UnitOfWork, every: Iterable[Sources], known: dict[str, Candidate]) -> tuple[Candidate, ...]:
    """As `candidates`, from rows that whoever asks keeps at hand: while they do, reading a body asks for none again."""
    found = [_again(known.get(sources.report.id), sources) or _candidate(uow, sources) for sources in every]
    known |= {each.report_id: each for each in found}
    return tuple(found)


def _again(known: Candidate | None, sources: Sources) -> Candidate | None:
    """The candidate as it was found before, under its holds of now. A narrower article hangs on holds: never that."""
    if known is None or sources.narrowing is not None or known.mark != mark_of(sources):
        return None
    return replace(known, holds=holds_of(sources)) if known.facts.ended_at == _ended_at(sources.report) else None


def marks(uow: UnitOfWork) -> Mapping[str, tuple[str, tuple[Hold, ...]]]:
    """The mark and the holds of every report that could have a public record, as they are now. Opens no key."""
    found = load(uow, whatever_may_be_public())
    return {sources.report.id: (mark_of(sources), holds_of(sources)) for sources in found}


def record_of(candidate: Candidate, holds: Iterable[Hold], *, now: datetime) -> PublicRecord | None:
    """What the public may see of a candidate under `holds`. What has no name or no paper yet waits for both."""
    record = declassify(candidate.facts, holds, now=now)
    if record is None or record.identity is None:
        return None
    if record.face is Face.ARTICLE and not record.files:
        # Work that was public and has no paper now is taken down, and not absent.
        waiting = replace(candidate.facts, narrowed=None)
        return declassify(waiting, holds, now=now) if record.narrowed else None
    return record


def with_body(uow: UnitOfWork, candidate: Candidate) -> Candidate:
    """The candidate with the text of its paper, and with both texts as one where its protocol has a text: both are
    read for what is shown alone. A narrower article has the first, and it is its own.
    """
    if candidate.typesetting_id is None:
        return candidate
    typesetting = uow.session.get_one(Typesetting, candidate.typesetting_id)
    report = uow.session.get_one(Report, candidate.report_id)
    text = next((each for each in typesetting.renditions if each.kind == TEXT), None)
    body = uow.cabinet.file(report, text.vault_name).decode() if text else ""
    facts = _with_paper(candidate.facts, candidate.narrowing_id, body=body)
    redline = comparing.redline_of(uow, report) if candidate.narrowing_id is None else None
    return replace(candidate, facts=replace(facts, redline=redline))


def as_printed(facts: ReportFacts, *, now: datetime, under: Iterable[Hold] = ()) -> PublicRecord:
    """The article as the paper shows it, whatever keeps it from the public still: a proof is printed from this too.

    Under holds that let a narrower article out it is that. It names no files, for they are made from it.
    """
    stage = Stage.RETRACTED if facts.stage is Stage.RETRACTED else Stage.READY
    bare = _with_paper(_with_paper(facts, None, body="", renditions=()), "any", body="", renditions=())
    record = declassify(replace(bare, stage=stage), under, now=now)
    if record is None:
        raise AssertionError("an article under no hold is public")
    return record


def mark_of(sources: Sources) -> str:
    """A digest of the rows that a candidate is made from, holds aside: these are asked anew."""
    return sources.digest()


def holds_of(sources: Sources) -> tuple[Hold, ...]:
    """The holds as the rules see them."""
    return tuple(row.facts for row in sources.holds)


def matching(rendition: Rendition, objects: Iterable[PublicObject]) -> PublicObject | None:
    """The public object with the bytes of `rendition`, if there is one."""
    wanted = (rendition.kind, rendition.name, rendition.sha256)
    return next((each for each in objects if (each.kind, each.name, each.sha256) == wanted), None)


def _candidate(uow: UnitOfWork, sources: Sources) -> Candidate:
    facts = _facts(uow, sources)
    number = sources.results.number if sources.results else 0
    holds = holds_of(sources)
    under = narrowing_holds(facts, holds, now=uow.now)
    small = sources.narrowing if under else None
    content = _content(as_printed(facts, now=uow.now, under=under), number, uow.config, small)
    paper = _paper(sources, content, small.id if small else None)
    return Candidate(
        report_id=sources.report.id,
        facts=_with_paper(facts, small.id if small else None, renditions=_files(paper, sources.objects)),
        holds=holds,
        results_number=number,
        content=content,
        printed=any(each.content == content and each.finished_at is not None for each in sources.papers),
        typesetting_id=paper.id if paper else None,
        mark=mark_of(sources),
        narrowing_id=small.id if small else None,
        under=under,
    )


def _with_paper(facts: ReportFacts, narrowing_id: str | None, **paper: Any) -> ReportFacts:  # noqa: ANN401 - body, files
    """The facts with the text or the files of a paper: where it is a narrower article's, they are that one's alone."""
    if narrowing_id is None:
        return replace(facts, **paper)
    return replace(facts, narrowed=replace(facts.narrowed, **paper)) if facts.narrowed else facts


def _content(record: PublicRecord, results_number: int, config: Config, small: NarrowingRow | None) -> str:
    """What decides the bytes of a paper, as one digest: who prints it is on the paper too."""
    own = (small.digest,) if small else ()
    about = (record, results_number, config.journal_name, config.public_url, *own)
    return hashlib.sha256(b"\0".join(canonical(each) for each in about)).hexdigest()


def _paper(sources: Sources, content: str, narrowing_id: str | None) -> Typesetting | None:
    """The paper of this content. What is public keeps its last paper while a new one cannot be printed: its own, never
    that of the whole study for a narrower article.
    """
    own = [each for each in sources.papers if each.narrowing_id == narrowing_id]
    usable = [each for each in own if each.finished_at is not None and each.trouble is None]
    exact = next((each for each in usable if each.content == content), None)
    was_public = sources.identity is not None and sources.identity.first_public_at is not None
    return exact or (usable[-1] if usable and was_public else None)


def _files(paper: Typesetting | None, objects: Iterable[PublicObject]) -> tuple[PublicFile, ...]:
    """The public objects of a paper; none at all unless every one of them is there."""
    offered = [each for each in paper.renditions if each.kind != TEXT] if paper else []
    found = [matching(each, objects) for each in offered]
    return tuple(
        PublicFile(
            kind=each.kind,
            key=each.key,
            name=each.name,
            media_type=each.media_type,
            sha256=each.sha256,
            size=each.size,
        )
        for each in found
        if each is not None and None not in found
    )


def _facts(uow: UnitOfWork, sources: Sources) -> ReportFacts:
    report, identity = sources.report, sources.identity
    plan = protocols.words(uow, report, sources.protocol) if sources.protocol else Protocol()
    sent = results.words(uow, report, sources.results) if sources.results else Results()
    done = deviation_answers.answered(uow, report, sent, sources.deviation_answers)
    return ReportFacts(
        stage=report.stage,
        protocol=plan,
        authors=tuple(_author(details) for _, details in authorship.details_of(uow, report)),
        outcomes=done.outcomes,
        deviations=done.deviations,
        accepted_in_principle=report.ipa_at.date() if report.ipa_at else None,
        data_start=report.data_start,
        data_end=report.data_end,
        protocol_version=sources.protocol.number if sources.protocol else 1,
        announce_from=report.announce_from,
        claim=done.claim,
        short=done.as_short_report,
        results_abstract=done.abstract,
        results_statements=narrowings.stated(done),
        notices=_notices(uow, sources),
        identity=Identity(public_id=identity.public_id, doi=identity.doi) if identity else None,
        published_on=identity.published_on if identity else None,
        was_public=identity is not None and identity.first_public_at is not None,
        ended_at=_ended_at(report),
        narrowed=_narrowed(uow, sources, plan, done),
        amendments=amending.approved(uow, report, sources.amendments),
        settled=sources.settled if sources.results else None,
    )


def _ended_at(report: Report) -> datetime | None:
    return report.stage_since if report.stage in ENDED else None


def _narrowed(uow: UnitOfWork, sources: Sources, plan: Protocol, done: Results) -> Narrowed | None:
    """The narrower article that was approved, while what it is made from is what was approved."""
    row = sources.narrowing
    if row is None or row.approved_at is None:
        return None
    narrowing = narrowings.words(uow, sources.report, row)
    digest = narrowings.digest_of(narrowing, narrowings.smaller(plan, done, narrowing))
    return Narrowed(narrowing=narrowing, approved_at=row.approved_at) if digest == row.digest else None


def _author(details: AuthorDetails) -> Author:
    return Author(
        name=details.name,
        family=details.family,
        given=details.given,
        orcid=details.orcid,
        affiliation=details.affiliation,
        ror=details.ror,
        roles=details.roles,
    )


def _notices(uow: UnitOfWork, sources: Sources) -> tuple[Notice, ...]:
    return tuple(
        Notice(kind=_NOTICES[row.kind], on=row.written_at.date(), text=text)
        for row, text in letters.opened(uow, sources.report, sources.notices)
    )
