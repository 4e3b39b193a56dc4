"""What the dates of a text bound: the latest day, the span of the work, the days it names."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from surveys.schedule.calendar_times import Time, Times, month_end
from surveys.schedule.periods import Window

YEAR_NOT_SAID = "year_not_said"
RELATIVE = "relative_date"
FROM_SIGNING = "from_signing"
NO_LATEST_DAY = "no_latest_day"

_DAY = timedelta(days=1)
_WITHIN = (
    r"(?P<within>(?:slutet|utgången|början|mitten) av )?(?:år |månad |period )?(?P<mark>§[a-z])"
)
_SMALL = r"(?:(?:den|i|under|vid|för|till|på|av) )*"
_LATEST = re.compile(
    rf"\b(?:(?P<word>senast|före)\b[^.;§]{{0,40}}?"
    rf"|(?P<until>fram till|till och med|till|inför)\s*{_SMALL}"
    rf"|(?:klart?|klara|färdig\w*|slutför\w*|avsluta\w*)\s*(?:senast )?{_SMALL}){_WITHIN}"
)
_UNTIL = re.compile(rf"\b(?:till och med|fram till|längst till)\s*{_SMALL}{_WITHIN}")
_FROM = re.compile(
    r"\b(?P<word>från och med|från|sedan|tidigast|med start|start|startar|börjar|efter)\s*"
    rf"{_SMALL}{_WITHIN}"
)
_PART = re.compile(_WITHIN.replace("av )?", "av )"))
_RELATIVE = re.compile(
    r"\binom (?:högst |ca )?(?:\d+|en|ett) (?:dag|dagar|vecka|månad|kvartal|termin|halvår|år"
    r"|timm(?:e|ar)|arbetsdag(?:ar)?)\b"
    r"|\b(?:vid|efter|inför|till och med|till|senast) \w+s slut\b|\befter (?:avslutad )?period\b"
    r"|\b(?:när|då) period är (?:slut|avslutad|över)\b"
    r"|\b(?:snarast|omgående|omedelbart|skyndsamt|så (?:snart|fort) som möjligt|asap"
    r"|as soon as possible)\b"
    r"|\b(?:före|till|inför|senast) (?:påsk|semester|midsommar|pingst)\w*"
    r"|\befter (?:\d+|en|ett) (?:vecka|månad|halvår|år)\b"
    r"|\b(?:vid|till|på) nästa\b|\bsenast (?:\d+|en|ett) (?:dag|vecka|månad|år)\b"
)
_SIGNING = re.compile(r"\b(?:teckn|underteckn|signer|påskrift|signing|signed)\w*")
_LENGTH = re.compile(r"\b(?:\d+|en|ett) (?:\(\d+\) )?(?:år|månad)\b")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the dates of a text say about its time. ``times`` keeps those that bound nothing."""

    times: Times
    first: date | None = None
    last: date | None = None
    is_deadline: bool = False  # the text says "no later than"
    days: tuple[date, ...] = ()  # single days that it names
    spans: bool = False  # it names a span, with or without a year
    notes: tuple[str, ...] = ()


def find_bounds(times: Times, window: Window | None) -> Bounds:
    """Read deadlines and spans off ``times``. A day without a year is the only one in ``window``.

    Times without a year stay for the recurrences as well: "i september varje år" is no bound.
    """
    bounds = _signing(Bounds(times))
    for take in (_take_latest, _take_from, _take_parts):
        bounds = take(bounds, window)
    bounds = _take_dated(bounds)
    return _relative(bounds)


def settle_yearless(bounds: Bounds, window: Window | None) -> Bounds:
    """The times left without a year as bounds of their own, where no recurrence wanted them."""
    times = [bounds.times.at(mark) for mark in _marks(bounds.times.text)]
    yearless = [time for time in times if not time.has_year]
    if not yearless:
        return bounds
    settled = [_in_window(time, window) for time in yearless]
    dated = [time for time in settled if time.first is not None and time.last is not None]
    if len(dated) < len(yearless):
        bounds = _noted(bounds, YEAR_NOT_SAID)
    days = tuple(t.first for t in dated if t.is_day and t.first is not None)
    spans = bounds.spans or any(not time.is_day for time in yearless)
    last = max((t.last for t in dated if t.last is not None and not t.is_day), default=bounds.last)
    return replace(
        bounds,
        days=bounds.days + days,
        spans=spans,
        last=bounds.last or last,
        is_deadline=bounds.is_deadline or any(time.is_day for time in yearless),
    )


