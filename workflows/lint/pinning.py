"""Rules about pins: what must be fixed so that somebody else runs the same. They apply where pins are used at all."""

import re
from collections.abc import Iterator

from workflows.lint import sources
from workflows.lint.rule import LintRule, must, note, should
from workflows.lint.sheet import Sheet, Spot
from workflows.protocol import Setting, Thing
from workflows.reviewing import Criterion

_HASH = re.compile(r"(?:sha-?\d+|md5|git|blob|commit)?[:\s-]*[0-9a-f]{7,128}", re.IGNORECASE)
_MOVING = re.compile(r"\b(?:latest|newest|current|main|master|head|stable|nightly)\b", re.IGNORECASE)


_NEWEST = re.compile(r"\b(?:latest|newest|nightly)\b", re.IGNORECASE)


def _lacks(sheet: Sheet, thing: Thing, *words: str) -> bool:
    """Whether a study of language models that uses pins has none of `thing`, and says nothing of it in words."""
    pins = sheet.protocol.pins
    used = sheet.has(Setting.LANGUAGE_MODELS) and bool(pins)
    return used and not any(pin.thing is thing for pin in pins) and not (words and sheet.mentions(*words))


@note(
    "pins-unused",
    Criterion.DETAIL,
    wrong="Language models are run, and nothing is pinned.",
    why="As structure, models, prompts and seeds can be compared with what was run, line by line.",
    remedy="List them as pins: model with version, prompts, decoding parameters, seeds, judge.",
    source=sources.REPRODUCIBILITY,
)
def _unpinned(sheet: Sheet) -> Iterator[Spot]:
    if sheet.has(Setting.LANGUAGE_MODELS) and not sheet.protocol.pins:
        yield Spot("Language models are run, and nothing is pinned.", "pins")


@should(
    "model-not-pinned",
    Criterion.DETAIL,
    wrong="Language models are run, and no model is pinned.",
    why="Another model is another study.",
    remedy="Add a pin for each model, with its version or the digest of its weights.",
    source=sources.REPRODUCIBILITY,
)
def _modelless(sheet: Sheet) -> Iterator[Spot]:
    if _lacks(sheet, Thing.MODEL):
        yield Spot("No model is pinned.", "pins")


@should(
    "model-version-not-pinned",
    Criterion.DETAIL,
    wrong="A pinned model has neither version nor digest, or one that moves.",
    why="Models behind a name are replaced while a study runs, and their behaviour changes.",
    remedy="Give the dated version, or the revision or hash of the weights.",
    source=sources.MODEL_DRIFT,
)
def _unversioned(sheet: Sheet) -> Iterator[Spot]:
    for at, pin in sheet.pins():
        moving = _MOVING.search(pin.version) or _NEWEST.search(pin.value)
        named = any(letter.isdigit() for letter in pin.version) or pin.version.strip() or _is_dated(pin.value)
        if pin.thing in (Thing.MODEL, Thing.JUDGE) and not pin.digest.strip() and (moving or not named):
            yield at.spot("version", f"{at.name} does not say which version of {pin.value or 'the model'} it is.")


def _is_dated(name: str) -> bool:
    """Whether the name itself says which version: gpt-x-2026-04-23, name@20260101."""
    return bool(re.search(r"20\d\d-?\d\d-?\d\d|[@:][0-9a-f]{7,}", name))


@should(
    "decoding-not-pinned",
    Criterion.DETAIL,
    wrong="Decoding parameters are not pinned.",
    why="Temperature and limits of length change how often a behaviour is seen.",
    remedy="Pin temperature, top-p and the limit of tokens; say so if the provider's defaults are used.",
    source=sources.REPRODUCIBILITY,
)
def _decoding(sheet: Sheet) -> Iterator[Spot]:
    if _lacks(sheet, Thing.PARAMETER, "temperature", "top-p", "top_p", "decoding", "greedy", "default sampling"):
        yield Spot("No decoding parameter is pinned.", "pins")


@should(
    "prompts-not-pinned",
    Criterion.DETAIL,
    wrong="Prompts are not pinned.",
    why="Small changes of wording and format move results by more than most effects.",
    remedy="Pin the prompts with their place and the hash of the file.",
    source=sources.PROMPTS,
)
def _promptless(sheet: Sheet) -> Iterator[Spot]:
    if _lacks(sheet, Thing.PROMPT):
        yield Spot("No prompt is pinned.", "pins")


