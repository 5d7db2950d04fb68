"""How the public application is served: one list of arguments for `journal serve`, the tests and the measurements."""

import sys

WORKERS, THREADS = 2, 4


def server_command(bind: str, *, workers: int = WORKERS, threads: int = THREADS) -> list[str]:
    """The command that serves the public application at `bind` ("127.0.0.1:8601"); its settings are in the environment.

    Threads keep a slow reader from stopping the others. The control socket is off: it would lie outside our folders.
    """
    return [*serving(bind, workers=workers, threads=threads), "journal.public.application:from_the_environment()"]


def serving(bind: str, *, workers: int = WORKERS, threads: int = THREADS) -> list[str]:
    """The same for any application, whose name is still to come."""
    server = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--bind", bind]
    return [
        *server,
        "--workers",
        str(workers),
        "--threads",
        str(threads),
        "--keep-alive",
        "5",
        "--log-level",
        "warning",
    ]
