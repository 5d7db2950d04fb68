"""Second factors, and when who agrees to lift showed theirs; who has read; readings in an emergency."""

import sqlalchemy as sa
from alembic import op

from storage.database import UTC

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "second_factor",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("key_name", sa.String(length=64), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", UTC(), nullable=False),
        sa.Column("confirmed_at", UTC(), nullable=True),
        sa.Column("last_counter", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_second_factor_person_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factor")),
    )
    with op.batch_alter_table("second_factor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_second_factor_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_second_factor_confirmed",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("confirmed_at IS NOT NULL"),
            postgresql_where=sa.text("confirmed_at IS NOT NULL"),
        )

    op.create_table(
        "emergency_reading",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("report_id", sa.String(length=26), nullable=False),
        sa.Column("opened_by", sa.String(length=26), nullable=False),
        sa.Column("opened_at", UTC(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("reviewed_by", sa.String(length=26), nullable=True),
        sa.Column("reviewed_at", UTC(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "reviewed_by IS NULL OR reviewed_by <> opened_by", name=op.f("ck_emergency_reading_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"],
            ["person.id"],
            name=op.f("fk_emergency_reading_opened_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["report.id"],
            name=op.f("fk_emergency_reading_report_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"],
            ["person.id"],
            name=op.f("fk_emergency_reading_reviewed_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_reading")),
    )
    with op.batch_alter_table("emergency_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_emergency_reading_opened_by"), ["opened_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_emergency_reading_report_id"), ["report_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_emergency_reading_reviewed_by"), ["reviewed_by"], unique=False)

    op.create_table(
        "reading",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("report_id", sa.String(length=26), nullable=False),
        sa.Column("reader", sa.String(length=26), nullable=False),
        sa.Column("read_as", sa.String(length=40), nullable=False),
        sa.Column("page", sa.String(length=80), nullable=False),
        sa.Column("hour", UTC(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_reading_report_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("report_id", "reader", "page", "hour", name="uq_reading_hour"),
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_report_id"), ["report_id"], unique=False)

    op.create_table(
        "recovery_code",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("factor_id", sa.String(length=26), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("used_at", UTC(), nullable=True),
        sa.ForeignKeyConstraint(
            ["factor_id"],
            ["second_factor.id"],
            name=op.f("fk_recovery_code_factor_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("factor_id", "digest", name="uq_recovery_code_digest"),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_factor_id"), ["factor_id"], unique=False)

    with op.batch_alter_table("hold_lift", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reauthenticated_at", UTC(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_hold_lift_shown_before"), 'reauthenticated_at IS NULL OR reauthenticated_at <= "at"'
        )

    # Whoever agreed without a second factor agrees once more, with one: the triggers count no other agreement.
    op.execute(
        "DELETE FROM hold_lift WHERE hold_id IN (SELECT id FROM hold"
        " WHERE ended_at IS NULL AND kind NOT IN ('author_embargo', 'production_embargo'))"
    )


def downgrade() -> None:
    """Refuse: a ledger only grows, so the way back is the backup made before."""
    raise NotImplementedError
