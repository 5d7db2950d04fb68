"""Leaks of the mail: what a letter could carry to somebody who has nothing to do with the withheld work."""

from dataclasses import replace
from typing import Any

from sqlalchemy import func, select

from journal.config import Config
from journal.notices import delivery, letters
from journal.notices.letters import Written, write
from journal.unit_of_work import UnitOfWork
from storage.rows.notices import Delivery
from tests.noninterference import cast
from tests.noninterference.histories import history
from tests.noninterference.leaks.planting import Patch, leak, reports
from tests.stories.worlds import address_of

_OTHERS_MOVE = ("an author withdraws an announced study", "an hour passes")


@leak("a letter counts what waits in all the journal", 46, told=history("it is submitted", *_OTHERS_MOVE),
      onlooker=cast.ANOTHER_EDITOR)  # fmt: skip
def _digest(patch: Patch) -> None:
    _rewritten(patch, lambda uow, said: replace(said, text=f"{said.text}\n{len(reports(uow.resources))} wait."))


@leak("letters are numbered", 47, told=history("it is submitted", "an hour passes", *_OTHERS_MOVE),
      onlooker=cast.ANOTHER_EDITOR)  # fmt: skip
def _numbered(patch: Patch) -> None:
    def number(uow: UnitOfWork, said: Written) -> Written:
        sent = uow.session.scalar(select(func.count()).select_from(Delivery))
        return replace(said, subject=f"[{sent}] {said.subject}")

    _rewritten(patch, number)


def _rewritten(patch: Patch, change: Any) -> None:  # noqa: ANN401 - a function of the work and the letter
    def writes(uow: UnitOfWork, arguments: Any) -> Written | None:  # noqa: ANN401 - handed through
        said = write(uow, arguments)
        return change(uow, said) if said else None

    patch.setattr("journal.notices.delivery.write", writes)


@leak("editors get a copy of what officers are told", 45,
      told=history("it is submitted", "an author flags it", "an hour passes"),
      onlooker=cast.ANOTHER_EDITOR)  # fmt: skip
def _copied(patch: Patch) -> None:
    usual = delivery._hand_over  # noqa: SLF001 - a planted leak takes the place of a private function

    def hand_over(config: Config, said: Written, row_id: str, uow: UnitOfWork) -> None:
        usual(config, said, row_id, uow)
        if "officer" in said.subject:
            usual(config, replace(said, to=address_of(cast.ANOTHER_EDITOR)), f"{row_id}b", uow)

    patch.setattr(delivery, "_hand_over", hand_over)


@leak("editors get a copy of what authors are reminded of", 45,
      told=history("it is accepted in principle", "its results do not come", "an hour passes"),
      onlooker=cast.ANOTHER_EDITOR)  # fmt: skip
def _reminded(patch: Patch) -> None:
    usual = delivery._hand_over  # noqa: SLF001 - as above

    def hand_over(config: Config, said: Written, row_id: str, uow: UnitOfWork) -> None:
        usual(config, said, row_id, uow)
        if "overdue" in said.subject:
            usual(config, replace(said, to=address_of(cast.ANOTHER_EDITOR)), f"{row_id}b", uow)

    patch.setattr(delivery, "_hand_over", hand_over)


@leak("reminders name works that are not theirs", 46, 51, told=history("it is submitted", *_OTHERS_MOVE),
      onlooker=cast.ANOTHER_AUTHOR)  # fmt: skip
def _named(patch: Patch) -> None:
    usual = letters._about  # noqa: SLF001 - as above

    def about(uow: UnitOfWork, *given: Any) -> dict[str, object]:  # noqa: ANN401 - handed through
        found: dict[str, object] = dict(usual(uow, *given))
        titles = " and ".join(sorted(each.title for each in reports(uow.resources)))
        return found | ({"title": titles} if "title" in found else {})

    patch.setattr(letters, "_about", about)
