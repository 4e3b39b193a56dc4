"""What a text about when makes of a target: for a point that is written in words."""

from datetime import date

from surveys.drafts.promises import TargetDraft
from surveys.models.plan import Comparator, TargetPeriod
from surveys.schedule.grammar import parse
from surveys.schedule.grammar_schedule import Kind, Schedule
from surveys.schedule.periods import Window

_PERS = {
    "dag": TargetPeriod.DAY,
    "vecka": TargetPeriod.WEEK,
    "månad": TargetPeriod.MONTH,
    "kvartal": TargetPeriod.QUARTER,
    "termin": TargetPeriod.TERM,
    "halvår": TargetPeriod.HALF_YEAR,
    "år": TargetPeriod.YEAR,
}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def read_words(words: str | None, window: Window | None) -> Schedule | None:
    """``words`` as the grammar reads them within ``window``; None without any."""
    return parse(words.strip(), window) if words and words.strip() else None


def target_of(schedule: Schedule | None) -> TargetDraft | None:
    """The target that ``schedule`` sets; None where it sets no number that can be missed."""
    if schedule is None:
        return None
    if schedule.kind is Kind.COUNTED and schedule.comparator and schedule.count:
        per = TargetPeriod(schedule.per) if schedule.per else None
        return _target(schedule, schedule.count, per)
    rule = schedule.rule
    if schedule.kind is Kind.RECURRING and rule is not None and rule.rhythm.every == 1:
        return _target(schedule, schedule.count or 1, _PERS.get(rule.rhythm.unit))
    return None


def due_day_of(schedule: Schedule | None, window: Window | None) -> date | None:
    """The last day that the words name, where it is another than that of the whole period."""
    if schedule is None or schedule.deadline is None:
        return None
    return None if window is not None and schedule.deadline >= window.ends_on else schedule.deadline


def _target(schedule: Schedule, count: int, per: TargetPeriod | None) -> TargetDraft | None:
    if per is None:
        return None
    days = schedule.rule.weekdays if schedule.rule else ()
    weekday = _WEEKDAYS.index(days[0]) if len(days) == 1 and days[0] in _WEEKDAYS else None
    exactly = schedule.comparator == Comparator.EXACTLY.value
    return TargetDraft(
        count=count * max(len(days), 1),
        comparator=Comparator.EXACTLY if exactly else Comparator.AT_LEAST,
        per=per,
        weekday=weekday,
    )
