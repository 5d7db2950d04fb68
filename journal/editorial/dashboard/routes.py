"""The pages of the dashboard."""

from flask import Blueprint, Flask, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier import protocols
from journal.dossier.access import Opened
from journal.editorial import work
from journal.editorial.dashboard import lists, mail
from journal.editorial.dashboard.history import history
from workflows.holds import NEUTRAL_SENTENCE
from workflows.people import EDITORS, Capacity, Role
from workflows.report import actions_open
from workflows.stages import BEFORE_IPA, HOLDS_IPA, IN_PRODUCTION, OUT, UNDER_STAGE_2, Action, Stage
from workflows.turn import STAGE_WORDS, turn

dashboard = Blueprint("dashboard", __name__)

_YEAR = 365 * 24 * 3600
_SCHEMES = ("light", "dark", "system")
# The page on which each step is taken, and what the way to it says.
_WAYS = {
    Action.SUBMIT: ("submission.tasks", "Go on writing"),
    Action.RESUBMIT: ("submission.tasks", "Revise and answer"),
    Action.BEGIN_STAGE_2: ("submission.ipa", "The acceptance and its conditions"),
    Action.WITHDRAW: ("submission.withdraw", "Withdraw this study"),
    Action.RETURN: ("decisions.desk", "Return or decline"),
    Action.SEND_TO_REVIEW: ("decisions.start", "Send to review"),
    Action.PROPOSE_REVISION: ("decisions.propose", "Propose a decision"),
    Action.CONFIRM: ("decisions.confirm", "Confirm or send back"),
    Action.EXTEND: ("decisions.extend", "Give more time"),
    Action.SEND_PROOF: ("proofs.proof", "Look at the typeset paper"),
    Action.APPROVE_PROOF: ("proofs.proof", "Read the proof"),
    Action.CORRECT: ("proofs.notice", "Correct"),
    Action.RETRACT: ("proofs.retraction", "Retract"),
}
_WITHHOLDS = frozenset({Capacity.OFFICER, Capacity.EDITOR_IN_CHIEF})
_AUTHORS = frozenset({Capacity.AUTHOR})
_MAKERS = EDITORS | {Capacity.AUTHOR, Capacity.OFFICER}
_READERS = _MAKERS | {Capacity.REVIEWER}
_SENT = tuple(stage for stage in Stage if stage not in (Stage.DRAFT, Stage.WITHDRAWN))
_RESULTS = (*UNDER_STAGE_2, Stage.STAGE_2_REJECTED, *IN_PRODUCTION, *OUT)
# Beside the steps: the page, what the way to it says, for whom, and at which stages (None: at all).
_PLACES: tuple[tuple[str, str, frozenset[Capacity], tuple[Stage, ...] | None], ...] = (
    ("proofs.proof", "The typeset paper", EDITORS | {Capacity.AUTHOR, Capacity.OFFICER}, (*IN_PRODUCTION, *OUT)),
    (
        "proofs.retraction",
        "Recommend a retraction",
        frozenset({Capacity.HANDLING_EDITOR, Capacity.OFFICER}),
        (Stage.PUBLISHED, Stage.CORRECTED),
    ),
    ("holds.case", "Withhold this report", _WITHHOLDS, None),
    ("submission.ipa", "The acceptance and its conditions", _MAKERS, HOLDS_IPA),
    ("protocol.read", "The protocol and its manuscript", _READERS, _SENT),
    ("conformance.read", "The results as sent", _READERS, _RESULTS),
    ("conformance.findings", "Promised and done, side by side", _READERS, _RESULTS),
    ("submission.settings", "Embargo and announcing", _AUTHORS, (*BEFORE_IPA, *HOLDS_IPA)),
    ("submission.hazard", "This turned out hazardous", _AUTHORS, None),
)


def register(app: Flask) -> None:
    """Add these pages to `app`."""
    app.register_blueprint(dashboard)


@dashboard.get("/")
def home() -> ResponseReturnValue:
    """The list that matters to whoever is signed in; else the way in."""
    somebody = work.person()
    if somebody is None:
        return redirect(url_for("accounts.sign_in"))
    editor = bool(somebody.held_roles & {Role.EDITOR, Role.EDITOR_IN_CHIEF})
    return redirect(url_for("dashboard.queue" if editor else "dashboard.studies"))


