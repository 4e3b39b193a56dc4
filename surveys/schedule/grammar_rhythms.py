"""Recurrences in words: weekdays, "varannan vecka", "första måndagen i varje månad", months."""

import re
from dataclasses import dataclass, replace
from datetime import time

from surveys.schedule.calendar_times import Time, Times
from surveys.schedule.grammar_counts import ADVERBS
from surveys.schedule.recurrence import Rhythm, Rule
from surveys.schedule.words_lexicon import MONTHS, ORDINALS, UNITS, WEEKDAYS

_ALL_DAYS = tuple(WEEKDAYS.values())
_WORKDAYS, _WEEKEND = _ALL_DAYS[:5], _ALL_DAYS[5:]
_DAY = "|".join(WEEKDAYS)
_UNIT = "|".join(UNITS)
_NTH = r"näst sista|\d{1,2}:e|" + "|".join(ORDINALS)
_ALL_MONTHS = tuple(MONTHS.values())
_SUMMER_PAUSE = (7,)  # the pause that leaves eleven monthly meetings of twelve
_QUARTER_STARTS, _QUARTER_ENDS = (1, 4, 7, 10), (3, 6, 9, 12)
_WEEKS_OF_YEAR = 53
_WEEKS_OF_MONTH = (-2, -1, 1, 2, 3, 4, 5)

