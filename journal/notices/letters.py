"""Writing a letter: the template of its name, with what its recipient may know at this moment.

Every letter has `person`, `journal`, `link` and `signature`; letters about a report have `stage_words` and its dates,
authors' letters also the `title`. Invitations have neither title nor abstract. `reason` is what an editor or author
wrote for these readers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from journal.dossier import chases, protocols
from journal.dossier import letters as dossier_letters
from journal.dossier.access import holds_on, view
from journal.dossier.authorship import details_of
from journal.dossier.reminders import is_overtaken, note_sent
from journal.dossier.rounds import latest_round
from journal.notices.findings_named import open_findings
from journal.notices.leading import ABOUT_WHAT_IS_OUT, leads_to
from journal.telling import Recipients
from journal.unit_of_work import UnitOfWork
from storage.rows.people import OfficerProposal, Person
from storage.rows.readings import EmergencyReading
from storage.rows.reports import LetterKind, Report, ReportAuthor
from storage.rows.reviewing import Invitation, Round
from workflows.deadlines import ANYWHERE, PROOF_TIME, REVISION_TIME, due_after, stopped_time
from workflows.declassify import Author
from workflows.holds import Sight, stops_of
from workflows.people import Actor
from workflows.turn import STAGE_WORDS

_OFFICE = ", handling editor"
_ON_REVISION = "authors/confirm_stage_2_revision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter ready to be sent. `reply_to` is the address of the editor who signs it, or "" where nobody does."""

    to: str
    subject: str
    text: str
    reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Somebody a letter goes to: their name and address, and as whom they act."""

    name: str
    email: str
    actor: Actor


def write(uow: UnitOfWork, arguments: Mapping[str, str]) -> Written | None:
    """The letter an outbox row asks for, or None when its recipient may not know of the report any more.

    Makes the link of a letter that carries one of its own, so the unit of work must be committed before sending.
    """
    letter = arguments["letter"].replace(".", "/")
    addressee = _addressee(uow, Recipients(arguments["to"]), arguments["id"])
    if addressee is None:
        return None
    report = uow.session.get(Report, arguments["report"]) if "report" in arguments else None
    if _may_not_know(uow, arguments, report, addressee.actor) or _is_answered(uow, letter, arguments, report):
        return None
    if report is not None:
        note_sent(uow, report, letter)
    values = {
        "person": addressee.name,
        "journal": uow.config.journal_name,
        "signature": _signed(uow, letter, report),
        **_about(uow, letter, arguments, report),
    }
    values["link"] = leads_to(uow, letter, arguments, report)
    return replace(_render(letter, addressee.email, values), reply_to=_replies_to(uow, letter, report))


def _may_not_know(uow: UnitOfWork, arguments: Mapping[str, str], report: Report | None, actor: Actor) -> bool:
    """Authors and invited reviewers are told of their own report; for everybody else it may have vanished meanwhile."""
    if report is None or arguments["to"] != Recipients.PERSON:
        return False
    return view(uow, report, actor).sight is Sight.NOTHING


def _is_answered(uow: UnitOfWork, letter: str, arguments: Mapping[str, str], report: Report | None) -> bool:
    """Whether what the letter reminds of was done before it was written."""
    if report is not None and is_overtaken(uow, report, letter, about=arguments.get("about", "")):
        return True
    if chases.is_overtaken(uow, letter, about=arguments.get("about", "")):
        return True
    if letter != "officers/emergency_overdue":
        return False
    opening = uow.session.get(EmergencyReading, arguments["about"])
    return opening is not None and opening.reviewed_at is not None


@cache
def environment() -> Environment:
    """Jinja for letters: plain text, nothing escaped, nothing undefined."""
    return Environment(
        loader=FileSystemLoader(str(files("templates"))),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - plain text mail
    )


def _render(letter: str, to: str, values: Mapping[str, object]) -> Written:
    template = environment().get_template(f"mail/{letter}.txt")
    subject = str(template.make_module(dict(values)).subject)  # type: ignore[attr-defined]  # set by the template
    return Written(to=to, subject=subject, text=template.render(values))


def _addressee(uow: UnitOfWork, kind: Recipients, identifier: str) -> Addressee | None:
    match kind:
        case Recipients.PERSON:
            person = uow.session.get(Person, identifier)
            return Addressee(name=person.name, email=person.email, actor=person.actor) if person else None
        case Recipients.AUTHOR:
            return _author(uow, identifier)
        case Recipients.INVITATION:
            invitation = uow.session.get(Invitation, identifier)
            if invitation is None:
                return None
            name = invitation.name or "colleague"
            return Addressee(name=name, email=invitation.email, actor=Actor(person=invitation.id))


def _author(uow: UnitOfWork, identifier: str) -> Addressee | None:
    author = uow.session.get(ReportAuthor, identifier)
    if author is None:
        return None
    details = uow.cabinet.get(author.report, author, "details", Author)
    return Addressee(name=details.name or "author", email=author.email, actor=Actor(person=author.person_id))


def _signed(uow: UnitOfWork, letter: str, report: Report | None) -> str:
    """Officers' letters are nobody's else: a reply to one must not reach the editor of the report. Nor does anybody
    get letters from themselves.
    """
    match letter.partition("/")[0]:
        case "officers":
            return "The information-hazard officers"
        case "handling_editor" | "editor_in_chief" | "editors":
            return "The editors"
        case _:
            return _signature(uow, report)


def _replies_to(uow: UnitOfWork, letter: str, report: Report | None) -> str:
    """Where the pages of reviewers say that an answer goes: to the editor by whose name the letter is signed."""
    editor = _handling_editor(uow, report)
    return editor.email if editor and _signed(uow, letter, report).endswith(_OFFICE) else ""


def _signature(uow: UnitOfWork, report: Report | None) -> str:
    editor = _handling_editor(uow, report)
    return f"{editor.name}{_OFFICE}" if editor else "The editors"


def _handling_editor(uow: UnitOfWork, report: Report | None) -> Person | None:
    return uow.session.get(Person, report.handling_editor_id) if report and report.handling_editor_id else None


def _about(uow: UnitOfWork, letter: str, arguments: Mapping[str, str], report: Report | None) -> dict[str, object]:
    if letter == "officers/new_officer":
        return _about_officer(uow, arguments)
    if report is None:
        return {}
    known: dict[str, object] = {
        "stage_words": STAGE_WORDS[report.stage],
        "stage_2_due": _day(report.stage_2_due) if report.stage_2_due else "",
        "public_url": uow.config.public_url,
    }
    if arguments["to"] == Recipients.AUTHOR:
        known["title"] = protocols.newest(uow, report).title or "your study"
        known["reason"] = _reason(uow, letter, report)
        known["digest"] = report.protocol_digest or ""
        latest, stood_still = latest_round(uow, report), _stood_still(uow, report)
        known["answers_due"] = _day(latest.answers_due) if latest and latest.answers_due else "in two weeks"
        known["revision_due"] = _day(due_after(report.stage_since, REVISION_TIME + stood_still))
        known["proof_due"] = _day(due_after(report.stage_since, PROOF_TIME + stood_still))
        known["asked_by"] = _corresponding(uow, report)
        known |= open_findings(uow, report) if letter == _ON_REVISION else {}
        known["no_account"] = _cannot_open(uow, letter, arguments["id"])
    if arguments["to"] == Recipients.INVITATION:
        invitation = uow.session.get_one(Invitation, arguments["id"])
        known["review_due"] = _day(invitation.review_due)
        known["for_stage"] = uow.session.get_one(Round, invitation.round_id).for_stage
        known["rows"] = len(protocols.newest(uow, report).rows)
        known["editor"] = _signature(uow, report).removesuffix(_OFFICE)
    return known


def _stood_still(uow: UnitOfWork, report: Report) -> timedelta:
    return stopped_time(stops_of(holds_on(uow, report.id)), since=report.stage_since, until=uow.now)


def _about_officer(uow: UnitOfWork, arguments: Mapping[str, str]) -> dict[str, object]:
    """Whether it is the recipient who became an officer. Mail names no officer: the page of people does."""
    proposal = uow.session.get_one(OfficerProposal, arguments["about"])
    return {"yours": arguments["id"] == proposal.person_id}


def _day(due: datetime) -> str:
    there = due.astimezone(ANYWHERE)
    return f"{there:%A} {there.day} {there:%B %Y}, anywhere on Earth"


def _cannot_open(uow: UnitOfWork, letter: str, author_id: str) -> bool:
    """Whether an author needs an account first: a co-author who agreed by mail, before a page that is not public."""
    open_to_all = letter in ("authors/consent", "authors/embargo_end_asked") or letter.endswith(ABOUT_WHAT_IS_OUT)
    return not open_to_all and uow.session.get_one(ReportAuthor, author_id).person_id is None


def _corresponding(uow: UnitOfWork, report: Report) -> str:
    found = [details.name for row, details in details_of(uow, report) if row.corresponding]
    return found[0] if found and found[0] else "Somebody"


# Which letter of the dossier a notice to authors quotes.
_QUOTES = {
    "authors/return_returned": LetterKind.RETURNED,
    "authors/desk_reject_desk_rejected": LetterKind.DESK_REJECTED,
    "authors/extend_stage_2_draft": LetterKind.EXTENDED,
    "authors/extend_ipa": LetterKind.EXTENDED,
    "authors/correct_corrected": LetterKind.CORRECTION,
    "authors/retract_retracted": LetterKind.RETRACTION,
}


def _reason(uow: UnitOfWork, letter: str, report: Report) -> str:
    kind = _QUOTES.get(letter)
    found = dossier_letters.newest_letter(uow, report, kind) if kind else None
    return found[1] if found else ""
