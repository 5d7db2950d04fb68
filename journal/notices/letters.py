"""Writing a letter: the template of its name, with what its recipient may know at this moment.

Every letter has `person`, `link` and `signature`; letters about a report have `stage_words` and the dates it is about,
authors' letters also the `title`. Invitations have neither title nor abstract. `reason` is what an editor or author
wrote for these readers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from journal.dossier import letters as dossier_letters
from journal.dossier import protocols
from journal.dossier.access import view
from journal.dossier.authorship import details_of
from journal.dossier.rounds import latest_round
from journal.links import Purpose, make_link
from journal.telling import Recipients
from journal.unit_of_work import UnitOfWork
from storage.rows.people import OfficerProposal, Person
from storage.rows.releases import PublicIdentity
from storage.rows.reports import LetterKind, Report, ReportAuthor
from storage.rows.reviewing import Invitation, Round
from workflows.deadlines import ANYWHERE
from workflows.declassify import Author
from workflows.holds import Sight
from workflows.people import Actor
from workflows.turn import STAGE_WORDS

_LINKS_OPEN = timedelta(days=120)
_SHORT_LINKS_OPEN = timedelta(days=2)
_OFFICE = ", handling editor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter ready to be sent."""

    to: str
    subject: str
    text: str


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
    if _may_not_know(uow, arguments, report, addressee.actor):
        return None
    values = {
        "person": addressee.name,
        "signature": _signed(uow, letter, report),
        **_about(uow, letter, arguments, report),
    }
    values["link"] = _link(uow, letter, arguments, report)
    return _render(letter, addressee.email, values)


def _may_not_know(uow: UnitOfWork, arguments: Mapping[str, str], report: Report | None, actor: Actor) -> bool:
    """Authors and invited reviewers are told of their own report; for everybody else it may have vanished meanwhile."""
    if report is None or arguments["to"] != Recipients.PERSON:
        return False
    return view(uow, report, actor).sight is Sight.NOTHING


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


def _signature(uow: UnitOfWork, report: Report | None) -> str:
    editor = uow.session.get(Person, report.handling_editor_id) if report and report.handling_editor_id else None
    return f"{editor.name}{_OFFICE}" if editor else "The editors"


def _about(uow: UnitOfWork, letter: str, arguments: Mapping[str, str], report: Report | None) -> dict[str, object]:
    if letter == "officers/new_officer":
        return _about_officer(uow, arguments)
    if report is None:
        return {}
    known: dict[str, object] = {
        "stage_words": STAGE_WORDS[report.stage],
        "stage_2_due": f"{report.stage_2_due:%A} {report.stage_2_due.day} {report.stage_2_due:%B %Y}"
        if report.stage_2_due
        else "",
        "public_url": uow.config.public_url,
    }
    if arguments["to"] == Recipients.AUTHOR:
        known["title"] = protocols.newest(uow, report).title or "your study"
        known["reason"] = _reason(uow, letter, report)
        latest = latest_round(uow, report)
        known["answers_due"] = _day(latest.answers_due) if latest and latest.answers_due else "in two weeks"
        known["asked_by"] = _corresponding(uow, report)
    if arguments["to"] == Recipients.INVITATION:
        invitation = uow.session.get_one(Invitation, arguments["id"])
        known["review_due"] = _day(invitation.review_due)
        known["for_stage"] = uow.session.get_one(Round, invitation.round_id).for_stage
        known["rows"] = len(protocols.newest(uow, report).rows)
        known["editor"] = _signature(uow, report).removesuffix(_OFFICE)
    return known


def _about_officer(uow: UnitOfWork, arguments: Mapping[str, str]) -> dict[str, object]:
    """Whether it is the recipient who became an officer. Mail names no officer: the page of people does."""
    proposal = uow.session.get_one(OfficerProposal, arguments["about"])
    return {"yours": arguments["id"] == proposal.person_id}


def _day(due: datetime) -> str:
    there = due.astimezone(ANYWHERE)
    return f"{there:%A} {there.day} {there:%B %Y}, anywhere on Earth"


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


def _link(uow: UnitOfWork, letter: str, arguments: Mapping[str, str], report: Report | None) -> str:
    base = uow.config.editorial_url
    special = _SPECIAL.get(letter)
    if report is not None and letter.endswith(_ABOUT_WHAT_IS_OUT):
        return _article(uow, report)
    if special is not None:
        return base + special(uow, arguments)
    if arguments["to"] == Recipients.INVITATION:
        return base + _invitation_link(uow, arguments)
    return f"{base}/reports/{report.id}" if report else base


_ABOUT_WHAT_IS_OUT = ("/publish_published", "/correct_corrected", "/retract_retracted")


def _article(uow: UnitOfWork, report: Report) -> str:
    """Where everybody reads it: co-authors and reviewers may have no account."""
    identity = uow.session.get(PublicIdentity, report.id)
    if identity is None:  # nothing is public without, so there is nothing to read yet
        return uow.config.public_url
    return f"{uow.config.public_url}/reports/{identity.public_id}"


def _invitation_link(uow: UnitOfWork, arguments: Mapping[str, str]) -> str:
    return f"/review/{make_link(uow, Purpose.REVIEW, arguments['id'], _LINKS_OPEN)}"


_SPECIAL: dict[str, Callable[[UnitOfWork, Mapping[str, str]], str]] = {
    "authors/consent": lambda uow, given: f"/consent/{make_link(uow, Purpose.CONSENT, given['id'], _LINKS_OPEN)}",
    "authors/consent_refused": lambda _, given: f"/reports/{given['report']}/authors",
    "accounts/confirm": lambda uow, given: (
        f"/confirm/{make_link(uow, Purpose.CONFIRM_ADDRESS, given['id'], _SHORT_LINKS_OPEN)}"
    ),
    "accounts/reset": lambda uow, given: (
        f"/reset/{make_link(uow, Purpose.RESET_PASSWORD, given['id'], _SHORT_LINKS_OPEN)}"
    ),
    **dict.fromkeys(
        ("officers/flag_raised", "officers/hold_placed", "officers/lift_wanted", "officers/hold_ended"),
        lambda _, given: f"/reports/{given['report']}/hold",
    ),
    "editor_in_chief/retraction_recommended": lambda _, given: f"/reports/{given['report']}/retraction",
    "handling_editor/invitation_accepted": lambda _, given: f"/reports/{given['report']}/reviewers",
    "handling_editor/invitation_declined": lambda _, given: f"/reports/{given['report']}/reviewers",
    "handling_editor/review_arrived": lambda _, given: f"/reports/{given['report']}/reviews",
    "handling_editor/answers_arrived": lambda _, given: f"/reports/{given['report']}/reviews",
    "handling_editor/press_stopped": lambda _, given: f"/reports/{given['report']}/proof",
    "authors/answers_asked": lambda _, given: f"/reports/{given['report']}/answers",
    **dict.fromkeys(("officers/officer_proposed", "officers/new_officer"), lambda _, __: "/people"),
}
