"""Take down maps of a part of the marks that told exact numbers by area

Revision: maps_of_parts
Follows: map_layers
"""

from alembic import op

revision = "maps_of_parts"
down_revision = "map_layers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # They are drawn again when somebody asks for them (docs/decisions/0028).
    op.execute(
        "delete from map_export where run_id in"
        " (select id from hotspot_run where state = 'done' and filter_key <> '')"
    )
    op.execute(
        "update hotspot_run set state = 'void', failure = 'old_rule',"
        " map_html = null, map_script = null, map_style = null"
        " where state = 'done' and filter_key <> ''"
    )


def downgrade() -> None:
    """A map that was taken down is drawn when it is asked for."""
