"""Letters that came back."""

import sqlalchemy as sa
from alembic import op

from storage.database import UTC

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bounced_at", UTC(), nullable=True))
        batch_op.add_column(sa.Column("bounce_status", sa.String(length=200), nullable=True))


def downgrade() -> None:
    """Refuse: a ledger only grows, so the way back is the backup made before."""
    raise NotImplementedError
