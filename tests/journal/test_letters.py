"""Every letter that a step asks for exists, is short and plain, and its subject tells nothing."""

import pytest

from journal.notices.letters import environment
from workflows.report import TABLE, FollowUp, occasion

_ASKED = sorted(
    {
        f"{follow_up.value.removeprefix('tell_')}/{occasion(row.action, row.target)}"
        for row in TABLE
        for follow_up in row.follow
        if follow_up is not FollowUp.TYPESET
    }
)
# Told of beside the table.
_ASKED += [
    "editors/assigned",
    "editors/replaced",
    "editor_in_chief/seat_free",
    "handling_editor/press_stopped",
    "handling_editor/texts_compared",
]
_ASKED += ["reviewers/invitation_withdrawn", "authors/results_due_soon", "authors/results_still_overdue"]
_ASKED += ["handling_editor/still_working", "handling_editor/more_time_asked"]
_VALUES = {
    "person": "Zoë Ångström",
    "link": "https://desk.example.org/reports/abc",
    "signature": "Ilse Vantongeren, handling editor",
    "journal": "Nullius",
    "title": "Do probes generalise?",
    "reason": "The sampling plan gives no stopping rule.",
    "stage_words": "In review",
    "stage_2_due": "Friday 5 March 2027",
    "public_url": "https://example.org",
    "digest": "0123456789abcdef" * 4,
    "editor": "Ilse Vantongeren",
    "revision_due": "Friday 5 March 2027, anywhere on Earth",
    "proof_due": "Friday 5 March 2027, anywhere on Earth",
}


@pytest.mark.parametrize("name", _ASKED)
def test_every_letter_can_be_written(name: str) -> None:
    template = environment().get_template(f"mail/{name}.txt")
    module = template.make_module(dict(_VALUES))
    text = template.render(_VALUES)
    assert _VALUES["link"] in text.splitlines()
    assert len(text.split()) < 140
    assert "Do probes" not in module.subject  # type: ignore[attr-defined]  # set by the template
    assert all(len(line) <= 78 for line in text.splitlines())


@pytest.mark.parametrize("name", [name for name in _ASKED if not name.startswith("authors/")])
def test_only_authors_read_the_title(name: str) -> None:
    told = environment().get_template(f"mail/{name}.txt").render(_VALUES)
    assert "Do probes" not in told
