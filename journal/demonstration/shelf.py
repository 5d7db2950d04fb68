"""The studies of the demonstration, all invented: plans, results, manuscripts, reviews and letters, read from files.

Each study is a folder in `studies/`: `study.toml` for what people type into forms, `protocol.md`, `results.md` or
`results.docx` for what they upload, `references.bib`, and `figures/`.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import cast

from journal.dossier.results import Results
from journal.dossier.rounds import ReviewDraft
from storage.documents import from_json
from storage.sealing import JSON
from workflows.authorship import AuthorDetails
from workflows.hazard import HazardAnswer, HazardAnswers, Question
from workflows.protocol import FileDigest, Protocol
from workflows.reviewing import Answer, Criterion, Judgement, criteria

NAMES = (
    "evaluation-cues",
    "monitor-pressure",
    "honesty-steering",
    "relearning",
    "grader-preference",
    "suffix-descent",
    "resource-bargaining",
    "persona-power",
    "sycophancy-probes",
)
PLAYED_LIVE = "sycophancy-probes"
FIGURES = (".svg", ".png")
MANUSCRIPTS = (".md", ".docx")


class Scene(StrEnum):
    """Where the demonstration shows a study."""

    PUBLISHED = "published"
    REVIEWED_NOW = "reviewed_now"
    ANNOUNCED = "announced"
    EMBARGOED = "embargoed"
    HELD = "held"
    WITHDRAWN = "withdrawn"
    LIVE = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """A manuscript as its author keeps it: a file, its figures by file name, and BibTeX, or None."""

    name: str
    body: bytes
    figures: Mapping[str, bytes] = field(default_factory=dict)
    bibliography: bytes | None = None

    @property
    def uploads(self) -> tuple[tuple[str, bytes], ...]:
        """Every file with its name, in the order an author would upload them."""
        references = (("references.bib", self.bibliography),) if self.bibliography is not None else ()
        return ((self.name, self.body), *self.figures.items(), *references)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One review. `reviewer` is a name of the cast; `answers` are the authors', one for each point, in order;
    `judgement_answers` theirs to judgements that are not met. A review that is not `sent` is still being written.
    """

    reviewer: str
    draft: ReviewDraft = field(default_factory=ReviewDraft)
    answers: tuple[str, ...] = ()
    judgement_answers: Mapping[Criterion, str] = field(default_factory=dict)
    sent: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewing:
    """What happened to one stage: its reviews, the letter that asked for a revision (empty where none was asked for),
    and the letter that accepted, with its conditions (stage 1 only).
    """

    reviews: tuple[Assessment, ...] = ()
    revision_letter: str = ""
    letter: str = ""
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysAgo:
    """When things happened, in days before the day of the demonstration; negative is ahead, None never."""

    submitted: int
    in_principle: int | None = None
    data_start: int | None = None
    data_end: int | None = None
    results: int | None = None
    accepted: int | None = None
    published: int | None = None
    withdrawn: int | None = None
    embargo_until: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """One invented study. The first author is the corresponding one. `reason` is why it was withdrawn or is held,
    `note` what the author wrote to the editor on submission.
    """

    name: str
    scene: Scene
    protocol: Protocol
    authors: tuple[AuthorDetails, ...]
    hazard: HazardAnswers
    protocol_manuscript: Manuscript
    days_ago: DaysAgo
    results: Results | None = None
    results_manuscript: Manuscript | None = None
    stage_1: Reviewing = field(default_factory=Reviewing)
    stage_2: Reviewing = field(default_factory=Reviewing)
    announced: bool = False
    reason: str = ""
    note: str = ""


@cache
def study(name: str) -> Study:
    """The study called `name`. Raises FileNotFoundError when there is none."""
    folder = files("journal.demonstration") / "studies" / name
    told = tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))
    manuscript = _manuscript(folder, "protocol")
    if manuscript is None:
        raise FileNotFoundError(name)
    protocol = from_json(Protocol, told["protocol"])
    return Study(
        name=name,
        scene=Scene(told["scene"]),
        protocol=replace(protocol, files=tuple(_digest(*upload) for upload in manuscript.uploads)),
        authors=from_json(tuple[AuthorDetails, ...], told["authors"]),
        hazard=_hazard(told.get("hazard", {})),
        protocol_manuscript=manuscript,
        days_ago=from_json(DaysAgo, told["days_ago"]),
        results=from_json(Results, told["results"]) if "results" in told else None,
        results_manuscript=_manuscript(folder, "results"),
        stage_1=_reviewing(told.get("stage_1", {}), stage=1),
        stage_2=_reviewing(told.get("stage_2", {}), stage=2),
        announced=told.get("announced", False),
        reason=told.get("reason", ""),
        note=told.get("note", ""),
    )


def studies() -> tuple[Study, ...]:
    """All of them, in the order they are shown."""
    return tuple(study(name) for name in NAMES)


def _manuscript(folder: Traversable, stem: str) -> Manuscript | None:
    """The manuscript called `stem`, with the figures that its text names; a Word file brings its own."""
    found = next((each for suffix in MANUSCRIPTS if (each := folder / f"{stem}{suffix}").is_file()), None)
    if found is None:
        return None
    body = found.read_bytes()
    references = folder / "references.bib"
    cites = found.name.endswith(".md") and references.is_file()
    return Manuscript(
        name=found.name,
        body=body,
        figures={each.name: each.read_bytes() for each in _figures(folder) if each.name.encode() in body},
        bibliography=references.read_bytes() if cites else None,
    )


def _figures(folder: Traversable) -> list[Traversable]:
    figures = folder / "figures"
    drawn = figures.iterdir() if figures.is_dir() else ()
    return sorted((each for each in drawn if each.name.endswith(FIGURES)), key=lambda each: each.name)


def _digest(name: str, body: bytes) -> FileDigest:
    return FileDigest(name=name, sha256=hashlib.sha256(body).hexdigest(), size=len(body))


def _hazard(told: Mapping[str, str]) -> HazardAnswers:
    """Yes where an account is given, no elsewhere."""
    answers = (
        HazardAnswer(question=question, yes=question.value in told, account=told.get(question.value, ""))
        for question in Question
    )
    return HazardAnswers(answers=tuple(answers))


def _reviewing(told: Mapping[str, JSON], *, stage: int) -> Reviewing:
    found = from_json(Reviewing, cast("JSON", told))
    return replace(found, reviews=tuple(_all_judged(review, stage=stage) for review in found.reviews))


def _all_judged(review: Assessment, *, stage: int) -> Assessment:
    """A criterion of which the file says nothing is met, once the review is sent."""
    if not review.sent:
        return review
    given = {judgement.criterion: judgement for judgement in review.draft.judgements}
    judgements = tuple(given.get(each, Judgement(criterion=each, answer=Answer.MET)) for each in criteria(stage))
    return replace(review, draft=replace(review.draft, judgements=judgements))
