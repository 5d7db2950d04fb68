"""Findings: more kinds, the criterion each bears on, how each stands, and an editor's reason for dismissing one."""

import sqlalchemy as sa
from alembic import op

from storage.database import UTC

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_KINDS = (
    *("missing", "changed", "unexplained", "unregistered", "at_odds", "verdict", "value", "unverifiable"),
    *("text_missing", "text_differs", "text_unverified"),
)
_CRITERIA = ("1A", "1B", "1C", "1D", "1E", "2A", "2B", "2C", "2D", "2E")
_STATES = ("open", "declared", "corrected", "dismissed")


def upgrade() -> None:
    """Make the change."""
    criterion = sa.Enum(*_CRITERIA, name="criterion", native_enum=False, create_constraint=True, length=40)
    state = sa.Enum(*_STATES, name="state", native_enum=False, create_constraint=True, length=40)
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("criterion", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("mark", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("state", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("ruling", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("ruled_by", sa.String(length=26), nullable=True))
        batch_op.add_column(sa.Column("ruled_at", UTC(), nullable=True))

    # What is sealed cannot be read here: an old finding is known again by its own identifier, so by no new one.
    op.execute(
        "UPDATE finding SET mark = id,"
        " criterion = CASE kind WHEN 'unregistered' THEN '2D' WHEN 'at_odds' THEN '2E' ELSE '2C' END,"
        " state = CASE WHEN kind IN ('changed', 'unregistered') THEN 'declared' ELSE 'open' END"
    )
    kinds = sa.Enum(*_KINDS, name="kind", native_enum=False, create_constraint=True, length=40)
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_finding_kind"), type_="check")
        batch_op.alter_column("kind", type_=kinds, existing_type=sa.String(length=40), existing_nullable=False)
        batch_op.alter_column("criterion", type_=criterion, existing_type=sa.String(length=40), nullable=False)
        batch_op.alter_column("state", type_=state, existing_type=sa.String(length=40), nullable=False)
        batch_op.alter_column("mark", existing_type=sa.String(length=32), nullable=False)
        batch_op.create_check_constraint(
            op.f("ck_finding_dismissed_with_a_reason"),
            "state <> 'dismissed' OR (ruling IS NOT NULL AND ruled_by IS NOT NULL AND ruled_at IS NOT NULL)",
        )
        batch_op.create_foreign_key(
            op.f("fk_finding_ruled_by"), "person", ["ruled_by"], ["id"], initially="DEFERRED", deferrable=True
        )
        batch_op.create_index(batch_op.f("ix_finding_ruled_by"), ["ruled_by"], unique=False)


def downgrade() -> None:
    """Refuse: a ledger only grows, so the way back is the backup made before."""
    raise NotImplementedError
