"""The promise grammar: how a promise or a plan says when, as a target and a recurrence.

A text is brought to one form for each word (``words``), its dates are found (``calendar_times``)
and what they bound (``calendar_bounds``); then a list of small rules is asked in order, the most
exact first, and the first that recognises its subject answers. Nothing is guessed: what no rule
knows is kept as free text, with the reason.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from surveys.schedule import grammar_markers as markers
from surveys.schedule.calendar_bounds import YEAR_NOT_SAID, Bounds, find_bounds, settle_yearless
from surveys.schedule.calendar_times import NO_SUCH_DAY, find_times
from surveys.schedule.grammar_counts import Count, Limit, count_fault, find_count, vague_count
from surveys.schedule.grammar_rhythms import (
    count_listed_days,
    find_rule,
    named_months,
    without_exceptions,
)
from surveys.schedule.grammar_schedule import SHORT_UNITS, TERM_DATES_VARY, Kind, Schedule
from surveys.schedule.periods import Window
from surveys.schedule.recurrence import Rule
from surveys.schedule.words import normalise
from surveys.schedule.words_lexicon import MONTHS, PERIOD

# Longer than any cell of a plan. Some rules look back over the words: ten times the text would cost
# a hundred times the work, and whoever writes it waits.
LONGEST_TEXT = 1000
UNMEASURABLE_SCOPE = "unmeasurable_scope"


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text on its way through the rules."""

    text: str  # as typed
    words: str  # normalised, dates behind marks
    count: Count | None
    rule: Rule | None
    bounds: Bounds
    pauses: tuple[int, ...]
    notes: tuple[str, ...]
    seasons: tuple[int, ...] = ()  # months that the text keeps to, each year

    def says(self, kind: Kind, **parts: object) -> Schedule:
        """A schedule of ``kind`` with what every kind may have."""
        common: dict[str, object] = {
            "starts_on": self.bounds.first,
            "deadline": self.bounds.last,
            "pauses": self.pauses,
            "notes": (*self.notes, *self.bounds.notes),
        }
        return Schedule(self.text, kind, **(common | parts))  # type: ignore[arg-type]


def parse(text: str, window: Window | None = None) -> Schedule:
    """Read ``text``, Swedish or English. ``window`` gives a day without a year its year.

    Never raises: what cannot be read has ``Kind.UNPARSED`` and a ``reason`` code.
    """
    if not text.strip():
        return _unparsed(text, "empty")
    if len(text) > LONGEST_TEXT:
        return _unparsed(text, "too_long")
    normal = normalise(text)
    times = find_times(normal.text)
    fault = _fault(times.text)
    if fault:
        return _unparsed(text, fault, normal.notes)
    times, pauses = without_exceptions(times)
    bounds = find_bounds(times, window)
    rule = find_rule(bounds.times, pauses)
    seasons = named_months(bounds.times)
    if rule is None:
        bounds = settle_yearless(bounds, window)
    notes = normal.notes + _scope_notes(times.text)
    count = find_count(times.text)
    if rule and count and count.unit == "månad" and count.number in rule.month_days:
        count = None  # "den 1 och 15 varje månad"
    reading = _Reading(text, times.text, count, rule, bounds, pauses, notes, seasons)
    reading = _with_listed_days(reading)
    found = (answer for ask in _RULES if (answer := ask(reading)) is not None)
    return next(found, None) or _unparsed(text, _why_not(times.text), notes)


def _with_listed_days(reading: _Reading) -> _Reading:
    """ "Valborg och Lucia" over several years: as many occasions each year as it names days."""
    bounds, n = reading.bounds, count_listed_days(reading.bounds.times)
    if not n or reading.count or bounds.days or (reading.rule and not reading.rule.is_plain):
        return reading
    notes = tuple(note for note in bounds.notes if note != YEAR_NOT_SAID)
    listed = Count(n, Limit.EXACTLY, "år")
    return replace(reading, count=listed, rule=None, bounds=replace(bounds, notes=notes))


def _why_not(words: str) -> str:
    """What a text that says no time speaks of instead."""
    speaks_of = (
        ("undecided", markers.UNDECIDED),
        ("refers_elsewhere", markers.ELSEWHERE),
        ("manner", markers.MANNER),
    )
    found = (reason for reason, pattern in speaks_of if pattern.search(words))
    return vague_count(words) or next(found, "no_time")


def _fault(words: str) -> str | None:
    if NO_SUCH_DAY in words:
        return "no_such_day"
    if markers.UNDECIDED.search(words):
        return "undecided"
    if markers.NEGATED.search(words) or markers.NO_SCHEDULE.search(words):
        return "negated"
    return count_fault(words)


def _scope_notes(words: str) -> tuple[str, ...]:
    notes = (UNMEASURABLE_SCOPE,) if markers.SCOPE.search(words) else ()
    return (*notes, TERM_DATES_VARY) if markers.TERM_DATES.search(words) else notes


def _unparsed(text: str, reason: str, notes: tuple[str, ...] = ()) -> Schedule:
    return Schedule(text, Kind.UNPARSED, reason=reason, notes=notes)


