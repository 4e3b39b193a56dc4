"""Bring a file of answers into a dialogue: each row once, and never over what is stored."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from maps.areas import read_outline
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import NONE_VALUE, TEXT_VALUE, Answer, MarkedPlace, Response
from surveys.models.safety import SafetyKind
from surveys.queries.dialogues.imports import StoredRow, list_imported_hashes, list_imported_rows
from surveys.queries.ground.streets import list_all_streets
from surveys.queries.municipalities.municipalities import list_named_places
from surveys.services.dialogues.counts import add_counts
from surveys.services.dialogues.import_rows import (
    ANSWER_COLUMNS,
    BACKGROUND_COLUMNS,
    COLUMNS,
    ImportDraft,
    RowReader,
    RowRefused,
    coordinate,
    place_index,
    spelled,
)
from surveys.services.dialogues.import_vocabulary import folded
from surveys.services.dialogues.safety import find_kinds, flag_imported
from surveys.services.texts.masking import answer_columns, mark_columns, remembering
from surveys.text.csv_table import Table

CONFLICT = "conflict"
_ROWS_A_STEP = 2000

Progress = Callable[[int, int], None]  # rows done, rows in all


@dataclass(frozen=True, slots=True)
class RowMessage:
    """Something to say about one line of the file, as a code and what its words need."""

    line: int
    code: str
    values: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the file. ``refused`` holds bad rows and conflicts, in the file's order."""

    read: int
    stored: int
    skipped: int  # the same content was there already
    refused: tuple[RowMessage, ...]
    notes: tuple[RowMessage, ...]
    unused_columns: tuple[str, ...]

    @property
    def conflicts(self) -> int:
        """Rows whose id is taken by other content."""
        return sum(1 for message in self.refused if message.code == CONFLICT)


def import_answers(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    table: Table,
    *,
    today: date,
    progress: Progress | None = None,
) -> ImportReport:
    """Store each row of ``table`` as one response of ``dialogue`` in ``municipality``.

    A row's key is the dialogue and its id: the same content is skipped, other content is a
    conflict and changes nothing. A column that the file lacks says nothing about a stored row.
    A closed dialogue takes imports, because paper is typed in after the last day.
    """
    # One import at a time: two of the same file would both find no stored rows.
    session.execute(select(Dialogue.id).where(Dialogue.id == dialogue.id).with_for_update())
    reader = _reader(session, municipality, dialogue, today)
    drafts, repeated, refused = _read(table, reader)
    fresh, known, conflicts = _compare(session, municipality, dialogue, table, drafts)
    for start in range(0, len(fresh), _ROWS_A_STEP):
        _store(session, municipality, dialogue, fresh[start : start + _ROWS_A_STEP], today)
        if progress is not None:
            progress(min(start + _ROWS_A_STEP, len(fresh)), len(fresh))
    refused += [RowMessage(row.line, row.code, dict(row.values)) for row in table.broken]
    return ImportReport(
        read=len(table.rows) + len(table.broken),
        stored=len(fresh),
        skipped=known + repeated,
        refused=tuple(sorted([*refused, *conflicts], key=lambda message: message.line)),
        notes=tuple(_notes(fresh)),
        unused_columns=tuple(
            name
            for name in table.columns
            if name and (name not in COLUMNS or name in reader.unused)
        ),
    )


def _reader(
    session: Session, municipality: Municipality, dialogue: Dialogue, today: date
) -> RowReader:
    asked = (dialogue.asks_age_band, dialogue.asks_gender, dialogue.asks_area)
    return RowReader(
        questions={question.position: question.kind for question in dialogue.questions},
        events={folded(event.code): event for event in dialogue.events},
        named_places=place_index(
            list_named_places(session, municipality), list_all_streets(session, municipality)
        ),
        outline=read_outline(municipality.outline) if municipality.outline else None,
        today=today,
        unused=frozenset(
            column for column, asks in zip(BACKGROUND_COLUMNS, asked, strict=True) if not asks
        ),
    )


def _read(table: Table, reader: RowReader) -> tuple[dict[str, ImportDraft], int, list[RowMessage]]:
    """Drafts by id, the number of rows that repeat one of them, and the rows that are refused."""
    drafts: dict[str, ImportDraft] = {}
    repeated = 0
    refused: list[RowMessage] = []
    for row in table.rows:
        try:
            draft = reader.read(row)
        except RowRefused as error:
            refused.append(RowMessage(row.line, error.code, error.values))
            continue
        first = drafts.setdefault(draft.external_id, draft)
        if first is draft:
            continue
        if first.content_hash == draft.content_hash:
            repeated += 1
        else:
            values: dict[str, str | int] = {"id": draft.external_id[:60], "line": first.line}
            refused.append(RowMessage(row.line, "id_twice", values))
    return drafts, repeated, refused


