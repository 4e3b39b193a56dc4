"""A million marks in a database: read all or a part, and find density and Gi*, as the job does.

`python -m benchmarks.marks` uses SQLite, with `postgresql` a server of its own, whose work is not
in the processor time. The scan is left out: `benchmarks.scan` has its own time.
"""

import gzip
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
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
from surveys.services.hotspots import analyse_run, read_input
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
            rounds = [_round(engine, filters) for _ in range(ROUNDS)]
            best = min(rounds, key=lambda one: one["used"])
            print(f"  {name:>24}: {best['used']:4.2f} s of processor ({best['read']:4.2f} s"
                  f" reading), {best['clock']:5.2f} s by the clock,"
                  f" {TARGET_S / best['used']:4.2f}x; {best['marks']} marks, {best['areas']}"
                  " areas")  # fmt: skip
            _whole_job(engine, filters)
        engine.dispose()


def _round(engine, filters: Filters) -> dict[str, float]:
    with Session(engine) as session:
        municipality, dialogue = session.get_one(Municipality, 1), session.get_one(Dialogue, 1)
        clock, start = time.perf_counter(), time.process_time()
        marks = load_marks(session, municipality, dialogue, filters)
        read = time.process_time()
        analysis = analyse(marks.located, outline=read_outline(municipality.outline or {}))
        done, ticked = time.process_time(), time.perf_counter()
        return {
            "used": done - start, "read": read - start, "clock": ticked - clock,
            "marks": marks.size, "areas": len(analysis.concentrations),
        }  # fmt: skip


def _whole_job(engine, filters: Filters) -> None:
    """All that the job does: both readings, layers and drawing, and what it stores."""
    with Session(engine) as session:
        municipality, dialogue = session.get_one(Municipality, 1), session.get_one(Dialogue, 1)
        start = time.process_time()
        data = read_input(session, municipality, dialogue, filters)
        read = time.process_time()
        drawing = analyse_run(data).drawing
        done = time.process_time()
    print(f"    the whole job: {done - start:4.2f} s of processor, of which reading"
          f" {read - start:4.2f} s")  # fmt: skip
    if drawing is not None:
        text = "".join(getattr(drawing, name) for name in PARTS).encode()
        print(f"    its map with all layers, {len(text) / 1e3:.0f} kB: gzip"
              f" {len(gzip.compress(text)) / 1e3:.0f} kB, brotli"
              f" {len(brotli.compress(text)) / 1e3:.0f} kB (target 100)")  # fmt: skip


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
