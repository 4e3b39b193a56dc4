"""The staff map of a million marks in a database, or of a part of them: the whole job.

`python -m benchmarks.marks` uses SQLite, with `postgresql` a server of its own, whose work is not
in the processor time; with `areas` behind either the municipality has imported 200 areas of
statistics. The scan is left out (the municipality has no people to hold marks to):
`benchmarks.scan` has its own time.
"""

import gzip
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import brotli
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from benchmarks.hotspots import HEIGHT_M, WIDTH_M
from benchmarks.marks_areas import add_areas
from benchmarks.marks_data import BY_NAME, EVENT, NOW, THEME, N, build
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import PlaceReason, TimeOfDay
from surveys.queries.results.filters import Filters
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.hotspots import analyse_run, read_input, store_run
from tools.environment import ROOT, fingerprint
from tools.postgres import find_postgres, postgres_server

TARGET_S = 3.0
ROUNDS = 3
PARTS = ("html", "script", "style")
FILTERS = {
    "all marks": Filters(),
    "answers on the web": Filters(channel=Channel.WEB),
    "answers of an event": Filters(event=EVENT),
    "answers about a theme": Filters(theme=THEME),
    "marks of the evening": Filters(time=TimeOfDay.EVENING),
    "marks of dark places": Filters(reason=PlaceReason.DARK),
    "web, theme and evening": Filters(
        channel=Channel.WEB, theme=THEME, time=TimeOfDay.EVENING
    ),
}  # fmt: skip


def report(kind: str = "sqlite", areas: str = "") -> None:
    """Print what each step of the job takes, of the round that took least by the clock."""
    ground = f", {areas} imported" if areas else ""
    print(f"{N} marks in {kind}, {WIDTH_M // 1000} x {HEIGHT_M // 1000} km, one in {BY_NAME} by a"
          f" place's name; the best of {ROUNDS}, target {TARGET_S:.0f} s{ground}")  # fmt: skip
    with _database(kind) as url:
        engine = create_engine(url)
        for name, filters in FILTERS.items():
            best = min(
                (_job(engine, filters, with_areas=bool(areas)) for _ in range(ROUNDS)),
                key=lambda one: one.clock,
            )
            print(f"  {name:>24}: {best.clock:5.2f} s by the clock, {best.used:5.2f} of processor"
                  f" ({TARGET_S / best.clock:4.2f}x); reading {best.read:4.2f}, computing"
                  f" {best.made - best.read:4.2f}, storing {best.clock - best.made:4.2f};"
                  f" {best.marks} marks, {best.areas} told to stand out")  # fmt: skip
            print(f"    its map with all layers, {len(best.text) / 1e3:.0f} kB: gzip"
                  f" {len(gzip.compress(best.text)) / 1e3:.0f} kB, brotli"
                  f" {len(brotli.compress(best.text)) / 1e3:.0f} kB (target 100)")  # fmt: skip
        engine.dispose()


@dataclass(frozen=True, slots=True)
class _Job:
    """When each step was done, in seconds by the clock, and what came of it."""

    read: float
    made: float
    clock: float
    used: float  # of this process
    marks: int
    areas: int
    text: bytes


def _job(engine: Engine, filters: Filters, *, with_areas: bool = False) -> _Job:
    """All that the job does for a map: read, analyse, draw and store, which is then undone."""
    with Session(engine) as session:
        if with_areas:
            add_areas(session)
        municipality, dialogue = session.get_one(Municipality, 1), session.get_one(Dialogue, 1)
        run = request_run(session, municipality, dialogue, filters, now=NOW)
        session.flush()
        start, used = time.perf_counter(), time.process_time()
        data = read_input(session, municipality, dialogue, filters)
        read = time.perf_counter()
        output = analyse_run(data)
        made = time.perf_counter()
        store_run(session, municipality, run.id, output, now=NOW)
        done, used = time.perf_counter(), time.process_time() - used
        session.rollback()
    assert output.analysis is not None
    assert output.drawing is not None
    text = "".join(getattr(output.drawing, name) for name in PARTS).encode()
    areas = len(output.analysis.areas)
    steps = (read - start, made - start, done - start)
    return _Job(*steps, used, data.marks.size, areas, text)


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
