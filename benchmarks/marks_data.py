"""A dialogue of a million marks, two an answer, on tables that the migrations made."""

import random
from datetime import UTC, date, datetime

import numpy as np
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from benchmarks.findings_data import COLUMNS, Columns, Rows, store_rows
from benchmarks.hotspots import HEIGHT_M, WIDTH_M, marks
from maps.crs import to_degrees
from maps.places import Precision
from surveys.models.coding import CodingPurpose
from surveys.models.dialogue import Channel, Dialogue, DialogueEvent, EventKind
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.models.response import Feeling, PlaceReason, TimeOfDay
from surveys.models.theme import Theme
from webapp.database import upgrade_database

N = 1_000_000
BY_NAME = 5  # one in so many names a place
N_PLACES, N_EVENTS = 40, 4
EVENT, THEME = "mote-0", "ljus"
EAST, NORTH = 560_000, 6_790_000
_DAY = date(2026, 11, 1)
NOW = datetime(2026, 11, 20, tzinfo=UTC)
_TABLES: Columns = {
    "response": COLUMNS["response"],
    "marked_place": (*COLUMNS["marked_place"], "named_place_id"),
    "coding": COLUMNS["coding"],
    "coding_theme": COLUMNS["coding_theme"],
}


def build(url: str, n: int = N) -> None:
    """Make the tables of ``url`` by the migrations and fill them."""
    upgrade_database(url)
    engine = create_engine(url)
    with Session(engine) as session:
        _add_ground(session)
        session.commit()
    engine.dispose()
    store_rows(url, [_rows(n, random.Random(3))], _TABLES)


def _add_ground(session: Session) -> None:
    west, south, east, north = _corners()
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    names = {"name": "Provstad", "genitive": "Provstads", "official_name": "Provstads kommun"}
    outline = {"type": "Polygon", "coordinates": [ring]}
    session.add(Municipality(id=1, code="0000", slug="prov", outline=outline, **names))
    session.flush()
    events = [
        DialogueEvent(
            id=number + 1, code=f"mote-{number}", kind=EventKind.CITIZEN_DIALOGUE,
            channel=Channel.MEETING, title=f"Möte {number}", held_on=_DAY,
        )
        for number in range(N_EVENTS)
    ]  # fmt: skip
    session.add(
        Dialogue(
            id=1, municipality_id=1, slug="prov", title="Prov", opens_at=NOW, closes_at=NOW,
            events=events,
        )
    )  # fmt: skip
    session.add(Theme(id=1, municipality_id=1, code=THEME, name={"sv": "Ljus"}, position=1))
    draw = np.random.default_rng(3)
    for number in range(N_PLACES):
        lat, lon = draw.uniform(south, north), draw.uniform(west, east)
        session.add(
            NamedPlace(
                id=number + 1, municipality_id=1, name=f"Plats {number}", kind=PlaceKind.SQUARE,
                lat=lat, lon=lon, radius_m=300, source="prov",
            )
        )  # fmt: skip


def _rows(n: int, draw: random.Random) -> Rows:
    lat, lon = (values.tolist() for values in _positions(n))
    rows: Rows = {table: [] for table in _TABLES}
    for number in range(n // 2):
        identity = f"{draw.getrandbits(128):032x}"
        event = draw.randrange(N_EVENTS) + 1 if draw.random() < 0.4 else None
        channel = Channel.MEETING if event else draw.choice((Channel.WEB, Channel.PAPER))
        rows["response"].append(
            (identity, 1, 1, event, channel.value, "sv", _DAY.isoformat(), None, None, None,
             "0" * 64, 0, True)
        )  # fmt: skip
        for mark in (2 * number, 2 * number + 1):
            named = mark % BY_NAME == 0
            place = mark % N_PLACES + 1 if named else None
            at = (None, None) if named else (lat[mark], lon[mark])
            precision = Precision.PLACE if named else Precision.EXACT
            rows["marked_place"].append(
                (
                    f"{draw.getrandbits(128):032x}", 1, 1, identity, mark % 2, *at,
                    precision.value, 0, draw.getrandbits(len(PlaceReason)),
                    draw.getrandbits(len(TimeOfDay)), 0, None, Feeling.UNSAFE.value, True, 0,
                    "[]", "[]", place,
                )
            )  # fmt: skip
        if draw.random() < 0.3:
            coding = f"{draw.getrandbits(128):032x}"
            coded = (coding, 1, 1, identity, "Prov", CodingPurpose.CODED.value, True)
            rows["coding"].append((*coded, _DAY.isoformat(), False))
            rows["coding_theme"].append((coding, 1, "problem"))
    for table in rows.values():
        table.sort(key=lambda row: row[0])
    return rows


def _positions(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Degrees, in an order of their own: two marks of one answer lie anywhere."""
    x, y = marks(n)
    order = np.random.default_rng(4).permutation(n)
    return to_degrees(x[order] + EAST, y[order] + NORTH)


def _corners() -> tuple[float, float, float, float]:
    lat, lon = to_degrees(np.array([EAST, EAST + WIDTH_M]), np.array([NORTH, NORTH + HEIGHT_M]))
    return float(lon[0]), float(lat[0]), float(lon[1]), float(lat[1])
