"""The pages about accounts."""

from typing import assert_never

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter.errors import RateLimitExceeded

from journal import people as roll
from journal.editorial import work
from journal.editorial.accounts import actions, directory, forms, second_factor_routes, sessions, throttle
from journal.editorial.accounts.ways import safe_way
from journal.editorial.forms import Form
from journal.links import Purpose
from journal.unit_of_work import begin
from storage.rows.people import OfficerProposal, Person
from workflows.machine import Refusal
from workflows.people import Role

accounts = Blueprint("accounts", __name__)
second_factor_routes.register(accounts)

CONFIRM_FIRST = (
    "Your address is not confirmed yet. A letter with a link is on its way: open it, and type your password there."
)
ON_ITS_WAY = "A letter is on its way to the address you gave, if it can be reached. Follow the link in it."
RESET_ON_ITS_WAY = "If there is an account with this address, a letter with a link is on its way to it."
_WRITING = ("register", "forgotten")
_THROTTLED: dict[str, type[Form]] = {
    "sign_in": forms.SignIn,
    "confirm": forms.Confirm,
    "register": forms.Join,
    "forgotten": forms.Forgotten,
}


def register(app: Flask) -> None:
    """Add sign-in and these pages to `app`."""
    sessions.register(app)
    app.register_blueprint(accounts)
    throttle.throttle(
        app,
        redis_url=app.extensions["nullius"].config.redis_url,
        failing=("accounts.sign_in", "accounts.confirm"),
        writing=tuple(f"accounts.{name}" for name in _WRITING),
    )
    app.register_error_handler(RateLimitExceeded, _too_many)


def _too_many(_: RateLimitExceeded) -> ResponseReturnValue:
    """The same page with what was typed, whoever knocked and whether or not there is such an account."""
    name = str(request.endpoint).rpartition(".")[2]
    form = _THROTTLED[name]()
    words = throttle.TOO_MANY_LETTERS if name in _WRITING else throttle.TOO_MANY_TRIES
    form.refuse(Refusal("too_many", words))
    return _page(name, form, status=429)


def _page(name: str, form: Form, *, status: int = 200, **values: object) -> ResponseReturnValue:
    return render_template(f"editorial/accounts/{name}.html", form=form, **values), status


def _refused(name: str, form: Form, refusals: Refusal | list[Refusal]) -> ResponseReturnValue:
    form.refuse(refusals)
    return _page(name, form, status=422)


def _to(endpoint: str) -> ResponseReturnValue:
    return redirect(url_for(endpoint), 303)


# ---------------------------------------------------------------- in and out


@accounts.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Sign in with address and password. Reads only: a stranger who guesses keeps no writer waiting."""
    form = forms.SignIn(next=request.args.get("next", ""))
    if not form.is_submitted():
        return _onward(form) if work.person() else _page("sign_in", form)
    with begin(work.resources(), actor=work.NOBODY, writes=False) as looking:
        found = actions.recognise(looking, email=form.email.data or "", password=form.password.data or "")
    if isinstance(found, Refusal):
        return _refused("sign_in", form, found)
    if found.confirmed_at is None:
        actions.ask_to_confirm(work.raw_uow(), found)
        flash(CONFIRM_FIRST, "warn")
        return _to("accounts.sign_in")
    sessions.sign_in(found)
    return _onward(form)


def _onward(form: forms.SignIn) -> ResponseReturnValue:
    """To the page that asked who one is, else home."""
    return redirect(safe_way(form.next.data) or url_for("dashboard.home"), 303)


@accounts.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign out, everywhere: sessions live in cookies, and a copy of one must not outlive this."""
    somebody = work.person()
    if somebody is not None:
        roll.end_sessions(work.uow(), somebody)
    sessions.sign_out()
    flash("You are signed out, on every device.")
    return _to("accounts.sign_in")


@accounts.route("/register", methods=["GET", "POST"], endpoint="register")
def registration() -> ResponseReturnValue:
    """Ask for an account. The answer is the same whether or not there is one."""
    form = forms.Join()
    if not form.is_submitted():
        return _to("dashboard.home") if work.person() else _page("register", form)
    refusals = actions.join(
        work.uow(), name=form.name.data or "", email=form.email.data or "", password=form.password.data or ""
    )
    if refusals:
        return _refused("register", form, refusals)
    flash(ON_ITS_WAY)
    return _to("accounts.sign_in")


@accounts.route("/confirm/<token>", methods=["GET", "POST"])
def confirm(token: str) -> ResponseReturnValue:
    """Confirm an address. The link alone opens nothing: mail scanners follow it, and it could have been asked for."""
    form = forms.Confirm()
    if actions.whose_link(work.raw_uow(), Purpose.CONFIRM_ADDRESS, token) is None:
        return _old_link("The account is confirmed if you followed it before. Sign in; if it is not, we write again.")
    if not form.is_submitted():
        return _page("confirm", form)
    found = actions.confirm(work.raw_uow(), token, password=form.password.data or "")
    if isinstance(found, Refusal):
        return _refused("confirm", form, found)
    sessions.sign_in(found)
    flash("Your address is confirmed, and you are signed in.")
    return _to("dashboard.home")


