"""What the typesetter may fetch: the paper's own style sheet, the carried fonts and what the task brings. Nothing else.

WeasyPrint's own fetcher opens files and addresses that the HTML names (`<link rel=attachment href="file:///...">`
embeds a file of the machine in the PDF). This one has no door to the disk or the network at all.
"""

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

MEDIA_TYPES = {
    "css": "text/css",
    "otf": "font/otf",
    "ttf": "font/ttf",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
}
_PROJECT = files("templates") / "paper"
_CARRIED = re.compile(r"paper:((?:fonts|marks)/[A-Za-z0-9-]+\.(?:otf|ttf|svg))")


class Refused(ValueError):
    """An address that the typesetter may not fetch."""


class OnlyGiven:
    """A fetcher for WeasyPrint that answers from `given` (address to bytes) and from `templates/paper/`.

    `refused` collects what was asked for and denied, for the person who has to find out why a picture is missing.
    """

    # WeasyPrint asks its fetchers this. A picture that is refused must not stop the paper.
    _fail_on_errors = False

    def __init__(self, given: Mapping[str, bytes]) -> None:
        self.given = given
        self.refused: list[str] = []

    def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ANN401, ARG002 (WeasyPrint's protocol, untyped)
        """The response for `url`. Raises `Refused`, which WeasyPrint reports and survives."""
        from weasyprint.urls import URLFetcherResponse

        body = self._body(url)
        if body is None:
            self.refused.append(url)
            raise Refused(url)
        return URLFetcherResponse(url, body, {"Content-Type": _media_type(url, body)})

    __call__ = fetch

    def _body(self, url: str) -> bytes | None:
        if url in self.given:
            return self.given[url]
        if url in {"paper:paper.css", "paper:manuscript.css"}:
            return (_PROJECT / url.removeprefix("paper:")).read_bytes()
        if carried := _CARRIED.fullmatch(url):
            return _PROJECT.joinpath(*carried[1].split("/")).read_bytes()
        return None


def _media_type(url: str, body: bytes) -> str:
    """By the ending of the name; a picture without one is an SVG drawing if it looks like text."""
    ending = url.rpartition(".")[2].lower()
    guess = "image/svg+xml" if body[:1] in (b"<", b"\xef") else "application/octet-stream"
    return MEDIA_TYPES.get(ending, guess)
