"""Tries the walls from inside, for `journal doctor`: what this machine's kernel really enforces."""

from __future__ import annotations

import json
import os
import socket
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from journal.confinement.child import Completed, Limits, run_module_confined


@dataclass(frozen=True, slots=True)
class Walls:
    """What a confined child could not do when it tried."""

    network: bool
    local_sockets: bool
    files: bool
    signals: bool


def network_is_cut() -> bool:
    """Say whether a confined child fails to reach a port of this machine that listens."""
    return walls_that_hold().network


def walls_that_hold() -> Walls:
    """Run a child that tries to escape in each way, and report what held. A child that fails to run proves nothing."""
    with tempfile.TemporaryDirectory(prefix="probe-") as private, closing(socket.socket()) as port:
        port.bind(("127.0.0.1", 0))
        port.listen()
        secret, local = Path(private) / "secret", Path(private) / "local"
        secret.write_text("readable", encoding="ascii")
        with closing(socket.socket(socket.AF_UNIX)) as listening:
            listening.bind(str(local))
            listening.listen()
            number = str(port.getsockname()[1])
            tried = [number, str(local), str(secret), str(os.getpid())]
            ended = run_module_confined("journal.confinement.probing", tried, limits=Limits(seconds=10))
    if not isinstance(ended, Completed) or ended.exit_code != 0:
        return Walls(network=False, local_sockets=False, files=False, signals=False)
    return Walls(**json.loads(ended.stdout))


def _fails(what: str, argument: str) -> bool:
    try:
        match what:
            case "network":
                socket.create_connection(("127.0.0.1", int(argument)), timeout=2).close()
            case "local_sockets":
                with closing(socket.socket(socket.AF_UNIX)) as local:
                    local.connect(argument)
            case "files":
                Path(argument).read_bytes()
            case _:
                os.kill(int(argument), 0)
    except OSError:
        return True
    return False


if __name__ == "__main__":
    _ways = ("network", "local_sockets", "files", "signals")
    _held = {way: _fails(way, argument) for way, argument in zip(_ways, sys.argv[1:], strict=True)}
    sys.stdout.write(json.dumps(_held))
