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
    with op.batch_alter_table("hotspot", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_at_least", sa.Boolean(), nullable=False, server_default=sa.false())
        )
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
    _add_round_maps()
    # Staff maps told more than they do now (docs/decisions/0028, 0031, 0032). The worker's round
    # draws each dialogue's anew; the map of a part is drawn when somebody asks for it.
    op.execute(
        "update hotspot_run set state = 'void', failure = 'old_rule',"
        " map_html = null, map_script = null, map_style = null where state = 'done'"
    )
    op.execute("delete from map_export")


def _add_round_maps() -> None:
    """Two rounds' maps drawn alike, with what was counted in both."""
    op.create_table(
        "round_map",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        sa.Column("later_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(length=200), nullable=True),
        sa.Column("fingerprint", sa.String(length=500), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("maps", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_round_map_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["earlier_id"], ["dialogue.id"], name=op.f("fk_round_map_earlier_id_dialogue")
        ),
        sa.ForeignKeyConstraint(
            ["later_id"], ["dialogue.id"], name=op.f("fk_round_map_later_id_dialogue")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_map")),
    )
    with op.batch_alter_table("round_map", schema=None) as batch_op:
        batch_op.create_index(
            "ix_round_map_tenant", ["municipality_id", "earlier_id", "later_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_round_map_later_id"), ["later_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("round_map", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_round_map_later_id"))
        batch_op.drop_index("ix_round_map_tenant")

    op.drop_table("round_map")
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
    with op.batch_alter_table("hotspot", schema=None) as batch_op:
        batch_op.drop_column("is_at_least")
    with op.batch_alter_table("hotspot_run", schema=None) as batch_op:
        batch_op.drop_column("layers")
        batch_op.drop_column("filter_key")
