"""What reviewers do in the demonstration, by the links in their letters and without an account."""

from journal.demonstration.visitor import Value, Visitor
from journal.dossier.rounds import ReviewDraft


def accept(guest: Visitor, link: str) -> None:
    """Open the invitation, keep its confidence, stand close to nobody, accept."""
    guest.open(link)
    guest.do("Accept and read", {"confidence": True, "conflict": "no"})


def write(guest: Visitor, link: str, draft: ReviewDraft, *, send: bool) -> None:
    """Fill in the review; send it, or leave it as a draft."""
    guest.open(f"{link}/form")
    there = len(guest.page.tree.xpath("//textarea[starts-with(@name, 'points-') and contains(@name, '-claim')]"))
    for index in range(there, len(draft.points)):
        guest.do(f"add:points:{index}")
    values: dict[str, Value] = {
        "confidential": draft.confidential,
        "disclosure": draft.disclosure or "none",
        "signed": draft.signed,
    }
    for judgement in draft.judgements:
        name = f"judgement-{judgement.criterion.value}"
        if judgement.answer is not None:
            values |= {name: judgement.answer.value, f"{name}-reason": judgement.reason}
    for index, point in enumerate(draft.points):
        values |= {
            f"points-{index}-criterion": point.criterion.value if point.criterion else "",
            f"points-{index}-severity": point.severity.value if point.severity else "",
            **{f"points-{index}-{name}": getattr(point, name) for name in ("place", "claim", "why", "settles")},
        }
    guest.do("Send your review" if send else "Save", values)
