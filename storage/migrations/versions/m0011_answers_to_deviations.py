"""What editors answer to declared deviations."""

import sqlalchemy as sa
from alembic import op

from storage.database import UTC

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "deviation_answer",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("report_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("written_by", sa.String(length=26), nullable=False),
        sa.Column("written_at", UTC(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["report.id"],
            name=op.f("fk_deviation_answer_report_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["person.id"],
            name=op.f("fk_deviation_answer_written_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deviation_answer")),
        sa.UniqueConstraint("report_id", "number", name="uq_deviation_answer_number"),
    )
    with op.batch_alter_table("deviation_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deviation_answer_report_id"), ["report_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deviation_answer_written_by"), ["written_by"], unique=False)


def downgrade() -> None:
    """Refuse: a ledger only grows, so the way back is the backup made before."""
    raise NotImplementedError
