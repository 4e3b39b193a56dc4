"""Comparisons as they are drawn: dots with intervals, and the table with the same numbers."""

from dataclasses import dataclass

from flask_babel import gettext as _

from surveys.queries.results.comparison import ComparedMeasure, ComparedRow, Comparison
from surveys.queries.results.rounds import Round, RoundChannel, Series, SeriesPoint, Told
from surveys.statistics.proportions import Proportion
from webapp.formatters import EN_DASH, day_range, number, share
from webapp.labels import label
from webapp.words.round import (
    BREAKS,
    difference_words,
    heading_of,
    p_words,
    row_words,
    test_words,
    told_words,
    verdict_words,
    why_not_words,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot with its interval, between 0 and 1, where ``is_drawn``; ``words`` say the same."""

    words: str
    is_drawn: bool = False
    share: float = 0.0
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """One answer twice: the hollow dot, the filled one, and what the two say."""

    label: str
    first: Mark
    second: Mark
    note: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One question or family as it stands on the page. ``breaks`` say why it is not compared."""

    id: str
    heading: str
    is_finding: bool
    wordings: tuple[str, ...]  # two where they differ
    ns: tuple[str, str]
    breaks: tuple[str, ...]
    why_not: str  # what holds for each row, told once
    pairs: tuple[Pair, ...]
    rows: tuple[tuple[str, ...], ...]  # of the table
    is_family: bool
    is_tested: bool  # some row has a p-value


@dataclass(frozen=True, slots=True)
class Point:
    """One round of a series: where it stands, and why no line leads to it."""

    when: str
    title: str
    mark: Mark
    is_joined: bool  # a line leads here from the point before
    breaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeriesFigure:
    """A question over its rounds; ``top`` is the upper end of the axis, in tenths."""

    id: str
    wording: str
    answer: str
    points: tuple[Point, ...]
    top: int


def round_rows(found: Comparison) -> list[list[str]]:
    """What the rounds are: the words, the earlier and the later."""
    both = (found.earlier, found.later)
    rows = (
        (_("Period"), [_period(each) for each in both]),
        (_("Season"), [label(each.season) for each in both]),
        (_("Who was asked"), [label(each.sampling) for each in both]),
        (_("Answers"), [_n(each.n_respondents) for each in both]),
        (_("Ways"), [_ways(each.channels) for each in both]),
    )
    return [[first, *rest] for first, rest in rows]


def panel(measure: ComparedMeasure) -> Panel:
    """A question or a family with what is drawn, said and tabled of it."""
    heading = heading_of(measure)
    reasons = {row.why_not for row in measure.rows}
    common = reasons.pop() if len(reasons) == 1 and not measure.breaks else None
    wordings = (
        measure.wordings if measure.wordings[0] != measure.wordings[1] else measure.wordings[1:]
    )
    return Panel(
        id=measure.measure,
        heading=heading,
        is_finding=bool(measure.code) and heading != measure.wordings[1],
        wordings=tuple(text for text in wordings if text),
        ns=(_n(measure.n_earlier), _n(measure.n_later)),
        breaks=tuple(str(BREAKS[each]) for each in measure.breaks),
        why_not=why_not_words(common, measure.measure) if common else "",
        pairs=tuple(_pair(row, "" if common else verdict_words(row)) for row in measure.rows),
        rows=tuple(_table_row(row, is_family=measure.code is None) for row in measure.rows),
        is_family=measure.code is None,
        is_tested=any(row.difference is not None for row in measure.rows),
    )


def series_figure(series: Series) -> SeriesFigure:
    """A series with its axis; a line leads only from a drawn point to a drawn one."""
    points: list[Point] = []
    for point in series.points:
        mark = _series_mark(point)
        joined = bool(points) and points[-1].mark.is_drawn and mark.is_drawn and not point.breaks
        points.append(
            Point(
                when=_when(point, series),
                title=point.title,
                mark=mark,
                is_joined=joined,
                breaks=tuple(str(BREAKS[each]) for each in point.breaks),
            )
        )
    highest = max((point.mark.high for point in points), default=0.0)
    top = max(1, min(10, int(highest * 10) + 1))
    return SeriesFigure(series.code, series.wording, row_words(series.key), tuple(points), top)


def _when(point: SeriesPoint, series: Series) -> str:
    """The year that a round opened in, with the month where that year had several."""
    years = [each.opens_at.year for each in series.points]
    year = point.opens_at.year
    return str(year) if years.count(year) == 1 else f"{point.opens_at:%Y-%m}"


def mark_of(found: Proportion | None, words: str) -> Mark:
    """A measured share as a dot, where its base carries a percentage."""
    if found is None or found.is_small:
        return Mark(words)
    return Mark(words, True, found.share, found.low, found.high)


def _series_mark(point: SeriesPoint) -> Mark:
    if point.is_yes_no:
        return Mark(_("yes or no"))
    return _mark(point.told)


def _mark(each: Told) -> Mark:
    return mark_of(each.share, told_words(each))


def _pair(row: ComparedRow, note: str) -> Pair:
    return Pair(row_words(row.key, row.title), _mark(row.earlier), _mark(row.later), note)


def _table_row(row: ComparedRow, *, is_family: bool) -> tuple[str, ...]:
    found = row.difference
    cells = [row_words(row.key, row.title), *map(_table_share, (row.earlier, row.later))]
    if found is None:
        return (*cells, EN_DASH, EN_DASH, *([EN_DASH] if is_family else []))
    p_value = f"{p_words(found.p_value)} ({test_words(found.test)})"
    by_holm = [p_words(row.adjusted_p)] if is_family and row.adjusted_p is not None else []
    return (*cells, difference_words(found, 1), p_value, *by_holm)


def _table_share(each: Told) -> str:
    """Count, base and share with its interval."""
    if each.share is None or each.share.is_small:
        return told_words(each)
    of = _("%(k)s of %(n)s", k=number(each.share.count), n=number(each.share.n))
    return f"{of}, {told_words(each)}"


def _n(n: int | None) -> str:
    return number(n) if n is not None else _("not shown")


def _period(each: Round) -> str:
    if each.first_on is None or each.last_on is None:
        return day_range(each.opens_at, each.closes_at)
    return day_range(each.first_on, each.last_on)


def _ways(channels: tuple[RoundChannel, ...]) -> str:
    said = []
    for way in channels:
        part = share(way.share) if way.share is not None else _("not shown")
        said.append(f"{label(way.channel)} {part}")
    return ", ".join(said) or EN_DASH