def _counted(reading: _Reading) -> Schedule | None:
    """An amount in a time. On named weekdays without a time it is how often on each of them."""
    count = reading.count
    if count is None:
        return None
    unit = count.unit
    if unit is None and reading.rule is not None:
        if not reading.rule.is_plain:
            return _recurring(reading)
        unit = reading.rule.rhythm.unit  # "2 insatser, varje halvår"
    rule = reading.rule if reading.rule and _rule_has_count(reading.rule, count) else None
    if unit in SHORT_UNITS and reading.seasons and rule is None:
        reading = _in_seasons(reading)
    return reading.says(
        Kind.COUNTED,
        count=count.number,
        limit=count.limit,
        unit=unit or PERIOD,
        rule=rule,
    )


def _in_seasons(reading: _Reading) -> _Reading:
    """ "3 kvällar per vecka under sommaren": the other months are pauses, whatever the year."""
    pauses = tuple(month for month in MONTHS.values() if month not in reading.seasons)
    notes = tuple(note for note in reading.bounds.notes if note != YEAR_NOT_SAID)
    bounds = replace(reading.bounds, first=None, last=None, notes=notes)
    return replace(reading, bounds=bounds, pauses=pauses)


def _rule_has_count(rule: Rule, count: Count) -> bool:
    """Whether the days that a text names are as many as it counts: "1 gång/vecka, på måndagar"."""
    if count.number == 0:
        return False
    if count.unit == "vecka" and rule.rhythm.unit == "vecka" and rule.position is None:
        return len(rule.weekdays) == count.number and not rule.weeks
    if count.unit == "månad" and rule.rhythm.unit == "månad":
        return len(rule.weekdays) + len(rule.month_days) == count.number
    return (
        count.unit == "år"
        and rule.rhythm.unit == "år"
        and (count.number == len(rule.months or rule.weeks))
    )


def _recurring(reading: _Reading) -> Schedule | None:
    rule, count = reading.rule, reading.count
    if rule is None or (count is None and not rule.names_days and vague_count(reading.words)):
        return None  # "några gånger per år" is no rhythm
    if count is not None and count.number != 1:
        return reading.says(Kind.RECURRING, rule=rule, count=count.number, limit=count.limit)
    at_least = markers.AT_LEAST_EVERY.search(reading.words) is not None
    if not rule.is_plain:
        limit, number = (Limit.AT_LEAST, 1) if at_least else (None, None)
        return reading.says(Kind.RECURRING, rule=rule, count=number, limit=limit)
    # "Varje månad" is one a month, and says so.
    limit = Limit.AT_LEAST if at_least else Limit.EXACTLY
    return reading.says(Kind.RECURRING, rule=rule, count=1, limit=limit, unit=rule.rhythm.unit)


def _after_each(reading: _Reading) -> Schedule | None:
    return reading.says(Kind.AFTER_EACH) if markers.AFTER_EACH.search(reading.words) else None


def _each_meeting(reading: _Reading) -> Schedule | None:
    return reading.says(Kind.EACH_MEETING) if markers.AT_EACH.search(reading.words) else None


def _at_occasions(reading: _Reading) -> Schedule | None:
    return reading.says(Kind.AFTER_EACH) if markers.AT_OCCASIONS.search(reading.words) else None


def _deadline(reading: _Reading) -> Schedule | None:
    bounds = reading.bounds
    if bounds.is_deadline and (bounds.last or not bounds.days):
        return reading.says(Kind.DEADLINE)
    if not bounds.days or bounds.last:
        return None
    days = tuple(sorted(set(bounds.days)))
    if len(days) == 1:
        return reading.says(Kind.DEADLINE, deadline=days[0])
    return reading.says(  # days listed are occasions, each with its date
        Kind.COUNTED,
        count=len(days),
        limit=Limit.EXACTLY,
        unit=PERIOD,
        starts_on=days[0],
        deadline=days[-1],
        days=days,
    )


def _on_demand(reading: _Reading) -> Schedule | None:
    return reading.says(Kind.ON_DEMAND) if markers.ON_DEMAND.search(reading.words) else None


def _continuous(reading: _Reading) -> Schedule | None:
    return reading.says(Kind.CONTINUOUS) if markers.CONTINUOUS.search(reading.words) else None


def _in_a_body(reading: _Reading) -> Schedule | None:
    return reading.says(Kind.EACH_MEETING) if markers.IN_A_BODY.search(reading.words) else None


def _under_way(reading: _Reading) -> Schedule | None:
    return reading.says(Kind.CONTINUOUS) if markers.UNDER_WAY.search(reading.words) else None


def _scope(reading: _Reading) -> Schedule | None:
    return reading.says(Kind.ON_DEMAND) if UNMEASURABLE_SCOPE in reading.notes else None


def _during(reading: _Reading) -> Schedule | None:
    if reading.bounds.spans:
        return reading.says(Kind.DURING)
    if vague_count(reading.words):  # "flera gånger under året" says more than "under året"
        return None
    return reading.says(Kind.DURING) if markers.UNNAMED_SPAN.search(reading.words) else None


_RULES: tuple[Callable[[_Reading], Schedule | None], ...] = (
    _counted,
    _recurring,
    _after_each,
    _each_meeting,
    _at_occasions,
    _deadline,
    _on_demand,
    _continuous,
    _during,
    _in_a_body,
    _under_way,
    _scope,
)
