"""The page on which authors choose whether to announce, after reading what a later silence would tell."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.holding import was_public
from journal.dossier.protocols import newest
from journal.editorial import work
from journal.editorial.saving import own_report
from journal.editorial.submission.announcing import choose_announcing, chosen
from journal.editorial.submission.forms import AnnounceForm
from journal.editorial.submission.pages import pages
from workflows.announcing import EXAMPLE, Announce, silence_at, silences
from workflows.people import Capacity
from workflows.stages import ENDED, OUT


@pages.get("/reports/<report_id>/announcing")
def announcing(report_id: str) -> ResponseReturnValue:
    """The choice as it stands."""
    opened = own_report(report_id)
    return _page(opened, _form(opened))


@pages.post("/reports/<report_id>/announcing")
def choose(report_id: str) -> ResponseReturnValue:
    """Choose whether the registered protocol is shown before the results."""
    opened = own_report(report_id)
    form = AnnounceForm()
    refusal = choose_announcing(work.uow(), opened, announce=form.announce.data or "", day=form.day.data)
    if refusal is not None:
        form.refuse(refusal)
        return _page(opened, form), 422
    flash("Your choice is kept. You can change it here until readers have seen the protocol.")
    return redirect(url_for("submission.announcing", report_id=report_id), 303)


def _form(opened: Opened) -> AnnounceForm:
    choice, since = chosen(work.uow(), opened.report), opened.report.announce_from
    day = since.date() if since and choice is Announce.DATE else None
    return AnnounceForm(formdata=None, data={"announce": choice.value, "day": day})


def _page(opened: Opened, form: AnnounceForm) -> str:
    uow, report = work.uow(), opened.report
    return render_template(
        "editorial/submission/announcing.html",
        report=report,
        plan=newest(uow, report),
        form=form,
        choice=chosen(uow, report),
        example=silence_at(*EXAMPLE),
        silences=silences(),
        is_public=was_public(uow, report),
        mine=Capacity.CORRESPONDING_AUTHOR in opened.acting_as,
        over=report.stage in (*ENDED, *OUT),
    )
