"""Writers that freeze tables, charts, comparisons, places before and after, and published maps.

Always within the limits.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from surveys.models.evidence import Evidence
from surveys.models.municipality import Municipality
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.figures.comparison_figures import get_comparison_figure
from surveys.queries.figures.place_figures import PLACE_QUERY, get_place_figure
from surveys.queries.figures.table_figures import (
    TableQuery,
    get_public_map_figure,
    get_table_figure,
)
from surveys.queries.maps.round_maps import in_order
from surveys.services.evidence.evidence import FigureWords, begin_evidence, freeze_found


def freeze_table(
    session: Session,
    municipality: Municipality,
    address: tuple[str, TableQuery],
    words: FigureWords,
    *,
    by: str,
    now: datetime,
) -> Evidence:
    """Freeze a table of the dialogue at this address part, or the chart of it.

    Raise NotFound, InvalidInput ``too_few``, and ``too_fine`` for a table that only those who may
    see rows are shown.
    """
    slug, query = address
    dialogue = get_dialogue(session, municipality, slug)
    found = get_table_figure(session, municipality, dialogue, query)
    evidence = begin_evidence(municipality, dialogue, query.as_json())
    return freeze_found(session, evidence, found, words, by=by, now=now)


def freeze_public_map(
    session: Session,
    municipality: Municipality,
    slug: str,
    words: FigureWords,
    *,
    by: str,
    now: datetime,
) -> Evidence:
    """Freeze the map that readers of the dialogue see now. Raise NotFound where there is none."""
    dialogue = get_dialogue(session, municipality, slug)
    found = get_public_map_figure(session, municipality, dialogue)
    evidence = begin_evidence(municipality, dialogue, {"name": "public_map"})
    return freeze_found(session, evidence, found, words, by=by, now=now)


def freeze_comparison(
    session: Session,
    municipality: Municipality,
    address: tuple[str, str, str],
    words: FigureWords,
    *,
    by: str,
    now: datetime,
) -> Evidence:
    """Freeze one question of two rounds: the address parts of both, and what is compared.

    Raise NotFound, and InvalidInput ``too_few`` where either round may not be told.
    """
    one, other, key = address
    both = (get_dialogue(session, municipality, one), get_dialogue(session, municipality, other))
    found = get_comparison_figure(session, municipality, both, key)
    earlier, later = sorted(both, key=lambda each: (each.opens_at, each.id))
    query = {"name": "comparison", "measure": key, "earlier": earlier.slug}
    evidence = begin_evidence(municipality, later, query)
    return freeze_found(session, evidence, found, words, by=by, now=now)


def freeze_place(
    session: Session,
    municipality: Municipality,
    address: tuple[str, str, int],
    words: FigureWords,
    *,
    by: str,
    now: datetime,
) -> Evidence:
    """Freeze a place before and after: the address parts of both rounds, and the place's id.

    Raise NotFound, and InvalidInput ``too_few`` where it may not be told in both rounds.
    """
    one, other, place_id = address
    both = (get_dialogue(session, municipality, one), get_dialogue(session, municipality, other))
    earlier, later = in_order(*both)
    found = get_place_figure(session, municipality, both, place_id)
    query = {"name": PLACE_QUERY, "place": place_id, "earlier": earlier.slug}
    evidence = begin_evidence(municipality, later, query)
    return freeze_found(session, evidence, found, words, by=by, now=now)
