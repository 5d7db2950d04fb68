"""What authors do in the demonstration, through the pages, as they would."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from journal.demonstration.shelf import Assessment, Manuscript, Study
from journal.demonstration.visitor import Upload, Value, Visitor
from workflows.authorship import AuthorDetails
from workflows.hazard import Question
from workflows.outcomes import CheckResult, OutcomeRow
from workflows.protocol import Check, Row

_ROW_TEXTS = (
    "label",
    "question",
    "hypothesis",
    "sampling",
    "analysis",
    "sensitivity",
    "smallest_effect",
    "unit",
    "decision_rule",
    "interpretation",
    "theory",
)
_STATEMENTS = ("funding", "ethics", "competing_interests", "data", "code", "materials")


def start_study(author: Visitor, study: Study) -> str:
    """Begin a study; the report's identifier."""
    author.open("/studies/new")
    author.do("Begin the draft", {"title": study.protocol.title})
    return author.page.address.split("/reports/")[1].partition("/")[0]


def write_protocol(author: Visitor, report: str, study: Study) -> None:
    """Fill in every part of the task list and upload the manuscript."""
    plan = study.protocol
    _save(author, f"/reports/{report}/title", {"abstract": plan.abstract, "topics": list(plan.topics)})
    _write_authors(author, report, study.authors)
    _write_rows(author, report, study)
    _save(
        author,
        f"/reports/{report}/bias",
        {"bias_level": str(plan.bias_level), "bias_account": plan.bias_account},
    )
    _save(author, f"/reports/{report}/statements", {name: getattr(plan.statements, name) for name in _STATEMENTS})
    _save(author, f"/reports/{report}/hazard-questions", _hazard(study))
    upload(author, report, study.protocol_manuscript, for_stage=1)


def upload(author: Visitor, report: str, manuscript: Manuscript, *, for_stage: int) -> None:
    """Upload a manuscript with its figures and references."""
    author.open(f"/reports/{report}/manuscript/{for_stage}")
    files = [Upload(name, body) for name, body in manuscript.uploads]
    author.do("Upload", {"files": cast("list[str]", files)})


def ask_for_consent(author: Visitor, report: str) -> None:
    """Ask every co-author by mail."""
    page = author.open(f"/reports/{report}/authors")
    for _ in range(page.buttons().count("Ask by mail")):
        author.do("Ask by mail")


def consent(guest: Visitor, link: str) -> None:
    """Open the link of the letter and agree to be an author."""
    guest.open(link)
    guest.do("agree")


def send(author: Visitor, report: str, button: str = "Send to the editors") -> None:
    """Read everything once more and send it."""
    author.open(f"/reports/{report}/send")
    author.do(button)


def start_stage_2(author: Visitor, report: str, dates: tuple[date, date]) -> None:
    """Say when data were collected (first and last day) and begin with the results."""
    author.open(f"/reports/{report}/acceptance")
    first, last = dates
    author.do("Keep the dates", {"data_start": first.isoformat(), "data_end": last.isoformat()})
    author.do("Start stage 2")


def fill_in_results(author: Visitor, report: str, study: Study) -> None:
    """Fill in the outcome cell of every row, the deviations and the words beside them; upload the manuscript."""
    results = study.results
    if results is None or study.results_manuscript is None:
        raise ValueError(study.name)
    digest = _digest(author, report)
    author.open(f"/reports/{report}/outcomes")
    for index in range(len(results.deviations)):
        author.do(f"add:deviations:{index}")
    values: dict[str, Value] = {"claim": results.claim, "abstract": results.abstract, "cited_digest": digest}
    for index, row in enumerate(study.protocol.rows):
        values |= _numbered("outcomes", index, _outcome(results.outcomes.row(row.label)))
    for index, check in enumerate(study.protocol.checks):
        values |= _numbered("checks", index, _checked(results.outcomes.check(check.label)))
    for index, deviation in enumerate(results.deviations):
        texts = {name: getattr(deviation, name) for name in ("row", "what", "why", "effect")}
        chosen = {name: getattr(deviation, name) for name in ("kind", "toward", "when")}
        picked = {name: choice.value if choice else "" for name, choice in chosen.items()}
        values |= _numbered("deviations", index, texts | picked)
    values |= {name: getattr(results, name) for name in ("data", "code", "materials")}
    author.do("Save", _as_named(author, values))
    upload(author, report, study.results_manuscript, for_stage=2)


def answer(author: Visitor, report: str, reviews: Iterable[Assessment]) -> None:
    """Answer each remark below its own words."""
    said = _answers(reviews)
    page = author.open(f"/reports/{report}/answers")
    values: dict[str, Value] = {}
    for remark in page.tree.xpath("//article[.//textarea]"):
        words = _folded(remark.text_content())
        field = str(remark.xpath(".//textarea/@name")[0])
        values[field] = next((text for claim, text in said if claim in words), "")
    author.do("Save, and tell the editor" if "Save, and tell the editor" in page.buttons() else "Save", values)


