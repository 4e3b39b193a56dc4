"""Which area a marked place lies in, and tables by it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.models.geography import Area, AreaKind, MarkArea
from surveys.models.municipality import Municipality
from surveys.models.response import MarkedPlace, PlaceReason
from surveys.queries.results.crosstabs import Group, make_crosstab
from surveys.queries.results.unplaced import Unplaced, count_unplaced
from surveys.services.ground.mark_areas import list_divisions, place_marks_in_areas
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import box

WEST, EAST = (16.9, 61.2, 17.0, 61.4), (17.0, 61.2, 17.1, 61.4)


def test_marks_are_placed_once_and_those_in_none_are_said(
    session: Session, municipality: Municipality
) -> None:
    for code, corners in (("2182A0010", WEST), ("2182A0020", EAST)):
        session.add(
            Area(
                municipality_id=municipality.id,
                kind=AreaKind.DESO,
                code=code,
                name=code,
                geometry=box(*corners),
                source="test",
                dated_on=date(2023, 1, 1),
            )
        )
    dialogue = make_dialogue(session, municipality)
    for lon, times in ((16.95, 20), (17.05, 15), (17.3, 5)):
        for _ in range(times):
            mark = MarkedPlace(
                lat=61.3,
                lon=lon,
                precision=Precision.EXACT,
                reasons=frozenset({PlaceReason.DARK if lon < 17 else PlaceReason.DRUGS}),
            )
            make_response(session, dialogue, {2: ("ja", None)}, [mark])
    assert (municipality.id, AreaKind.DESO) in list_divisions(session)
    assert place_marks_in_areas(session, municipality, AreaKind.DESO) == 35
    assert place_marks_in_areas(session, municipality, AreaKind.DESO) == 0
    assert len(session.scalars(select(MarkArea.mark_id)).all()) == 35
    unplaced = count_unplaced(session, municipality, dialogue, Group.DESO, sees_rows=True)
    assert unplaced == Unplaced(is_empty=False, n_in_none=5, at_most=5)
    found = make_crosstab(
        session, municipality, dialogue, measure="reasons", by=Group.DESO, sees_rows=True
    )
    assert found.cell("dark", "2182A0010").count == 20
    assert found.cell("drugs", "2182A0020").count == 15
