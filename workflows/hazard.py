"""Hazard questions: four concrete ones that authors answer before anybody else reads the plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from workflows.machine import Refusal


class Question(StrEnum):
    """One question about the harm that seeing the work could do."""

    UPLIFT = "uplift"
    EXPLOIT = "exploit"
    DATA = "dangerous_data"
    WEIGHTS = "weights"

    @property
    def words(self) -> str:
        """The question as authors read it."""
        return _WORDS[self]


_WORDS = {
    Question.UPLIFT: "Would the method or a result help somebody do serious harm that is harder to do today?",
    Question.EXPLOIT: "Does it describe how to defeat a safeguard that is in use now, in enough detail to do it?",
    Question.DATA: "Does it contain or link to data that are themselves dangerous, such as attack prompts that work?",
    Question.WEIGHTS: "Would model weights or a trained system be released that can do one of these things?",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardAnswer:
    """The answer to one question: True for yes, None while it is open. A yes says what and how it is handled."""

    question: Question
    yes: bool | None = None
    account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardAnswers:
    """The answers that go with one version of a protocol."""

    answers: tuple[HazardAnswer, ...] = ()

    def answer(self, question: Question) -> HazardAnswer:
        """The answer to `question`, an open one where none was given."""
        found = (answer for answer in self.answers if answer.question is question)
        return next(found, HazardAnswer(question=question))

    @property
    def any_yes(self) -> bool:
        """Whether one of them is a yes."""
        return any(answer.yes for answer in self.answers)


def gaps(answers: HazardAnswers) -> Iterator[Refusal]:
    """What the answers lack: each question is answered, and a yes comes with a sentence."""
    for question in Question:
        answer = answers.answer(question)
        if answer.yes is None:
            yield Refusal("hazard_missing", f"Answer yes or no: {question.words}", f"{question}-answer")
        elif answer.yes and not answer.account.strip():
            words = "You answered yes. Say in a sentence what it is and how you will handle it."
            yield Refusal("hazard_unexplained", words, f"{question}-account")
