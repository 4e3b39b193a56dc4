"""Targets and counts in words: "minst 2 per år", "2 av 2 under 2022, 1 av 2 hittills 2023"."""

from collections.abc import Sequence
from datetime import date, timedelta

from babel.lists import format_list
from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from surveys.models.plan import Comparator, TargetPeriod
from surveys.queries.promises.counters import Counter, PointState, TargetView
from surveys.schedule.pace import Tally
from surveys.schedule.periods import Window, add_months
from surveys.schedule.weekly import Tick
from webapp.formatters import date_month, date_short, number
from webapp.writing import text_language

MAX_TALLIES = 4  # more parts than this are summed up

_PER: dict[TargetPeriod, LazyString] = {
    TargetPeriod.DAY: _l("a day"),
    TargetPeriod.WEEK: _l("a week"),
    TargetPeriod.MONTH: _l("a month"),
    TargetPeriod.QUARTER: _l("a quarter"),
    TargetPeriod.TERM: _l("a term"),
    TargetPeriod.HALF_YEAR: _l("a half-year"),
    TargetPeriod.YEAR: _l("a year"),
    TargetPeriod.PERIOD: _l("in the whole period"),
}
_ORDINALS: tuple[LazyString, ...] = (
    _l("First"),
    _l("Second"),
    _l("Third"),
    _l("Fourth"),
    _l("Fifth"),
    _l("Sixth"),
    _l("Seventh"),
    _l("Eighth"),
    _l("Ninth"),
    _l("Tenth"),
    _l("Eleventh"),
    _l("Twelfth"),
)


def target_words(target: TargetView | None) -> str:
    """minst 2 per år; empty without a target."""
    if target is None:
        return ""
    per = str(_PER[target.per])
    if target.comparator is Comparator.EXACTLY:
        return _("%(n)s %(per)s", n=number(target.count), per=per)
    return _("at least %(n)s %(per)s", n=number(target.count), per=per)


def tally_words(counter: Counter, today: date) -> str:
    """2 av 2 under 2022, 1 av 2 hittills 2023; for weeks 74 av 78 veckor."""
    if counter.weeks:
        return week_words(counter)
    if not counter.standing or counter.standing.target is None or not counter.standing.tallies:
        return times_words(counter.held)
    begun = [t for t in counter.standing.tallies if t.window.starts_on <= today]
    if len(begun) > MAX_TALLIES:
        return _summed_up(begun, counter)
    return ", ".join(_tally(tally) for tally in begun) or times_words(counter.held)


def week_words(counter: Counter) -> str:
    """74 av 78 veckor; 150 av 160 tillfällen where a week has several."""
    if counter.weeks and not counter.weeks.is_weekly:
        return _(
            "%(done)s of %(target)s occasions",
            done=number(counter.held),
            target=number(counter.wanted),
        )
    return _(
        "%(done)s of %(target)s weeks", done=number(counter.held), target=number(counter.wanted)
    )


def week_notes(counter: Counter) -> list[str]:
    """What is behind a weekly count: missed, unreported and excused weeks, in sentences."""
    if not counter.weeks:
        return []
    missed, untold = counter.weeks.count(Tick.MISSED), counter.weeks.count(Tick.UNREPORTED)
    red = counter.weeks.red_days
    notes = [missed_words(counter) + "."] if missed else []
    if untold and not counter.weeks.is_weekly:
        notes.append(
            ngettext(
                "%(num)s occasion is not reported.", "%(num)s occasions are not reported.", untold
            )
        )
    elif untold:
        notes.append(
            ngettext("%(num)s week is not reported.", "%(num)s weeks are not reported.", untold)
        )
    if red:
        notes.append(
            ngettext(
                "%(num)s public holiday is not counted.",
                "%(num)s public holidays are not counted.",
                red,
            )
        )
    return notes


def missed_words(counter: Counter) -> str:
    """Uteblev 4 veckor; empty where none did."""
    missed = counter.weeks.count(Tick.MISSED) if counter.weeks else 0
    if not missed:
        return ""
    if counter.weeks and not counter.weeks.is_weekly:
        return ngettext("%(num)s occasion was missed", "%(num)s occasions were missed", missed)
    return ngettext("%(num)s week was missed", "%(num)s weeks were missed", missed)


def times_words(n: int) -> str:
    """3 tillfällen."""
    return ngettext("%(num)s occasion", "%(num)s occasions", n)


def count_words(point: PointState) -> str:
    """What the count of a point is of: its own unit, weeks, or occasions."""
    if point.unit or point.counter is None:
        return point.unit or ""
    if point.counter.weeks and point.counter.weeks.is_weekly:
        return _("weeks")
    return ngettext("occasion", "occasions", point.counter.wanted or point.counter.held)


def condition_words(point: PointState) -> str:
    """Uppfyllt vid 3 av 3 tillfällen; empty where nobody has answered."""
    asked = [o for o in point.times_held if o.condition_met is not None]
    if not asked:
        return ""
    met = sum(bool(o.condition_met) for o in asked)
    return ngettext(
        "Met on %(met)s of %(num)s occasion.",
        "Met on %(met)s of %(num)s occasions.",
        len(asked),
        met=number(met),
    )


def ordinal(n: int) -> str:
    """Första … Tolfte, then 13, 14 …"""
    return str(_ORDINALS[n - 1]) if 1 <= n <= len(_ORDINALS) else number(n)


def listed(items: Sequence[str]) -> str:
    """Härnösand, Kramfors och Sollefteå."""
    return format_list(list(items), locale=text_language().formats) if items else ""


def _tally(tally: Tally) -> str:
    values = {
        "done": number(tally.held),
        "target": number(tally.target),
        "span": _span(tally.window),
    }
    if tally.is_over:
        return _("%(done)s of %(target)s in %(span)s", **values)
    return _("%(done)s of %(target)s so far in %(span)s", **values)


def _span(window: Window) -> str:
    start = window.starts_on
    if start.day == 1 and start.month == 1 and window.ends_on == date(start.year, 12, 31):
        return str(start.year)
    if start.day == 1 and window.ends_on == add_months(start, 1) - timedelta(days=1):
        return date_month(start)
    return f"{date_short(start)}–{date_short(window.ends_on)}"


def _summed_up(begun: Sequence[Tally], counter: Counter) -> str:
    over = [tally for tally in begun if tally.is_over]
    met = sum(tally.is_met for tally in over)
    counts = {"met": number(met), "n": number(len(over))}
    if counter.target and counter.target.per is TargetPeriod.MONTH:
        words = _("the target was reached in %(met)s of %(n)s months", **counts)
    else:
        words = _("the target was reached in %(met)s of %(n)s parts of the period", **counts)
    current = [_tally(tally) for tally in begun if not tally.is_over]
    return ", ".join([words, *current]) if counter.held or over else times_words(0)


def init_counter_words(app: Flask) -> None:
    """Make the functions above known to templates."""
    for function in (
        target_words,
        tally_words,
        week_words,
        week_notes,
        missed_words,
        times_words,
        count_words,
        condition_words,
        ordinal,
        listed,
    ):
        app.add_template_global(function, function.__name__)
