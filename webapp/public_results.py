"""Published figures in words and charts, the same for readers and for the staff's preview."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from flask_babel import gettext as _

from surveys.disclosure.tables import TableKind
from surveys.models.response import (
    DONT_KNOW,
    NO,
    NONE_VALUE,
    SCALE_VALUES,
    TEXT_VALUE,
    YES,
)
from surveys.queries.results.result_editions import ResultEditionView
from surveys.services.results.result_tables import CHANNELS, THEMES
from surveys.statistics.proportions import Proportion, estimate_share
from webapp.formatters import number, share_words
from webapp.words.result import class_words, table_title

# The series of a question: answers that may be added to one base.
_SERIES = (SCALE_VALUES, (YES, NO))
_OUTSIDE = (DONT_KNOW, TEXT_VALUE, NONE_VALUE)
_SCALE_PALETTE, _KEYED_PALETTE = "d", "k"


@dataclass(frozen=True, slots=True)
class Part:
    """A row: its words, how many, and their share of the base with its interval."""

    label: str
    found: Proportion
    color: str = ""  # the class of its part of a bar

    @property
    def n(self) -> int:
        """How many persons."""
        return self.found.count

    @property
    def share(self) -> float:
        """Their share of the base, 0 to 1."""
        return self.found.share


@dataclass(frozen=True, slots=True)
class Bar:
    """Rows that make up one base; ``label`` names a group or a series, else empty."""

    label: str
    n: int
    parts: tuple[Part, ...]

    @property
    def is_small(self) -> bool:
        """Whether there are too few for percentages."""
        return any(part.found.is_small for part in self.parts)


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """One table of the edition, with ``lead``: what it says in a sentence.

    ``bars`` for parts of a whole, ``rows`` where answers overlap.
    ``outside``: words and count of answers outside the bars; ``untold``: words of rows that too
    few gave; ``edition``: the earlier edition whose answers it counts, else None.
    """

    key: str
    kind: TableKind
    title: str
    question: str
    n: int
    lead: str = ""
    bars: tuple[Bar, ...] = ()
    rows: tuple[Part, ...] = ()
    outside: tuple[tuple[str, int], ...] = ()
    untold: tuple[str, ...] = ()
    edition: int | None = None
    has_rest: bool = False  # whether groups are told together


@dataclass(frozen=True, slots=True)
class DrawnResults:
    """All tables of an edition, in the page's language."""

    tables: tuple[DrawnTable, ...]
    has_older: bool


def draw_results(edition: ResultEditionView) -> DrawnResults:
    """The edition as pages and files show it."""
    tables = [table for told in edition.tables for table in draw_table(told, edition.number)]
    return DrawnResults(tuple(tables), any(table.edition for table in tables))


def draw_table(told: Mapping[str, Any], current: int) -> list[DrawnTable]:
    """One table of the edition ``current``; themes make two, what is wrong and what is wished."""
    kind = TableKind(told["kind"])
    common: dict[str, Any] = {
        "kind": kind,
        "title": table_title(told),
        "question": (told.get("question") or {}).get("wording", {}).get("sv", ""),
        "n": told["n"],
        "edition": told["edition"] if told["edition"] != current else None,
    }
    if kind is TableKind.ONE_WAY:
        return [_one_way(told, common)]
    if kind is TableKind.CROSSED:
        return [_crossed(told, common)]
    if told["key"] == THEMES:
        return [_several(told, common, ending) for ending in (":problem", ":wish")]
    return [_several(told, common)]


def _one_way(told: Mapping[str, Any], common: Mapping[str, Any]) -> DrawnTable:
    key = str(told["key"])
    rows = {tuple(row["codes"]): int(row["count"]) for row in told["rows"]}
    if key == CHANNELS or (told.get("question") or {}).get("kind") == "text":
        parts = {codes: n for codes, n in rows.items() if n}
        bars = [_bar("", key, parts, _KEYED_PALETTE)] if key == CHANNELS else []
        outside = [] if bars else [(class_words(key, told, c), n) for c, n in parts.items()]
        return DrawnTable(key, bars=tuple(bars), outside=tuple(outside), **common)
    found = []
    for codes in _SERIES:
        series = {row: n for row, n in rows.items() if set(row) <= set(codes)}
        if sum(series.values()):
            palette = _SCALE_PALETTE if codes is SCALE_VALUES else _KEYED_PALETTE
            found.append(_bar("", key, series, palette))
    others = [(row, n) for row, n in rows.items() if set(row) <= set(_OUTSIDE)]
    return DrawnTable(
        key,
        lead=_lead(rows),
        bars=tuple(found),
        outside=tuple((class_words(key, told, row), n) for row, n in others if n),
        untold=tuple(
            class_words(key, told, row) for row, n in others if not n and row != (TEXT_VALUE,)
        ),
        **common,
    )


