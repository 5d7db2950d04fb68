"""The measurements: `./run bench` takes all, `./run bench public` those named. Exits 1 when a goal is missed."""

import sys
from collections.abc import Callable

from bench import public

BENCHES: dict[str, Callable[[], bool]] = {
    "public": public.run,
}


def main(names: list[str]) -> int:
    """Run the benches called `names`, or all."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"there is no bench called {unknown[0]}; there are: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    met = [BENCHES[name]() for name in names or BENCHES]  # All of them, also after one that missed its goal.
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
