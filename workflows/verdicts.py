"""The verdict: what is concluded for one row of a protocol, by its decision rule."""

from enum import StrEnum


class Verdict(StrEnum):
    """What the authors conclude for one row, by its decision rule."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    INCONCLUSIVE = "inconclusive"
    NOT_TESTABLE = "not_testable"
    NOT_TESTED = "not_tested"
    ESTIMATED = "estimated"

    @property
    def words(self) -> str:
        """The verdict as authors choose it."""
        return _VERDICT_WORDS[self]


_VERDICT_WORDS = {
    Verdict.SUPPORTED: "supported",
    Verdict.CONTRADICTED: "contradicted",
    Verdict.INCONCLUSIVE: "inconclusive",
    Verdict.NOT_TESTABLE: "not testable: a check failed",
    Verdict.NOT_TESTED: "not tested: not run",
    Verdict.ESTIMATED: "estimated: no hypothesis",
}
