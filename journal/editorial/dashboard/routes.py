"""The pages of the dashboard."""

from flask import Blueprint, Flask, Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier import protocols
from journal.dossier.choices import offer_of
from journal.dossier.overdue import how_many_overdue
from journal.editorial import work
from journal.editorial.dashboard import lists, mail
from journal.editorial.dashboard.history import history
from journal.editorial.dashboard.late import late
from journal.editorial.dashboard.letters import letters_for
from journal.editorial.dashboard.standing import next_up
from journal.editorial.dashboard.ways import delay_of, help_ways, way_to, ways_of
from journal.protocol_file.schema import schema_text
from workflows.lint import RULES
from workflows.people import Role
from workflows.reviewing import criteria
from workflows.turn import STAGE_WORDS

dashboard = Blueprint("dashboard", __name__)

_YEAR = 365 * 24 * 3600
_SCHEMES = ("light", "dark", "system")
# Where each office begins its day; everybody else with their studies.
_FIRST_PAGES = (
    ("dashboard.queue", frozenset({Role.EDITOR, Role.EDITOR_IN_CHIEF})),
    ("holds.queue", frozenset({Role.OFFICER})),
    ("accounts.people", frozenset({Role.ADMINISTRATOR})),
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
    first = next((page for page, roles in _FIRST_PAGES if somebody.held_roles & roles and way_to(page)), None)
    return redirect(url_for(first or "dashboard.studies"))


@dashboard.get("/studies")
def studies() -> ResponseReturnValue:
    """The studies one is an author of."""
    if work.person() is None:
        return redirect(url_for("accounts.sign_in", next=request.path))
    listing, to_review = lists.studies(work.uow(), page=_page()), lists.to_review(work.uow())
    new = way_to("submission.new")
    return render_template("editorial/dashboard/studies.html", listing=listing, to_review=to_review, new=new)


@dashboard.get("/queue")
def queue() -> ResponseReturnValue:
    """What waits on an editor. For everybody else there is no such page."""
    somebody = work.person()
    if somebody is None or not somebody.held_roles & {Role.EDITOR, Role.EDITOR_IN_CHIEF}:
        abort(404)
    # A number and nothing else: the cases themselves are not for an editor-in-chief.
    overdue = how_many_overdue(work.uow()) if Role.EDITOR_IN_CHIEF in somebody.held_roles else 0
    listing = lists.queue(work.uow(), page=_page())
    return render_template("editorial/dashboard/queue.html", listing=listing, overdue=overdue)


@dashboard.get("/published")
def published() -> ResponseReturnValue:
    """What is out, for those who can correct, retract or withhold it. For everybody else there is no such page."""
    somebody = work.person()
    if somebody is None or not somebody.held_roles & {Role.EDITOR, Role.EDITOR_IN_CHIEF, Role.OFFICER}:
        abort(404)
    return render_template("editorial/dashboard/published.html", listing=lists.published(work.uow(), page=_page()))


@dashboard.get("/reports/<report_id>")
def report(report_id: str) -> ResponseReturnValue:
    """One page for each report: where it stands, whose turn it is, what one can do, what happened."""
    opened, uow = work.opened(report_id), work.uow()
    return render_template(
        "editorial/dashboard/report.html",
        title=protocols.title_of(uow, opened.report),
        opened=opened,
        state=STAGE_WORDS[opened.report.stage],
        next=next_up(uow, opened.report, opened.holds),
        late=late(uow, opened),
        delay=delay_of(opened, offered=offer_of(uow, opened.report) is not None),
        ways=ways_of(opened),
        letters=letters_for(uow, opened),
        events=history(uow, opened),
    )


@dashboard.post("/scheme")
def choose_scheme() -> ResponseReturnValue:
    """Light, dark, or as the system; kept in a cookie."""
    response = redirect(_page_at(request.form.get("back", "/")), code=303)
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


def _page_at(path: str) -> str:
    """`path`, or the nearest page above it: a form that came back may stand at an address that only takes forms."""
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        return "/"
    pages = current_app.url_map.bind("")
    while path != "/" and not pages.test(path, method="GET"):
        path = path.rpartition("/")[0] or "/"
    return path


@dashboard.get("/help")
def help_page() -> ResponseReturnValue:
    """How things work, in short, with the ways to where one works."""
    somebody = work.person()
    return render_template("editorial/dashboard/help.html", ways=help_ways(somebody.held_roles if somebody else None))


@dashboard.get("/help/lint")
def lint_rules() -> ResponseReturnValue:
    """The rules of the linter with the why of each, by criterion."""
    found = [(each, [rule for rule in RULES if rule.criterion is each]) for each in criteria(1)]
    return render_template("editorial/dashboard/lint_rules.html", parts=[part for part in found if part[1]])


@dashboard.get("/help/protocol.schema.json")
def protocol_schema() -> ResponseReturnValue:
    """The JSON Schema of protocol files."""
    return Response(schema_text(), mimetype="application/schema+json")


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
