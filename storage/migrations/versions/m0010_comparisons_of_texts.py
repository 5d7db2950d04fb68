"""Comparisons of texts, made by the worker."""

import sqlalchemy as sa
from alembic import op

from storage.database import UTC

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    progress = sa.Enum(
        *("waiting", "running", "done", "failed"),
        name="progress",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
    op.create_table(
        "text_comparison",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("report_id", sa.String(length=26), nullable=False),
        sa.Column("promised_digest", sa.String(length=64), nullable=False),
        sa.Column("reported_digest", sa.String(length=64), nullable=False),
        sa.Column("progress", progress, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("asked_at", UTC(), nullable=False),
        sa.Column("ended_at", UTC(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(progress IN ('done', 'failed')) = (ended_at IS NOT NULL AND body IS NOT NULL)",
            name=op.f("ck_text_comparison_ended_with_words"),
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_text_comparison_counted_attempts")),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["report.id"],
            name=op.f("fk_text_comparison_report_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_comparison")),
        sa.UniqueConstraint("report_id", "promised_digest", "reported_digest", name="uq_text_comparison_pair"),
    )
    with op.batch_alter_table("text_comparison", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_text_comparison_report_id"), ["report_id"], unique=False)


def downgrade() -> None:
    """Refuse: a ledger only grows, so the way back is the backup made before."""
    raise NotImplementedError
