"""What the typesetter fetches: nothing but the project's own style, fonts and marks, and what the task brings."""

import io
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pikepdf
import pytest

from journal.confinement import Completed, run_module_confined
from journal.production.fetching import OnlyGiven, Refused
from journal.production.printing import CHILD
from journal.production.task import PAGE, PDF, TASK, TOLD, Task, Told

SECRET = b"the key of the vault"
PIXEL = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4" fill="#123456"/></svg>'
)


def printed(text: str, fetcher: object | None = None) -> bytes:
    """The PDF of `text` with a fetcher, or with WeasyPrint's own."""
    from weasyprint import HTML

    settings: dict[str, Any] = {} if fetcher is None else {"url_fetcher": fetcher}
    return bytes(HTML(string=text, **settings).write_pdf())


def embedded(pdf: bytes) -> list[bytes]:
    """The contents of every stream: attachments among them."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [each.read_bytes() for each in document.objects if isinstance(each, pikepdf.Stream)]


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_bytes(SECRET)
    return path


@pytest.mark.children
def test_a_link_to_an_attachment_embeds_nothing(secret: Path) -> None:
    text = f'<link rel="attachment" href="{secret.as_uri()}"><p>Harmless.</p>'
    assert SECRET in embedded(printed(text)), "WeasyPrint's own fetcher would have embedded the file"
    fetcher = OnlyGiven({})
    assert SECRET not in embedded(printed(text, fetcher))
    assert fetcher.refused == [secret.as_uri()]


def test_an_anchor_that_is_an_attachment_embeds_nothing(secret: Path) -> None:
    text = f'<p><a rel="attachment" href="{secret.as_uri()}">A figure</a></p>'
    assert SECRET in embedded(printed(text)), "WeasyPrint's own fetcher would have embedded the file"
    assert SECRET not in embedded(printed(text, OnlyGiven({})))


def test_no_server_is_asked() -> None:
    asked: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(PIXEL)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Listening) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        text = (
            f"<style>@import url({address}/style.css); p {{ background: url({address}/background.svg) }}</style>"
            f'<p>Text <img src="{address}/figure.svg" alt="A figure"></p>'
        )
        printed(text)
        assert sorted(asked) == ["/background.svg", "/figure.svg", "/style.css"], "its own fetcher asks for all"
        asked.clear()
        printed(text, OnlyGiven({}))
        server.shutdown()
    assert asked == []


def test_a_drawing_cannot_reach_out_of_itself(secret: Path) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
        f'<image xlink:href="{secret.as_uri()}" width="9" height="9"/></svg>'
    )
    fetcher = OnlyGiven({"figure:1.svg": drawing.encode()})
    printed('<img src="figure:1.svg" alt="A figure">', fetcher)
    assert fetcher.refused == [secret.as_uri()]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "https://example.org/",
        "ftp://example.org/",
        "data:image/svg+xml,<svg/>",
        "paper:fonts/../paper.html",
        "paper:fonts/../../static/nullius.css",
        "paper:/etc/passwd",
        "figure:2.svg",
    ],
)
def test_every_other_address_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        OnlyGiven({"figure:1.svg": PIXEL}).fetch(address)


@pytest.mark.parametrize(
    ("address", "media_type"),
    [
        ("paper:paper.css", "text/css"),
        ("paper:fonts/SourceSerif4-Regular.otf", "font/otf"),
        ("paper:marks/null.svg", "image/svg+xml"),
        ("figure:1", "image/svg+xml"),
    ],
)
def test_what_belongs_to_the_paper_is_served(address: str, media_type: str) -> None:
    response = OnlyGiven({"figure:1": PIXEL}).fetch(address)
    assert response.content_type == media_type
    assert response.read()


@pytest.mark.children
def test_the_child_tells_what_it_refused(secret: Path) -> None:
    style = '<link rel="stylesheet" href="paper:paper.css">'
    page = f'<html lang="en"><title>T</title>{style}<p>Text <img src="{secret.as_uri()}" alt="A figure"></p></html>'
    task = Task(pictures={}, attached=(), dated="2026-01-01", page_limit=9)
    ended = run_module_confined(CHILD, files={PAGE: page.encode(), TASK: task.as_json()})
    assert isinstance(ended, Completed)
    assert ended.exit_code == 0, ended.stderr
    assert Told.from_json(ended.outputs[TOLD]).refused == (secret.as_uri(),)
    assert SECRET not in embedded(ended.outputs[PDF])
