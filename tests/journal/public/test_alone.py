"""The public application as its own process: it starts and answers with nothing of the desk in its environment."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

import pytest

from journal.serving import PUBLIC, PUBLIC_THREADS, server_command
from tests.journal.public.library import PDF, article, make_library, pdf

pytestmark = pytest.mark.server

PROBE = """
import sys
from journal.public.application import application
from werkzeug.test import Client
client = Client(application())
assert client.get("/reports/kq7w3fhe").status_code == 200
assert client.get("/reports?q=study").status_code == 200
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """All that the application is given: where the releases are, and a folder to copy them to."""
    folder = tmp_path_factory.mktemp("alone")
    make_library(folder).release("0001", [article("kq7w3fhe", "A study", renditions=(pdf(),))])
    return {
        "PATH": os.environ["PATH"],
        "NULLIUS_PUBLIC_STORE": str(folder / "public"),
        "NULLIUS_PUBLIC_CACHE": str(folder / "cache"),
    }


@pytest.fixture(scope="module")
def port(environment: dict[str, str]) -> Iterator[int]:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        number = chosen.getsockname()[1]
    server = subprocess.Popen(server_command(PUBLIC, f"127.0.0.1:{number}", threads=PUBLIC_THREADS), env=environment)
    try:
        _wait(number)
        yield number
    finally:
        server.terminate()
        server.wait(20)


def _wait(port: int) -> None:
    until = monotonic() + 30
    while monotonic() < until:
        with socket.socket() as tried:
            if not tried.connect_ex(("127.0.0.1", port)):
                return
        sleep(0.05)
    pytest.fail("the server did not start")


def get(port: int, path: str, **headers: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def test_it_answers_over_http(port: int) -> None:
    assert get(port, "/reports/kq7w3fhe")[0] == 200
    assert b"A study" in get(port, "/reports?q=study")[1]
    assert get(port, "/reports/kq7w3fhe/paper.pdf") == (200, PDF)
    assert get(port, "/reports/kq7w3fhe/paper.pdf", Range="bytes=-5") == (206, PDF[-5:])
    assert get(port, "//reports/kq7w3fhe/")[0] == 301
    assert get(port, "/nowhere")[0] == 404


def test_it_loads_nothing_of_the_desk(environment: dict[str, str], tmp_path: Path) -> None:
    given = {**environment, "PYTHONPATH": str(Path(__file__).parents[3])}
    told = subprocess.run(
        [sys.executable, "-c", PROBE], env=given, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    loaded = told.stdout.split()
    assert "storage.snapshot" in loaded
    forbidden = (
        "journal.editorial",
        "journal.config",
        "storage.rows",
        "storage.database",
        "storage.vault",
        "storage.keyring",
    )
    assert [name for name in loaded if name.startswith((*forbidden, "sqlalchemy", "weasyprint", "rq", "lxml"))] == []