@dashboard.get("/studies")
def studies() -> ResponseReturnValue:
    """The studies one is an author of."""
    if work.person() is None:
        return redirect(url_for("accounts.sign_in", next=request.path))
    listing = lists.studies(work.uow(), page=_page())
    return render_template("editorial/dashboard/studies.html", listing=listing, new=_way("submission.new"))


@dashboard.get("/queue")
def queue() -> ResponseReturnValue:
    """What waits on an editor. For everybody else there is no such page."""
    somebody = work.person()
    if somebody is None or not somebody.held_roles & {Role.EDITOR, Role.EDITOR_IN_CHIEF}:
        abort(404)
    return render_template("editorial/dashboard/queue.html", listing=lists.queue(work.uow(), page=_page()))


@dashboard.get("/reports/<report_id>")
def report(report_id: str) -> ResponseReturnValue:
    """One page for each report: where it stands, whose turn it is, what one can do, what happened."""
    opened, uow = work.opened(report_id), work.uow()
    stage = opened.report.stage
    return render_template(
        "editorial/dashboard/report.html",
        title=protocols.newest(uow, opened.report).title or "Untitled study",
        opened=opened,
        state=STAGE_WORDS[stage],
        turn=turn(stage),
        neutral=NEUTRAL_SENTENCE if opened.delayed else "",
        ways=_ways(report_id, [*_steps(opened), *_places(opened)]),
        events=history(uow, opened),
    )


@dashboard.post("/scheme")
def choose_scheme() -> ResponseReturnValue:
    """Light, dark, or as the system; kept in a cookie."""
    back = request.form.get("back", "/")
    response = redirect(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/", code=303)
    scheme = request.form.get("scheme", "system")
    secure = work.resources().config.secure_cookies
    response.set_cookie(
        "scheme",
        scheme if scheme in _SCHEMES else "system",
        max_age=_YEAR,
        samesite="Lax",
        httponly=True,
        secure=secure,
    )
    return response


@dashboard.get("/help")
def help_page() -> ResponseReturnValue:
    """How things work, in short."""
    return render_template("editorial/dashboard/help.html")


@dashboard.get("/mail")
@dashboard.get("/mail/<name>")
def mailbox(name: str = "") -> ResponseReturnValue:
    """What a demonstration would have sent. A real journal has no such page."""
    config = work.resources().config
    if not config.demo:
        abort(404)
    found = mail.mails(config.mail.folder, config.mail.sender)
    letter = next((each for each in found if each.name == name), None)
    return render_template("editorial/mailbox.html", mails=[_shown(each, letter) for each in found], letter=letter)


def _shown(each: mail.Mail, letter: mail.Mail | None) -> dict[str, object]:
    address = url_for("dashboard.mailbox", name=each.name)
    return {"href": address, "to": each.to, "subject": each.subject, "sent": each.sent, "here": each is letter}


def _page() -> int:
    text = request.args.get("page", "1")
    return int(text) if text.isdecimal() and len(text) < 7 else 1  # noqa: PLR2004 - no list has a million pages


def _way(endpoint: str, report_id: str | None = None) -> str | None:
    """The address of a page, if this journal has it."""
    if endpoint not in current_app.view_functions:
        return None
    return url_for(endpoint) if report_id is None else url_for(endpoint, report_id=report_id)


def _steps(opened: Opened) -> list[tuple[str, str]]:
    return [_WAYS[action] for action in actions_open(opened.report.stage, opened.acting_as) if action in _WAYS]


def _places(opened: Opened) -> list[tuple[str, str]]:
    """Pages on which somebody may do or read something that is no step of theirs. None depends on a hold."""
    return [
        (endpoint, words)
        for endpoint, words, who, stages in _PLACES
        if opened.acting_as & who and (stages is None or opened.report.stage in stages)
    ]


def _ways(report_id: str, places: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Words and address of each place that this journal has; a page once, under its first words, the end last."""
    first = dict(reversed(places))
    ordered = sorted(dict.fromkeys(dict(places)), key=lambda endpoint: endpoint == _WAYS[Action.WITHDRAW][0])
    known = [(first[endpoint], _way(endpoint, report_id=report_id)) for endpoint in ordered]
    return [(words, address) for words, address in known if address is not None]
