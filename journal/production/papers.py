"""Papers as published: typeset with identity and date, once for what they say, and given keys in the public store.

Only what the public may see at this moment comes here; a withheld report is not printed. Nothing is put into the
public store yet: that waits for the seal.
"""

from journal.dossier import narrowings
from journal.dossier.publishing import TEXT, Candidate, as_printed, candidates, matching
from journal.production.keeping import Kept, remarks_on, renditions_of
from journal.production.press import STEPS, keep, read_results, set_pages
from journal.production.printing import Unprintable
from journal.reading.document import Document
from journal.reading.pandoc import Unreadable
from journal.unit_of_work import Resources, UnitOfWork, begin
from storage.rows.proofs import Typesetting
from storage.rows.releases import PublicObject
from storage.rows.reports import Report
from workflows.declassify import Face, declassify
from workflows.people import PRESS


def print_papers(resources: Resources, known: dict[str, Candidate] | None = None) -> None:
    """Make every public article's paper that is missing, and name all its files in the public store.

    What cannot be printed is kept with its trouble and not tried again until it says something else. Raises
    `ConfinementFailed` when the machine cannot run the child. `known` as `candidates` has it.
    """
    with begin(resources, actor=PRESS, writes=False) as uow:
        missing = [candidate for candidate in _articles(uow, known) if not candidate.printed]
    for candidate in missing:
        _print(resources, candidate)
    _name_objects(resources, known)


def _articles(uow: UnitOfWork, known: dict[str, Candidate] | None) -> list[Candidate]:
    """The candidates that the public may see as articles now, in the order of what they say."""
    found = [
        candidate
        for candidate in candidates(uow, known)
        if (record := declassify(candidate.facts, candidate.holds, now=uow.now)) and record.face is Face.ARTICLE
    ]
    return sorted(found, key=lambda candidate: candidate.content)


def _print(resources: Resources, candidate: Candidate) -> None:
    with begin(resources, actor=PRESS, writes=False) as uow:
        record = as_printed(candidate.facts, now=uow.now, under=candidate.under)
        document = _read(uow, candidate)
    if isinstance(document, Unreadable):
        return _record(resources, candidate, trouble=document.words)
    paper = set_pages(resources, record, document, watermark=None)
    if isinstance(paper, Unprintable):
        return _record(resources, candidate, trouble=paper.words)
    kept = keep(resources, candidate.report_id, paper)
    return _record(resources, candidate, kept=kept, remarks=remarks_on(paper, document))


def _read(uow: UnitOfWork, candidate: Candidate) -> Document | Unreadable | None:
    report = uow.session.get_one(Report, candidate.report_id)
    if candidate.narrowing_id is None:
        return read_results(uow, report)
    return narrowings.read(uow, report, candidate.narrowing_id)


def _record(
    resources: Resources,
    candidate: Candidate,
    *,
    kept: tuple[Kept, ...] = (),
    remarks: tuple[str, ...] = (),
    trouble: str = "",
) -> None:
    with begin(resources, actor=PRESS) as uow:
        report = uow.session.get_one(Report, candidate.report_id)
        row = _typesetting(uow, candidate)
        if trouble:
            uow.cabinet.put(report, row, "trouble", trouble)
        uow.cabinet.put(report, row, "remarks", remarks)
        uow.session.add_all([row, *renditions_of(uow, report, kept, typesetting_id=row.id)])
        uow.commit()


def _typesetting(uow: UnitOfWork, candidate: Candidate) -> Typesetting:
    return Typesetting(
        id=uow.new_id("typesetting"),
        report_id=candidate.report_id,
        content=candidate.content,
        narrowing_id=candidate.narrowing_id,
        results_number=candidate.results_number,
        asked_at=uow.now,
        finished_at=uow.now,
        step=len(STEPS),
        steps=len(STEPS),
        doing="printed",
    )


def _name_objects(resources: Resources, known: dict[str, Candidate] | None) -> None:
    """Give every file of a public paper its random key, where it has none."""
    with begin(resources, actor=PRESS, writes=False) as uow:
        unnamed = [each for each in _articles(uow, known) if each.typesetting_id and not each.renditions]
    if not unnamed:
        return
    with begin(resources, actor=PRESS) as uow:
        for candidate in unnamed:
            _name(uow, candidate)
        uow.commit()


def _name(uow: UnitOfWork, candidate: Candidate) -> None:
    paper = uow.session.get_one(Typesetting, candidate.typesetting_id)
    objects = uow.session.query(PublicObject).filter_by(report_id=candidate.report_id).all()
    for rendition in paper.renditions:
        if rendition.kind != TEXT and matching(rendition, objects) is None:
            uow.session.add(
                PublicObject(
                    id=uow.new_id("public_object"),
                    report_id=candidate.report_id,
                    kind=rendition.kind,
                    key=f"objects/{uow.new_id('public_key')}",
                    name=rendition.name,
                    media_type=rendition.media_type,
                    sha256=rendition.sha256,
                    size=rendition.size,
                )
            )
