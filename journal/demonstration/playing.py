"""One study's life as a list of steps, each done by its person through the pages.

The past is played step by step on days gone by; the live study is played now, over HTTP. Both play the same steps.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from journal.demonstration import authoring, editing, people, refereeing
from journal.demonstration.company import Company
from journal.demonstration.postbox import Postbox
from journal.demonstration.shelf import Assessment, Reviewing, Scene, Study
from journal.demonstration.visitor import Lost, Visitor

_SCREEN = "The authors' answers were read. Nothing here calls for an officer."
_ANSWERED = "The revision answers every point of the first round, and no new question is open."
_READ = "Read beside the protocol: the words differ, and what was done is what was registered or declared."
_ASKED_FOR = timedelta(days=240)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the study called `study`: how many days before today it happens, what somebody sees happen, and the
    doing of it. After some, a paper waits to be published.
    """

    days_ago: float
    words: str
    act: Callable[[], None]
    publishes: bool = False
    study: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staging:
    """What every play needs: the people at their browsers, their mail, today, and waiting until the jobs are done."""

    company: Company
    postbox: Postbox
    today: date
    settle: Callable[[], object]


@dataclass(slots=True)
class Play:
    """A study being played. `handling` and `second` are its editors."""

    study: Study
    staging: Staging
    handling: people.Person
    second: people.Person
    report: str = ""
    links: dict[str, str] = field(default_factory=dict)

    def steps(self) -> Iterator[Step]:
        """Everything that happens to the study, in order."""
        days = self.study.days_ago
        accepted = days.in_principle if days.in_principle is not None else days.submitted - 60
        yield from self._submitting(days.submitted)
        yield from self._reviewing(1, self.study.stage_1, begins=days.submitted, ends=accepted)
        if days.in_principle is None and self.study.scene is not Scene.LIVE:
            return
        yield from self._deciding(1, self.study.stage_1, begins=days.submitted, ends=accepted)
        if days.withdrawn is not None:
            yield Step(days.withdrawn, f"{self._author_name} withdraws the study", self._withdraw)
        if self.study.results is not None:
            yield from self._results()

    def _results(self) -> Iterator[Step]:
        days = self.study.days_ago
        sent, accepted = days.results or 0, days.accepted or 0
        yield Step(sent + 3, f"{self._author_name} starts stage 2 and fills in the outcomes", self._fill_in)
        yield Step(sent, "The results are sent and compared with the frozen protocol", self._send_results)
        yield from self._reviewing(2, self.study.stage_2, begins=sent, ends=accepted)
        yield from self._deciding(2, self.study.stage_2, begins=sent, ends=accepted)
        yield from self._producing(accepted)

    def _producing(self, accepted: float) -> Iterator[Step]:
        if self.study.scene is Scene.HELD:
            yield Step(accepted - 1, f"{people.OFFICERS[0].name} withholds it", self._withhold)
        if self.study.days_ago.embargo_until is not None:
            yield Step(accepted - 1, f"{self._author_name} sets an embargo", self._embargo)
        yield Step(accepted - 2, f"{self.handling.name} sends the typeset proof", self._send_proof)
        yield Step(accepted - 4, f"{self._author_name} reads the proof and approves it", self._approve, publishes=True)

    # ---------------------------------------------------------------- stage 1

    def _submitting(self, day: float) -> Iterator[Step]:
        yield Step(day + 2, f"{self._author_name} writes the protocol of “{self.study.protocol.title}”", self._write)
        yield Step(day + 1, "The co-authors agree by the links in their letters", self._consent)
        yield Step(day, "The protocol is sent to the editors", self._send)
        yield Step(day - 1, f"{people.EDITOR_IN_CHIEF.name} assigns two editors", self._assign)

    def _write(self) -> None:
        author = self._author
        self.report = authoring.start_study(author, self.study)
        authoring.write_protocol(author, self.report, self.study)
        authoring.ask_for_consent(author, self.report)
        self.staging.settle()

    def _consent(self) -> None:
        for person in self.study.authors[1:]:
            authoring.consent(self.staging.company.guest(), self._link(person.email, "/consent/"))

    def _send(self) -> None:
        authoring.send(self._author, self.report)

    def _assign(self) -> None:
        chief = self.staging.company.visitor(people.EDITOR_IN_CHIEF.email)
        names = {"handling": self.handling.name, "second": self.second.name}
        editing.assign(chief, self.report, **names)

    # ---------------------------------------------------------------- review

    def _reviewing(self, stage: int, told: Reviewing, *, begins: float, ends: float) -> Iterator[Step]:
        def day(share: float) -> float:
            return begins - share * (begins - ends)

        invites = "invites the reviewers" if stage == 1 else "asks the same reviewers again"
        yield Step(day(0.06), f"{self.handling.name} {invites}", lambda: self._invite(stage, told))
        for place, review in enumerate(told.reviews):
            yield Step(day(0.1 + place / 50), f"{review.reviewer} accepts", lambda review=review: self._accept(review))  # type: ignore[misc]  # a default argument binds the loop's review
        for place, review in enumerate(told.reviews):
            words = f"{review.reviewer} sends a review" if review.sent else f"{review.reviewer} begins a review"
            yield Step(day(0.3 + place / 10), words, lambda review=review: self._review(review))  # type: ignore[misc]  # as above
        if any(review.answers for review in told.reviews) and all(review.sent for review in told.reviews):
            yield from self._answering(stage, told, day)

    def _answering(self, stage: int, told: Reviewing, day: Callable[[float], float]) -> Iterator[Step]:
        if told.revision_letter:
            asks = f"{self.handling.name} proposes a revision"
            yield Step(day(0.55), asks, lambda: self._propose("revision", told.revision_letter))
            yield Step(day(0.6), f"{self.second.name} confirms it", self._confirm)
        else:
            yield Step(day(0.55), f"{self.handling.name} asks the authors for answers", self._ask_for_answers)
        words = f"{self._author_name} answers point by point"
        yield Step(day(0.8), words, lambda: self._answer(stage, told))

    def _invite(self, stage: int, told: Reviewing) -> None:
        editor = self.staging.company.visitor(self.handling.email)
        if stage == 2:  # noqa: PLR2004 - the stage
            editing.invite_again(editor, self.report)
        editing.start_review(editor, self.report, screen=_SCREEN)
        if stage == 1:
            for review in told.reviews:
                editing.invite(editor, self.report, people.reviewer(review.reviewer).email)
        self.staging.settle()
        for review in told.reviews:
            email = people.reviewer(review.reviewer).email
            self.links[review.reviewer] = self._link(email, "/review/")

    def _accept(self, review: Assessment) -> None:
        refereeing.accept(self.staging.company.guest(), self.links[review.reviewer])

    def _review(self, review: Assessment) -> None:
        guest = self.staging.company.guest()
        refereeing.write(guest, self.links[review.reviewer], review.draft, send=review.sent)

    def _ask_for_answers(self) -> None:
        editing.ask_for_answers(self.staging.company.visitor(self.handling.email), self.report)

    def _answer(self, stage: int, told: Reviewing) -> None:
        authoring.answer(self._author, self.report, told.reviews)
        if told.revision_letter and stage == 1:
            authoring.send(self._author, self.report, "Send the revision")
        elif told.revision_letter:
            authoring.send_results(self._author, self.report, "Send the revised results")

    # ---------------------------------------------------------------- decisions

    def _deciding(self, stage: int, told: Reviewing, *, begins: float, ends: float) -> Iterator[Step]:
        kind, words = ("ipa", "in-principle acceptance") if stage == 1 else ("acceptance", "acceptance")
        before = ends + 0.1 * (begins - ends)
        if stage == 1 and self.study.announced:
            yield Step(before + 1, f"{self._author_name} chooses to announce the protocol", self._announce)
        yield Step(
            before,
            f"{self.handling.name} proposes {words}",
            lambda: self._propose(kind, told.letter, told),
        )
        yield Step(ends, f"{self.second.name} confirms: {words}", self._confirm)

    def _propose(self, kind: str, letter: str, told: Reviewing | None = None) -> None:
        in_principle = self.study.days_ago.in_principle or 0
        if kind == "acceptance":
            editing.dismiss_findings(self.staging.company.visitor(self.handling.email), self.report, _READ)
        editing.propose(
            self.staging.company.visitor(self.handling.email),
            self.report,
            kind=kind,
            letter=letter,
            conditions=told.conditions if told else (),
            due=self.staging.today - timedelta(days=in_principle) + _ASKED_FOR if kind == "ipa" else None,
            exception=_ANSWERED if told and told.revision_letter else "",
        )

    def _confirm(self) -> None:
        editing.confirm(self.staging.company.visitor(self.second.email), self.report)
        self.staging.settle()

    # ---------------------------------------------------------------- stage 2 and after

    def _fill_in(self) -> None:
        days = self.study.days_ago
        first, last = (self.staging.today - timedelta(days=days or 0) for days in (days.data_start, days.data_end))
        authoring.start_stage_2(self._author, self.report, (first, last))
        authoring.fill_in_results(self._author, self.report, self.study)

    def _send_results(self) -> None:
        authoring.send_results(self._author, self.report)

    def _withdraw(self) -> None:
        authoring.withdraw(self._author, self.report, self.study.reason)

    def _announce(self) -> None:
        authoring.announce(self._author, self.report)

    def _embargo(self) -> None:
        until = self.staging.today - timedelta(days=self.study.days_ago.embargo_until or 0)
        authoring.embargo(self._author, self.report, until.isoformat(), self.study.reason)

    def _withhold(self) -> None:
        accepted = self.staging.today - timedelta(days=self.study.days_ago.accepted or 0)
        officer = self.staging.company.visitor(people.OFFICERS[0].email)
        review_by = accepted + timedelta(days=80)
        editing.withhold(officer, self.report, reason=self.study.reason, review_by=review_by)

    def _send_proof(self) -> None:
        editing.send_proof(self.staging.company.visitor(self.handling.email), self.report)

    def _approve(self) -> None:
        author = self._author
        author.open(f"/reports/{self.report}/proof")
        author.do("Approve the proof")

    # ---------------------------------------------------------------- who

    @property
    def _author(self) -> Visitor:
        return self.staging.company.visitor(self.study.authors[0].email)

    @property
    def _author_name(self) -> str:
        return self.study.authors[0].name

    def _link(self, email: str, path: str) -> str:
        found = self.staging.postbox.link(email, path)
        if found is None:
            raise Lost(f"no letter to {email} has a link to {path}")
        return found
