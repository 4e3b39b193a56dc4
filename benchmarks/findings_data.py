"""A million answers in 300 dialogues, the largest 50 000, on tables that the migrations made."""

import random
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import create_engine, make_url, select
from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.models.account import Membership, User
from surveys.models.coding import CodingPurpose
from surveys.models.dialogue import Channel, Dialogue, DialogueEvent, EventKind
from surveys.models.geography import Area, AreaKind
from surveys.models.municipality import Municipality
from surveys.models.place import PlaceKind
from surveys.models.response import (
    DONT_KNOW,
    NO,
    NONE_VALUE,
    SCALE_VALUES,
    TEXT_VALUE,
    YES,
    AgeBand,
    Feeling,
    Gender,
    PlaceReason,
    Season,
    TimeOfDay,
)
from surveys.models.theme import Polarity, Theme
from surveys.packed_marks import pack
from surveys.permissions import StaffRole
from surveys.services.dialogues.standard_questions import standard_questions
from surveys.services.texts.codebook import ensure_codebook
from surveys.text.themes_examples import labelled_answers
from webapp.database import upgrade_database

N, N_DIALOGUES, N_LARGEST = 1_000_000, 300, 50_000
N_MUNICIPALITIES, N_EVENTS, N_AREAS, N_DESO = 30, 6, 25, 40
LARGEST = "dialog-0"
ACCOUNT = "prov"
FIRST_DAY = date(2026, 3, 2)
DAYS = 84  # twelve weeks
NOW = datetime(2026, 4, 15, 12, 0, tzinfo=UTC)
CODED_ELSEWHERE = 0.2  # in the largest dialogue all are coded
LANGUAGES = ("sv", "sv", "sv", "sv", "sv", "sv", "ar", "fi", "so", "en")

Rows = dict[str, list[tuple[Any, ...]]]
Columns = dict[str, tuple[str, ...]]
COLUMNS: Columns = {
    "response": (
        "id", "municipality_id", "dialogue_id", "event_id", "channel", "language", "answered_on",
        "age_band", "gender", "area", "content_hash", "suspicions", "is_counted",
    ),
    "answer": (
        "id", "response_id", "question_id", "value", "text", "masked_text", "masked_kinds",
        "mask_version", "hidden_words", "told_words",
    ),
    "marked_place": (
        "id", "municipality_id", "dialogue_id", "response_id", "position", "lat", "lon",
        "precision", "outside_m", "reasons", "times", "seasons", "kind", "feeling", "is_counted",
        "mask_version", "hidden_words", "told_words",
    ),
    "mark_area": ("mark_id", "area_id"),
    "coding": (
        "id", "municipality_id", "dialogue_id", "response_id", "coder_title", "purpose",
        "is_current", "coded_on", "saw_suggestions",
    ),
    "coding_theme": ("coding_id", "theme_id", "polarity"),
    "answer_count": (
        "municipality_id", "dialogue_id", "question_id", "value", "channel", "day", "gender", "n",
    ),
}  # fmt: skip


@dataclass
class Ground:
    """A dialogue to fill: the keys of what its rows point at."""

    municipality: int
    dialogue: int
    n: int
    questions: tuple[int, ...]
    events: tuple[int, ...]
    themes: tuple[int, ...]
    areas: tuple[int, ...]
    coded: float
    counts: Counter[tuple[Any, ...]] = field(default_factory=Counter)


def build(url: str, n: int = N) -> None:
    """Make the tables of ``url`` by the migrations and fill them; takes minutes."""
    upgrade_database(url)
    engine = create_engine(url)
    with Session(engine) as session:
        grounds = list(_grounds(session, n))
        session.commit()
    engine.dispose()
    texts = [text for e in labelled_answers() for text in (e.q2, e.q3) if text]
    batches = (_fill(ground, texts, random.Random(ground.dialogue)) for ground in grounds)
    store_rows(url, batches, COLUMNS)


def _grounds(session: Session, n: int) -> Iterator[Ground]:
    """The dialogues with what belongs to them, stored; the largest is the first one's first."""
    owners = [_municipality(session, number) for number in range(N_MUNICIPALITIES)]
    largest = n * N_LARGEST // N
    rest, left_over = divmod(n - largest, N_DIALOGUES - 1)
    for number in range(N_DIALOGUES):
        owner, themes, areas = owners[number % N_MUNICIPALITIES]
        dialogue = _dialogue(session, owner, number)
        yield Ground(
            owner.id,
            dialogue.id,
            rest + (number <= left_over) if number else largest,
            tuple(question.id for question in dialogue.questions),
            tuple(event.id for event in dialogue.events),
            themes,
            areas,
            CODED_ELSEWHERE if number else 1.0,
        )


