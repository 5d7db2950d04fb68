"""What editors and officers do in the demonstration, through the pages, as they would."""

from collections.abc import Sequence
from datetime import date

from journal.demonstration.visitor import Lost, Page, Value, Visitor


def assign(chief: Visitor, report: str, *, handling: str, second: str) -> None:
    """Give the two seats, by the names that the lists show."""
    page = chief.open(f"/reports/{report}/assign")
    seats: dict[str, Value] = {
        "handling_editor": _value(page, "handling_editor", handling),
        "second_editor": _value(page, "second_editor", second),
    }
    chief.do("Assign", seats)


def invite(editor: Visitor, report: str, email: str) -> None:
    """Invite a reviewer by address alone."""
    editor.open(f"/reports/{report}/reviewers")
    editor.do("Invite", {"email": email})


def invite_again(editor: Visitor, report: str) -> None:
    """Ask the reviewers of stage 1, who are offered first, one by one."""
    page = editor.open(f"/reports/{report}/reviewers")
    for words in [words for words in page.buttons() if words.startswith("Invite ") and words.endswith(" again")]:
        editor.do(words)


def start_review(editor: Visitor, report: str, *, screen: str) -> None:
    """State no conflict and record the hazard screen where they are asked for, and send to review."""
    page = editor.open(f"/reports/{report}/start")
    asked = page.tree.xpath("//*[@name='hazard_screen']")
    editor.do("Send to review", {"conflict": True, "hazard_screen": screen} if asked else {})


def ask_for_answers(editor: Visitor, report: str) -> None:
    """Ask the authors to answer the reviews before anything is decided."""
    editor.open(f"/reports/{report}/reviews")
    editor.do("Ask the authors for answers now")


def dismiss_findings(editor: Visitor, report: str, reason: str) -> None:
    """Dismiss every finding that still bars acceptance, if there is one."""
    page = editor.open(f"/reports/{report}/findings")
    marked = [str(value) for value in page.tree.xpath("//input[@name='finding'][@type='checkbox']/@value")]
    if marked:
        editor.do("Dismiss what is marked", {"finding": marked, "reason": reason})


def propose(  # noqa: PLR0913 - what a proposal says
    editor: Visitor,
    report: str,
    *,
    kind: str,
    letter: str,
    conditions: Sequence[str] = (),
    due: date | None = None,
    exception: str = "",
) -> None:
    """Propose a decision: revision, rejection, ipa or acceptance."""
    editor.open(f"/reports/{report}/propose")
    for index in range(len(conditions)):
        editor.do(f"add:conditions:{index}")
    values: dict[str, Value] = {"kind": kind, "letter": letter}
    values |= {f"conditions-{index}-text": text for index, text in enumerate(conditions)}
    if due is not None:
        values["stage_2_due"] = due.isoformat()
    if exception:
        values["review_exception"] = exception
        values |= _judged_by_editor(editor.page)
    editor.do("propose", values)


def _judged_by_editor(page: Page) -> dict[str, Value]:
    """Met, for each criterion that no review of this round answered."""
    names = page.tree.xpath("//input[starts-with(@name, 'judgements-') and contains(@name, '-verdict')]/@name")
    return dict.fromkeys(dict.fromkeys(names), "met") | {
        name.replace("-verdict", "-reason"): "As the reviewers found in the first round." for name in names
    }


def confirm(editor: Visitor, report: str) -> None:
    """Confirm what another editor proposed."""
    editor.open(f"/reports/{report}/confirm")
    editor.do("confirm")


def send_proof(editor: Visitor, report: str) -> None:
    """Look at the typeset paper and send it to the authors."""
    editor.open(f"/reports/{report}/proof")
    editor.do("Send the proof to the authors")


def withhold(officer: Visitor, report: str, *, reason: str, review_by: date) -> None:
    """Place an information-hazard hold: everything, and that it exists."""
    officer.open(f"/reports/{report}/hold")
    hold = {"kind": "information_hazard", "scope": "existence", "reason": reason, "review_by": review_by.isoformat()}
    officer.do("Withhold it now", {**hold})


def _value(page: Page, field: str, words: str) -> str:
    """The value of the choice that begins with `words`. Raises `Lost`."""
    for option in page.tree.xpath(f"//select[@name='{field}']/option"):
        if str(option.text_content()).strip().startswith(words):
            return str(option.get("value", ""))
    raise Lost(f"{words!r} cannot be chosen as {field} on {page.address}")
