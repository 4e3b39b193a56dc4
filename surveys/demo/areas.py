"""Twelve parts of Söderhamn, so that the demo has a division to count by.

Invented and drawn by hand: no division of the municipality, of SCB or of anybody else. Nobody has
counted who lives in them, so that hotspots are held to the register's localities instead.
"""

import json
from importlib.resources import files

from sqlalchemy.orm import Session

from surveys.drafts.geography import AreaDraft, Origin
from surveys.models.geography import AreaKind
from surveys.models.municipality import Municipality
from surveys.services.ground.geography import replace_areas

DRAWN_FOR_THE_DEMO = Origin("Påhittade områden, ritade för demon")


def add_areas(session: Session, municipality: Municipality) -> int:
    """The areas, stored as an import stores them; return how many."""
    file = files("surveys.demo") / "geography" / f"{municipality.slug}_areas.geojson"
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    drafts = [
        AreaDraft(row["properties"]["code"], row["properties"]["name"], row["geometry"])
        for row in features
    ]
    replace_areas(session, municipality, AreaKind.DISTRICT, drafts, DRAWN_FOR_THE_DEMO)
    return len(drafts)
