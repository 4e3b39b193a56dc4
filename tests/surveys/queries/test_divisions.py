"""Imported areas are read as they were stored, with their codes and inhabitants, and at once."""

from collections.abc import Iterator
from typing import Any

import pytest
import shapely
from shapely.geometry import shape
from sqlalchemy import event
from sqlalchemy.orm import Session

from maps.engine.people import AreaPeople
from surveys.models.geography import Area, AreaKind
from surveys.models.municipality import Municipality
from surveys.queries.ground.divisions import list_divisions
from surveys.queries.ground.people import list_people

RING = [[17.0, 61.2], [17.12345, 61.2], [17.1, 61.4], [17.0, 61.2]]
HOLE = [[17.05, 61.25], [17.06, 61.25], [17.06, 61.26], [17.05, 61.25]]
ISLAND = [[18.0, 61.2], [18.1, 61.2], [18.1, 61.4], [18.0, 61.2]]
HIGH = [[*corner, 40.5] for corner in ISLAND]
OUTLINES: dict[str, dict[str, Any]] = {
    "1": {"type": "MultiPolygon", "coordinates": [[RING, HOLE], [ISLAND]]},
    "2": {"type": "Polygon", "coordinates": [HIGH]},  # as an older import may have stored it
}


@pytest.fixture
def areas(session: Session, municipality: Municipality) -> None:
    for n, code in enumerate(reversed(OUTLINES), start=1):
        for kind in (AreaKind.DISTRICT, AreaKind.DESO):
            outline, name = OUTLINES[code], f"Område {code}"
            session.add(
                Area(
                    municipality_id=municipality.id,
                    kind=kind,
                    code=code,
                    name=name,
                    geometry=outline,
                    population=100 * n,
                    source="SCB",
                )
            )
        session.flush()


@pytest.fixture
def statements(session: Session) -> Iterator[list[str]]:
    """What the database is asked from here on."""
    asked: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", listen)
    yield asked
    event.remove(engine, "before_cursor_execute", listen)


@pytest.mark.usefixtures("areas")
def test_outlines_are_the_shapes_that_were_stored_beside_their_names(
    session: Session, municipality: Municipality
) -> None:
    divisions = list_divisions(session, municipality)
    assert [each.kind for each in divisions] == ["deso", "district"]
    for division in divisions:
        assert (division.codes, division.names) == (("1", "2"), ("Område 1", "Område 2"))
        assert division.populations == (200, 100)
        for code, outline in zip(division.codes, division.shapes, strict=True):
            assert shapely.equals_exact(outline, shape(OUTLINES[code]))
    [source] = list_people(session, municipality)
    assert isinstance(source.people, AreaPeople)
    assert source.people.number == (200.0, 100.0)
    assert [round(each.area, 4) for each in source.people.shapes] == [0.0223, 0.01]


@pytest.mark.usefixtures("areas")
def test_an_import_beside_cannot_come_between_names_and_outlines(
    session: Session, municipality: Municipality, statements: list[str]
) -> None:
    assert municipality.id
    statements.clear()
    list_divisions(session, municipality)
    list_people(session, municipality)
    assert len([asked for asked in statements if "FROM area" in asked]) == 2
