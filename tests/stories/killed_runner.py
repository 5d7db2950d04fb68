"""A process that runs a journal's due jobs and, if told so, kills itself with SIGKILL at an exact point of its work.

`python killed_runner.py HOME MINUTES [EVENT WORDS COUNT]`: its clock stands MINUTES after the worlds begin. The point
is the COUNT-th audit event EVENT of the interpreter whose arguments contain WORDS: the moment before a file gets its
name, before a child is started. Nothing of the product knows of it.
"""

import os
import signal
import sys
from datetime import timedelta

from journal.config import from_environment
from journal.unit_of_work import open_resources
from journal.work_off import run_due_jobs
from tests.stories.worlds import START


def die_at(event: str, words: str, count: int) -> None:
    """Let the `count`-th `event` whose arguments contain `words` be the last thing that this process does."""
    left = [count]

    def listen(name: str, arguments: tuple[object, ...]) -> None:
        if name == event and words in " ".join(map(str, arguments)):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(listen)


def main(home: str, minutes: str, *point: str) -> None:
    """Run what is due."""
    config = from_environment({"NULLIUS_HOME": home, "NULLIUS_DEMO": "1"})
    resources = open_resources(config, clock=lambda: START + timedelta(minutes=int(minutes)))
    if point:
        die_at(point[0], point[1], int(point[2]))
    run_due_jobs(resources)


if __name__ == "__main__":
    main(*sys.argv[1:])
