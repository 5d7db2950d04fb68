"""Load for one machine: a server in its own processes, and a client that asks it as fast as one process can.

Requests per second on a shared machine are noise; processor time per request is not, so both are measured.
"""

import os
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

CLIENTS = 8
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Window:
    """What one window of load showed: answers per second, and the server's processor milliseconds for each."""

    per_second: float
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Server:
    """A server at a loopback port, and its first process."""

    port: int
    pid: int

    def processes(self) -> list[int]:
        """The first process and its workers."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [self.pid, *map(int, children)]

    def cpu_seconds(self) -> float:
        """Processor time that the processes took so far."""
        return sum(_cpu_seconds(pid) for pid in self.processes())

    def memory(self) -> list[tuple[float, float]]:
        """Resident and proportional memory (MB) of each process, the first one first."""
        return [_memory(pid) for pid in self.processes()]


@contextmanager
def served(command: Sequence[str], port: int, environment: Mapping[str, str]) -> Iterator[Server]:
    """Run a server while the block runs."""
    process = subprocess.Popen(command, env=dict(environment))
    try:
        _wait(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        number: int = chosen.getsockname()[1]
        return number


def request_for(path: str, headers: Mapping[str, str]) -> bytes:
    """A GET as bytes."""
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def load(server: Server, request: bytes, *, seconds: float) -> Window:
    """Ask for `seconds` from CLIENTS connections that stay open, and measure."""
    counts = [0] * CLIENTS
    before, started = server.cpu_seconds(), monotonic()
    threads = [Thread(target=_ask, args=(server.port, request, started + seconds, counts, n)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent, cpu, answers = monotonic() - started, server.cpu_seconds() - before, sum(counts)
    assert answers > 0, "nothing was answered"
    return Window(answers / spent, 1000 * cpu / answers)


def answer_to(port: int, request: bytes) -> tuple[str, list[tuple[str, str]], bytes]:
    """One answer: status, headers, body."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        head, body = _answer(connection)
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines if line)]
    return status.partition(" ")[2], headers, body


def _ask(port: int, request: bytes, until: float, counts: list[int], n: int) -> None:
    connection: socket.socket | None = None
    while monotonic() < until:
        if connection is None:
            connection = socket.create_connection(("127.0.0.1", port), timeout=20)
        connection.sendall(request)
        head, _ = _answer(connection)
        counts[n] += 1
        if b"connection: close" in head.lower():
            connection.close()
            connection = None
    if connection is not None:
        connection.close()


def _answer(connection: socket.socket) -> tuple[bytes, bytes]:
    got = connection.recv(65536)
    while b"\r\n\r\n" not in got:
        got += connection.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    length = _length(head)
    while len(body) < length:
        body += connection.recv(65536)
    return head, body


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0]) if found else 0


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _memory(pid: int) -> tuple[float, float]:
    said = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {name: int(rest.split()[0]) / 1024 for name, _, rest in (line.partition(":") for line in said)}
    return sizes["Rss"], sizes["Pss"]


def _wait(port: int) -> None:
    until = monotonic() + 30
    while monotonic() < until:
        with socket.socket() as tried:
            if not tried.connect_ex(("127.0.0.1", port)):
                return
        sleep(0.05)
    message = "the server did not start"
    raise TimeoutError(message)
