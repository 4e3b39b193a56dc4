"""The pseudonymised set: rows, places, codebook and note on method in one archive.

Each row has a number drawn for this archive alone, and rows lie in an order drawn for it too: two
archives cannot be laid over each other by their numbers or by their order.
"""

import io
import secrets
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from surveys.models.geography import AreaKind
from surveys.queries.dialogues.response_rows import MarkRow, ResponseRow
from webapp.exports.csv_files import BOM, csv_text, sheet_text
from webapp.exports.sheets import Cell, Note, Sheet

ID_BYTES = 8
_BETWEEN = "|"
_SPOOLED = 8 * 1024 * 1024
_CHUNK = 64 * 1024
ANSWERS, PLACES, CODEBOOK, METHOD = "svar.csv", "platser.csv", "kodbok.csv", "metod.csv"
_BACKGROUND = ("kanal", "sprak", "tillfalle", "vecka", "alder", "kon", "omrade")
_MARK_HEAD = (
    "svar_id",
    "kansla",
    "plats",
    *(f"{kind.value}_{part}" for kind in AreaKind for part in ("kod", "namn")),
    "platstyp",
    "skal",
    "tid",
    "arstid",
    "noggrannhet",
)


@dataclass(frozen=True, slots=True)
class ArchivePlan:
    """What goes in besides the rows. ``questions`` are code and whether it has coded values."""

    questions: tuple[tuple[str, bool], ...]
    has_texts: bool
    codebook: Sheet
    notes: tuple[Note, ...]
    written_on: date


def archive_chunks(batches: Iterable[Sequence[ResponseRow]], plan: ArchivePlan) -> Iterator[bytes]:
    """The archive piece by piece, with one batch of rows in memory at a time.

    It begins before all rows are read, so that nobody waits at a blank page; one that breaks off
    has no list of contents at its end and opens nowhere.
    """
    outbox = _Outbox()
    with (
        zipfile.ZipFile(outbox, "w", zipfile.ZIP_DEFLATED) as archive,
        tempfile.SpooledTemporaryFile(_SPOOLED) as places,
    ):
        places.write(_begin(_mark_head(plan)))
        with archive.open(_entry(ANSWERS, plan), "w") as answers:
            answers.write(_begin(_answer_head(plan)))
            for batch in batches:
                numbered = [(secrets.token_hex(ID_BYTES), row) for row in batch]
                answers.write(_encoded(_answer_cells(row, id_, plan) for id_, row in numbered))
                marks = ((id_, mark) for id_, row in numbered for mark in row.marks)
                places.write(_encoded(_mark_cells(mark, id_, plan) for id_, mark in marks))
                yield outbox.take()
        places.seek(0)
        with archive.open(_entry(PLACES, plan), "w") as copied:
            while part := places.read(_CHUNK):
                copied.write(part)
                yield outbox.take()
        archive.writestr(_entry(CODEBOOK, plan), _whole(plan.codebook))
        archive.writestr(_entry(METHOD, plan), _whole(_method(plan)))
    yield outbox.take()


class _Outbox(io.RawIOBase):
    """Takes what a file would, and hands it on."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        self._parts.append(bytes(part))
        return len(self._parts[-1])

    def take(self) -> bytes:
        """What has been written since the last time."""
        taken, self._parts = b"".join(self._parts), []
        return taken


def _answer_head(plan: ArchivePlan) -> tuple[str, ...]:
    head = ["id", *_BACKGROUND]
    for code, has_values in plan.questions:
        head += [code] if has_values else []
        head += [f"{code}_skrev"]
        head += [f"{code}_text"] if plan.has_texts else []
    return (*head, "kodad", "teman_problem", "teman_onskemal", "antal_platser")


def _answer_cells(row: ResponseRow, number: str, plan: ArchivePlan) -> tuple[Cell, ...]:
    cells: list[Cell] = [
        number,
        row.channel.value,
        row.language,
        row.event,
        row.week,
        row.age_band.value if row.age_band else "",
        row.gender.value if row.gender else "",
        row.area,
    ]
    for code, has_values in plan.questions:
        cells += [row.values.get(code, "")] if has_values else []
        cells += ["ja" if code in row.written else "nej"]
        cells += [row.texts.get(code, "")] if plan.has_texts else []
    cells += ["ja" if row.is_coded else "nej", _BETWEEN.join(row.problems)]
    return (*cells, _BETWEEN.join(row.wishes), len(row.marks))


def _mark_head(plan: ArchivePlan) -> tuple[str, ...]:
    return (*_MARK_HEAD, "egna_ord") if plan.has_texts else _MARK_HEAD


def _mark_cells(mark: MarkRow, number: str, plan: ArchivePlan) -> tuple[Cell, ...]:
    areas = [words for kind in AreaKind for words in mark.areas.get(kind, ("", ""))]
    cells = (
        number,
        mark.feeling,
        mark.place,
        *areas,
        mark.kind,
        _BETWEEN.join(mark.reasons),
        _BETWEEN.join(mark.times),
        _BETWEEN.join(mark.seasons),
        mark.precision,
    )
    return (*cells, mark.words) if plan.has_texts else cells


def _method(plan: ArchivePlan) -> Sheet:
    return Sheet("metod", ("vad", "hur"), [(note.term, note.text) for note in plan.notes])


def _begin(head: tuple[str, ...]) -> bytes:
    return (BOM + csv_text([head])).encode()


def _encoded(rows: Iterable[tuple[Cell, ...]]) -> bytes:
    return csv_text(rows).encode()


def _whole(sheet: Sheet) -> bytes:
    return (BOM + sheet_text(sheet)).encode()


def _entry(name: str, plan: ArchivePlan) -> zipfile.ZipInfo:
    """An entry that tells the day and no time."""
    day = plan.written_on
    entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
