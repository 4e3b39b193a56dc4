"""CSV files with positions, read as columns of numbers: large ones in pieces, odd ones refused.

Commas, semicolons and tabs between columns, and commas as decimal signs, are all read.
"""

import codecs
import csv
import io
import itertools
import re
import stat
import warnings
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from maps.engine.grid import Floats, Ints

MAX_BYTES = 1_000_000_000
MAX_ROWS = 10_000_000
_HEAD_BYTES = 1 << 16
_PIECE = 200_000
_SPACE = r"[ \u00a0\u2009\u202f]"
_THOUSANDS = rf"[-+]?\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:[.,]\d+)?"
_DELIMITERS = ",;\t|"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Told = Callable[[int], None]


class BadTable(ValueError):
    """The file cannot be used: `code` says why, `values` fill in the sentence."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is written: its encoding, what stands between columns, and their names."""

    encoding: str
    delimiter: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A small table as text, as it stands in the file; `lines` are those that its rows begin on."""

    form: Form
    rows: tuple[tuple[str, ...], ...]
    lines: Ints

    def numbers(self, column: str) -> Floats:
        """One column as numbers, NaN for what is none."""
        place = self.form.columns.index(column)
        return to_numbers(pd.Series([row[place] for row in self.rows], dtype=str))


def read_form(path: Path) -> Form:
    """Look at the first line. Raises BadTable for what is no CSV file with a header."""
    with _opened(path):
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise BadTable("not_a_file", path=path.name)  # it is read more than once
        if path.stat().st_size > MAX_BYTES:
            raise BadTable("file_too_large", path=path.name, limit=MAX_BYTES // 1_000_000)
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    encoding = _encoding(head)
    text = head.decode(encoding, "replace")
    if not text.strip():
        raise BadTable("empty", path=path.name)
    if head[:2] == b"PK" or "\0" in text:
        raise BadTable("not_csv", path=path.name)
    # Also where old programs end lines with a carriage return alone.
    first, *more = re.split("\r\n|\r|\n", text, maxsplit=2)
    if not more and len(head) == _HEAD_BYTES:
        raise BadTable("not_csv", path=path.name)
    delimiter = max(_DELIMITERS, key=first.count)
    columns = tuple(name.strip() for name in next(csv.reader([first], delimiter=delimiter)))
    _check_width(path, columns, more[0] if more else "", delimiter)
    return Form(encoding, delimiter, columns)


def read_columns(
    path: Path, numbers: Sequence[str], text: Sequence[str] = (), told: Told | None = None
) -> tuple[dict[str, Floats], dict[str, Ints]]:
    """Columns of numbers (NaN for what is none), and of codes that are alike for alike text.

    Text columns may be missing and are then left out; an empty text is code -1. `told` hears the
    number of rows read so far. Raises BadTable.
    """
    form = read_form(path)
    places = {name: column_named(path, form, name) for name in numbers}
    extra = {name: form.columns.index(name) for name in text if name in form.columns}
    parts: dict[str, list[np.ndarray]] = {name: [] for name in (*places, *extra)}
    read = 0
    for piece in _pieces(path, form):
        read += len(piece)
        if read > MAX_ROWS:
            raise BadTable("too_many_rows", path=path.name, limit=MAX_ROWS)
        for name, place in places.items():
            parts[name].append(to_numbers(piece[place]))
        for name, place in extra.items():
            parts[name].append(_codes(piece[place]))
        if told is not None:
            told(read)
    if read == 0:
        raise BadTable("no_rows", path=path.name)
    joined = {name: np.concatenate(pieces) for name, pieces in parts.items()}
    return {name: joined[name] for name in places}, {name: joined[name] for name in extra}


def cells_typed(path: Path, column: str, rows: Iterable[int]) -> dict[int, str]:
    """What stands in a column of some rows, counted from 0 as `read_columns` does. Raises BadTable.

    For what is to be told of cells that are no numbers.
    """
    form = read_form(path)
    place = column_named(path, form, column)
    asked = np.unique(np.fromiter(rows, dtype=np.int64))
    typed: dict[int, str] = {}
    begins = 0
    for piece in _pieces(path, form, as_text=True):
        here = asked[(asked >= begins) & (asked < begins + len(piece))]
        cells = piece[place].iloc[here - begins]
        typed |= zip(here.tolist(), cells.astype(str).str.strip(), strict=True)
        begins += len(piece)
    return typed


def read_rows(path: Path, *, limit: int) -> Rows:
    """A whole small table. Raises BadTable, also for rows that are longer than the header."""
    form = read_form(path)
    rows: list[tuple[str, ...]] = []
    lines = array("q")
    for line, row in _records(path, form):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(form.columns):
            raise BadTable("row_too_long", path=path.name, line=line)
        rows.append(tuple(row) + ("",) * (len(form.columns) - len(row)))
        lines.append(line)
        if len(rows) > limit:
            raise BadTable("too_many_rows", path=path.name, limit=limit)
    if not rows:
        raise BadTable("no_rows", path=path.name)
    return Rows(form, tuple(rows), np.array(lines, dtype=np.int64))


def line_of(path: Path, row: int) -> int:
    """The line of the file that one row begins on, as `lines_of` tells it. Raises BadTable."""
    return lines_of(path, (row,))[row]


def lines_of(path: Path, rows: Iterable[int]) -> dict[int, int]:
    """The lines of the file that rows begin on; rows are counted from 0 as `read_columns` does.

    Empty lines are no rows, and a quoted cell may hold breaks of lines. Raises BadTable.
    """
    asked = set(rows)
    records = _records(path, read_form(path))
    lines = (line for line, cells in records if len(cells) > 1 or "".join(cells).strip())
    upto = enumerate(itertools.islice(lines, max(asked, default=-1) + 1))
    found = {row: line for row, line in upto if row in asked}
    return {row: found.get(row, row + 2) for row in asked}


def column_named(path: Path, form: Form, name: str) -> int:
    """The place of a column; capitals do not matter when no other column is meant."""
    if name in form.columns:
        if form.columns.count(name) > 1:
            raise BadTable("column_twice", path=path.name, column=name)
        return form.columns.index(name)
    lower = [column.lower() for column in form.columns]
    if lower.count(name.lower()) == 1:
        return lower.index(name.lower())
    known = ", ".join(form.columns)[:200]
    raise BadTable("no_column", path=path.name, column=name, columns=known)


def to_numbers(values: pd.Series) -> Floats:
    """Numbers as they are, text with a point or comma as decimal sign; NaN for the rest.

    Spaces between thousands, as spreadsheets write them, are no part of a number.
    """
    if not pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        text = values.astype(str).str.strip().str.replace("\u2212", "-", regex=False)
        grouped = text.str.fullmatch(_THOUSANDS)
        text = text.where(~grouped, text.str.replace(_SPACE, "", regex=True))
        values = pd.to_numeric(text.str.replace(",", ".", regex=False), errors="coerce")
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    return np.where(np.isfinite(numbers), numbers, np.nan)


def _pieces(path: Path, form: Form, *, as_text: bool = False) -> Iterator[pd.DataFrame]:
    words: dict[str, Any] = {"dtype": str, "keep_default_na": False} if as_text else {}
    with _opened(path), warnings.catch_warnings():
        warnings.simplefilter("error", pd.errors.ParserWarning)
        warnings.simplefilter("ignore", pd.errors.DtypeWarning)
        try:
            with pd.read_csv(
                path,
                sep=form.delimiter,
                encoding=form.encoding,
                encoding_errors="replace",
                header=None,
                names=list(range(len(form.columns))),
                skiprows=1,
                chunksize=_PIECE,
                **words,
            ) as pieces:
                yield from pieces
        except pd.errors.EmptyDataError:
            return
        except (pd.errors.ParserError, pd.errors.ParserWarning) as error:
            raise BadTable("rows_differ", path=path.name) from error


def _records(path: Path, form: Form) -> Iterator[tuple[int, list[str]]]:
    """Every row below the header, also empty ones, with the line that it begins on."""
    with _opened(path), path.open(encoding=form.encoding, newline="", errors="replace") as file:
        reader = csv.reader(file, delimiter=form.delimiter)
        next(reader)
        begins = reader.line_num + 1
        for row in reader:
            yield begins, row
            begins = reader.line_num + 1


@contextmanager
def _opened(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BadTable("missing", path=str(path)) from error
    except csv.Error as error:
        raise BadTable("rows_differ", path=path.name) from error


def _encoding(head: bytes) -> str:
    """UTF-16 with a mark, UTF-8 with or without one, else Windows' Western letters."""
    if head.startswith(_UTF_16):
        return "utf-16"
    # A letter may be cut in two at the end of what was read.
    decoder = io.TextIOWrapper(io.BytesIO(head[: head.rfind(b"\n") + 1] or head), "utf-8-sig")
    try:
        decoder.read()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _check_width(path: Path, columns: tuple[str, ...], row: str, delimiter: str) -> None:
    """A first row longer than the header: commas between columns and in numbers alike."""
    cells = next(csv.reader([row], delimiter=delimiter), [])
    if len(cells) > len(columns):
        raise BadTable("row_too_long", path=path.name, line=2)


def _codes(values: pd.Series) -> Ints:
    text = values.astype(str).str.strip()
    codes = pd.util.hash_array(text.to_numpy(dtype=object)).view(np.int64)
    codes[(values.isna() | (text == "")).to_numpy()] = -1
    return codes