def _take_latest(bounds: Bounds, window: Window | None) -> Bounds:
    match = _LATEST.search(bounds.times.text)
    if match is None or _is_each_year(bounds.times, match):
        return bounds
    time = _in_window(bounds.times.at(match["mark"]), window)
    last = _end_of(time, match["within"])
    # "Klart till sommaren" is before it begins; "till den 1 mars" takes in the day.
    is_before = match["word"] == "före" or re.search(r"\b(?:till|inför) \S*$", match[0])
    if match["word"] is None and not time.is_season:
        is_before = False
    if is_before and match["within"] is None and time.first is not None:
        last = time.first - _DAY
    is_deadline = _UNTIL.match(match[0]) is None
    bounds = _without(bounds, match)
    bounds = replace(bounds, last=last, is_deadline=is_deadline, spans=not is_deadline)
    return bounds if last else _noted(bounds, YEAR_NOT_SAID)


def _take_from(bounds: Bounds, window: Window | None) -> Bounds:
    match = _FROM.search(bounds.times.text)
    if match is None or _is_each_year(bounds.times, match):
        return bounds
    time = _in_window(bounds.times.at(match["mark"]), window)
    first = time.first
    if match["word"] == "efter" and time.last is not None:
        first = time.last + _DAY
    bounds = replace(_without(bounds, match), first=first, spans=True)
    if first is None:
        bounds = _noted(bounds, YEAR_NOT_SAID)
    return bounds if bounds.last else _noted(bounds, NO_LATEST_DAY)


def _take_parts(bounds: Bounds, window: Window | None) -> Bounds:
    """ "I början av 2024": a third of it; the end and the middle likewise."""
    match = _PART.search(bounds.times.text)
    if match is None:
        return bounds
    time = _in_window(bounds.times.at(match["mark"]), window)
    last = _end_of(time, match["within"])
    bounds = replace(_without(bounds, match), spans=True, last=bounds.last or last)
    return bounds if last else _noted(bounds, YEAR_NOT_SAID)


def _take_dated(bounds: Bounds) -> Bounds:
    times = [bounds.times.at(mark) for mark in _marks(bounds.times.text)]
    days = tuple(t.first for t in times if t.first is not None and t.is_day)
    spans = [t for t in times if t.has_year and not t.is_day]
    firsts = [t.first for t in spans if t.first is not None]
    lasts = [t.last for t in spans if t.last is not None]
    return replace(
        bounds,
        days=days,
        spans=bounds.spans or bool(spans),
        first=bounds.first or min(firsts, default=None),
        last=bounds.last or max(lasts, default=None),
    )


def _relative(bounds: Bounds) -> Bounds:
    if bounds.last is None and _RELATIVE.search(bounds.times.text):
        return _noted(replace(bounds, is_deadline=True), RELATIVE)
    return bounds


def _signing(bounds: Bounds) -> Bounds:
    text = bounds.times.text
    if not (_SIGNING.search(text) and _LENGTH.search(text)):
        return bounds
    return _noted(replace(bounds, spans=True), FROM_SIGNING)


def _end_of(time: Time, within: str | None) -> date | None:
    if time.first is None or time.last is None:
        return None
    thirds = {"början": 1, "mitten": 2}.get((within or "").split(" ")[0], 3)
    if time.months == () and time.first.month == 1 and time.last.month == 12:
        return month_end(time.last.year, 4 * thirds)
    days = (time.last - time.first).days + 1
    return time.first + timedelta(days=days * thirds // 3 - 1)


def _in_window(time: Time, window: Window | None) -> Time:
    """The time with its year, where only one of its kind touches the window."""
    if time.has_year or window is None:
        return time
    years = range(window.starts_on.year - 1, window.ends_on.year + 1)
    touching = [t for y in years if (t := _of_year(time, y)) and _touches(t, window)]
    return touching[0] if len(touching) == 1 else time


def _of_year(time: Time, year: int) -> Time | None:
    try:
        return time.in_year(year)
    except ValueError:  # 29 February, week 53
        return None


def _touches(time: Time, window: Window) -> bool:
    if time.first is None or time.last is None:
        return False
    return time.first <= window.ends_on and time.last >= window.starts_on


def _is_each_year(times: Times, match: re.Match[str]) -> bool:
    """ "Senast 15 mars varje år" comes back each year: a recurrence, and no bound."""
    is_yearless = not times.at(match["mark"]).has_year
    return is_yearless and re.search(r"\bvarje (?:år|§)|\bårligen\b", times.text) is not None


def _marks(text: str) -> list[str]:
    return re.findall(r"§[a-z]", text)


def _without(bounds: Bounds, match: re.Match[str]) -> Bounds:
    text = bounds.times.text
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    return replace(bounds, times=replace(bounds.times, text=re.sub(r"\s+", " ", rest).strip()))


def _noted(bounds: Bounds, note: str) -> Bounds:
    return replace(bounds, notes=(*bounds.notes, note))
