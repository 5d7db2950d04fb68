"""The authors' choice under an information-hazard hold: offered by an officer, made by the corresponding author.

It is recorded and shown. It publishes nothing and lifts nothing.
"""

from sqlalchemy import select

from journal import telling
from journal.dossier.access import Opened
from journal.dossier.holding import free_officers
from journal.dossier.steps import note_in_ledger
from journal.unit_of_work import UnitOfWork
from storage.rows.choices import AuthorsChoice, ChoiceOffer
from storage.rows.reports import Report
from workflows.choices import Choice, refuse_choice, refuse_offer
from workflows.machine import Refusal
from workflows.people import Capacity


def offer_of(uow: UnitOfWork, report: Report) -> ChoiceOffer | None:
    """The newest offer to the authors, if there is one."""
    wanted = select(ChoiceOffer).where(ChoiceOffer.report_id == report.id)
    return uow.session.scalars(wanted.order_by(ChoiceOffer.offered_at.desc(), ChoiceOffer.id)).first()


def choices_of(uow: UnitOfWork, report: Report) -> list[AuthorsChoice]:
    """Every choice of the authors, the newest first: that one counts."""
    wanted = select(AuthorsChoice).where(AuthorsChoice.report_id == report.id)
    return list(uow.session.scalars(wanted.order_by(AuthorsChoice.chosen_at.desc(), AuthorsChoice.id.desc())))


def offer(uow: UnitOfWork, opened: Opened, *, words: str) -> ChoiceOffer | Refusal:
    """Open the choice to the authors, with the officer's words, and write to the corresponding author."""
    refusal = refuse_offer(opened.acting_as, opened.holds, now=uow.now)
    if refusal is not None:
        return refusal
    report, known = opened.report, offer_of(uow, opened.report)
    if known is not None and uow.cabinet.get(report, known, "words", str) == words:
        return known
    row = ChoiceOffer(
        id=uow.new_id("choice_offer"), report_id=report.id, offered_by=uow.actor.person, offered_at=uow.now
    )
    uow.cabinet.put(report, row, "words", words)
    uow.session.add(row)
    note_in_ledger(uow, "offer_choice", report=report, capacity=Capacity.OFFICER.value, record={"offer": row.id})
    corresponding = [
        telling.Recipient(telling.Recipients.AUTHOR, author.id) for author in report.authors if author.corresponding
    ]
    telling.tell(uow, "authors/choice_offered", corresponding, report=report, about=row.id)
    return row


def choose(uow: UnitOfWork, opened: Opened, *, chosen: Choice | None, words: str) -> AuthorsChoice | Refusal:
    """Record what the authors chose, and tell the officers that they have. The same sent twice is one choice."""
    report, offered = opened.report, offer_of(uow, opened.report)
    refusal = refuse_choice(opened.acting_as, chosen, stage=report.stage)
    if refusal is not None or chosen is None or offered is None:
        return refusal or Refusal("not_possible", "This step is not possible now.")
    last = next(iter(choices_of(uow, report)), None)
    if last is not None and (last.choice, uow.cabinet.get(report, last, "words", str)) == (chosen, words):
        return last
    row = AuthorsChoice(
        id=uow.new_id("authors_choice"),
        report_id=report.id,
        offer_id=offered.id,
        choice=chosen,
        chosen_by=uow.actor.person,
        chosen_at=uow.now,
    )
    uow.cabinet.put(report, row, "words", words)
    uow.session.add(row)
    record = {"choice": row.id, "chosen": chosen.value}
    capacity = Capacity.CORRESPONDING_AUTHOR.value
    note_in_ledger(uow, "choose_for_report", report=report, capacity=capacity, record=record)
    telling.tell(uow, "officers/choice_made", free_officers(uow, report), report=report, about=row.id)
    return row
