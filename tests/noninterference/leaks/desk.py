"""Leaks of the desk: what its answers could say to somebody who has nothing to do with the withheld work."""

from collections import Counter
from typing import Any

from flask import Response, abort, request
from sqlalchemy import func, select

from journal.dossier.access import Opened, open_report
from journal.editorial.accounts import actions as accounts
from journal.editorial.reviewing import inviting
from journal.editorial.submission import actions as submission
from journal.unit_of_work import Resources, UnitOfWork, begin
from storage.rows.holds import HoldRow
from storage.rows.outbox import OutboxRow
from storage.rows.people import Person
from storage.rows.reports import Report, ReportAuthor
from storage.rows.reviewing import Invitation
from tests.noninterference import cast
from tests.noninterference.histories import history
from tests.noninterference.leaks.planting import Patch, at_the_desk, is_there, leak, on_page, reports
from workflows.machine import Refusal
from workflows.people import PRESS

_SAME_TITLE = "somebody begins a study of the same title"
_TO_REVIEW = ("it is submitted", "it goes to review", "an hour passes")
_FLAGGED = history("it is submitted", "an author flags it")
_TELLING = Refusal("telling", "We know this one already.", "email")


def _report_asked_for() -> object:
    return (request.view_args or {}).get("report_id")


@leak("what is forbidden is not called missing", 1, 16, onlooker=cast.STRANGER)
def _forbidden(patch: Patch) -> None:
    def opened(uow: UnitOfWork, report_id: str) -> Opened | None:
        found = open_report(uow, report_id)
        if found is None and uow.session.get(Report, report_id) is not None:
            abort(410)
        return found

    patch.setattr("journal.editorial.work.open_report", opened)


@leak("a header says that it is there", 2, 32, onlooker=cast.ANOTHER_AUTHOR)
def _header(patch: Patch) -> None:
    def change(response: Response, resources: Resources) -> None:
        if response.status_code == 404 and is_there(resources, _report_asked_for()):
            response.headers["Cache-Control"] = "private"

    at_the_desk(patch, change)


@leak("an old address leads to the new one", 3, onlooker=cast.ANOTHER_REVIEWER)
def _redirect(patch: Patch) -> None:
    def change(response: Response, resources: Resources) -> Response | None:
        there = response.status_code == 404 and is_there(resources, _report_asked_for())
        return Response(status=301, headers={"Location": "/"}) if there else None

    at_the_desk(patch, change)


@leak("the queue counts what others look after", 7, 22, onlooker=cast.ANOTHER_EDITOR)
def _counts(patch: Patch) -> None:
    on_page(patch, "/queue", lambda resources: f"of {len(reports(resources))}")


@leak("numbers of the whole journal stand beside one's own", 9, 50, onlooker=cast.STRANGER)
def _numbers(patch: Patch) -> None:
    on_page(patch, "/studies", lambda resources: len({each.title for each in reports(resources)}))


@leak("a reviewer's load is shown", 55, told=history(*_TO_REVIEW), onlooker=cast.ANOTHER_EDITOR)
def _load(patch: Patch) -> None:
    def load(resources: Resources) -> list[tuple[str, int]]:
        with begin(resources, actor=PRESS, writes=False) as uow:
            return sorted(Counter(uow.session.scalars(select(Invitation.email))).items())

    on_page(patch, "/reviewers", load)


@leak("reviewers of all works are offered", 15, told=history(*_TO_REVIEW), onlooker=cast.ANOTHER_EDITOR)
def _offered(patch: Patch) -> None:
    def offered(resources: Resources) -> list[str]:
        with begin(resources, actor=PRESS, writes=False) as uow:
            return sorted(set(uow.session.scalars(select(Invitation.email))))

    on_page(patch, "/reviewers", offered)


@leak("a page shows when something last happened", 51, told=_FLAGGED, onlooker=cast.ADMINISTRATOR)
def _last(patch: Patch) -> None:
    on_page(patch, "/help", lambda resources: [(each.row.stage, each.row.version) for each in reports(resources)])


@leak("officers' work is counted for all", 51, told=_FLAGGED, onlooker=cast.ADMINISTRATOR)
def _cases(patch: Patch) -> None:
    def cases(resources: Resources) -> int:
        with begin(resources, actor=PRESS, writes=False) as uow:
            return uow.session.scalar(select(func.count()).select_from(HoldRow)) or 0

    on_page(patch, "/people", cases)


@leak("every answer says how much the worker has done", 37, 49, onlooker=cast.STRANGER)
def _jobs(patch: Patch) -> None:
    def change(response: Response, resources: Resources) -> None:
        with begin(resources, actor=PRESS, writes=False) as uow:
            response.headers["X-Jobs"] = str(uow.session.scalar(select(func.count()).select_from(OutboxRow)))

    at_the_desk(patch, change)


@leak("mail can be read by all", 46, told=history(*_FLAGGED.steps, "an hour passes"), onlooker=cast.ANOTHER_REVIEWER)
def _mailbox(patch: Patch) -> None:
    def change(response: Response, resources: Resources) -> Response | None:
        folder = resources.config.mail.folder
        return Response(str(len(list(folder.iterdir())))) if request.path == "/mail" else response

    at_the_desk(patch, change)


