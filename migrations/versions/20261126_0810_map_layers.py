"""Map layers: analyses of a part of the marks, streets, and why a place is sensitive

Revision: map_layers
Follows: promises
"""

import sqlalchemy as sa
from alembic import op

revision = "map_layers"
down_revision = "promises"
branch_labels = None
depends_on = None

# All that is read of marks: without the last two, each of a million is looked up in its table.
MARKS_COUNTED = [
    "municipality_id",
    "dialogue_id",
    "is_counted",
    "feeling",
    "response_id",
    "named_place_id",
    "reasons",
    "times",
    "seasons",
    "kind",
    "outside_m",
    "lat",
]
MARKS_READ = [*MARKS_COUNTED, "lon", "precision"]
SUBJECTS = ("picture_id", "promise_id", "plan_id")


def upgrade() -> None:
    with op.batch_alter_table("hotspot_run", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("filter_key", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("layers", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("marked_place", schema=None) as batch_op:
        batch_op.drop_index("ix_marked_place_tenant")
        batch_op.create_index("ix_marked_place_tenant", MARKS_READ, unique=False)
    with op.batch_alter_table("named_place", schema=None) as batch_op:
        batch_op.add_column(sa.Column("line", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("search_key", sa.String(length=140), nullable=True))
        batch_op.add_column(sa.Column("sensitive_reason", sa.String(length=200), nullable=True))
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.add_column(sa.Column("first_asked_on", sa.Date(), nullable=True))
    op.execute("update subscription set first_asked_on = asked_on")
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.alter_column("first_asked_on", existing_type=sa.Date(), nullable=False)
    with op.batch_alter_table("approval", schema=None) as batch_op:
        for subject in SUBJECTS:
            batch_op.create_unique_constraint(
                f"uq_approval_{subject}_user_id_revision", [subject, "user_id", "revision"]
            )


def downgrade() -> None:
    with op.batch_alter_table("approval", schema=None) as batch_op:
        for subject in SUBJECTS:
            batch_op.drop_constraint(f"uq_approval_{subject}_user_id_revision", type_="unique")
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.drop_column("first_asked_on")
    with op.batch_alter_table("marked_place", schema=None) as batch_op:
        batch_op.drop_index("ix_marked_place_tenant")
        batch_op.create_index("ix_marked_place_tenant", MARKS_COUNTED, unique=False)
    with op.batch_alter_table("named_place", schema=None) as batch_op:
        batch_op.drop_column("sensitive_reason")
        batch_op.drop_column("search_key")
        batch_op.drop_column("line")
    with op.batch_alter_table("hotspot_run", schema=None) as batch_op:
        batch_op.drop_column("layers")
        batch_op.drop_column("filter_key")
