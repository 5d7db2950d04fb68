"""What the public application is compared with: WSGI and Flask that send given bytes and headers, no more."""

import json
import os
from base64 import b64decode
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ANSWER = "NULLIUS_BENCH_ANSWER"


def _answer() -> tuple[str, list[tuple[str, str]], bytes]:
    said = json.loads(Path(os.environ[ANSWER]).read_text())
    return said["status"], [(name, value) for name, value in said["headers"]], b64decode(said["body"])


def bare_wsgi() -> "WSGIApplication":
    """The least that can answer."""
    status, headers, body = _answer()

    def application(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:  # noqa: ARG001 (any request)
        start(status, headers)
        return [body]

    return application


def bare_flask() -> Flask:
    """The same by a Flask view."""
    status, headers, body = _answer()
    app = Flask("bare", static_folder=None, template_folder=None)

    @app.get("/", defaults={"path": ""})
    @app.get("/<path:path>")
    def page(path: str) -> Response:  # noqa: ARG001 (any path)
        return Response(body, status=status, headers=headers)

    return app
