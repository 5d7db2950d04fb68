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
    goal: float = 0

    def request(self, port: int) -> bytes:
        """The request; for a page that the reader has, with its ETag."""
        headers = {"Accept-Encoding": "gzip"}
        if self.known:
            _, told, _ = answer_to(port, request_for(self.path, headers))
            headers["If-None-Match"] = dict(told)["ETag"]
        return request_for(self.path, headers)


CASES = (
    Case("article", "/reports/kq7w3fhe", goal=0.9),
    Case("article, 304", "/reports/kq7w3fhe", known=True),
    Case("list", "/reports"),
    Case("list, filtered", "/reports?topic=Interpretability"),
    Case("search", "/reports?q=honesty+probes"),
)


def measure() -> Iterator[str]:
    """The table, the memory of the processes, and whether the goal was met."""
    with TemporaryDirectory() as name, ExitStack() as stack:
        ours = stack.enter_context(_server(PUBLIC, _journal(Path(name))))
        yield HEAD
        for case in CASES:
            rounds = _measured(case, ours, Path(name))
            yield _line(case.name, rounds)
            if case.goal:
                yield _judged(case, _of_flask(rounds))
        for what, (rss, pss) in zip(("first process", "worker"), ours.memory(), strict=False):
            yield f"{what:<20}{rss:>8.0f} MB resident{pss:>8.0f} MB proportional"


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


def _measured(case: Case, ours: Server, folder: Path) -> list[list[Window]]:
    """Rounds of three windows each: ours, Flask, WSGI."""
    request = case.request(ours.port)
    status, headers, body = answer_to(ours.port, request)
    kept = [(name, value) for name, value in headers if name.lower() not in _OF_THE_SERVER]
    saved = folder / "answer.json"
    saved.write_text(json.dumps({"status": status, "headers": kept, "body": b64encode(body).decode()}))
    environment = {"PATH": os.environ["PATH"], ANSWER: str(saved)}
    with _server(FLASK, environment) as flask, _server(WSGI, environment) as wsgi:
        for bare in (flask, wsgi):
            assert _told(bare, request) == (status, sorted(kept), body), "what is compared is not the same"
        return [[load(each, request, seconds=SECONDS) for each in (ours, flask, wsgi)] for _ in range(ROUNDS)]


def _told(server: Server, request: bytes) -> tuple[str, list[tuple[str, str]], bytes]:
    status, headers, body = answer_to(server.port, request)
    return status, sorted(pair for pair in headers if pair[0].lower() not in _OF_THE_SERVER), body


def _of_flask(rounds: list[list[Window]]) -> float:
    return median(ours.per_second / flask.per_second for ours, flask, _ in rounds)


def _judged(case: Case, ratio: float) -> str:
    word = "met" if ratio >= case.goal else "MISSED"
    return f"{word}: {case.name} at least {case.goal} of Flask's requests per second ({ratio:.2f})"


def _line(name: str, rounds: list[list[Window]]) -> str:
    requests = [median(each[0].per_second / each[n].per_second for each in rounds) for n in (1, 2)]
    cpu = [median(each[0].cpu_ms / each[n].cpu_ms for each in rounds) for n in (1, 2)]
    own = [median(each[0].per_second for each in rounds), median(each[0].cpu_ms for each in rounds)]
    ratios = f"{requests[0]:>9.2f}{cpu[0]:>8.2f}   {requests[1]:>8.2f}{cpu[1]:>8.2f}"
    return f"{name:<20}{own[0]:>8.0f}{own[1]:>8.2f}   {ratios}"