@leak("an identifier of a row is confirmed", 36, 53, told=_FLAGGED, onlooker=cast.ANOTHER_EDITOR)
def _rows(patch: Patch) -> None:
    def change(_: Response, resources: Resources) -> Response | None:
        hold = (request.view_args or {}).get("hold_id")
        with begin(resources, actor=PRESS, writes=False) as uow:
            there = hold is not None and uow.session.get(HoldRow, hold) is not None
        return Response("duplicate key value violates unique constraint", status=409) if there else None

    at_the_desk(patch, change)


@leak("an invitation is found whatever its report", 43, 53, told=history(*_TO_REVIEW), onlooker=cast.ANOTHER_EDITOR)
def _invitations(patch: Patch) -> None:
    def change(_: Response, resources: Resources) -> Response | None:
        wanted = (request.view_args or {}).get("invitation_id")
        with begin(resources, actor=PRESS, writes=False) as uow:
            there = wanted is not None and uow.session.get(Invitation, wanted) is not None
        return Response("Withdrawn.", status=303) if there else None

    at_the_desk(patch, change)


@leak("identifiers of reports are serial", 4, told=history("it is a draft", _SAME_TITLE), onlooker=cast.ANOTHER_AUTHOR)
def _serial(patch: Patch) -> None:
    usual = UnitOfWork.new_id

    def new_id(uow: UnitOfWork, noun: str) -> str:
        count = uow.session.scalar(select(func.count()).select_from(Report)) or 0
        return f"{count:026}" if noun == "report" else usual(uow, noun)

    patch.setattr(UnitOfWork, "new_id", new_id)


@leak(
    "a title that is taken is refused",
    52,
    54,
    told=history("it is submitted", _SAME_TITLE),
)
def _taken(patch: Patch) -> None:
    usual = submission.begin_study

    def begin_study(uow: UnitOfWork, owner: Person, *, title: str) -> Report:
        taken = any(each.title == title for each in reports(uow.resources))
        return usual(uow, owner, title=f"{title} (there is one already)" if taken else title)

    patch.setattr(submission, "begin_study", begin_study)


@leak("who is invited anywhere is known", 56, told=history(*_TO_REVIEW, "the hidden guest registers"))
def _registers(patch: Patch) -> None:
    usual = accounts.join

    def join(uow: UnitOfWork, *, name: str, email: str, password: str) -> list[Refusal]:
        known = uow.session.scalar(select(Invitation.id).where(Invitation.email == email))
        return [_TELLING] if known else usual(uow, name=name, email=email, password=password)

    patch.setattr(accounts, "join", join)


@leak(
    "a forgotten password is answered by what one writes",
    56,
    told=history("it is submitted", "a password is forgotten"),
)
def _forgot(patch: Patch) -> None:
    def forgot(uow: UnitOfWork, email: str) -> Refusal | None:
        works = uow.session.scalars(select(ReportAuthor.id).where(ReportAuthor.email == email)).all()
        return Refusal("many", f"You have {len(works)} studies here.", "email")

    patch.setattr(accounts, "forgot", forgot)


@leak("a wrong password is answered by what one writes", 56,
      told=history("it is submitted", "somebody signs in as the hidden author"))  # fmt: skip
def _guessed(patch: Patch) -> None:
    usual = accounts.recognise

    def recognise(uow: UnitOfWork, *, email: str, password: str) -> Person | Refusal:
        found = usual(uow, email=email, password=password)
        works = uow.session.scalars(select(ReportAuthor.id).where(ReportAuthor.email == email)).all()
        return Refusal("wrong", f"Not your password, {len(works)}.") if isinstance(found, Refusal) else found

    patch.setattr(accounts, "recognise", recognise)


@leak(
    "a conflict is named that nobody may know of",
    55,
    told=history("it is submitted", "an editor invites the hidden author"),
)
def _conflict(patch: Patch) -> None:
    usual = inviting.invite

    def invite(uow: UnitOfWork, opened: Opened, wanted: Any) -> Any:  # noqa: ANN401 - handed through
        works = uow.session.scalars(select(ReportAuthor.id).where(ReportAuthor.email == wanted.email)).all()
        busy = len(works) > _OPEN_WORKS_OF_THE_HIDDEN_AUTHOR
        return [Refusal("busy", "They have a study in review.", "email")] if busy else usual(uow, opened, wanted)

    patch.setattr(inviting, "invite", invite)


_OPEN_WORKS_OF_THE_HIDDEN_AUTHOR = 2


@leak("knocking is counted by what is knocked at", 35, told=history("it is submitted", "a stranger knocks"))
def _limited(patch: Patch) -> None:
    knocks: Counter[object] = Counter()

    def change(_: Response, resources: Resources) -> Response | None:
        wanted = _report_asked_for()
        knocks[wanted] += is_there(resources, wanted)
        return Response(status=429) if knocks[wanted] > 20 else None

    at_the_desk(patch, change)
