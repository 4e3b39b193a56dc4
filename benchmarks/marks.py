"""A million marks in a database: read them, and find density and Gi*, as the job does.

The scan is left out: `benchmarks.scan` has its own time.
"""

import tempfile
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sqlalchemy import create_engine, event, insert
from sqlalchemy.orm import Session

from benchmarks.hotspots import HEIGHT_M, WIDTH_M, marks
from maps.areas import read_outline
from maps.crs import to_degrees
from maps.hotspots import analyse
from maps.places import Precision
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.models.registry import metadata
from surveys.models.response import Feeling, MarkedPlace
from surveys.queries.mark_columns import load_marks

N = 1_000_000
BY_NAME = 5  # one in so many names a place
EAST, NORTH = 560_000, 6_790_000
ROUNDS = 3
_AT_ONCE = 50_000
_NOW = datetime(2026, 11, 20, tzinfo=UTC)


def report() -> None:
    """Print what reading and what analysing takes, the best of three and all of them."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'marks.sqlite3'}")
        # Half a million answers would be stored for nothing but their keys.
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=OFF"))
        metadata.create_all(engine)
        with Session(engine) as session:
            _fill(session)
        print(f"{N} marks in SQLite, {WIDTH_M // 1000} x {HEIGHT_M // 1000} km, one in {BY_NAME}"
              " by a place's name")  # fmt: skip
        for _ in range(ROUNDS):
            with Session(engine) as session:
                _time(session)
        engine.dispose()


def _time(session: Session) -> None:
    municipality, dialogue = session.get_one(Municipality, 1), session.get_one(Dialogue, 1)
    started, used = time.perf_counter(), time.process_time()
    columns = load_marks(session, municipality, dialogue)
    read, read_used = time.perf_counter(), time.process_time()
    analysis = analyse(columns.located, outline=read_outline(municipality.outline or {}))
    done, done_used = time.perf_counter(), time.process_time()
    print(
        f"  read {read - started:4.2f} s, density and Gi* {done - read:4.2f} s,"
        f" together {done - started:4.2f} s ({done_used - used:4.2f} s of processor, of which"
        f" {read_used - used:4.2f} s reading); {len(analysis.concentrations)} areas"
    )


def _fill(session: Session) -> None:
    west, south, east, north = _corners()
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    names = {"name": "Provstad", "genitive": "Provstads", "official_name": "Provstads kommun"}
    outline = {"type": "Polygon", "coordinates": [ring]}
    session.add(Municipality(id=1, code="0000", slug="prov", outline=outline, **names))
    session.add(_dialogue())
    draw = np.random.default_rng(3)
    for number in range(40):
        lat, lon = draw.uniform(south, north), draw.uniform(west, east)
        session.add(
            NamedPlace(
                id=number + 1, municipality_id=1, name=f"Plats {number}", kind=PlaceKind.SQUARE,
                lat=lat, lon=lon, radius_m=300, source="prov",
            )
        )  # fmt: skip
    session.flush()
    x, y = marks(N)
    lat, lon = to_degrees(x + EAST, y + NORTH)
    for first in range(0, N, _AT_ONCE):
        session.execute(
            insert(MarkedPlace),
            [_row(number, lat, lon) for number in range(first, min(N, first + _AT_ONCE))],
        )
    session.commit()


def _dialogue() -> Dialogue:
    return Dialogue(
        id=1, municipality_id=1, slug="prov", title="Prov", opens_at=_NOW, closes_at=_NOW,
    )  # fmt: skip


def _row(number: int, lat: np.ndarray, lon: np.ndarray) -> dict[str, object]:
    named = number % BY_NAME == 0
    return {
        "id": uuid.uuid4(),
        "municipality_id": 1,
        "dialogue_id": 1,
        "response_id": uuid.uuid5(uuid.NAMESPACE_OID, str(number // 2)),
        "position": number % 2,
        "named_place_id": number % 40 + 1 if named else None,
        "lat": None if named else float(lat[number]),
        "lon": None if named else float(lon[number]),
        "precision": Precision.PLACE if named else Precision.EXACT,
        "reasons": frozenset(),
        "times": frozenset(),
        "feeling": Feeling.UNSAFE,
        "is_counted": True,
    }


def _corners() -> tuple[float, float, float, float]:
    lat, lon = to_degrees(np.array([EAST, EAST + WIDTH_M]), np.array([NORTH, NORTH + HEIGHT_M]))
    return float(lon[0]), float(lat[0]), float(lon[1]), float(lat[1])


if __name__ == "__main__":
    report()