def _lead(rows: Mapping[tuple[str, ...], int]) -> str:
    """How many feel unsafe and safe, or said yes: where the classes let it be said."""
    for codes, of, words in (
        (("2", "1"), SCALE_VALUES, _("%(share)s feel rather or very unsafe.")),
        (("5", "4"), SCALE_VALUES, _("%(share)s feel rather or very safe.")),
        ((YES,), (YES, NO), _("%(share)s answered yes.")),
    ):
        inside = [row for row in rows if set(row) & set(codes)]
        n = sum(count for row, count in rows.items() if set(row) <= set(of))
        if n and inside and all(set(row) <= set(codes) for row in inside):
            count = sum(rows[row] for row in inside)
            if count:
                return words % {"share": share_of(estimate_share(count, n))}
    return ""


def share_of(found: Proportion) -> str:
    """73 of 150 (49 %), and of a small base without the share."""
    counted = _("%(k)s of %(n)s", k=number(found.count), n=number(found.n))
    return counted if found.is_small else f"{counted}, {share_words(found)},"


def _bar(label: str, key: str, rows: Mapping[tuple[str, ...], int], palette: str) -> Bar:
    n = sum(rows.values())
    parts = []
    for number_in_bar, (row, count) in enumerate(rows.items(), start=1):
        shade = _shade(row) if palette == _SCALE_PALETTE else number_in_bar
        words = class_words(key, {}, row)
        parts.append(Part(words, estimate_share(count, n), f"{palette}{shade}"))
    return Bar(label, n, tuple(parts))


def _shade(row: Sequence[str]) -> int:
    """The colour of answers of the scale, 1 safe to 5 unsafe; of several the one nearer to 3."""
    places = [6 - int(code) for code in row]
    middle = sum(places) / len(places)
    return ceil(middle) if middle < len(SCALE_VALUES) / 2 else floor(middle)


def _crossed(told: Mapping[str, Any], common: Mapping[str, Any]) -> DrawnTable:
    key, rows = str(told["key"]), [tuple(row["codes"]) for row in told["rows"]]
    palette = _SCALE_PALETTE if set(rows[0]) <= set(SCALE_VALUES) else _KEYED_PALETTE
    bars = []
    for i, column in enumerate(told["columns"]):
        counts = {row: told["rows"][j]["counts"][i] for j, row in enumerate(rows)}
        words = class_words(key, told, column["codes"])
        bars.append(_bar(words, str(told["of"]), counts, palette))
    has_rest = any(len(column["codes"]) > 1 for column in told["columns"])
    return DrawnTable(key, bars=tuple(bars), has_rest=has_rest, **common)


def _several(told: Mapping[str, Any], common: Mapping[str, Any], ending: str = "") -> DrawnTable:
    key, n = str(told["key"]), int(told["n"])
    shown, untold = [], []
    for row in told["rows"]:
        if not row["codes"][0].endswith(ending):
            continue
        words = class_words(key, row, row["codes"])
        if row["count"] is None:
            untold.append(words)
        else:
            shown.append(Part(words, estimate_share(row["count"], n)))
    shown.sort(key=lambda part: (-part.n, part.label))
    title = table_title(told, ending)
    return DrawnTable(key, rows=tuple(shown), untold=tuple(untold), **{**common, "title": title})


def file_rows(drawn: DrawnResults, edition: ResultEditionView) -> Iterable[Sequence[str]]:
    """The rows of the CSV file after its head: the numbers of the page, in its words.

    Table, group, answer, count, of how many, share, low, high, edition. A count that is too small
    to tell is empty, and says so beside it.
    """
    for table in drawn.tables:
        about = (table.title, table.edition or edition.number)
        for bar in table.bars:
            for part in bar.parts:
                yield _file_row(about, bar.label, part.label, part.found)
        for part in table.rows:
            yield _file_row(about, "", part.label, part.found)
        for words, n in table.outside:
            yield _file_row(about, "", words, estimate_share(n, table.n))
        for words in table.untold:
            told = _("too few to be told")
            yield (about[0], "", words, "", "", "", "", "", str(about[1]), told)


def _file_row(
    about: tuple[str, int], group: str, answer: str, found: Proportion
) -> tuple[str, ...]:
    shares = (found.share, found.low, found.high)
    decimals = ("",) * 3 if found.is_small else tuple(f"{value:.4f}" for value in shares)
    return (about[0], group, answer, str(found.count), str(found.n), *decimals, str(about[1]), "")
