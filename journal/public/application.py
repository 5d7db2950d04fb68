"""The public application: reads the newest release and nothing else.

Baked pages are answered here, before any framework; searches, filtered lists and downloads go on to Flask. It needs the
public store alone: no database, no vault, no secret.
"""

import os
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from flask import Flask

from journal.public.answering import (
    refuse_method,
    send_page,
    send_redirect,
    send_static,
    send_trouble,
)
from journal.public.asking import SNAPSHOT, create_asking
from journal.public.config import PublicConfig, from_environment
from journal.public.following import Following
from journal.public.listing import LIST
from journal.public.site import Site
from journal.public.trouble import MISSING, nothing_here, nothing_yet
from storage.objects import open_store
from storage.snapshot import Snapshot, StoredPage

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_HIDDEN = "/_"


class PublicApplication:
    """The WSGI application. `following` says which release is served; `asking` answers what is not baked."""

    def __init__(self, following: Following, asking: Flask, site: Site) -> None:
        self.following = following
        self._asking = asking
        self._site = site

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer one request. A missing and a withheld thing are the same: there is no page at that path."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return refuse_method(start)
        path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
        static = send_static(environ, start, path) if path.startswith("/static/") else None
        if static is not None:
            return static
        snapshot = self.following.follow()
        if snapshot is None:
            return send_trouble(environ, start, status=503, page=self._nothing_yet, extra=[("Retry-After", "60")])
        return self._from_release(environ, start, snapshot, path)

    def _from_release(
        self, environ: "WSGIEnvironment", start: "StartResponse", snapshot: Snapshot, path: str
    ) -> Iterable[bytes]:
        if path == LIST and environ.get("QUERY_STRING"):
            return self._asking(environ | {SNAPSHOT: snapshot}, start)
        page = None if path.startswith(_HIDDEN) else snapshot.page(path or "/")
        if page is not None:
            return send_page(environ, start, page)
        if snapshot.file(path) is not None:
            return self._asking(environ | {SNAPSHOT: snapshot}, start)
        return self._elsewhere(environ, start, snapshot, path)

    def _elsewhere(
        self, environ: "WSGIEnvironment", start: "StartResponse", snapshot: Snapshot, path: str
    ) -> Iterable[bytes]:
        """A page whose address was written with a slash too many, or the page that says there is none."""
        trimmed = "/" + path.strip("/")
        if trimmed != path and not trimmed.startswith(_HIDDEN) and snapshot.page(trimmed) is not None:
            query = environ.get("QUERY_STRING", "")
            return send_redirect(start, f"{trimmed}?{query}" if query else trimmed)
        return send_trouble(environ, start, status=404, page=snapshot.page(MISSING) or self._nothing_here)

    @cached_property
    def _nothing_here(self) -> StoredPage:
        return nothing_here(self._site)

    @cached_property
    def _nothing_yet(self) -> StoredPage:
        return nothing_yet(self._site)


def create_public_application(config: PublicConfig) -> PublicApplication:
    """The application that `config` describes. Nothing is read or started before the first request."""
    store = open_store(config.store)
    following = Following(store, config.cache, seconds=config.follow_seconds)
    return PublicApplication(following, create_asking(store, config.site), config.site)


def application() -> PublicApplication:
    """What a server starts: `gunicorn "journal.public.application:application()"`."""
    return create_public_application(from_environment(os.environ))
