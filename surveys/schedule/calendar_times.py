"""Dates and spans of time as they are written: found in a text, joined into ranges and lists."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from surveys.schedule.periods import add_months
from surveys.schedule.words_lexicon import MONTHS, OCCASION, ORDINALS, SEASONS

NO_SUCH_DAY = "¤"
MOST_WEEKS = 53  # of an ISO year
_A_LEAP_YEAR = 2024
_YEAR = r"(?<![\d.,:/])(?:19[5-9]\d|20\d\d)(?![\d:]|[.,]\d)"
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_SEASON = rf"(?P<season>{'|'.join(SEASONS)}|vår(?:en)?|sommar|höst|vinter)"
_THE_YEAR = r"(?:(?<!per )(?<!/ )(?<!varje )(?<!om )\bår )?"  # "2 gånger per år 2022" is per year
_BARE_SEASON = r"(?P<season>vår|sommar|höst|vinter)"
_ISO_MONTH, _ISO_DAY = r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12]\d|3[01])"
_DAY = r"(?<![\d§.,:])(?P<day>0?[1-9]|[12]\d|3[01])(?::e)?"
_ORDINAL = r"(?P<nth>[1-4](?::e)?|första|andra|tredje|fjärde)"
_OF_YEAR = rf"(?:,? (?:år )?(?P<year>{_YEAR}))"


@dataclass(frozen=True, slots=True)
class Time:
    """A named day or span. Without a year ``first`` and ``last`` are None and the rest says when.

    ``months`` in order of time (winter is 12, 1, 2); ``day`` a day of the only month; ``from_day``
    and ``to_day`` what a span takes of its first and last month; ``week`` an ISO week, or the
    first of several.
    """

    first: date | None = None
    last: date | None = None
    months: tuple[int, ...] = ()
    day: int | None = None
    from_day: int | None = None
    to_day: int | None = None
    week: int | None = None
    last_week: int | None = None  # of a span of weeks
    is_season: bool = False

    @property
    def is_day(self) -> bool:
        return self.day is not None or (self.first is not None and self.first == self.last)

    @property
    def has_year(self) -> bool:
        return self.first is not None

    def in_year(self, year: int) -> "Time":
        """The same time of ``year``; ValueError where there is no such day."""
        if self.week is not None:
            monday = date.fromisocalendar(year, self.week, 1)
            end = date.fromisocalendar(year, self.last_week or self.week, 7)
            return replace(self, first=monday, last=end)
        start = date(year, self.months[0], self.day or self.from_day or 1)
        if self.day is not None:
            return replace(self, first=start, last=start)
        wraps = self.months[-1] < self.months[0]
        end = month_end(year + wraps, self.months[-1])
        return replace(
            self, first=start, last=end.replace(day=min(self.to_day or end.day, end.day))
        )


@dataclass(frozen=True, slots=True)
class Times:
    """``text`` has "§a", "§b" … in the places of ``found``, and NO_SUCH_DAY for 30 February."""

    text: str
    found: tuple[Time, ...]

    def at(self, mark: str) -> Time:
        """The time that ``mark`` ("§a") stands for."""
        return self.found[ord(mark[-1]) - ord("a")]


def month_end(year: int, month: int) -> date:
    """The last day of the month."""
    return add_months(date(year, month, 1), 1) - timedelta(days=1)


def _day(match: re.Match[str]) -> Time:
    parts = match.groupdict()
    named = parts["month"]
    month = MONTHS.get(named) or int(named)
    return _dated(Time(months=(month,), day=int(parts["day"])), parts.get("year"))


def _month(match: re.Match[str]) -> Time:
    named = match["month"]
    return _dated(Time(months=(MONTHS.get(named) or int(named),)), match["year"])


def _season(match: re.Match[str]) -> Time:
    name = match["season"]
    months = next(months for season, months in SEASONS.items() if season.startswith(name[:3]))
    return _dated(Time(months=months, is_season=True), match["year"])


def _part(step: int) -> Callable[[re.Match[str]], Time]:
    """Quarters, tertials and halves: the nth ``step`` months of a year."""

    def build(match: re.Match[str]) -> Time:
        number = ORDINALS.get(match["nth"]) or int(match["nth"][0])
        months = tuple(range(step * (number - 1) + 1, step * number + 1))
        return _dated(Time(months=months), match["year"])

    return build


def _term(match: re.Match[str]) -> Time:
    months = tuple(range(1, 7)) if match["term"].startswith("v") else tuple(range(8, 13))
    return _dated(Time(months=months), match["year"])


def _week(match: re.Match[str]) -> Time:
    week = int(match["week"])
    if match["year"] is None and 1 <= week <= MOST_WEEKS:
        return Time(week=week)
    return _dated(Time(week=week), match["year"])


def _turn(match: re.Match[str]) -> Time:
    return _dated(Time(months=(12,), day=31), match["year"])


def _year(match: re.Match[str]) -> Time:
    year = int(match["year"])
    return Time(date(year, 1, 1), date(year, 12, 31))


def _years(match: re.Match[str]) -> Time | None:
    first = int(match["year"])
    last = int(match["end"] or match["year"][:2] + match["last"])
    return Time(date(first, 1, 1), date(last, 12, 31)) if first < last else None


def _dated(time: Time, year: str | None) -> Time:
    """``time`` in ``year``, where one is said; ValueError for 30 February and its like."""
    if year and len(year) == len("23"):
        year = f"20{year}"
    dated = time.in_year(int(year) if year else _A_LEAP_YEAR)
    return dated if year else time


# In order: what is longer is found first, so that "2023-02-06" is no year followed by numbers.
_PATTERNS: tuple[tuple[str, Callable[[re.Match[str]], Time | None]], ...] = (
    (rf"(?P<year>{_YEAR})[-./]{_ISO_MONTH}[-./]{_ISO_DAY}(?!\d)", _day),
    (rf"(?<!\d)(?P<year>20\d\d){_ISO_MONTH}{_ISO_DAY}(?!\d)", _day),
    (r"(?<![\d.])(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./ -]+(?P<year>(?:19|20)\d\d)(?!\d)", _day),
    (r"(?<![\d.])(?P<day>\d{1,2})/(?P<month>\d{1,2}) ?[- ] ?(?P<year>\d\d)(?![\d/])", _day),
    (rf"(?:den )?{_DAY} {_MONTH}{_OF_YEAR}?", _day),
    (rf"{_MONTH} (?P<day>0?[1-9]|[12]\d|3[01])(?::e)?(?!\d|[.:]\d){_OF_YEAR}?", _day),
    (r"(?:(?<=den )|(?<=senast )|(?<=före )|(?<=till )|(?<=från )|(?<=klart )|^)(?P<day>\d{1,2})/"
     r"(?P<month>1[0-2]|0?[1-9])(?![/\d]|(?<=24/7))", _day),
    (rf"\b(?:vid )?årsskiftet(?: (?P<year>{_YEAR})(?:[/-]\d{{2,4}})?)?", _turn),
    (rf"\b(?P<term>vt|ht|(?:vår|höst) ?terminen?)(?:[, -]{{1,2}}(?P<year>{_YEAR}|\d\d\b))?",
     _term),
    (rf"(?P<year>{_YEAR}),? (?:kvartal|q) (?P<nth>[1-4])(?!\d)", _part(3)),
    (rf"(?P<year>{_YEAR}),? (?:vecka|v) (?P<week>\d{{1,2}})(?!\d|[.:]\d)", _week),
    (rf"\b{_ORDINAL} kvartal{_OF_YEAR}?", _part(3)),
    (rf"\b(?:kvartal|q) (?P<nth>[1-4])(?!\d){_OF_YEAR}?", _part(3)),
    (rf"\b(?:{_ORDINAL} tertial){_OF_YEAR}?", _part(4)),
    (rf"\b(?:tertial|t) (?P<nth>[1-3])(?!\d){_OF_YEAR}?", _part(4)),
    (rf"\b(?P<nth>[12](?::e)?|första|andra) halvår{_OF_YEAR}?", _part(6)),
    (rf"\b(?:halvår|h) (?P<nth>[12])(?!\d){_OF_YEAR}?", _part(6)),
    (rf"\b(?:vecka|v) (?P<week>\d{{1,2}})(?!\d|[.:]\d){_OF_YEAR}?", _week),
    (rf"\bvintern (?P<year>{_YEAR})[/-]\d{{2,4}}", lambda m: _dated(
        Time(months=(12, 1, 2), is_season=True), m["year"])),
    (rf"\b{_SEASON} (?P<year>{_YEAR})", _season),
    (rf"\b(?P<season>{'|'.join(SEASONS)})\b(?P<year>)", _season),
    (rf"(?:(?<=varje )|(?<=varannan )){_BARE_SEASON}\b(?P<year>)", _season),
    (rf"\b{_BARE_SEASON}(?= ?(?:och|/|samt|eller|,) (?:vår|sommar|höst|vinter|§))(?P<year>)",
     _season),
    (rf"(?:(?<=§. och )|(?<=§. / )|(?<=§. samt )){_BARE_SEASON}\b(?P<year>)", _season),
    (rf"\b{_MONTH}(?: månad)?{_OF_YEAR}?(?![^\W\d_])", _month),
    (rf"(?P<year>{_YEAR})-{_ISO_MONTH}(?![\d-])", _month),
    (rf"{_THE_YEAR}(?P<year>{_YEAR}|20\d\d(?=[-/]20))"
     r"(?: ?[-/] ?(?P<end>20\d\d)|[-/](?P<last>\d\d))(?![\d-])",
     _years),
    (rf"{_THE_YEAR}(?P<year>{_YEAR})(?!-\d| ?(?:%|{OCCASION}))", _year),
)  # fmt: skip
PATTERNS = tuple((re.compile(pattern), build) for pattern, build in _PATTERNS)
_MOST_TIMES = 26  # marks are letters; a text with more dates is no schedule

_DAY_RANGE = re.compile(
    rf"(?<![\d.,:])(\d{{1,2}})(?::e)? ?(?:-|till) ?(?=\d{{1,2}}(?::e)? (?:{'|'.join(MONTHS)}))"
)
_RANGE = re.compile(
    r"(?:\bmellan |\bfrån och med |\bfrån )?(§[a-z]) ?"
    r"(?:-|till och med|till|och|,|to) ?(?:den |år )?(§[a-z])"
)
_EITHER = re.compile(r"(§[a-z]) ?/ ?(§[a-z])")  # "hösten/vintern 2021"
_ONWARDS = re.compile(r"(§[a-z]) (?:och )?(?:framåt|framöver|därefter|onwards)\b")
_NUMBER_LIST = re.compile(
    r"\b(vecka|v|kvartal|q|tertial) (\d{1,2}(?:(?:, ?| och | samt )\d{1,2}\b(?![.:/]))+)"
)
_YEAR_LIST = re.compile(
    rf"\b({'|'.join([*SEASONS, *MONTHS])}) ({_YEAR})(, | och | samt )(?={_YEAR})"
)
_SPANS = re.compile(r"\b(vecka|v|kvartal|q|tertial) (\d{1,2}) ?- ?(?=\d{1,2}\b(?! ?%))")
_YEAR_FIRST = re.compile(
    r"\b(20\d\d),? (kvartal|q|vecka|v) (\d{1,2}) ?- ?(?:kvartal |q |vecka |v )?(\d{1,2})\b"
)


def find_times(text: str) -> Times:
    """Every day, month, season, week and year in ``text`` (normalised), each behind a mark."""
    found: list[Time] = []
    text = _spelled_out(text)
    for pattern, build in PATTERNS:
        text = pattern.sub(partial(_mark, build=build, found=found), text)
    return _join(Times(text, tuple(found)))


def _spelled_out(text: str) -> str:
    """ "Vecka 7, 12 och 44", "1-15 maj", "sommaren 2022 och 2023": each part with its own name."""
    text = _SPANS.sub(r"\1 \2 - \1 ", _YEAR_FIRST.sub(r"\2 \3-\4 \1", text))
    text = _NUMBER_LIST.sub(lambda match: re.sub(r"(\d+)", rf"{match[1]} \1", match[2]), text)
    while (listed := _YEAR_LIST.sub(r"\1 \2\3\1 ", text, count=1)) != text:
        text = listed
    return _DAY_RANGE.sub(_with_month_of_the_end, text)


def _with_month_of_the_end(match: re.Match[str]) -> str:
    following = re.search("|".join(MONTHS), match.string[match.end() :])
    return f"{match[1]} {following[0]} - " if following else match[0]


def _mark(
    match: re.Match[str], build: Callable[[re.Match[str]], Time | None], found: list[Time]
) -> str:
    try:
        time = build(match) if len(found) < _MOST_TIMES else None
    except ValueError:
        return NO_SUCH_DAY
    if time is None:
        return match[0]
    found.append(time)
    return f"§{chr(ord('a') + len(found) - 1)}"


def _join(times: Times) -> Times:
    """Ranges ("§a-§b") and alternatives ("§a/§b") become one time behind the first mark."""
    found = list(times.found)

    def join(match: re.Match[str]) -> str:
        joined = _between(times.at(match[1]), times.at(match[2]))
        is_list = re.search(r" och §| och den |,|/", match[0]) and "mellan" not in match[0]
        if "/" in match[0] and times.at(match[2]).has_year:
            is_list = None
        if joined is None or (is_list and not _are_neighbours(match, times)):
            if is_list:
                found[ord(match[1][1]) - ord("a")] = _with_year_of(times, match)
            return match[0]
        found[ord(match[1][1]) - ord("a")] = joined
        return match[1]

    text = _EITHER.sub(join, _RANGE.sub(join, _ONWARDS.sub(r"från \1", times.text)))
    joined = Times(text, tuple(found))
    # "2022, 2023 och 2024": the first two are one now, with a neighbour of their own.
    return joined if text == times.text else _join(joined)


def _with_year_of(times: Times, match: re.Match[str]) -> Time:
    """ "Mars och oktober 2023": both are of 2023."""
    first, second = times.at(match[1]), times.at(match[2])
    if first.has_year or second.first is None or first.is_day != second.is_day:
        return first
    return _before(first, second.first)


def _are_neighbours(match: re.Match[str], times: Times) -> bool:
    """Whether "2022 och 2023" names one span, as two days or two separate months do not."""
    first, second = times.at(match[1]), times.at(match[2])
    if first.last is None or second.first is None:
        return False
    return not first.is_day and first.last + timedelta(days=1) == second.first


def _between(start: Time, end: Time) -> Time | None:
    if start.week is not None and end.week is not None and not end.has_year:
        return replace(start, last_week=end.week) if start.week < end.week else None
    if not start.has_year and end.first is not None:
        start = _before(start, end.first)
    if start.first is not None and end.last is not None:
        return Time(start.first, end.last) if start.first <= end.last else None
    if start.day is not None and end.day is not None and not start.has_year:
        return _between_days(start, end)
    if start.is_day or end.is_day or not (start.months and end.months):
        return None
    if start.has_year:
        return None
    return Time(months=_months_between(start.months[0], end.months[-1]))


def _between_days(start: Time, end: Time) -> Time | None:
    """ "1 maj-15 september", of any year."""
    if start.months == end.months and (start.day or 0) >= (end.day or 0):
        return None
    months = _months_between(start.months[0], end.months[0])
    return Time(months=months, from_day=start.day, to_day=end.day)


def _before(start: Time, end: date) -> Time:
    dated = start.in_year(end.year)
    return dated if dated.first is not None and dated.first <= end else start.in_year(end.year - 1)


def _months_between(first: int, last: int) -> tuple[int, ...]:
    count = (last - first) % 12 + 1
    return tuple((first - 1 + n) % 12 + 1 for n in range(count))
