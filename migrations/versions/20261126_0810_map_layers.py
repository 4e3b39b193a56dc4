"""Map layers: analyses of a part of the marks

Revision: map_layers
Follows: promises
"""

import sqlalchemy as sa
from alembic import op

revision = "map_layers"
down_revision = "promises"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("hotspot_run", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("filter_key", sa.String(length=200), nullable=False, server_default="")
        )


def downgrade() -> None:
    with op.batch_alter_table("hotspot_run", schema=None) as batch_op:
        batch_op.drop_column("filter_key")
