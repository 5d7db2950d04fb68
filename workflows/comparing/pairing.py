"""Whether a manuscript reports a protocol: decided from how the two documents share their words and name each other."""

from dataclasses import dataclass

from workflows.comparing.finding import Pairing

ENOUGH_WORDS = 60
_SAME, _OTHER = 0.42, 0.385
_NAMED_TOO = 0.28
_COPY = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """What two documents share, each share from 0 to 1.

    `forward`: of the protocol's most frequent words those in the manuscript; `back` the other way; `cosine` of both
    counts; `tops` of either's forty most frequent the common ones; `copied` of the sentences of the shorter document
    those that stand in the other. `named` is what the manuscript cites that the protocol is or has, `versions` what it
    cites of the protocol's kind that this protocol is not. Both are words fit to be shown.
    """

    words_protocol: int
    words_manuscript: int
    forward: float
    back: float
    cosine: float
    tops: float
    copied: float = 0.0
    has_results: bool = True
    same_language: bool = True
    named: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()

    @property
    def likeness(self) -> float:
        """All shares as one figure."""
        return 0.35 * self.cosine + 0.4 * min(self.forward, self.back) + 0.25 * min(1.0, 2 * self.tops)


def pair(kinship: Kinship) -> tuple[Pairing, str]:  # noqa: PLR0911 (one answer after another)
    """The pairing, and what was looked for and found, in words."""
    looked = _looked_for(kinship)
    if min(kinship.words_protocol, kinship.words_manuscript) < ENOUGH_WORDS:
        return Pairing.UNKNOWN, "One of the two documents has too few words that could be read to say anything."
    if not kinship.same_language:
        return Pairing.UNKNOWN, f"The two documents seem to be in different languages. {looked}"
    if kinship.copied >= _COPY and not kinship.has_results:
        return (
            Pairing.VERSION,
            (
                f"{kinship.copied:.0%} of the sentences of the shorter document stand word for word in the other,"
                " and no results are told: the second document is another version of the protocol, not a report of it."
            ),
        )
    like = kinship.likeness
    if like < (_NAMED_TOO if kinship.named else _OTHER):
        return Pairing.STUDY, f"This manuscript does not appear to report this protocol. {looked}"
    if kinship.versions:
        return (
            Pairing.VERSION,
            (
                f"The manuscript reports this study, but by another version of the protocol: it cites"
                f" {'; '.join(kinship.versions)}. {looked}"
            ),
        )
    if like >= _SAME or kinship.named:
        return Pairing.THIS, looked
    return Pairing.UNKNOWN, f"The two documents share something, but not enough to be sure. {looked}"


def _looked_for(kinship: Kinship) -> str:
    named = (
        f"The manuscript names {', '.join(kinship.named)}."
        if kinship.named
        else "It cites no identifier of the protocol."
    )
    return (
        f"{named} Of the protocol's most frequent words {kinship.forward:.0%} occur in the manuscript, of the"
        f" manuscript's {kinship.back:.0%} in the protocol."
    )
