"""narrower articles, and announcing at the end of data collection."""

import sqlalchemy as sa
from alembic import op

from storage.database import UTC

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "narrowing",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("report_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", UTC(), nullable=False),
        sa.Column("offered_at", UTC(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("approved_at", UTC(), nullable=True),
        sa.Column("approved_by", sa.String(length=26), nullable=True),
        sa.Column("seconded_by", sa.String(length=26), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "approved_at IS NULL OR (digest IS NOT NULL AND approved_by IS NOT NULL AND seconded_by IS NOT NULL)",
            name=op.f("ck_narrowing_nobody_approves_alone"),
        ),
        sa.CheckConstraint("seconded_by IS NULL OR seconded_by <> approved_by", name=op.f("ck_narrowing_two_approve")),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_narrowing_{column}"), initially="DEFERRED", deferrable=True
            )
            for column, target in (
                ("report_id", "report.id"),
                ("approved_by", "person.id"),
                ("seconded_by", "person.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_narrowing")),
        sa.UniqueConstraint("report_id", "number", name="uq_narrowing_number"),
    )
    op.create_table(
        "narrowing_approval",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("narrowing_id", sa.String(length=26), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("at", UTC(), nullable=False),
        sa.Column("reauthenticated_at", UTC(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint('reauthenticated_at <= "at"', name=op.f("ck_narrowing_approval_shown_before")),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_narrowing_approval_{column}"), initially="DEFERRED", deferrable=True
            )
            for column, target in (("narrowing_id", "narrowing.id"), ("by", "person.id"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_narrowing_approval")),
        sa.UniqueConstraint("narrowing_id", "by", name="uq_narrowing_approval_by"),
    )
    for table, columns in (
        ("narrowing", ("report_id", "approved_by", "seconded_by")),
        ("narrowing_approval", ("narrowing_id", "by")),
    ):
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    op.add_column("manuscript_file", sa.Column("narrowing_id", sa.String(length=26), nullable=True))
    op.add_column("typesetting", sa.Column("narrowing_id", sa.String(length=26), nullable=True))
    op.add_column("report", sa.Column("announces_after_data_since", UTC(), nullable=True))


def downgrade() -> None:
    """Refuse: a ledger only grows, so the way back is the backup made before."""
    raise NotImplementedError
