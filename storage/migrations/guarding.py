"""Puts the ledger's triggers into the migration that makes the ledger: Alembic compares tables, not triggers."""

from collections.abc import Iterable
from typing import Any

from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import MigrateOperation, MigrationScript
from alembic.operations.ops import CreateTableOp, DowngradeOps
from alembic.runtime.migration import MigrationContext

from storage.rows.ledger import LedgerHead


class GuardLedger(MigrateOperation):
    """Set the triggers of the ledger, in the dialect at hand."""

    def reverse(self) -> MigrateOperation:
        """Nothing: the triggers go with their tables."""
        return DowngradeOps([])


@renderers.dispatch_for(GuardLedger)
def _render(autogenerating: AutogenContext, _operation: GuardLedger) -> str:
    autogenerating.imports.add("from storage.rows.ledger import guard_ledger")
    return "guard_ledger(op.get_bind())"


def guard_the_ledger(_context: MigrationContext, _revision: Any, scripts: Iterable[MigrationScript]) -> None:  # noqa: ANN401
    """Add `GuardLedger` to a new migration that makes the ledger (a hook of `alembic revision --autogenerate`)."""
    for script in scripts:
        steps = script.upgrade_ops.ops if script.upgrade_ops else []
        if any(isinstance(step, CreateTableOp) and step.table_name == LedgerHead.__tablename__ for step in steps):
            steps.append(GuardLedger())
