"""Keep what maps are made from of each mark in one value

Revision: packed_marks
Follows: hotspots_of_parts
"""

import sqlalchemy as sa
from alembic import op

revision = "packed_marks"
down_revision = "hotspots_of_parts"
branch_labels = None
depends_on = None

MARKS_READ = [
    "municipality_id", "dialogue_id", "is_counted", "feeling", "response_id", "named_place_id",
    "reasons", "times", "seasons", "kind", "outside_m", "lat", "lon", "precision",
]  # fmt: skip
PARTS = "{0} * 10000000 + case when {0} < 0 then -0.5 else 0.5 end"
DEGREES = {
    "sqlite": f"coalesce(cast({PARTS} as integer), -2147483648) & 4294967295",
    "postgresql": f"int4send(cast(coalesce(trunc({PARTS}), -2147483648) as integer))",
}
REST = (
    "reasons + cast(times as bigint) * 65536 + cast(case precision when 'place' then 1"
    " when 'district' then 2 else 0 end as bigint) * 16777216"
    " + cast(coalesce(named_place_id, 0) as bigint) * 67108864"
)
PACKED = {
    "sqlite": "printf('%08x%08x%016x', {lat}, {lon}, {rest})",
    "postgresql": "{lat} || {lon} || int8send({rest})",
}
# SQLite writes the table anew; its rows must go on lying by their random ids.
LAID_OUT = {"sqlite_with_rowid": False}


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    kind = sa.String(length=32) if dialect == "sqlite" else sa.LargeBinary(length=16)
    lat, lon = (DEGREES[dialect].format(name) for name in ("lat", "lon"))
    packed = PACKED[dialect].format(lat=lat, lon=lon, rest=REST)
    op.drop_index("ix_marked_place_tenant", table_name="marked_place")
    op.add_column("marked_place", sa.Column("packed", kind, nullable=True))
    op.execute(sa.text(f"update marked_place set packed = {packed}"))  # noqa: S608
    with op.batch_alter_table("marked_place", table_kwargs=LAID_OUT) as batch_op:
        batch_op.alter_column("packed", existing_type=kind, nullable=False)
        batch_op.create_check_constraint(
            batch_op.f("ck_marked_place_packed"), sa.text(f"packed = {packed}")
        )
        batch_op.create_index("ix_marked_place_tenant", [*MARKS_READ, "packed"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("marked_place", table_kwargs=LAID_OUT) as batch_op:
        batch_op.drop_index("ix_marked_place_tenant")
        batch_op.drop_constraint(batch_op.f("ck_marked_place_packed"), type_="check")
        batch_op.drop_column("packed")
        batch_op.create_index("ix_marked_place_tenant", MARKS_READ, unique=False)
