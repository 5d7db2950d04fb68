"""The public application beside Flask and WSGI that send the same bytes and headers, under the same server.

Windows of the three alternate, so that whatever else the machine does meets all of them; ratios are medians.
"""

import json
import os
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.bare import ANSWER
from bench.load import Server, Window, answer_to, free_port, load, request_for, served
from journal.serving import PUBLIC, PUBLIC_THREADS, server_command
from tests.journal.public.library import SITE, make_library, records

ROUNDS, SECONDS = 7, 0.6
GOAL = 0.9
FLASK, WSGI = "bench.bare:bare_flask()", "bench.bare:bare_wsgi()"
HEAD = f"{'public application':<20}{'req/s':>8}{'ms CPU':>8}   {'of Flask':>9}{'(CPU)':>8}   {'of WSGI':>8}{'(CPU)':>8}"
# What the server writes by itself, and so would write twice.
_OF_THE_SERVER = {"date", "server", "connection", "transfer-encoding"}


@dataclass(frozen=True, slots=True)
class Case:
    """A page to ask for, and how."""

    name: str
    path: str
    known: bool = False

    def request(self, port: int) -> bytes:
        """The request; for a page that the reader has, with its ETag."""
        headers = {"Accept-Encoding": "gzip"}
        if self.known:
            _, told, _ = answer_to(port, request_for(self.path, headers))
            headers["If-None-Match"] = dict(told)["ETag"]
        return request_for(self.path, headers)


CASES = (
    Case("article", "/reports/kq7w3fhe"),
    Case("article, 304", "/reports/kq7w3fhe", known=True),
    Case("list", "/reports"),
    Case("list, filtered", "/reports?topic=Interpretability"),
    Case("search", "/reports?q=honesty+probes"),
)


def run() -> bool:
    """Measure, print a table, and return whether the goal was met."""
    with TemporaryDirectory() as name, ExitStack() as stack:
        environment = _journal(Path(name))
        ours = stack.enter_context(_server(PUBLIC, environment))
        print(HEAD)
        ratios = {case.name: _measured(case, ours, Path(name)) for case in CASES}
        for rss, pss in ours.memory():
            print(f"{'memory of a process':<20}{rss:>8.0f} MB resident{pss:>8.0f} MB proportional")
    met = ratios["article"] >= GOAL
    print(f"goal: article at least {GOAL} of Flask: {'met' if met else 'MISSED'} ({ratios['article']:.2f})")
    return met


def _journal(folder: Path) -> dict[str, str]:
    """The environment of a public application with some thirty reports."""
    make_library(folder).release("0001", records())
    given = {"NULLIUS_PUBLIC_STORE": str(folder / "public"), "NULLIUS_PUBLIC_CACHE": str(folder / "cache")}
    return {"PATH": os.environ["PATH"], "NULLIUS_PUBLIC_URL": SITE.public_url, **given}


@contextmanager
def _server(application: str, environment: dict[str, str]) -> Iterator[Server]:
    port = free_port()
    with served(server_command(application, f"127.0.0.1:{port}", threads=PUBLIC_THREADS), port, environment) as server:
        yield server


def _measured(case: Case, ours: Server, folder: Path) -> float:
    """Print one line of the table and return the ratio of requests to Flask."""
    request = case.request(ours.port)
    status, headers, body = answer_to(ours.port, request)
    kept = [(name, value) for name, value in headers if name.lower() not in _OF_THE_SERVER]
    saved = folder / "answer.json"
    saved.write_text(json.dumps({"status": status, "headers": kept, "body": b64encode(body).decode()}))
    environment = {"PATH": os.environ["PATH"], ANSWER: str(saved)}
    with _server(FLASK, environment) as flask, _server(WSGI, environment) as wsgi:
        for bare in (flask, wsgi):
            assert _told(bare, request) == (status, sorted(kept), body), "what is compared is not the same"
        rounds = [[load(each, request, seconds=SECONDS) for each in (ours, flask, wsgi)] for _ in range(ROUNDS)]
    return _print_line(case.name, rounds)


def _told(server: Server, request: bytes) -> tuple[str, list[tuple[str, str]], bytes]:
    status, headers, body = answer_to(server.port, request)
    return status, sorted(pair for pair in headers if pair[0].lower() not in _OF_THE_SERVER), body


def _print_line(name: str, rounds: list[list[Window]]) -> float:
    requests = [median(each[0].per_second / each[n].per_second for each in rounds) for n in (1, 2)]
    cpu = [median(each[0].cpu_ms / each[n].cpu_ms for each in rounds) for n in (1, 2)]
    own = [median(each[0].per_second for each in rounds), median(each[0].cpu_ms for each in rounds)]
    ratios = f"{requests[0]:>9.2f}{cpu[0]:>8.2f}   {requests[1]:>8.2f}{cpu[1]:>8.2f}"
    print(f"{name:<20}{own[0]:>8.0f}{own[1]:>8.2f}   {ratios}")
    return requests[0]