def _municipality(
    session: Session, number: int
) -> tuple[Municipality, tuple[int, ...], tuple[int, ...]]:
    name = f"Provstad {number}"
    owner = Municipality(
        code=f"{number:04}", slug=f"prov-{number}", name=name, genitive=name, official_name=name,
        municipal_contact="Trygghetssamordnaren", police_contact="Kommunpolisen",
    )  # fmt: skip
    session.add(owner)
    session.flush()
    ensure_codebook(session, owner, now=NOW)
    square = {
        "type": "Polygon",
        "coordinates": [[[17, 61], [18, 61], [18, 62], [17, 62], [17, 61]]],
    }
    areas = [
        Area(
            municipality_id=owner.id, kind=AreaKind.DESO, code=f"{number}A{place}",
            name=f"Område {place}", geometry=square, source="prov",
        )
        for place in range(N_DESO)
    ]  # fmt: skip
    session.add_all(areas)
    if number == 0:
        _account(session, owner)
    session.flush()
    themes = session.scalars(select(Theme.id).where(Theme.municipality_id == owner.id))
    return owner, tuple(themes), tuple(area.id for area in areas)


def _account(session: Session, owner: Municipality) -> None:
    user = User(
        email="prov@example.org", fs_uniquifier=ACCOUNT, title="Samordnare", active=True,
        created_at=NOW, password=None,
    )  # fmt: skip
    user.memberships = [Membership(municipality=owner, role=StaffRole.COORDINATOR)]
    session.add(user)


def _dialogue(session: Session, owner: Municipality, number: int) -> Dialogue:
    opens = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=UTC)
    dialogue = Dialogue(
        municipality=owner, slug=f"dialog-{number}", title=f"Dialog {number}", opens_at=opens,
        closes_at=opens + timedelta(days=DAYS), questions=standard_questions(owner),
        municipalities=[owner],
        events=[
            DialogueEvent(
                code=f"mote-{place}", kind=EventKind.CITIZEN_DIALOGUE, channel=Channel.MEETING,
                title=f"Möte {place}", held_on=FIRST_DAY + timedelta(days=place),
            )
            for place in range(N_EVENTS)
        ],
    )  # fmt: skip
    session.add(dialogue)
    session.flush()
    return dialogue


def _fill(ground: Ground, texts: Sequence[str], draw: random.Random) -> Rows:
    """Every row of a dialogue, by table and in the order of ids."""
    rows: Rows = {table: [] for table in COLUMNS}
    for identity in sorted(f"{draw.getrandbits(128):032x}" for _ in range(ground.n)):
        _add_response(rows, ground, identity, texts, draw)
    owner = (ground.municipality, ground.dialogue)
    rows["answer_count"] = [(*owner, *key, n) for key, n in ground.counts.items()]
    for table in ("answer", "marked_place", "mark_area", "coding", "coding_theme"):
        rows[table].sort()
    return rows


def _add_response(
    rows: Rows, ground: Ground, identity: str, texts: Sequence[str], draw: random.Random
) -> None:
    channel = draw.choice(_CHANNELS)
    day = (FIRST_DAY + timedelta(days=int(draw.random() ** 2 * DAYS))).isoformat()
    gender = draw.choice(_GENDERS)
    event = draw.choice(ground.events) if channel == Channel.MEETING.value else None
    rows["response"].append(
        (
            identity, ground.municipality, ground.dialogue, event, channel, draw.choice(LANGUAGES),
            day, draw.choice(_AGES), gender, f"Område {draw.randrange(N_AREAS)}",
            _NO_CONTENT, 0, True,
        )
    )  # fmt: skip
    given = (
        (draw.choice(_SCALE), None),
        (draw.choice(_PLACES), draw.choice(texts) if draw.random() < 0.5 else None),
        (None, draw.choice(texts) if draw.random() < 0.6 else None),
    )
    for question, (value, text) in zip(ground.questions, given, strict=True):
        for told in {value, TEXT_VALUE if text else None} - {None} or {NONE_VALUE}:
            ground.counts[question, told, channel, day, gender] += 1
        if value or text:
            row = (_identity(draw), identity, question, value, text, text, 0, _MASKED, "[]", "[]")
            rows["answer"].append(row)
    _add_marks(rows, ground, identity, draw)
    if draw.random() < ground.coded:
        _add_coding(rows, ground, identity, day, draw)


