"""Whether a remark states something, or only asks and wishes.

A rule written down so that it can be argued with. A remark is cut into clauses. A clause *asks* when it ends in a
question mark or begins like a wish ("please", "I wonder", "it would be nice"); it *names a deed* when it begins with
one that can be seen to be done ("State ...", "Report ..."); else it *asserts*, if it has a number, a name such as H1,
or enough words to say something. A remark is bare when no clause asserts and none names a deed. Asking for words about
words ("discuss", "clarify", "elaborate", "explain") is no deed. The rule only advises; docs/reviewer.md has its errors.
"""

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"[^.?!;:]+(?:\.(?=\d)[^.?!;:]+)*[.?!;:]?")
_DEEDS = (
    *("add", "analyse", "analyze", "argue", "assign", "balance", "call", "choose", "compute", "correct", "count"),
    *("counterbalance", "define", "deposit", "draw", "drop", "fix", "give", "justify", "list", "mark", "match"),
    *("measure", "move", "name", "narrow", "put", "quote", "record", "redo", "register", "remove", "replace", "report"),
    *("rerun", "restrict", "rewrite", "run", "say (?:which|whether|who|why not|how many)", "set", "show", "split"),
    *("state", "test", "use", "write down"),
)
_WISHES = (
    *("please", "kindly", "consider", "perhaps", "maybe", "any", "interesting", "some readers", "more detail"),
    r"i (?:wonder|was wondering|would|suggest|am (?:curious|not sure)|have doubts|find|miss|encourage|think|feel|hope)",
    *("i'd", "one (?:could|would|might|may)", "you (?:may|might|could|should)", "it seems to me", "a discussion of"),
    *("it (?:would|might|could|may) (?:be|help)", r"it would \w+ the", "it is (?:un)?clear to me"),
    r"the (?:authors|paper|manuscript|writing|discussion|introduction|text) (?:may|might|should|could|would)",
    r"the choice of \w+ could",
    r".{0,60}\b(?:would|could) be (?:welcome|helpful|useful|nice|good|appreciated|interesting)",
)
_DEED = re.compile(rf"(?:(?:and|or|either|please|then|so) )?(?:{'|'.join(_DEEDS)})\b", re.IGNORECASE)
_WISH = re.compile(rf"(?:{'|'.join(_WISHES)})\b", re.IGNORECASE)
_POINTED = re.compile(r"\d|\b[A-Z]\d+\b")
# An opinion fits into a few words; a statement of what is so and what follows from it does not.
_ENOUGH = 7
EXAMPLE = (
    "“Have you considered refusals?” leaves the authors guessing. “If refusals count as errors, they alone could make "
    "the gap of H1; register how they are scored” says what hangs on it, and what would settle it."
)


def is_bare(*texts: str) -> bool:
    """Whether `texts` (claim, why, what would settle it) together only ask or wish. Where no word is, none is bare."""
    clauses = [clause for text in texts for clause in _clauses(text)]
    return bool(clauses) and not any(_DEED.match(clause) or _asserts(clause) for clause in clauses)


def _clauses(text: str) -> Iterator[str]:
    found = (match.group().strip() for match in _SENTENCE.finditer(text))
    return (clause for clause in found if re.search(r"\w", clause))


def _asserts(clause: str) -> bool:
    if clause.endswith("?") or _WISH.match(clause):
        return False
    return bool(_POINTED.search(clause)) or len(clause.split()) >= _ENOUGH
