"""What was read in a manuscript as its plan, and what its authors answered."""

import sqlalchemy as sa
from alembic import op

from storage.database import UTC

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "proposal_list",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("report_id", sa.String(length=26), nullable=False),
        sa.Column("read_at", UTC(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["report.id"],
            name=op.f("fk_proposal_list_report_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_list")),
        sa.UniqueConstraint("report_id", name="uq_proposal_list_report"),
    )
    with op.batch_alter_table("proposal_list", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_list_report_id"), ["report_id"], unique=False)


def downgrade() -> None:
    """Refuse: what was answered is not thrown away; the way back is the backup made before."""
    raise NotImplementedError