def _add_marks(rows: Rows, ground: Ground, identity: str, draw: random.Random) -> None:
    for position in range(draw.choice((0, 0, 1, 1, 1, 2))):
        mark = _identity(draw)
        feeling = Feeling.SAFE if draw.random() < 0.1 else Feeling.UNSAFE
        rows["marked_place"].append(
            (
                mark, ground.municipality, ground.dialogue, identity, position,
                61 + draw.random(), 17 + draw.random(), Precision.EXACT.value, 0,
                draw.getrandbits(len(PlaceReason)) & draw.getrandbits(len(PlaceReason)),
                draw.getrandbits(len(TimeOfDay)), draw.getrandbits(len(Season)),
                draw.choice(_KINDS), feeling.value, True, _MASKED, "[]", "[]",
            )
        )  # fmt: skip
        rows["mark_area"].append((mark, draw.choice(ground.areas)))


def _add_coding(rows: Rows, ground: Ground, identity: str, day: str, draw: random.Random) -> None:
    coding = _identity(draw)
    rows["coding"].append(
        (
            coding, ground.municipality, ground.dialogue, identity, "Samordnare",
            CodingPurpose.CODED.value, True, day, False,
        )
    )  # fmt: skip
    for theme in draw.sample(ground.themes, draw.choice((1, 1, 2, 3))):
        rows["coding_theme"].append((coding, theme, draw.choice(_POLARITIES)))


def store_rows(url: str, batches: Iterable[Rows], columns: Columns) -> None:
    """Write rows by table, of which ``columns`` tells the names."""
    store = _store_sqlite if url.startswith("sqlite") else _store_postgresql
    store(url, batches, columns)


def _store_sqlite(url: str, batches: Iterable[Rows], columns: Columns) -> None:
    with sqlite3.connect(make_url(url).database or "") as raw:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000"):
            raw.execute(f"PRAGMA {pragma}")
        # Indexes are made when all is there, which is far quicker than keeping them up.
        named = "type = 'index' AND sql IS NOT NULL AND tbl_name IN ({})"
        tables = ", ".join(f"'{table}'" for table in columns)
        ask = f"SELECT name, sql FROM sqlite_master WHERE {named.format(tables)}"  # noqa: S608
        indexes = raw.execute(ask).fetchall()
        for name, _ in indexes:
            raw.execute(f'DROP INDEX "{name}"')
        for rows in batches:
            for table, given in columns.items():
                names, stored = _with_packed(table, given, rows[table])
                marks = ", ".join("?" * len(names))
                into = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
                raw.executemany(into, stored)
        for _, statement in indexes:
            raw.execute(statement)
        raw.execute("PRAGMA journal_mode=WAL")


def _store_postgresql(url: str, batches: Iterable[Rows], columns: Columns) -> None:
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as raw:
        for rows in batches:
            for table, given in columns.items():
                names, stored = _with_packed(table, given, rows[table], r"\x")
                with raw.cursor().copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
                    for row in stored:
                        copy.write_row(row)
        raw.commit()
        raw.autocommit = True
        raw.execute("ANALYZE")


def _with_packed(
    table: str, names: Sequence[str], rows: Iterable[tuple[Any, ...]], prefix: str = ""
) -> tuple[Sequence[str], Iterable[tuple[Any, ...]]]:
    """Rows of marks with what is packed of each, as hexadecimals after ``prefix``."""
    if table != "marked_place":
        return names, rows
    return (*names, "packed"), (
        (*row, prefix + _packed(dict(zip(names, row, strict=True)))) for row in rows
    )


def _packed(row: dict[str, Any]) -> str:
    return pack(
        lat=row["lat"],
        lon=row["lon"],
        precision=Precision(row["precision"]),
        reasons=row["reasons"],
        times=row["times"],
        place=row.get("named_place_id"),
    ).hex()


def _identity(draw: random.Random) -> str:
    return f"{draw.getrandbits(128):032x}"


def size_of(file: Path) -> str:
    """How large the file is, in words."""
    return f"{file.stat().st_size / 1e9:.1f} GB"


_CHANNELS = [Channel.WEB.value] * 6 + [
    channel.value for channel in (Channel.PAPER, Channel.MEETING, Channel.POSTER, Channel.SCHOOL)
]
_AGES = [band.value for band in AgeBand] * 3 + [None]
_GENDERS = [Gender.WOMAN.value, Gender.MAN.value] * 10 + [Gender.OTHER.value, Gender.NOT_SAID.value]
_SCALE = [*SCALE_VALUES, *SCALE_VALUES, DONT_KNOW, None]
_PLACES = [YES, YES, NO, NO, DONT_KNOW, None]
_KINDS = [*(kind.value for kind in PlaceKind), None]
_POLARITIES = [Polarity.PROBLEM.value, Polarity.PROBLEM.value, Polarity.WISH.value]
_NO_CONTENT = sha256(b"").hexdigest()
_MASKED = 1_000_000  # by a version of the masking that no worker will want to do again