@accounts.route("/forgotten", methods=["GET", "POST"])
def forgotten() -> ResponseReturnValue:
    """Ask for a link to set a new password. The answer is the same whether or not there is such an account."""
    form = forms.Forgotten()
    if not form.is_submitted():
        return _page("forgotten", form)
    refusal = actions.forgot(work.raw_uow(), form.email.data or "")
    if refusal is not None:
        return _refused("forgotten", form, refusal)
    flash(RESET_ON_ITS_WAY)
    return _to("accounts.sign_in")


@accounts.route("/reset/<token>", methods=["GET", "POST"])
def reset(token: str) -> ResponseReturnValue:
    """Set a new password by a link. It signs nobody in."""
    form = forms.NewPassword()
    if actions.whose_link(work.raw_uow(), Purpose.RESET_PASSWORD, token) is None:
        return _old_link(
            "If you set a new password just now, it is in force: sign in with it. Else ask for a new link."
        )
    if not form.is_submitted():
        return _page("reset", form)
    found = actions.reset(work.raw_uow(), token, password=form.password.data or "")
    if isinstance(found, Refusal):
        return _refused("reset", form, found)
    throttle.forget_failures(found.email)
    flash("Your new password is set. Sign in with it.")
    return _to("accounts.sign_in")


def _old_link(todo: str) -> ResponseReturnValue:
    """Used, expired and made up are one answer."""
    return render_template("editorial/accounts/old_link.html", sentence=actions.OLD_LINK.words, todo=todo), 404


# ---------------------------------------------------------------- oneself


@accounts.route("/profile", methods=["GET", "POST"])
def profile() -> ResponseReturnValue:
    """What the journal knows of whoever is signed in."""
    somebody = work.signed_in()
    form = forms.Profile(obj=somebody)
    if not form.is_submitted():
        return _profile(form, forms.ChangePassword())
    fit = form.validate()
    refusals = actions.describe(somebody, form.details(), keep=fit)
    if refusals or not fit:
        form.refuse(refusals)
        return _profile(form, forms.ChangePassword(formdata=None), status=422)
    flash("Your profile is saved.")
    return _to("accounts.profile")


@accounts.post("/profile/password")
def password() -> ResponseReturnValue:
    """Set a new password with the old one. It ends every session but this."""
    somebody = work.signed_in()
    form = forms.ChangePassword()
    refusals = actions.change_password(
        work.uow(), somebody, old=form.old_password.data or "", new=form.password.data or ""
    )
    if refusals:
        form.refuse(refusals)
        return _profile(forms.Profile(formdata=None, obj=somebody), form, status=422)
    sessions.sign_in(somebody)
    flash("Your new password is set. You are signed out everywhere else.")
    return _to("accounts.profile")


def _profile(form: forms.Profile, change: forms.ChangePassword, *, status: int = 200) -> ResponseReturnValue:
    return _page("profile", form, status=status, change=change, somebody=work.signed_in())


# ---------------------------------------------------------------- everybody


@accounts.get("/people")
def people() -> ResponseReturnValue:
    """Accounts and roles, for whoever gives them."""
    _keeper()
    return _people(forms.ProposeOfficer(formdata=None))


@accounts.post("/people/<person_id>/roles")
def roles(person_id: str) -> ResponseReturnValue:
    """Give or take a role."""
    _keeper()
    person = work.uow().session.get(Person, person_id) or abort(404)
    role = next((role for role in Role if role.value == request.form.get("role")), None) or abort(404)
    gives = request.form.get("act") == "give"
    refusal = (roll.grant_role if gives else roll.take_role)(work.uow(), person, role)
    if refusal is not None:
        return _people(forms.ProposeOfficer(formdata=None), refusal)
    flash(f"{person.name} is {'now' if gives else 'no longer'} {roll.with_article(role)}.")
    return _to("accounts.people" if work.signed_in().held_roles & directory.KEEPERS else "dashboard.home")


@accounts.post("/people/officers")
def propose() -> ResponseReturnValue:
    """Propose an information-hazard officer."""
    _keeper()
    form = forms.ProposeOfficer()
    found = directory.propose(work.uow(), form.email.data or "")
    match found:
        case Refusal():
            return _people(form, found)
        case OfficerProposal():
            flash("Your proposal waits for a second person.")
            return _to("accounts.people")
        case _:
            assert_never(found)


@accounts.post("/people/officers/<proposal_id>")
def decide(proposal_id: str) -> ResponseReturnValue:
    """Second or dismiss a proposal."""
    _keeper()
    proposal = work.uow().session.get(OfficerProposal, proposal_id) or abort(404)
    seconds = request.form.get("act") == "second"
    refusal = (roll.second_officer if seconds else roll.dismiss_proposal)(work.uow(), proposal)
    if refusal is not None:
        return _people(forms.ProposeOfficer(formdata=None), refusal)
    flash("The journal has a new officer. All officers are told." if seconds else "The proposal is dismissed.")
    return _to("accounts.people")


def _keeper() -> None:
    """Only for who gives roles or seconds officers; for others there is no such page."""
    if not work.signed_in().held_roles & directory.KEEPERS:
        abort(404)


def _people(form: forms.ProposeOfficer, refusal: Refusal | None = None) -> ResponseReturnValue:
    if refusal is not None:
        form.refuse(refusal)
    wanted = request.args.get("q", "")
    page = directory.page(work.uow(), wanted)
    return _page("people", form, status=422 if refusal else 200, page=page, wanted=wanted)
