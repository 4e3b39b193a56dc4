"""Maps: areas, population, published editions, who looked

Revision: maps
Follows: residents
"""

import sqlalchemy as sa
from alembic import op

revision = "maps"
down_revision = "residents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("geometry", sa.JSON(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_area_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint(
            "municipality_id", "kind", "code", name=op.f("uq_area_municipality_id_kind_code")
        ),
    )
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.create_index("ix_area_tenant", ["municipality_id", "kind"], unique=False)

    op.create_table(
        "population_grid",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("cell_m", sa.Integer(), nullable=False),
        sa.Column("n_cells", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("cells", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_population_grid_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_population_grid")),
        sa.UniqueConstraint("municipality_id", name=op.f("uq_population_grid_municipality_id")),
    )
    op.create_table(
        "access_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_access_record_dialogue_id_dialogue")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_access_record_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_access_record_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_record")),
    )
    with op.batch_alter_table("access_record", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_access_record_dialogue_id"), ["dialogue_id"], unique=False
        )
        batch_op.create_index("ix_access_record_tenant", ["municipality_id", "at"], unique=False)

    op.create_table(
        "map_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("failure", sa.String(length=40), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.String(length=120), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.String(length=300), nullable=True),
        sa.Column("cell_m", sa.Integer(), nullable=False),
        sa.Column("min_respondents", sa.Integer(), nullable=False),
        sa.Column("n_respondents", sa.Integer(), nullable=False),
        sa.Column("n_marks", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("ledger", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_map_edition_dialogue_id_dialogue")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_map_edition_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_edition")),
        sa.UniqueConstraint(
            "municipality_id",
            "dialogue_id",
            "number",
            name=op.f("uq_map_edition_municipality_id_dialogue_id_number"),
        ),
    )
    with op.batch_alter_table("map_edition", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_map_edition_dialogue_id"), ["dialogue_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_map_edition_municipality_id"), ["municipality_id"], unique=False
        )

    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("named_place_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_activity_named_place_id_named_place"),
            "named_place",
            ["named_place_id"],
            ["id"],
        )

    with op.batch_alter_table("hotspot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("expected", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("relative_risk", sa.Double(), nullable=True))

    with op.batch_alter_table("hotspot_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("baseline", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("filters", sa.JSON(), server_default="{}", nullable=False))

    with op.batch_alter_table("named_place", schema=None) as batch_op:
        batch_op.add_column(sa.Column("population", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("is_sensitive", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("occasion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("named_place_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_occasion_named_place_id_named_place"),
            "named_place",
            ["named_place_id"],
            ["id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("occasion", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_occasion_named_place_id_named_place"), type_="foreignkey"
        )
        batch_op.drop_column("named_place_id")

    with op.batch_alter_table("named_place", schema=None) as batch_op:
        batch_op.drop_column("is_sensitive")
        batch_op.drop_column("population")

    with op.batch_alter_table("hotspot_run", schema=None) as batch_op:
        batch_op.drop_column("filters")
        batch_op.drop_column("baseline")

    with op.batch_alter_table("hotspot", schema=None) as batch_op:
        batch_op.drop_column("relative_risk")
        batch_op.drop_column("expected")

    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_activity_named_place_id_named_place"), type_="foreignkey"
        )
        batch_op.drop_column("named_place_id")

    with op.batch_alter_table("map_edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_map_edition_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_map_edition_dialogue_id"))

    op.drop_table("map_edition")
    with op.batch_alter_table("access_record", schema=None) as batch_op:
        batch_op.drop_index("ix_access_record_tenant")
        batch_op.drop_index(batch_op.f("ix_access_record_dialogue_id"))

    op.drop_table("access_record")
    op.drop_table("population_grid")
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.drop_index("ix_area_tenant")

    op.drop_table("area")
