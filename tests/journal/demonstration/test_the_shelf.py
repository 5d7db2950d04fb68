"""Every study of the demonstration goes through the engine, and its text says what its tables and forms say."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from journal.demonstration.shelf import NAMES, PLAYED_LIVE, Manuscript, Scene, Study, studies, study
from journal.dossier.uploads import look_at
from journal.identifiers import as_orcid, as_ror
from journal.production.typesetting import Paper, typeset
from journal.reading.document import Document, read_document
from journal.reading.inspection import Kind
from workflows import deviations, hazard, protocol, unanswered
from workflows.authorship import CREDIT
from workflows.conformance import Found, compare
from workflows.declassify import Author, Identity, PublicRecord, ReportFacts, declassify
from workflows.outcomes import Outcome, conclude
from workflows.reviewing import Severity, review_refusals
from workflows.stages import Stage
from workflows.topics import TOPICS

LARGEST = 5_000_000
NOW = datetime(2026, 11, 2, tzinfo=UTC)
WITH_RESULTS = tuple(found.name for found in studies() if found.results is not None)


# Reading and typesetting start a confined process each: the study that is played live always, the others at length.
def at_length(names: tuple[str, ...]) -> list[object]:
    marks = {name: pytest.mark.children if name == PLAYED_LIVE else pytest.mark.long for name in names}
    return [pytest.param(name, marks=mark) for name, mark in marks.items()]


TYPESET = ("evaluation-cues", "monitor-pressure", "persona-power", "sycophancy-probes")
FOUND = {"monitor-pressure": [("H1", Found.CHANGED)], "sycophancy-probes": [("H2", Found.CHANGED)]}
TOLD = {
    "evaluation-cues": "null_informative supported uninformative estimated",
    "monitor-pressure": "supported uninformative supported estimated",
    "grader-preference": "supported null_informative estimated",
    "suffix-descent": "supported supported",
    "persona-power": "uninformative uninformative estimated",
    "sycophancy-probes": "null_informative null_informative supported estimated",
}


def read(manuscript: Manuscript) -> Document:
    references = manuscript.bibliography.decode() if manuscript.bibliography else None
    document = (
        read_document(manuscript.body, Kind.WORD, figures={})
        if manuscript.name.endswith(".docx")
        else read_document(manuscript.body, Kind.MARKDOWN, figures=manuscript.figures, bibliography=references)
    )
    assert isinstance(document, Document)
    return document


def published(found: Study) -> PublicRecord:
    assert found.results is not None
    facts = ReportFacts(
        stage=Stage.PUBLISHED,
        protocol=replace(found.protocol, abstract=found.results.abstract),
        authors=tuple(
            Author(
                name=each.name,
                family=each.family,
                given=each.given,
                orcid=each.orcid,
                affiliation=each.affiliation,
                ror=each.ror,
                roles=each.roles,
            )
            for each in found.authors
        ),
        outcomes=found.results.outcomes,
        deviations=found.results.deviations,
        accepted_in_principle=date(2025, 11, 9),
        data_start=date(2025, 11, 26),
        data_end=date(2025, 12, 20),
        claim=found.results.claim,
        identity=Identity(public_id="kq7w3fhe"),
        published_on=date(2026, 4, 13),
    )
    record = declassify(facts, (), now=NOW)
    assert record is not None
    return record


@pytest.mark.parametrize("name", NAMES)
def test_the_plan_is_complete(name: str) -> None:
    found = study(name)
    assert protocol.gaps(found.protocol) == ()
    assert list(hazard.gaps(found.hazard)) == []
    assert set(found.protocol.topics) <= set(TOPICS)


@pytest.mark.parametrize("name", NAMES)
def test_the_authors_are_as_the_form_would_keep_them(name: str) -> None:
    for author in study(name).authors:
        assert author.email.endswith("@example.org")
        assert not author.orcid or f"https://orcid.org/{as_orcid(author.orcid)}" == author.orcid
        assert not author.ror or as_ror(author.ror) is not None
        assert author.roles
        assert set(author.roles) <= set(CREDIT)


@pytest.mark.parametrize("name", WITH_RESULTS)
def test_the_results_answer_the_plan(name: str) -> None:
    found = study(name)
    assert found.results is not None
    results = found.results
    assert list(unanswered.gaps(found.protocol, results.outcomes)) == []
    assert list(deviations.gaps(results.deviations)) == []
    differences = compare(found.protocol, results.outcomes, results.deviations)
    assert [(each.place, each.kind) for each in differences] == FOUND.get(name, [])
    told = [conclude(found.protocol, results.outcomes, row.label).outcome for row in found.protocol.rows]
    assert told == [Outcome(word) for word in TOLD[name].split()]


@pytest.mark.parametrize("name", NAMES)
def test_reviews_can_be_sent_and_are_answered(name: str) -> None:
    found = study(name)
    for stage, reviewing in ((1, found.stage_1), (2, found.stage_2)):
        for review in reviewing.reviews:
            if not review.sent:
                continue
            points = review.draft.points
            assert review_refusals(stage, review.draft.judgements, points) == ()
            if found.scene is not Scene.REVIEWED_NOW:
                answered = dict(enumerate(review.answers))
                asking = [n for n, point in enumerate(points) if point.severity is not Severity.NOTE]
                assert all(answered.get(n) for n in asking)


@pytest.mark.parametrize("name", at_length(NAMES))
def test_the_protocol_is_read_without_a_remark(name: str) -> None:
    manuscript = study(name).protocol_manuscript
    checked = look_at(manuscript.uploads, largest=LARGEST)
    assert isinstance(checked, list), checked
    assert not any(each.accepted.notes for each in checked)
    document = read(manuscript)
    assert document.warnings == ()
    assert document.title


@pytest.mark.parametrize("name", at_length(WITH_RESULTS))
def test_the_text_says_what_the_forms_say(name: str) -> None:
    found = study(name)
    assert found.results is not None
    assert found.results_manuscript is not None
    document = read(found.results_manuscript)
    remarks = [each for each in document.warnings if "taken for captions" not in each]
    assert remarks == []
    for row in found.results.outcomes.rows:
        if row.estimate:
            assert row.estimate.replace("−", "") in document.text()
            assert f"[{row.low}, {row.high}]" in document.text(), row.label
    assert all(figure.alt for figure in document.figures)
    assert " ".join(found.results.abstract.split()) in " ".join(document.text().split())


@pytest.mark.parametrize("name", at_length(TYPESET))
def test_the_paper_is_typeset(name: str) -> None:
    found = study(name)
    assert found.results_manuscript is not None
    paper = typeset(
        published(found),
        read(found.results_manuscript),
        journal_name="Registered Reports in AI Safety",
        public_base_url="https://journal.example.org",
    )
    assert isinstance(paper, Paper), paper
    assert paper.unprinted == ""
    assert paper.refused == ()


def test_each_scene_is_played() -> None:
    assert {found.scene for found in studies()} == set(Scene)
