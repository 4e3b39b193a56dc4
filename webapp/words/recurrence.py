"""Recurrences in words: "varje måndag kl. 14", "den första tisdagen varje månad"."""

from datetime import time

from babel.dates import get_day_names, get_month_names
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.schedule.recurrence import Rule
from webapp.formatters import number
from webapp.words.counter import listed
from webapp.writing import text_language

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKDAYS, _WEEKEND = _DAYS[:5], _DAYS[5:]
_MONTHS = range(1, 13)
_MOST_LEFT_OUT = 5  # "varje månad utom …" names what is fewer
_LAST, _LAST_BUT_ONE = -1, -2
_EVERY: dict[str, LazyString] = {
    "dag": _l("every day"), "vecka": _l("every week"), "månad": _l("every month"),
    "kvartal": _l("every quarter"), "tertial": _l("every four months"),
    "termin": _l("every term"), "halvår": _l("every half-year"), "år": _l("every year"),
}  # fmt: skip
_EVERY_OTHER: dict[str, LazyString] = {
    "dag": _l("every other day"), "vecka": _l("every other week"),
    "månad": _l("every other month"), "kvartal": _l("every other quarter"),
    "termin": _l("every other term"), "år": _l("every other year"),
}  # fmt: skip
_NTH: dict[int, LazyString] = {
    1: _l("first"), 2: _l("second"), 3: _l("third"), 4: _l("fourth"), 5: _l("fifth"),
    _LAST: _l("last"), _LAST_BUT_ONE: _l("last but one"),
}  # fmt: skip
_EVERY_NTH: dict[str, LazyString] = {
    "dag": _l("every %(n)s days"), "vecka": _l("every %(n)s weeks"),
    "månad": _l("every %(n)s months"), "kvartal": _l("every %(n)s quarters"),
    "tertial": _l("every %(n)s periods of four months"), "termin": _l("every %(n)s terms"),
    "halvår": _l("every %(n)s half-years"), "år": _l("every %(n)s years"),
}  # fmt: skip


def rule_words(rule: Rule) -> str:
    """Varje måndag kl. 14; begins with a small letter."""
    words = _days_words(rule) or _yearly_words(rule) or _rhythm_words(rule)
    return f"{words} {clock_words(rule.at)}" if rule.at else words


def clock_words(at: time) -> str:
    """kl. 14, or kl. 14.30."""
    clock = f"{at.hour}.{at.minute:02d}" if at.minute else str(at.hour)
    return _("at %(clock)s o'clock", clock=clock)


def month_words(months: tuple[int, ...]) -> str:
    """mars, juni och september."""
    names = get_month_names("wide", "stand-alone", locale=text_language().formats)
    return listed([names[month] for month in months])


def _days_words(rule: Rule) -> str:
    if rule.weekdays and rule.rhythm.unit == "vecka":
        return _in_months(_weekday_words(rule), rule)
    if rule.weekdays:
        days = listed([_nth_words(day, rule.position) for day in _grouped(rule)])
        return _in_months(_("%(days)s of every month", days=days), rule)
    if rule.month_days and rule.rhythm.unit == "månad":
        days = listed([_date_words(day) for day in rule.month_days])
        return _in_months(_("%(days)s of every month", days=days), rule)
    return ""


def _weekday_words(rule: Rule) -> str:
    words = _weekdays(rule)
    every = rule.rhythm.every
    if rule.weeks:
        even = rule.weeks[0] % 2 == 0
        return (
            _("%(days)s in even weeks", days=words)
            if even
            else _("%(days)s in odd weeks", days=words)
        )
    if every == 1:
        return _("every %(days)s", days=words)
    if every == 2:
        return _("every other %(days)s", days=words)
    return _("%(days)s every %(n)s weeks", days=words, n=number(every))


def _weekdays(rule: Rule) -> str:
    if rule.weekdays == _WORKDAYS:
        return _("weekday")
    if rule.position and rule.weekdays == _WEEKEND:
        return _("weekend")
    names = [_day_name(day) for day in rule.weekdays]
    return _(" or ").join(names) if rule.position else listed(names)


def _grouped(rule: Rule) -> tuple[str, ...]:
    return ("",) if rule.weekdays == _WORKDAYS else rule.weekdays


def _nth_words(day: str, position: int | None) -> str:
    """den första måndagen; without a day, the weekday at ``position``."""
    if not day:
        return _("the %(nth)s weekday", nth=_NTH[position or 1])
    nth = int(day[:-2] or position or 1)
    return _("the %(nth)s %(day)s", nth=_NTH[nth], day=_day_name(day[-2:]))


def _date_words(day: int) -> str:
    return _("the last day") if day == _LAST else _("day %(n)s", n=day)


def _day_name(code: str) -> str:
    names = get_day_names("wide", "stand-alone", locale=text_language().formats)
    return str(names[_DAYS.index(code)])


def _in_months(words: str, rule: Rule) -> str:
    """The words with the months that the rule keeps to, or leaves out."""
    if not rule.months:
        return words
    left_out = tuple(month for month in _MONTHS if month not in rule.months)
    if len(left_out) <= _MOST_LEFT_OUT:
        return _("%(when)s except in %(months)s", when=words, months=month_words(left_out))
    return _("%(when)s in %(months)s", when=words, months=month_words(rule.months))


def _yearly_words(rule: Rule) -> str:
    every = _every_words(rule)
    if rule.weeks:
        if len(rule.weeks) > len(_MONTHS):
            even = rule.weeks[0] % 2 == 0
            return _("every even week") if even else _("every odd week")
        return _("week %(weeks)s %(every)s", weeks=listed(list(map(str, rule.weeks))), every=every)
    if rule.rhythm.unit != "år" or not rule.months:
        return ""
    months = month_words(rule.months)
    if rule.month_days:
        days = listed(list(map(str, rule.month_days)))
        return _("on %(days)s %(months)s %(every)s", days=days, months=months, every=every)
    return _("in %(months)s %(every)s", months=months, every=every)


def _rhythm_words(rule: Rule) -> str:
    return _in_months(_every_words(rule), rule)


def _every_words(rule: Rule) -> str:
    unit, every = rule.rhythm.unit, rule.rhythm.every
    if every == 1:
        return str(_EVERY[unit])
    if every == 2 and unit in _EVERY_OTHER:
        return str(_EVERY_OTHER[unit])
    return str(_EVERY_NTH[unit]) % {"n": number(every)}
