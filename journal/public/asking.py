"""What has to be worked out when a reader asks: searches, filtered lists, downloads. The only Flask in public."""

import hashlib
from functools import partial

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.http import dump_options_header

from journal.public.answering import ASK_AGAIN, EVERYWHERE, NEVER_KEEP, is_known, send_page, send_trouble
from journal.public.listing import LIST, asked_of, list_page
from journal.public.ranges import OutOfRange, Part, part_asked
from journal.public.site import Site
from journal.public.trouble import MISSING, nothing_here, store_silent, stored_html
from storage.objects import ObjectDamaged, ObjectMissing, ObjectStore, ObjectStoreError
from storage.snapshot import File, Snapshot

SNAPSHOT = "nullius.snapshot"
_FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox"
_PDF_POLICY = "frame-ancestors 'none'"  # Browsers show a PDF by a page of their own, which a sandbox would break.


def create_asking(store: ObjectStore, site: Site) -> Flask:
    """The Flask application behind the baked pages. The release to read comes with each request, in its environment."""
    app = Flask("nullius_public", static_folder=None, template_folder=None)

    @app.get(LIST)
    def reports() -> ResponseReturnValue:
        """The list as filtered, or what a search found."""
        asked = asked_of(request.args)
        page = stored_html(list_page(site, _snapshot().listed(asked), asked))
        return partial(send_page, page=page)

    @app.get(f"{LIST}/<public_id>/<path:name>")
    def download(public_id: str, name: str) -> ResponseReturnValue:
        """A file of a report; a figure stands in a folder of its own."""
        file = _snapshot().file(f"{LIST}/{public_id}/{name}")
        return _missing(site) if file is None else _download(file, store, site)

    return app


def _snapshot() -> Snapshot:
    found: Snapshot = request.environ[SNAPSHOT]
    return found


def _missing(site: Site) -> ResponseReturnValue:
    return partial(send_trouble, status=404, page=_snapshot().page(MISSING) or nothing_here(site))


def _download(file: File, store: ObjectStore, site: Site) -> ResponseReturnValue:
    """The file or the part asked for. Its ETag is its SHA-256, so a reader who has it needs no store."""
    headers = _headers(file)
    if is_known(request.headers.get("If-None-Match", ""), file.sha256):
        return Response(status=304, headers=headers)
    asked, version = request.headers.get("Range", ""), request.headers.get("If-Range", "")
    try:
        part = part_asked(asked, version, etag=file.sha256, size=file.size)
        return _sent(file, part, store, headers)
    except OutOfRange:
        return Response(status=416, headers=[*EVERYWHERE, NEVER_KEEP, ("Content-Range", f"bytes */{file.size}")])
    except ObjectMissing:
        # Its release lists it, so a takedown is under way: the next release has neither.
        return _missing(site)
    except ObjectStoreError:
        return partial(send_trouble, status=503, page=store_silent(site), extra=(("Retry-After", "60"),))


def _sent(file: File, part: Part | None, store: ObjectStore, headers: list[tuple[str, str]]) -> Response:
    begin, end = (part.start, part.end) if part else (0, file.size)
    headers = [*headers, ("Content-Length", str(end - begin))]
    if part:
        headers.append(("Content-Range", part.header))
    body = b"" if request.method == "HEAD" else _read(file, store)[begin:end]
    return Response([body], status=206 if part else 200, headers=headers, content_type=file.media_type)


def _read(file: File, store: ObjectStore) -> bytes:
    """The bytes whose digest the article page prints, or `ObjectDamaged`."""
    body = store.read(file.key)
    if hashlib.sha256(body).hexdigest() != file.sha256:
        raise ObjectDamaged(file.key)
    return body


def _headers(file: File) -> list[tuple[str, str]]:
    return [
        *EVERYWHERE,
        ASK_AGAIN,
        ("ETag", f'"{file.sha256}"'),
        ("Accept-Ranges", "bytes"),
        ("Content-Disposition", dump_options_header("inline", {"filename": file.name.rpartition("/")[2]})),
        ("Content-Security-Policy", _PDF_POLICY if file.media_type == "application/pdf" else _FILE_POLICY),
    ]
