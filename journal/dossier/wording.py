"""Two texts side by side: which words were kept, left out, added. For people to read, never a judgement."""

import re
from difflib import SequenceMatcher

Segment = tuple[str, str]

# Below this, two texts have so little in common that marking single words would only be noise.
_ALIKE = 0.4
_WORDS = re.compile(r"\s+|\S+")
_LONGEST = 4000


def compared(before: str, after: str) -> list[Segment]:
    """The texts as segments (same, removed, added). Texts with little in common come back as one of each."""
    first, second = _WORDS.findall(before), _WORDS.findall(after)
    if len(first) + len(second) > _LONGEST:
        return _whole(before, after)
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _whole(before, after)
    found: list[Segment] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(first[a:b])))
            continue
        found += _whole("".join(first[a:b]), "".join(second[c:d]))
    return found


def is_alike(segments: list[Segment]) -> bool:
    """Whether the texts share anything worth marking."""
    return any(kind == "same" for kind, _ in segments)


def _whole(before: str, after: str) -> list[Segment]:
    return [(kind, text) for kind, text in (("removed", before), ("added", after)) if text]
