"""The page on which somebody sets up an authenticator app. Opening it shows no key: only the password brings one."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from journal import second_factor
from journal.editorial import again, work
from journal.editorial.accounts.forms import BeginSecondFactor, ConfirmSecondFactor
from storage.rows.people import Person
from workflows.machine import Refusal


def register(pages: Blueprint) -> None:
    """Add these pages to the feature's."""
    pages.add_url_rule("/profile/second-factor", "second_factor", page, methods=["GET"])
    pages.add_url_rule("/profile/second-factor", "begin_second_factor", begin, methods=["POST"])
    pages.add_url_rule("/profile/second-factor/confirm", "confirm_second_factor", confirm, methods=["POST"])


def page() -> ResponseReturnValue:
    """Whether there is one, and how to set one up."""
    return _page(work.signed_in(), BeginSecondFactor(formdata=None))


def begin() -> ResponseReturnValue:
    """A key for the app, for whoever knows the password."""
    somebody, form = work.signed_in(), BeginSecondFactor()
    if not again.may_try():
        form.refuse(again.TOO_MANY)
        return _page(somebody, form), 422
    begun = second_factor.start_set_up(
        work.uow(), somebody, password=form.password.data or "", code=form.code.data or ""
    )
    if isinstance(begun, list):
        again.count_wrong_code()
        form.refuse(begun)
        return _page(somebody, form), 422
    return _confirming(somebody, ConfirmSecondFactor(formdata=None))


def confirm() -> ResponseReturnValue:
    """The app shows the right code: it counts. The recovery codes are shown this once."""
    somebody, form = work.signed_in(), ConfirmSecondFactor()
    codes = second_factor.confirm(work.uow(), somebody, form.code.data or "")
    if isinstance(codes, Refusal):
        form.refuse(codes)
        return _confirming(somebody, form), 422
    return render_template("editorial/accounts/recovery_codes.html", codes=codes)


def _page(somebody: Person, form: BeginSecondFactor) -> str:
    factor = second_factor.factor_of(work.uow(), somebody.id)
    left = second_factor.codes_left(factor) if factor else 0
    return render_template("editorial/accounts/second_factor.html", form=form, factor=factor, left=left)


def _confirming(somebody: Person, form: ConfirmSecondFactor) -> str:
    factor = second_factor.waiting(work.uow(), somebody)
    shown = second_factor.set_up(work.uow(), somebody, factor) if factor else None
    return render_template("editorial/accounts/confirm_second_factor.html", form=form, shown=shown)
