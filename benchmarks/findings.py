"""The results side on a million answers: its page, and every crossed table of the largest dialogue.

`python -m benchmarks.findings` uses SQLite, `python -m benchmarks.findings postgresql` a server of
its own. The SQLite database is built once and kept in the system's temporary folder.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from benchmarks.findings_data import ACCOUNT, FIRST_DAY, LARGEST, NOW, N, build, size_of
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Gender, PlaceReason
from surveys.queries.results.crosstabs import Group, make_crosstab
from surveys.queries.results.filters import AgeGroup, Filters, iso_week
from surveys.queries.results.groups import MARK_AREAS
from tools.environment import ROOT, fingerprint
from tools.postgres import find_postgres, postgres_server
from webapp import create_app
from webapp.config import Config

Took = tuple[float, float]  # by the clock, and of this process's processor time

PAGE_TARGET_S, TABLE_TARGET_S = 0.3, 2.0
ROUNDS = 5
SLOWEST = 8
OF_PLACES = ("reasons", "times", "seasons", "place_kinds")  # split by where the marks lie too
MEASURES = ("q1", "q2", "q3", "problems", "wishes", *OF_PLACES)
FILTERED_GROUPS = (None, Group.GENDER, Group.THEME)
FILTERS = (
    Filters(gender=Gender.WOMAN),
    Filters(age=AgeGroup.YOUNG),
    Filters(channel=Channel.WEB),
    Filters(area="Område 3"),
    Filters(week=iso_week(FIRST_DAY)),
    Filters(theme="lighting_environment"),
    Filters(reason=PlaceReason.DARK),
    Filters(gender=Gender.WOMAN, theme="lighting_environment", reason=PlaceReason.DARK),
)


def report(kind: str = "sqlite", n: int = N) -> None:
    """Print the medians of page and tables, each beside its target (1.00x or more: reached)."""
    print(f"\nfindings, {n} answers on {kind} (load {os.getloadavg()[0]:.1f})")
    with _database(kind, n) as url:
        print(f"  results page: median {_told(_median(_page(url)), PAGE_TARGET_S)}")
        engine = create_engine(url)
        with Session(engine) as session:
            _tables(session)
        engine.dispose()


@contextmanager
def _database(kind: str, n: int) -> Iterator[str]:
    if kind == "postgresql":
        programs = find_postgres()
        assert programs is not None, "no PostgreSQL server is installed here"
        with postgres_server(programs) as url:
            build(url, n)
            yield url
        return
    mark = fingerprint([ROOT / "migrations", ROOT / "benchmarks" / "findings_data.py", str(n)])
    file = Path(tempfile.gettempdir()) / f"trygghetsdialog-findings-{mark[:12]}.sqlite3"
    if not file.exists():
        started = time.perf_counter()
        unfinished = file.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        build(f"sqlite:///{unfinished}", n)
        unfinished.rename(file)
        print(f"  built {file.name} in {time.perf_counter() - started:.0f} s")
    print(f"  {file} ({size_of(file)})")
    yield f"sqlite:///{file}"


def _page(url: str) -> Callable[[], object]:
    """Open the largest dialogue's results as its coordinator does."""
    folder = Path(tempfile.mkdtemp())
    app = create_app(
        Config(
            instance_path=folder,
            secret_key="only-for-timings",  # noqa: S106
            database_url=url,
            jobs_url=f"sqlite:///{folder / 'jobs.sqlite3'}",
            rate_limits=False,
            testing=True,
        )
    )
    app.extensions["clock"] = lambda: NOW
    client = app.test_client()
    with client.session_transaction("/logga-in") as cookie:
        cookie["_user_id"], cookie["_fresh"] = ACCOUNT, True

    def visit() -> None:
        answer = client.get(f"/prov-0/handlaggning/dialoger/{LARGEST}/resultat")
        assert answer.status_code == 200, answer.status

    visit()  # the first one reads the templates
    return visit


def _tables(session: Session) -> None:
    municipality = session.scalars(select(Municipality).order_by(Municipality.id)).first()
    dialogue = session.scalars(select(Dialogue).where(Dialogue.slug == LARGEST)).one()
    assert municipality is not None
    groups = (None, *(group for group in Group if group is not Group.MUNICIPALITY))
    times: dict[str, tuple[Took, Callable[[], object]]] = {}
    for measure in MEASURES:
        mine_to_split = [by for by in groups if by not in MARK_AREAS or measure in OF_PLACES]
        wanted = [(by, Filters(), sees) for by in mine_to_split for sees in (False, True)]
        wanted += [(by, filters, True) for by in FILTERED_GROUPS for filters in FILTERS]
        wanted += [(None, filters, False) for filters in FILTERS[:-2]]
        mine = []
        for by, filters, sees_rows in wanted:

            def table(
                measure: str = measure,
                by: Group | None = by,
                filters: Filters = filters,
                sees_rows: bool = sees_rows,
            ) -> object:
                return make_crosstab(
                    session, municipality, dialogue,
                    measure=measure, by=by, filters=filters, sees_rows=sees_rows,
                )  # fmt: skip

            took = _median(table, 1)
            mine.append(took)
            name = f"{measure} by {by.value if by else 'nothing'}, {_words(filters, sees_rows)}"
            times[name] = (took, table)
        middle, most = statistics.median_low(mine), max(mine)
        print(
            f"  {measure:12} {len(mine):3} tables: median {_told(middle, TABLE_TARGET_S)},"
            f" slowest {_told(most, TABLE_TARGET_S)}"
        )
    slow = sorted(times.items(), key=lambda each: -each[1][0])[:SLOWEST]
    for name, (_, table) in slow:
        print(f"    {name}: median {_told(_median(table), TABLE_TARGET_S)}")


def _words(filters: Filters, sees_rows: bool) -> str:
    chosen = ", ".join(f"{name}={value}" for name, value in filters.as_json().items())
    return f"{chosen or 'all'} ({'true numbers' if sees_rows else 'withheld'})"


def _median(what: Callable[[], object], rounds: int = ROUNDS) -> Took:
    took = []
    for _ in range(rounds):
        started, used = time.perf_counter(), time.process_time()
        what()
        took.append((time.perf_counter() - started, time.process_time() - used))
    return sorted(took)[rounds // 2]


def _told(took: Took, target_s: float) -> str:
    clock, processor = took
    ratio = f"{target_s / clock:.2f}x"
    return f"{clock:.2f} s ({ratio}; {processor:.2f} s of this processor's time)"


if __name__ == "__main__":
    report(*sys.argv[1:2])