_EXCEPT = re.compile(
    r"(?P<word>\b(?:utom|förutom|bortsett från|med undantag (?:av|för)|exklusive|uppehåll\w*"
    r"|\w+uppehåll|paus\w*|ledigt|inte under|inte i|ej under|ej i|ej (?=§)|inte (?=§)))"
    r"(?P<rest>[^.;)]*)"
)
_EXCEPT_DAYS = re.compile(rf"\b(?:utom|förutom|ej|inte|exklusive) (?:på )?(?P<day>{_DAY}|helger)\b")
_SUMMER = re.compile(r"sommar|semester|industrisemester")
_EITHER = re.compile(rf"\b(?:{_DAY})-? eller (?:{_DAY})\b")
_RANGE = re.compile(rf"\b({_DAY})-? ?(?:-|till och med|till)-? ?({_DAY})\b")
_DAYS = re.compile(rf"\b({_DAY})\b")
_DAY_OF_DATE = re.compile(rf"(?<!varje )\b(?:{_DAY}) (?:den )?(?=(?P<mark>§[a-z]))")
_WORKDAY = re.compile(r"\bvardagar\b|\b(?:varje|helgfria?) (?:helgfri )?(?:vardag|arbetsdag)\w*")
_WEEKENDS = re.compile(r"\bhelger\b|\bvarje helg\b")
_NTH_DAY = re.compile(
    rf"(?<!var )(?<!vart )\b(?P<first>{_NTH})(?:(?:,| och| samt) (?P<second>{_NTH}))?"
    rf" (?P<day>{_DAY}|vardag|arbetsdag)\w*"
    rf"(?: (?:(?:i|per|av|under|varje) )+(?P<unit>månad|kvartal|år))?"
)
_VAR_NTH_DAY = re.compile(
    rf"\bvar (?P<first>{_NTH})(?P<second>) (?P<day>{_DAY}) (?:i|per|varje) (?P<unit>månad)"
)
_MONTH_DAY = re.compile(
    r"(?:\bden (?P<plain>\d{1,2})|\b(?P<nth>\d{1,2}):e|\b(?P<last>sista))"
    r"(?:,? och (?P<also>\d{1,2})(?::e)?)?(?: dag)? (?:(?:i|per|av|varje) )+månad"
)
_EVERY_NTH = re.compile(
    rf"\b(?:(?P<second>varannan|vartannat)|vart? (?P<nth>{_NTH}))\.? (?P<what>{_UNIT}|{_DAY})\b"
)
_EVERY = re.compile(rf"(?:\b(?:varje|per|respektive)|/) ?(?P<unit>{_UNIT})\b(?! \d)")
_ADVERB = re.compile(rf"\b(?P<adverb>{'|'.join(ADVERBS)})\b")
_EVERY_TIME = re.compile(r"\b(?P<word>varje|varannan) (?P<mark>§[a-z])")
_PARITY = re.compile(r"\b(?P<parity>jämn|udd|ojämn)\w* vecka\b")
_CLOCK = re.compile(r"\bkl (?P<hour>[01]?\d|2[0-4])(?:[.:](?P<minute>[0-5]\d))?(?!\d)")
_BARE_CLOCK = re.compile(r"(?<![\d.:§])(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)(?![\d.:])")
# "Utöver den dagliga verksamheten": the work that is there anyway says nothing of the rhythm.
_BASELINE = re.compile(r"\butöver (?:den |det |de )?\w+ \w+|\bdaglig(?:a|t)?\b")


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a text says of a recurrence, before a rule is made of it."""

    text: str
    times: tuple[Time, ...]  # without a year
    pauses: tuple[int, ...]  # months left out
    rhythm: Rhythm | None

    @property
    def is_list(self) -> bool:
        """ "Mars och oktober": more than one time of the year is the same each year."""
        return len(self.times) > 1

    @property
    def months(self) -> tuple[int, ...]:
        named = {month for time in self.times for month in time.months if time.day is None}
        left = (named or set(_ALL_MONTHS)) - set(self.pauses)
        return tuple(sorted(left)) if len(left) < len(_ALL_MONTHS) else ()


def without_exceptions(times: Times) -> tuple[Times, tuple[int, ...]]:
    """The text without its "utom …" and the months that are left out."""
    match = _EXCEPT.search(times.text)
    if match is None:
        return times, ()
    marks = re.findall(r"§[a-z]", match["rest"])
    named = [times.at(mark) for mark in marks]
    is_pause = re.search("uppehåll|paus|ledigt", match[0]) is not None
    pauses = tuple(m for time in named for m in time.months if not (time.is_season and is_pause))
    if not pauses and (_SUMMER.search(match[0]) or any(time.is_season for time in named)):
        pauses = _SUMMER_PAUSE
    if not pauses:
        return times, ()
    text = times.text[: match.start()] + times.text[match.end() :]
    return Times(text.strip(" ,("), times.found), pauses


def named_months(times: Times) -> tuple[int, ...]:
    """Months that ``times`` names without a year, as seasons and months do and days do not."""
    named = [times.at(mark) for mark in re.findall(r"§[a-z]", times.text)]
    months = {m for t in named if not t.has_year and t.day is None for m in t.months}
    return tuple(sorted(months)) if len(months) < len(_ALL_MONTHS) else ()


def count_listed_days(times: Times) -> int:
    """How many times of the year a list names that no one rule can pair: "15 mars och 1 oktober".

    0 where there is no such list.
    """
    listed = {times.at(mark) for mark in re.findall(r"§[a-z]", times.text)}
    days = {time.day for time in listed if time.day is not None}
    months = {time.months for time in listed}
    is_list = len(months) > 1 and (len(days) > 1 or (days and len(listed) > len(days)))
    return len(listed) if is_list and not any(time.has_year for time in listed) else 0


def find_rule(times: Times, pauses: tuple[int, ...]) -> Rule | None:
    """The recurrence that ``times`` (normalised, bounded dates taken out) asks for, or None."""
    text = _DAY_OF_DATE.sub(  # "måndagen den 6 februari 2023" is a date
        lambda match: "" if times.at(match["mark"]).is_day else match[0], times.text
    )
    text = _BASELINE.sub(" ", text)
    named = tuple(times.at(mark) for mark in re.findall(r"§[a-z]", text))
    parts = _Parts(text, tuple(t for t in named if not t.has_year), pauses, _rhythm(times, text))
    for build in (_nth_days, _month_days, _weekdays, _yearly, _plain):
        rule = build(parts)
        if rule is not None:
            return replace(rule, at=_clock(text)) if rule.names_days else rule
    return None


def _rhythm(times: Times, text: str) -> Rhythm | None:
    if match := _EVERY_NTH.search(text):
        every = 2 if match["second"] else _ordinal(match["nth"])
        return _every(every, "vecka" if match["what"] in WEEKDAYS else match["what"])
    if (match := _EVERY_TIME.search(text)) and not times.at(match["mark"]).has_year:
        return Rhythm("år", 2 if match["word"] == "varannan" else 1)
    if match := _EVERY.search(text):
        return Rhythm(match["unit"])
    match = _ADVERB.search(text)
    return Rhythm(ADVERBS[match["adverb"]]) if match else None


def _every(every: int, unit: str) -> Rhythm | None:
    days_in_week = len(WEEKDAYS)
    if unit == "dag" and every > 0 and every % days_in_week == 0:  # "var 14:e dag"
        return Rhythm("vecka", every // days_in_week)
    return Rhythm(unit, every) if every > 0 else None


def _nth_days(parts: _Parts) -> Rule | None:
    """ "Första måndagen i varje månad", "sista vardagen i månaden", "andra tisdagen i mars"."""
    match = _VAR_NTH_DAY.search(parts.text) or _NTH_DAY.search(parts.text)
    if match is None:
        return None
    numbers = [_ordinal(nth) for nth in (match["first"], match["second"]) if nth]
    if not all(number in _WEEKS_OF_MONTH for number in numbers):
        return None
    months = parts.months
    if match["unit"] == "kvartal":
        months = _QUARTER_ENDS if numbers[0] < 0 else _QUARTER_STARTS
    every = parts.rhythm if parts.rhythm and parts.rhythm.unit == "månad" else Rhythm("månad")
    if match["day"] not in WEEKDAYS:
        return Rule(every, weekdays=_WORKDAYS, months=months, position=numbers[0])
    if parts.times and not parts.pauses and match["unit"] != "månad":
        every = Rhythm("år")
    days = tuple(f"{number}{WEEKDAYS[match['day']]}" for number in numbers)
    return Rule(every, weekdays=days, months=months)


def _month_days(parts: _Parts) -> Rule | None:
    match = _MONTH_DAY.search(parts.text)
    if match is None:
        return None
    first = -1 if match["last"] else int(match["plain"] or match["nth"])
    days = (first, int(match["also"])) if match["also"] else (first,)
    if any(not -1 <= day <= 31 for day in days):
        return None
    return Rule(Rhythm("månad"), month_days=days, months=parts.months)


def _weekdays(parts: _Parts) -> Rule | None:
    if parts.rhythm and parts.rhythm.unit not in {"dag", "vecka"}:
        return None
    weeks = _weeks(parts)
    every = parts.rhythm if parts.rhythm and parts.rhythm.unit == "vecka" else Rhythm("vecka")
    days = _named_days(parts.text)
    if days:
        first = 1 if _EITHER.search(parts.text) else None
        return Rule(every, weekdays=days, months=parts.months, weeks=weeks, position=first)
    if _WEEKENDS.search(parts.text):
        return Rule(every, weekdays=_WEEKEND, months=parts.months, position=1)
    return Rule(Rhythm("vecka"), weeks=weeks) if weeks else None


def _named_days(text: str) -> tuple[str, ...]:
    left_out = {match["day"] for match in _EXCEPT_DAYS.finditer(text)}
    text = _EXCEPT_DAYS.sub(" ", text)
    days: set[str] = {WEEKDAYS[day] for day in _DAYS.findall(text)}
    for first, last in _RANGE.findall(text):
        start, end = _ALL_DAYS.index(WEEKDAYS[first]), _ALL_DAYS.index(WEEKDAYS[last])
        days |= {_ALL_DAYS[(start + n) % 7] for n in range((end - start) % 7 + 1)}
    if _WORKDAY.search(text):
        days |= set(_WORKDAYS)
    if left_out and not days:
        days = set(_ALL_DAYS)
    without = set(_WEEKEND) if "helger" in left_out else set()
    without |= {WEEKDAYS[day] for day in left_out if day in WEEKDAYS}
    return tuple(day for day in _ALL_DAYS if day in days - without)


def _weeks(parts: _Parts) -> tuple[int, ...]:
    match = _PARITY.search(parts.text)
    if match is None:
        return ()
    return tuple(range(2 if match["parity"] == "jämn" else 1, _WEEKS_OF_YEAR + 1, 2))


def _yearly(parts: _Parts) -> Rule | None:
    """ "Under september månad varje år", "vår och höst", "den 15 mars varje år", "vecka 7 …"."""
    is_yearly = parts.rhythm is not None and parts.rhythm.unit == "år"
    if not parts.times or not (is_yearly or (parts.is_list and parts.rhythm is None)):
        return None
    every = parts.rhythm or Rhythm("år")
    days = tuple(sorted({time.day for time in parts.times if time.day is not None}))
    weeks = tuple(sorted({time.week for time in parts.times if time.week is not None}))
    # A span of months has its occasion somewhere in it: the first month stands for it.
    months = tuple(sorted({time.months[0] for time in parts.times if time.months}))
    if len(days) > 1 and len(months) > 1:
        return None  # one rule cannot pair "15 mars" with "1 oktober"
    length = max((len(time.months) for time in parts.times), default=1) or 1
    return Rule(every, months=months, month_days=days, weeks=weeks, length=length)


def _plain(parts: _Parts) -> Rule | None:
    """ "Varje vecka", "varannan månad", "årligen": a rhythm and no more."""
    if parts.rhythm is None:
        return None
    is_shorter = parts.rhythm.unit in {"dag", "vecka", "månad"}
    return Rule(parts.rhythm, months=parts.months if is_shorter else ())


def _clock(text: str) -> time | None:
    match = _CLOCK.search(text) or _BARE_CLOCK.search(text)
    if match is None:
        return None
    return time(int(match["hour"]) % 24, int(match["minute"] or 0))


def _ordinal(word: str) -> int:
    if word == "näst sista":
        return -2
    return ORDINALS[word] if word in ORDINALS else int(word.removesuffix(":e"))
