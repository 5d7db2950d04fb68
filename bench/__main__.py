"""The measurements: `./run bench` takes all, `./run bench public` those named. Exits 1 when a goal is missed."""

import sys
from collections.abc import Callable, Iterator

from bench import demo, public, queue, screening

MISSED = "MISSED"
# Each yields the lines to print; one that begins with MISSED is a goal that was not met.
BENCHES: dict[str, Callable[[], Iterator[str]]] = {
    "public": public.measure,
    "queue": queue.measure,
    "screening": screening.measure,
    "demo": demo.measure,
}


def main(names: list[str]) -> int:
    """Take the measurements called `names`, or all, and return the exit status."""
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
