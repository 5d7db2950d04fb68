"""readings of long manuscripts by the worker."""

import sqlalchemy as sa
from alembic import op

from storage.database import UTC

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "plan_reading",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("report_id", sa.String(length=26), nullable=False),
        sa.Column("vault_name", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("changes", sa.String(length=200), nullable=False),
        sa.Column("asked_at", UTC(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("finished_at", UTC(), nullable=True),
        sa.Column("trouble", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("changes IN ('', 'accept', 'reject')", name=op.f("ck_plan_reading_changes_as_known")),
        sa.CheckConstraint("trouble IS NULL OR finished_at IS NOT NULL", name=op.f("ck_plan_reading_trouble_ends_it")),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["report.id"],
            name=op.f("fk_plan_reading_report_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_reading")),
    )
    with op.batch_alter_table("plan_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_reading_report_id"), ["report_id"], unique=False)


def downgrade() -> None:
    """Refuse: what was read is not thrown away; the way back is the backup made before."""
    raise NotImplementedError
