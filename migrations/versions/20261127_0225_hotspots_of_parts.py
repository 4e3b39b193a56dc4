"""Take down maps of a part of the marks that told exact numbers of hotspots

Revision: hotspots_of_parts
Follows: maps_of_parts
"""

from alembic import op

revision = "hotspots_of_parts"
down_revision = "maps_of_parts"
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