@should(
    "seeds-not-pinned",
    Criterion.DETAIL,
    wrong="Seeds are not pinned.",
    why="Among many seeds one can be chosen; results vary with them as much as with the method.",
    remedy="Pin the seeds and how many there are; say so where a provider offers none.",
    source=sources.VARIANCE,
)
def _seedless(sheet: Sheet) -> Iterator[Spot]:
    if _lacks(sheet, Thing.SEED, "seed"):
        yield Spot("No seed is pinned.", "pins")


@should(
    "judge-not-pinned",
    Criterion.DETAIL,
    wrong="A model judges or grades, and it is not pinned.",
    why="The judge is part of the measure: another judge, or another version, gives other rates.",
    remedy="Pin the judge with its version and the prompt it is given.",
    source=sources.JUDGES,
)
def _judgeless(sheet: Sheet) -> Iterator[Spot]:
    if _lacks(sheet, Thing.JUDGE) and sheet.mentions(
        "llm judge", "judge model", "as a judge", "as-a-judge", "grader model"
    ):
        yield Spot("A judge is spoken of, and none is pinned.", "pins")


@should(
    "data-version-not-pinned",
    Criterion.DETAIL,
    wrong="A pinned data set has no version, digest or place with a revision.",
    why="Data sets are corrected and extended under the same name.",
    remedy="Give the version or the hash of the file.",
    source=sources.REPRODUCIBILITY,
)
def _data_unversioned(sheet: Sheet) -> Iterator[Spot]:
    for at, pin in sheet.pins():
        if pin.thing is Thing.DATA and not (pin.version.strip() or pin.digest.strip()):
            yield at.spot("version", f"{at.name} does not say which version of the data it is.")


@must(
    "pin-without-value",
    Criterion.DETAIL,
    wrong="A pin fixes nothing.",
    why="What is only named is still open.",
    remedy="Give its name or number, version or digest.",
    source=sources.REPRODUCIBILITY,
)
def _valueless(sheet: Sheet) -> Iterator[Spot]:
    for at, pin in sheet.pins():
        if not (pin.value.strip() or pin.digest.strip() or pin.account.strip() or pin.place.strip()):
            yield at.spot("value", f"{at.name} fixes nothing.")


@should(
    "digest-is-no-hash",
    Criterion.DETAIL,
    wrong="A digest is no hash.",
    why="Only a hash lets somebody check that a file is the same.",
    remedy="Give it in hexadecimal digits, such as that of sha256sum; other notes belong into the account.",
    source=sources.REPRODUCIBILITY,
)
def _hashless(sheet: Sheet) -> Iterator[Spot]:
    for at, pin in sheet.pins():
        if pin.digest.strip() and not _HASH.fullmatch(pin.digest.strip()):
            yield at.spot("digest", f'"{pin.digest.strip()[:40]}" of {at.name} is no hash.')


@should(
    "contamination-unsaid",
    Criterion.METHOD,
    wrong="Nothing is said of whether test items may be in what the models were trained on.",
    why="A model that has seen the items shows its memory, not the ability or tendency in question.",
    remedy="Say how the items are kept apart: made anew, held out, canaries, cut-off dates; or why it does not matter.",
    source=sources.CONTAMINATION,
)
def _contaminated(sheet: Sheet) -> Iterator[Spot]:
    said = sheet.protocol.contamination.strip() or sheet.mentions(
        "contaminat", "training data", "memoris", "memoriz", "cut-off", "cutoff"
    )
    if sheet.has(Setting.LANGUAGE_MODELS) and not said:
        yield Spot("Nothing is said of contamination of the test items.", "contamination")


@should(
    "split-unsaid",
    Criterion.METHOD,
    wrong="Models are trained, and nothing is said of how training and test data are kept apart.",
    why="Leakage between them makes results better than they are, and is the commonest flaw of such studies.",
    remedy="Say how the data are divided, by which unit, and what makes sure that nothing crosses.",
    source=sources.LEAKAGE,
)
def _unsplit(sheet: Sheet) -> Iterator[Spot]:
    words = (
        "held-out",
        "held out",
        "holdout",
        "hold-out",
        "test set",
        "test split",
        "train/test",
        "cross-validat",
        "leak",
    )
    if sheet.has(Setting.OTHER_MODELS) and not sheet.protocol.contamination.strip() and not sheet.mentions(*words):
        yield Spot("Nothing is said of how training and test data are kept apart.", "contamination")


RULES: tuple[LintRule, ...] = (
    _unpinned,
    _modelless,
    _unversioned,
    _decoding,
    _promptless,
    _seedless,
    _judgeless,
    _data_unversioned,
    _valueless,
    _hashless,
    _contaminated,
    _unsplit,
)
