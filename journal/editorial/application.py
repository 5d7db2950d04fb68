"""The editorial application, put together: features, headers, errors, and one commit for each request that did well."""

from contextlib import suppress
from importlib import import_module
from pathlib import Path

from flask import Flask, Response, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge

from journal.assets import assets, assets_digest
from journal.editorial import access_log, rendering, work
from journal.unit_of_work import Resources
from storage.database import ChangedMeanwhile, DatabaseBusy, DatabaseFull
from storage.objects import ObjectStoreError, StoreFull

FEATURES = (
    "accounts",
    "dashboard",
    "holds",
    "appeals",
    "choices",
    "contacts",
    "narrowing",
    "proofs",
    "decisions",
    "reviewing",
    "submission",
    "protocol",
    "amendments",
    "conformance",
)

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'self'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
}
_FORM_LIMIT = 4 * 1024 * 1024
_DROPPED_AT_MOST, _BLOCK = 1024 * 1024 * 1024, 64 * 1024
_REDIRECTED, _REFUSED = 300, 400


class Editorial(Flask):
    """Flask, but a request's work lasts only if its view answered well, and lasts before the answer leaves."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view, then commit. What goes wrong at the commit is handled like what goes wrong in the view."""
        response = self.make_response(super().dispatch_request())
        if response.status_code < _REFUSED:
            work.commit_if_begun()
        return response


def create_application(resources: Resources) -> Editorial:
    """The WSGI application over `resources`."""
    app = Editorial(__name__, static_folder=None, template_folder=None)
    app.config.update(_settings(resources))
    app.jinja_loader = rendering.loader()
    access_log.register(app)
    work.register(app, resources)
    rendering.register(app)
    CSRFProtect(app)
    for feature in FEATURES:
        import_module(f"journal.editorial.{feature}.routes").register(app)
    app.add_url_rule("/static/<digest>/<path:name>", "static_file", _static_file)
    app.after_request(_harden)
    _handle_errors(app)
    return app


def _settings(resources: Resources) -> dict[str, object]:
    config = resources.config
    return {
        "SECRET_KEY": session_key(config.secret_file, resources),
        "SESSION_COOKIE_NAME": "__Host-session" if config.secure_cookies else "session",
        "SESSION_COOKIE_SECURE": config.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": config.upload_limit + _FORM_LIMIT,
        "MAX_FORM_MEMORY_SIZE": _FORM_LIMIT,
        "MAX_FORM_PARTS": 5000,
        "WTF_CSRF_TIME_LIMIT": None,
        "TEMPLATES_AUTO_RELOAD": False,
    }


def session_key(path: Path, resources: Resources) -> str:
    """The key that signs sessions: made at first start beside the master key, readable by the owner alone."""
    from storage.keyring import ensure_key_file

    ensure_key_file(path, resources.randomness)
    return path.read_text(encoding="ascii").strip()


