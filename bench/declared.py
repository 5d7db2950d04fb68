"""How many departures that authors declare, in the forms in which they do, are shown as declared and not held open."""

from collections import defaultdict
from collections.abc import Iterator

from journal.reading.comparison import compare_files
from tests.conformance.declaring import Declared, declared
from tests.conformance.seeing import compared, news
from workflows.comparing.finding import Comparison
from workflows.reviewing import Severity


def measure_declared(*, tell: bool) -> Iterator[str]:
    """Each form with how many departures are shown as declared: all that is new is declared, or only a note."""
    shown: dict[str, list[bool]] = defaultdict(list)
    for one in declared():
        found = _compared(one)
        still_open = [f for f in news(compared(one.clean), found, least=Severity.SHOULD) if not f.declared]
        shown[one.form].append(not still_open)
        if tell:
            yield from (f"    open {one.form}, {one.departure.done}: {f.kind.value}: {f.why}" for f in still_open)
    yield "departures shown as declared: " + ", ".join(
        f"{form} {sum(each)} of {len(each)}" for form, each in shown.items()
    )
    every = [one for each in shown.values() for one in each]
    yield f"all declared departures: {sum(every)} of {len(every)} shown as declared"


def _compared(one: Declared) -> Comparison:
    ours, theirs = {"protocol.md": one.pair.protocol.encode()}, {"manuscript.md": one.pair.manuscript.encode()}
    return compare_files(ours, theirs, beside={"deviations.md": one.log.encode()} if one.log else None)