def _answers(reviews: Iterable[Assessment]) -> list[tuple[str, str]]:
    """Words by which a remark is known again, and the answer to it."""
    found: list[tuple[str, str]] = []
    for review in reviews:
        points = zip(review.draft.points, review.answers, strict=False)
        found += [(_folded(point.claim), text) for point, text in points]
        reasons = {judgement.criterion: judgement.reason for judgement in review.draft.judgements}
        found += [(_folded(reasons[criterion]), text) for criterion, text in review.judgement_answers.items()]
    return found


def _folded(text: str) -> str:
    return " ".join(text.split())


def send_results(author: Visitor, report: str, button: str = "Send the results") -> None:
    """Look at what the comparison will say and send the results."""
    author.open(f"/reports/{report}/outcomes/submit")
    author.do(button)


def withdraw(author: Visitor, report: str, reason: str) -> None:
    """Withdraw the study."""
    author.open(f"/reports/{report}/withdraw")
    author.do("Withdraw the study", {"reason": reason})


def announce(author: Visitor, report: str) -> None:
    """Choose to show the registered protocol before its results."""
    author.open(f"/reports/{report}/announcing")
    author.do("Keep this choice", {"announce": "now"})


def embargo(author: Visitor, report: str, until: str, reason: str) -> None:
    """Set an embargo that opens on a day, as YYYY-MM-DD."""
    author.open(f"/reports/{report}/settings")
    author.do("Set the embargo", {"embargo_until": until, "reason": reason})


def _save(author: Visitor, path: str, values: dict[str, Value]) -> None:
    author.open(path)
    author.do("Save", values)


def _write_authors(author: Visitor, report: str, authors: Iterable[AuthorDetails]) -> None:
    people = list(authors)
    author.open(f"/reports/{report}/authors")
    for index in range(1, len(people)):
        author.do(f"add:authors:{index}")
    values: dict[str, Value] = {}
    for index, person in enumerate(people):
        names = ("name", "given", "family", "email", "orcid", "affiliation", "ror")
        texts: dict[str, Value] = {name: getattr(person, name) for name in names}
        values |= _numbered("authors", index, {**texts, "roles": list(person.roles)})
    author.do("Save", values)


def _write_rows(author: Visitor, report: str, study: Study) -> None:
    author.open(f"/reports/{report}/protocol")
    for name, entries in (("rows", study.protocol.rows), ("checks", study.protocol.checks)):
        there = len(author.page.tree.xpath(f"//*[@name='{name}-0-label']"))
        for index in range(there, len(entries)):
            author.do(f"add:{name}:{index}")
    values: dict[str, Value] = {}
    for index, row in enumerate(study.protocol.rows):
        values |= _numbered("rows", index, _row(row))
    for index, check in enumerate(study.protocol.checks):
        values |= _numbered("checks", index, _check(check))
    author.do("Save", values)


def _row(row: Row) -> dict[str, Value]:
    texts: dict[str, Value] = {name: getattr(row, name) for name in _ROW_TEXTS}
    return {**texts, "kind": row.kind.value, "primary": row.primary}


def _check(check: Check) -> dict[str, Value]:
    texts: dict[str, Value] = {name: getattr(check, name) for name in ("label", "what", "threshold", "consequence")}
    return {**texts, "rows": ", ".join(check.rows)}


def _outcome(row: OutcomeRow | None) -> dict[str, Value]:
    if row is None:
        return {}
    texts: dict[str, Value] = {
        name: getattr(row, name) for name in ("estimate", "low", "high", "level", "sample", "why", "account")
    }
    done, verdict = row.done.value if row.done else "", row.verdict.value if row.verdict else ""
    return {**texts, "done": done, "verdict": verdict}


def _checked(check: CheckResult | None) -> dict[str, Value]:
    if check is None:
        return {}
    return {"passed": check.passed.value if check.passed else "", "found": check.found}


def _hazard(study: Study) -> dict[str, Value]:
    given = {answer.question: answer for answer in study.hazard.answers}
    values: dict[str, Value] = {}
    for question in Question:
        answer = given.get(question)
        values[f"{question.value}-answer"] = "yes" if answer and answer.yes else "no"
        values[f"{question.value}-account"] = answer.account if answer else ""
    return values


def _digest(author: Visitor, report: str) -> str:
    page = author.open(f"/reports/{report}/acceptance")
    found: list[str] = page.tree.xpath("//code[@id='digest']/text()")
    return found[0]


def _numbered(name: str, index: int, values: dict[str, Value]) -> dict[str, Value]:
    return {f"{name}-{index}-{field}": value for field, value in values.items()}


def _as_named(author: Visitor, values: dict[str, Value]) -> dict[str, Value]:
    """The values under the names that the form has: `data_now` is called so where `data` cannot be."""
    names = set(author.page.tree.xpath("//form//@name"))
    return {name if name in names else f"{name}_now": value for name, value in values.items()}