def _static_file(digest: str, name: str) -> Response:
    asset = assets().get(name)
    if asset is None or digest != assets_digest():
        raise NotFound
    response = make_response(asset.body)
    response.content_type = asset.media_type
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _harden(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _handle_errors(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _stale_page)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(DatabaseBusy, _busy)
    app.register_error_handler(DatabaseFull, _busy)
    app.register_error_handler(ChangedMeanwhile, _changed)
    app.register_error_handler(IntegrityError, _changed)
    app.register_error_handler(ObjectStoreError, _store_trouble)
    app.register_error_handler(Exception, _bug)


def _page(status: int, title: str, sentence: str, todo: str) -> ResponseReturnValue:
    """An error page. It asks the database nothing, for that may be what is wrong."""
    g.without_person = status >= 500  # noqa: PLR2004 - a status, not a magic number
    kept = _typed()
    error = {"title": title, "sentence": sentence, "todo": todo, "action": None if kept else _way_back()}
    return render_template("editorial/trouble.html", error=error, kept=kept, again=request.full_path), status


def _typed() -> dict[str, list[str]]:
    """What was typed into the form that was sent, but for passwords. Nothing when it was too much to read."""
    if request.method != "POST":
        return {}
    try:
        fields = request.form.to_dict(flat=False)
    except HTTPException:
        return {}
    return {name: values for name, values in fields.items() if name != "csrf_token" and "password" not in name}


def _way_back() -> tuple[str, str] | None:
    """The page whose form was sent, where it has one of the same address."""
    rule = request.url_rule if request.method == "POST" else None
    return ("Open the page again", request.path) if rule is not None and "GET" in (rule.methods or ()) else None


def _going_on() -> str:
    """How to go on after something that passes by itself."""
    if request.method != "POST":
        return "Wait a minute, then open the page again."
    if request.files:
        return "Wait a minute, then open the page again and choose your files again."
    return "What you typed is kept below. Wait a minute, then press the button to send it again."


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is not None and _REDIRECTED <= error.code < _REFUSED:
        return redirect(error.get_response().headers.get("Location", "/"))
    if error.code in (403, 404):
        return _page(
            404,
            "There is no such page",
            "It is not here, or it is not for you.",
            "Check the address, or go back to your list.",
        )
    if error.code == 401:  # noqa: PLR2004 - a status
        return _page(
            401,
            "You are signed out",
            "Nothing was changed: since you opened this page, you were signed out.",
            "Sign in again in another tab. What you typed is kept below: come back to it and press the button.",
        )
    if error.code == 405:  # noqa: PLR2004 - a status
        return _page(
            405, "That is not a page to open", "It only takes what a form sends.", "Go back and press the button there."
        )
    return _page(error.code or 500, "That did not work", error.description or "", "Go back and try again.")


def _stale_page(_: CSRFError) -> ResponseReturnValue:
    return _page(
        400,
        "This page had grown old",
        "Nothing was changed: the page you sent was opened before you signed in or too long ago.",
        "What you typed is kept below. Press the button to send it again.",
    )


def _too_large(_: RequestEntityTooLarge) -> ResponseReturnValue:
    _let_it_be_sent()
    limit = rendering.kilobytes(work.resources().config.upload_limit)
    return _page(
        413,
        "That file is too large",
        f"A file may have at most {limit}. Nothing was changed; your draft is as you left it.",
        "Make figures smaller, or deposit data elsewhere and link to them. Then go back and upload again.",
    )


def _let_it_be_sent() -> None:
    """Drop what is still arriving: a browser that cannot send everything shows a broken connection and no answer."""
    sent, stream = 0, request.environ["wsgi.input"]
    with suppress(OSError):
        while sent < _DROPPED_AT_MOST and (block := stream.read(_BLOCK)):
            sent += len(block)


def _busy(error: DatabaseBusy | DatabaseFull) -> ResponseReturnValue:
    if isinstance(error, DatabaseFull):
        return _page(503, "The journal's disk is full", "Nothing was changed.", _going_on())
    return _page(
        503, "The journal is busy", "Somebody else was writing for too long. Nothing was changed.", _going_on()
    )


def _changed(_: ChangedMeanwhile | IntegrityError) -> ResponseReturnValue:
    work.raw_uow().session.rollback()  # a flush that failed leaves the session unusable, and the page names its person
    return _page(
        409,
        "Somebody changed this meanwhile",
        "While this page was open, it was changed in another tab or by somebody else. Nothing was overwritten.",
        "What you typed is kept below, to copy. Open the page again to see what is there now.",
    )


def _store_trouble(error: ObjectStoreError) -> ResponseReturnValue:
    sentence = "The archive is full." if isinstance(error, StoreFull) else "The archive does not answer."
    return _page(503, "The archive cannot be reached", f"{sentence} Nothing was changed.", _going_on())


def _bug(error: Exception) -> ResponseReturnValue:
    from flask import current_app

    current_app.logger.error("unexpected error", exc_info=error)
    return _page(
        500,
        "Something broke",
        "This is a fault of the journal, and nothing was changed.",
        "What you typed is kept below. Try again; if it breaks again, tell the editors when it happened.",
    )
