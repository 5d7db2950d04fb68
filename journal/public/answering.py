"""Answers of the public application in WSGI: baked pages and static files, without a framework on the way.

Every answer may be kept and must be asked for again (`no-cache`): a takedown shows at the next request, and
asking again costs a 304.
"""

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from journal.assets import Asset, assets, assets_digest
from storage.snapshot import StoredPage

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Headers = list[tuple[str, str]]

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Nothing here knows who asks, so any program in any page may read it.
EVERYWHERE: Headers = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Access-Control-Allow-Origin", "*"),
]
ASK_AGAIN = ("Cache-Control", "no-cache")
NEVER_KEEP = ("Cache-Control", "no-store")
_FOR_EVER = ("Cache-Control", "public, max-age=31536000, immutable")
_VARY = ("Vary", "Accept-Encoding")
_PAGE: Headers = [*EVERYWHERE, ("Content-Security-Policy", POLICY), _VARY]
_STATIC = "/static/"
_COMPRESSIBLE = ("text/", "image/svg", "application/json", "application/javascript")
_STATUS = {200: "200 OK", 404: "404 Not Found", 503: "503 Service Unavailable"}


@dataclass(frozen=True, slots=True)
class _Squeezed:
    asset: Asset
    gzipped: bytes | None


def send_page(environ: "WSGIEnvironment", start: "StartResponse", page: StoredPage) -> Iterable[bytes]:
    """Send a baked page: 304 when the reader has it, else gzipped where accepted."""
    zipped = accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    tag = f'"{page.etag}-gz"' if zipped else f'"{page.etag}"'
    headers = [*_PAGE, ASK_AGAIN, ("ETag", tag)]
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known and is_known(known, page.etag):
        start("304 Not Modified", headers)
        return []
    return _send(environ, start, 200, headers, page, zipped=zipped)


def send_trouble(
    environ: "WSGIEnvironment",
    start: "StartResponse",
    *,
    status: int,
    page: StoredPage,
    extra: Sequence[tuple[str, str]] = (),
) -> Iterable[bytes]:
    """Send the page of a 404 or 503, which nobody keeps. It has no ETag: it is no version of anything."""
    zipped = accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    return _send(environ, start, status, [*_PAGE, NEVER_KEEP, *extra], page, zipped=zipped)


def _send(  # noqa: PLR0913 (the parts of an answer, on the hottest path)
    environ: "WSGIEnvironment", start: "StartResponse", status: int, headers: Headers, page: StoredPage, *, zipped: bool
) -> Iterable[bytes]:
    if zipped:
        body = page.gzipped
        headers.append(("Content-Encoding", "gzip"))
    else:
        body = gzip.decompress(page.gzipped)
    headers += [("Content-Type", page.media_type), ("Content-Length", str(len(body)))]
    start(_STATUS[status], headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def send_static(environ: "WSGIEnvironment", start: "StartResponse", path: str) -> Iterable[bytes] | None:
    """Send the static file that `path` names, or return None when it names none.

    Pages baked before an upgrade name the folder of the former files: they get the present ones, not to be kept.
    """
    digest, _, name = path.removeprefix(_STATIC).partition("/")
    found = _static_files().get(name)
    if found is None or not path.startswith(_STATIC):
        return None
    zipped = found.gzipped is not None and accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    body = found.gzipped if zipped and found.gzipped is not None else found.asset.body
    headers = [*_PAGE, _FOR_EVER if digest == assets_digest() else ASK_AGAIN]
    headers += [("Content-Type", found.asset.media_type), ("Content-Length", str(len(body)))]
    start("200 OK", [*headers, ("Content-Encoding", "gzip")] if zipped else headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def send_redirect(start: "StartResponse", address: str) -> Iterable[bytes]:
    """Send the reader to `address`, a path of this site."""
    start("301 Moved Permanently", [*EVERYWHERE, ASK_AGAIN, ("Location", address), ("Content-Length", "0")])
    return []


def refuse_method(start: "StartResponse") -> Iterable[bytes]:
    """Say that one can only read here."""
    body = b"This site can only be read.\n"
    headers = [*EVERYWHERE, ("Allow", "GET, HEAD"), ("Content-Type", "text/plain; charset=utf-8")]
    start("405 Method Not Allowed", [*headers, ("Content-Length", str(len(body)))])
    return [body]


@lru_cache(maxsize=256)
def accepts_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding asks for gzip: by name, else by "*"; never with q=0."""
    weights: dict[str, bool] = {}
    for part in accepted.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weights[name] = not any(p.startswith("q=") and not p[2:].strip("0.") for p in parameters)
    return weights.get("gzip", weights.get("*", False))


def is_known(known: str, etag: str) -> bool:
    """Whether an If-None-Match names this version, in either encoding."""
    tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
    return not tags.isdisjoint({f'"{etag}"', f'"{etag}-gz"', "*"})


@cache
def _static_files() -> dict[str, _Squeezed]:
    return {name: _Squeezed(asset, _squeezed(asset)) for name, asset in assets().items()}


def _squeezed(asset: Asset) -> bytes | None:
    return gzip.compress(asset.body, mtime=0) if asset.media_type.startswith(_COMPRESSIBLE) else None
