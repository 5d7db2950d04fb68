"""Departures of the invented pairs that their authors declare, in the forms in which authors declare them.

Written before the rules that find them, and without knowing how they work.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tests.conformance.mutators import Mutation, Pair, pairs, substantive


@dataclass(frozen=True)
class Departure:
    """What was planned (after `to`), what was done (a sentence without its end), and why (after `because`)."""

    pair: str
    before: str
    after: str
    planned: str
    done: str
    why: str


DEPARTURES = (
    Departure(
        "debate_oversight",
        "until 180 participants were complete",
        "until 132 participants",
        "recruit 180 participants, 90 per condition",
        "we stopped at 132 participants, 66 per condition",
        "the money for payments had run out",
    ),
    Departure(
        "debate_oversight",
        "written by `claude-opus-4-20250514`",
        "gpt-4o-2024-11-20",
        "have the speeches written by claude-opus-4-20250514",
        "gpt-4o-2024-11-20 wrote the speeches",
        "our access to the first model ended in May",
    ),
    Departure(
        "deception_probes",
        "the lower bound is at least 0.80 and",
        "0.60",
        "call Hypothesis 1 supported if the lower bound of the AUROC interval is at least 0.80",
        "a lower bound of at least 0.60 was asked for",
        "the labels of the transcripts turned out to be noisier than expected",
    ),
    Departure(
        "deception_probes",
        "### 3.3 Hypothesis 2",
        "",
        "test Hypothesis 2, that paraphrasing the transcripts changes the AUROC of the probe by less than 0.05",
        "Hypothesis 2 was not tested",
        "the paraphrased transcripts were lost",
    ),
    Departure(
        "judge_position",
        "A judgement that named neither answer",
        "",
        "exclude judgements that name neither answer after 3 retries",
        "these judgements were kept",
        "the interface did not record retries",
    ),
    Departure(
        "judge_position",
        "**Validity checks.** All judges chose",
        "",
        "check that each judge chooses the better answer in at least 80% of the 50 gold pairs with a known winner",
        "this check of the judges was not run",
        "the gold pairs were published on the web in the meantime",
    ),
    Departure(
        "locked_models",
        "with 5 seeds (1 to 5)",
        "with 2 seeds",
        "fine-tune with 5 seeds (1 to 5)",
        "only 2 seeds (1 and 2) were run",
        "our share of the cluster was cut",
    ),
    Departure(
        "polite_pushback",
        "with 6 independent draws each",
        "with 3 independent draws each",
        "use 6 independent draws for each question",
        "3 independent draws were used",
        "the interface had become twice as expensive",
    ),
    Departure(
        "polite_pushback",
        "**P3 (secondary).** Giving up rose",
        "",
        "test P3, that giving up rises from the first to the third turn of pushback",
        "P3 was left out",
        "most conversations ended after the second turn",
    ),
    Departure(
        "refusal_steering",
        "a two-sided McNemar test",
        "one-sided",
        "use a two-sided McNemar test on paired refusals for H1",
        "a one-sided McNemar test was used",
        "a rise of refusals had been seen in no earlier study",
    ),
    Departure(
        "refusal_steering",
        "worked with `llama-3.1-8b-instruct`",
        "qwen2.5-7b-instruct",
        "work with llama-3.1-8b-instruct",
        "qwen2.5-7b-instruct was steered",
        "the licence of the first model was withdrawn",
    ),
)


@dataclass(frozen=True)
class Declared:
    """A pair with a departure; with `log`, the words of a file of its own beside the protocol."""

    form: str
    departure: Departure
    clean: Pair
    pair: Pair
    log: str = ""


def _told(one: Departure) -> str:
    return f"The plan was to {one.planned}. {one.done[0].upper()}{one.done[1:]}, because {one.why}."


def _dated(one: Departure) -> str:
    return f"2026-02-11: {_told(one)}"


def _section(title: str) -> Callable[[Mutation, Departure], Pair]:
    def add(mutation: Mutation, one: Departure) -> Pair:
        return replace(mutation.pair, manuscript=f"{mutation.pair.manuscript}\n\n## {title}\n\n{_told(one)}\n")

    return add


def _table(mutation: Mutation, one: Departure) -> Pair:
    rows = f"| Registered | Done | Reason |\n|---|---|---|\n| To {one.planned} | {one.done} | {one.why} |\n"
    return replace(mutation.pair, manuscript=f"{mutation.pair.manuscript}\n\n## Departures\n\n{rows}")


def _footnote(mutation: Mutation, one: Departure) -> Pair:
    note = f"[^plan]: We deviated from the protocol, which was to {one.planned}: {one.done}, because {one.why}."
    return replace(mutation.pair, manuscript=f"{mutation.pair.manuscript}\n\nSee the note.[^plan]\n\n{note}\n")


def _instead(mutation: Mutation, one: Departure) -> Pair:
    said = f"We had planned to {one.planned}; instead, {one.done}, because {one.why}."
    text = mutation.pair.manuscript.replace("\n\n", f"\n\n{said}\n\n", 2).replace(f"{said}\n\n", "", 1)
    return replace(mutation.pair, manuscript=text)


def _amendment(mutation: Mutation, one: Departure) -> Pair:
    return replace(mutation.pair, protocol=f"{mutation.pair.protocol}\n\n## Amendments\n\n{_dated(one)}\n")


def _changelog(mutation: Mutation, one: Departure) -> Pair:
    rows = f"| version | date | change |\n|---|---|---|\n| 1.3 | 2026-02-11 | {_told(one)} |\n"
    return replace(mutation.pair, protocol=f"{mutation.pair.protocol}\n\n## Version history\n\n{rows}")


FORMS: dict[str, Callable[[Mutation, Departure], Pair]] = {
    "section": _section("Deviations from the registered plan"),
    "appendix": _section("Appendix B: Changes since Stage 1"),
    "notes": _section("What was done differently"),
    "table": _table,
    "footnote": _footnote,
    "instead": _instead,
    "amendment": _amendment,
    "version history": _changelog,
}


def declared() -> Iterator[Declared]:
    """Every departure in every form, a log beside the protocol included."""
    for one in DEPARTURES:
        pair, mutation = _mutated(one)
        for form, declare in FORMS.items():
            yield Declared(form, one, pair, declare(mutation, one))
        yield Declared("log", one, pair, mutation.pair, f"# Deviations\n\n{_dated(one)}\n")


def _mutated(one: Departure) -> tuple[Pair, Mutation]:
    pair = next(pair for pair in pairs() if pair.name == one.pair)
    found = (m for m in substantive(pair) if m.before.startswith(one.before) or one.before in m.before)
    return pair, next(m for m in found if one.after in m.after)
