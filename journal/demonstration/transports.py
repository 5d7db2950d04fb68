"""How a visitor's requests reach an application: straight into it, or over HTTP."""

from http.cookiejar import CookieJar
from typing import IO, TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from journal.demonstration.visitor import Answer, path_of

if TYPE_CHECKING:
    from email.message import Message

    from flask.testing import FlaskClient

_SECONDS = 120


class InProcess:
    """Requests of one visitor, straight into the WSGI application."""

    def __init__(self, client: "FlaskClient") -> None:
        self.client = client

    def send(self, method: str, address: str, *, body: bytes | None, media_type: str | None) -> Answer:
        """One request, redirects not followed."""
        response = self.client.open(path_of(address), method=method, data=body, content_type=media_type)
        answer = Answer(response.status_code, dict(response.headers), response.get_data())
        response.close()
        return answer


class _Stay(HTTPRedirectHandler):
    """Follows nothing: the visitor does that, as it would with any other transport."""

    def redirect_request(  # noqa: PLR0913, PLR0917 - urllib's signature
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: "Message", newurl: str
    ) -> None:
        """No request follows."""


class OverHttp:
    """Requests of one visitor with cookies of their own, to a server at an http:// address."""

    def __init__(self) -> None:
        self._opener = build_opener(_Stay, HTTPCookieProcessor(CookieJar()))

    def send(self, method: str, address: str, *, body: bytes | None, media_type: str | None) -> Answer:
        """One request, redirects not followed. Raises `OSError` when no server answers."""
        request = Request(address, data=body, method=method)  # noqa: S310 - addresses of this journal's own pages
        if media_type:
            request.add_header("Content-Type", media_type)
        try:
            response = self._opener.open(request, timeout=_SECONDS)
        except HTTPError as refused:
            response = refused
        with response:
            return Answer(response.status or 0, dict(response.headers.items()), response.read())
