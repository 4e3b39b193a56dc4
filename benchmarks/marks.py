"""A million marks in a database: read all or a part, and find density and Gi*, as the job does.

`python -m benchmarks.marks` uses SQLite, with `postgresql` a server of its own, whose work is not
in the processor time. The scan is left out: `benchmarks.scan` has its own time.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from benchmarks.hotspots import HEIGHT_M, WIDTH_M
from benchmarks.marks_data import BY_NAME, EVENT, THEME, N, build
from maps.areas import read_outline
from maps.hotspots import analyse
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import TimeOfDay
from surveys.queries.filters import Filters
from surveys.queries.mark_columns import load_marks
from tools.environment import ROOT, fingerprint
from tools.postgres import find_postgres, postgres_server

TARGET_S = 3.0
ROUNDS = 3
FILTERS = {
    "all marks": Filters(),
    "answers on the web": Filters(channel=Channel.WEB),
    "answers of an event": Filters(event=EVENT),
    "answers about a theme": Filters(theme=THEME),
    "marks of the evening": Filters(time=TimeOfDay.EVENING),
    "web, theme and evening": Filters(
        channel=Channel.WEB, theme=THEME, time=TimeOfDay.EVENING
    ),
}  # fmt: skip


def report(kind: str = "sqlite") -> None:
    """Print what reading and what analysing takes, the best of three rounds of each filter."""
    print(f"{N} marks in {kind}, {WIDTH_M // 1000} x {HEIGHT_M // 1000} km, one in {BY_NAME} by a"
          f" place's name; the best of {ROUNDS}, target {TARGET_S:.0f} s")  # fmt: skip
    with _database(kind) as url:
        engine = create_engine(url)
        for name, filters in FILTERS.items():
            best = min(_round(engine, filters) for _ in range(ROUNDS))
            used, read, clock, marks, areas = best
            print(f"  {name:>24}: {used:4.2f} s of processor ({read:4.2f} s reading),"
                  f" {clock:5.2f} s by the clock, {TARGET_S / used:4.2f}x; {marks} marks,"
                  f" {areas} areas")  # fmt: skip
        engine.dispose()


def _round(engine, filters: Filters) -> tuple[float, float, float, int, int]:
    with Session(engine) as session:
        municipality, dialogue = session.get_one(Municipality, 1), session.get_one(Dialogue, 1)
        clock, used = time.perf_counter(), time.process_time()
        columns = load_marks(session, municipality, dialogue, filters)
        read = time.process_time() - used
        analysis = analyse(columns.located, outline=read_outline(municipality.outline or {}))
        return (
            time.process_time() - used, read, time.perf_counter() - clock, columns.size,
            len(analysis.concentrations),
        )  # fmt: skip


@contextmanager
def _database(kind: str) -> Iterator[str]:
    if kind == "postgresql":
        programs = find_postgres()
        assert programs is not None, "no PostgreSQL server is installed here"
        with postgres_server(programs) as url:
            build(url)
            yield url
        return
    made_by = [ROOT / "benchmarks" / name for name in ("findings_data.py", "marks_data.py")]
    mark = fingerprint([ROOT / "migrations", *made_by])
    file = Path(tempfile.gettempdir()) / f"trygghetsdialog-marks-{mark[:12]}.sqlite3"
    if not file.exists():
        unfinished = file.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        build(f"sqlite:///{unfinished}")
        unfinished.rename(file)
    yield f"sqlite:///{file}"


if __name__ == "__main__":
    report(*sys.argv[1:])
