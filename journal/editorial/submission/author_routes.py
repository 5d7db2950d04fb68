"""The list of authors, their consent, and the page that a co-author's link opens."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from journal.dossier.access import Opened
from journal.dossier.authorship import author_gaps, details_of
from journal.dossier.protocols import newest
from journal.editorial import work
from journal.editorial.saving import (
    MOVED_ON,
    answer,
    is_open,
    own_report,
    rearrange,
    saved_version,
    to_report,
)
from journal.editorial.submission.authors import ask_consent, authors_mark, give_consent, save_authors
from journal.editorial.submission.forms import AuthorsForm
from journal.editorial.submission.pages import pages
from journal.links import Purpose, find_link
from storage.rows.reports import ReportAuthor
from workflows.authorship import AuthorDetails
from workflows.machine import Refusal
from workflows.stages import PROTOCOL_OPEN, STAGE_2_OPEN, Stage

# Co-authors can join until results are in; whoever joins is asked.
AUTHORS_OPEN = (*PROTOCOL_OPEN, Stage.IPA, *STAGE_2_OPEN, Stage.STAGE_2_REVISION)


@pages.route("/reports/<report_id>/authors", methods=["GET", "POST"])
def authors(report_id: str) -> ResponseReturnValue:
    """The authors in order, saved as typed."""
    opened = own_report(report_id)
    if request.method == "POST":
        return _save(opened)
    if not is_open(opened, AUTHORS_OPEN):
        return to_report(report_id, "The list of authors cannot be changed now. Write to the editors.")
    form = AuthorsForm(data={"authors": _shown(opened)})
    if "check" in request.args:
        form.refuse(author_gaps(details for _, details in details_of(work.uow(), opened.report)))
    return _page(opened, form)


def _save(opened: Opened) -> ResponseReturnValue:
    form = AuthorsForm()
    place = rearrange(form, ["authors"])
    saved: str | Refusal = MOVED_ON
    if is_open(opened, AUTHORS_OPEN):
        saved = save_authors(work.uow(), opened.report, _typed(form), was=saved_version())
    here = url_for("submission.authors", report_id=opened.report.id)
    return answer(
        saved,
        form,
        show=lambda: _page(opened, form),
        onward=f"{here}#{place or 'consent'}",
        words="" if place else "Saved: authors.",
    )


def _shown(opened: Opened) -> list[dict[str, object]]:
    names = AuthorDetails.__dataclass_fields__
    return [
        {"id": row.id, **{name: getattr(details, name) for name in names}, "roles": list(details.roles)}
        for row, details in details_of(work.uow(), opened.report)
    ]


def _typed(form: AuthorsForm) -> list[tuple[str, AuthorDetails]]:
    found = []
    for entry in form.authors.entries:
        typed: dict[str, Any] = {
            name: getattr(entry.form, name).data or "" for name in AuthorDetails.__dataclass_fields__
        }
        typed["roles"] = tuple(typed["roles"])
        found.append((entry.form.id.data or "", AuthorDetails(**typed)))
    return found


def _page(opened: Opened, form: AuthorsForm) -> str:
    return render_template(
        "editorial/submission/authors.html",
        report=opened.report,
        plan=newest(work.uow(), opened.report),
        form=form,
        mark=authors_mark(work.uow(), opened.report),
        people=details_of(work.uow(), opened.report),
        owner=next((row.id for row in opened.report.authors if row.corresponding), None),
        stage_1=is_open(opened, PROTOCOL_OPEN),
    )


@pages.post("/reports/<report_id>/authors/<author_id>/consent")
def consent_request(report_id: str, author_id: str) -> ResponseReturnValue:
    """Ask a co-author by mail, or again."""
    opened = own_report(report_id)
    refusal = ask_consent(work.uow(), opened.report, author_id)
    if refusal is None:
        flash("The letter is on its way. You will see here when they have answered.")
    else:
        flash(refusal.words, "warn")
    return redirect(url_for("submission.authors", report_id=report_id) + "#consent", 303)


@pages.get("/consent/<token>")
def consent(token: str) -> ResponseReturnValue:
    """What somebody is named an author of, and two buttons. Opening the page answers nothing."""
    row = _asked(token)
    if row is None:
        return render_template("editorial/submission/consent_gone.html"), 404
    people = details_of(work.uow(), row.report)
    return render_template(
        "editorial/submission/consent.html",
        token=token,
        row=row,
        me=next(details for other, details in people if other.id == row.id),
        people=people,
        plan=newest(work.uow(), row.report),
    )


@pages.post("/consent/<token>")
def consent_answer(token: str) -> ResponseReturnValue:
    """Take the answer. The link opens nothing any more after it."""
    row = _asked(token)
    if row is None:
        return render_template("editorial/submission/consent_gone.html"), 404
    given = request.form.get("answer", "")
    if given not in ("agree", "refuse"):
        return redirect(url_for("submission.consent", token=token), 303)
    give_consent(work.uow(), row, agrees=given == "agree", signed_in=work.person())
    return redirect(url_for("submission.consent_thanks", given=given), 303)


@pages.get("/consent/thanks/<given>")
def consent_thanks(given: str) -> ResponseReturnValue:
    """What the answer means. It names nothing: anybody may open it."""
    if given not in ("agree", "refuse"):
        raise NotFound
    return render_template("editorial/submission/consent_thanks.html", agreed=given == "agree")


def _asked(token: str) -> ReportAuthor | None:
    link = find_link(work.uow(), Purpose.CONSENT, token)
    return work.uow().session.get(ReportAuthor, link.subject_id) if link else None