def _compare(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    table: Table,
    drafts: dict[str, ImportDraft],
) -> tuple[list[ImportDraft], int, list[RowMessage]]:
    """Sort the drafts into new ones, a number of known ones, and conflicts with stored rows."""
    hashes = list_imported_hashes(session, dialogue, list(drafts))
    unequal = [key for key, stored in hashes.items() if drafts[key].content_hash != stored]
    stored_rows = list_imported_rows(session, municipality, dialogue, unequal)
    conflicts = [
        RowMessage(drafts[key].line, CONFLICT, {"id": key[:60]})
        for key in unequal
        if not _says_the_same(drafts[key], stored_rows.get(key), table.columns)
    ]
    fresh = [draft for key, draft in drafts.items() if key not in hashes]
    return fresh, len(hashes) - len(conflicts), conflicts


def _says_the_same(draft: ImportDraft, stored: StoredRow | None, columns: Sequence[str]) -> bool:
    """Whether the file's columns hold what is stored; columns that it lacks are not compared."""
    if stored is None:
        return False
    content = _stored_content(draft, stored)
    compared = {column for column in columns if column in content}
    if "event" in columns:
        compared.add("channel")  # an event stands for its channel where the row names none
    return all(draft.content.get(column, "") == content[column] for column in compared)


def _stored_content(draft: ImportDraft, stored: StoredRow) -> dict[str, str]:
    place = stored.place
    typed = draft.content["place"]
    names = {folded(name) for name in place.names} if place else set()
    return {
        **{column: stored.answers.get(i, "") for column, i in ANSWER_COLUMNS.items()},
        "lat": coordinate(place.lat if place else None),
        "lon": coordinate(place.lon if place else None),
        "place": typed if typed in names else min(names, default=""),
        "reasons": spelled(place.reasons) if place else "",
        "times": spelled(place.times) if place else "",
        "answered_on": stored.answered_on.isoformat() if stored.answered_on else "",
        "channel": stored.channel,
        "event": stored.event,
        "language": stored.language,
        "age_band": stored.age_band,
        "gender": stored.gender,
        "area": stored.area,
    }


def _store(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    drafts: Sequence[ImportDraft],
    today: date,
) -> None:
    """Insert the drafts in bulk, with their kept counts, in the caller's transaction."""
    questions = {question.position: question.id for question in dialogue.questions}
    owner: dict[str, object] = {"municipality_id": municipality.id, "dialogue_id": dialogue.id}
    keyed = [(uuid.uuid4(), draft) for draft in drafts]
    session.execute(insert(Response), [owner | _response(key, d) for key, d in keyed])
    masked = remembering(answer_columns)
    answers = [
        {"response_id": key, "question_id": questions[position], "value": value, "text": text}
        | masked(text)
        for key, draft in keyed
        for position, (value, text) in draft.answers.items()
    ]
    places = [owner | place for key, draft in keyed for place in _places(key, draft)]
    if answers:
        session.execute(insert(Answer), answers)
    if places:
        session.execute(insert(MarkedPlace), places)
    flags = ((owner | {"response_id": key}, _kinds(draft)) for key, draft in keyed)
    flag_imported(session, flags, today)
    add_counts(session, [owner | row for row in _counts(questions, drafts)])


def _kinds(draft: ImportDraft) -> frozenset[SafetyKind]:
    words = [text for _value, text in draft.answers.values()]
    return find_kinds([*words, draft.place.words if draft.place else None])


def _response(key: uuid.UUID, draft: ImportDraft) -> dict[str, object]:
    return {
        "id": key,
        "event_id": draft.event.id if draft.event else None,
        "channel": draft.channel,
        "language": draft.language,
        "answered_on": draft.answered_on,
        "age_band": draft.age_band,
        "gender": draft.gender,
        "area": draft.area,
        "external_id": draft.external_id,
        "content_hash": draft.content_hash,
    }


def _places(key: uuid.UUID, draft: ImportDraft) -> Iterable[dict[str, object]]:
    place = draft.place
    if place is not None:
        yield {
            "response_id": key,
            "position": 1,
            "named_place_id": place.named.id if place.named else None,
            "words": place.words,
            **mark_columns(place.words),
            "lat": place.named.lat if place.lat is None and place.named else place.lat,
            "lon": place.named.lon if place.lon is None and place.named else place.lon,
            "precision": place.precision,
            "outside_m": place.outside_m,
            "reasons": place.reasons,
            "times": place.times,
        }


def _counts(
    questions: dict[int, int], drafts: Sequence[ImportDraft]
) -> Iterable[dict[str, object]]:
    tally: Counter[tuple[int, str, str, str, str]] = Counter()
    channels = {draft.channel.value: draft.channel for draft in drafts}
    for draft in drafts:
        day = draft.answered_on.isoformat() if draft.answered_on else ""
        gender = draft.gender.value if draft.gender else ""
        for position, question_id in questions.items():
            value, text = draft.answers.get(position, (None, None))
            counted = value or (TEXT_VALUE if text else NONE_VALUE)
            tally[question_id, counted, draft.channel.value, day, gender] += 1
    for (question_id, value, channel, day, gender), n in sorted(tally.items()):
        yield {
            "question_id": question_id,
            "value": value,
            "channel": channels[channel],
            "day": day,
            "gender": gender,
            "n": n,
        }


def _notes(drafts: Sequence[ImportDraft]) -> Iterable[RowMessage]:
    for draft in drafts:
        if draft.place is not None and draft.place.outside_m > 0:
            yield RowMessage(draft.line, "near", {"metres": draft.place.outside_m})
