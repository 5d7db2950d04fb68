"""The measurements: `./run bench` takes all, `./run bench public` those named. Exits 1 when a goal is missed.

`./run bench protocol --studies FOLDER [--misses]` reads real studies, which the project does not carry; `conformance`
takes the same.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import conformance, demo, linting, protocol, public, queue, screening, takedown, typesetting

MISSED = "MISSED"
# Each yields the lines to print; one that begins with MISSED is a goal that was not met.
BENCHES: dict[str, Callable[[], Iterator[str]]] = {
    "public": public.measure,
    "queue": queue.measure,
    "screening": screening.measure,
    "takedown": takedown.measure,
    "demo": demo.measure,
    "protocol": protocol.measure,
    "linting": linting.measure,
    "conformance": conformance.measure,
    "typesetting": typesetting.measure,
}
OF_STUDIES = {"protocol": protocol.measure, "conformance": conformance.measure}


def main(names: list[str]) -> int:
    """Take the measurements called `names`, or all, and return the exit status."""
    if names[1:2] == ["--studies"] and names[0] in OF_STUDIES and len(names) > 2:
        print(*OF_STUDIES[names[0]](Path(names[2]), tell=names[3:] == ["--misses"]), sep="\n")
        return 0
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"There is no measurement called {unknown[0]}; there are: {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    missed = 0
    for name in names or BENCHES:
        print(f"\n{name}: {sys.modules[BENCHES[name].__module__].__doc__}".rstrip(), flush=True)
        for line in BENCHES[name]():
            print(line, flush=True)
            missed += line.startswith(MISSED)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
