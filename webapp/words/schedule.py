"""How a text about time was read, said back in plain words for somebody to say yes to.

"Minst 2 gånger per år. Det blir 4 tillfällen 2022-2023."
"""

from collections.abc import Callable
from datetime import date

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from surveys.schedule.grammar_counts import Limit
from surveys.schedule.grammar_schedule import Expectation, Kind, Schedule, expect
from surveys.schedule.periods import Window
from surveys.schedule.words_lexicon import PERIOD
from webapp.formatters import date_long, day_range, years
from webapp.words.recurrence import month_words, rule_words

_PER: dict[str, LazyString] = {
    "dag": _l("a day"), "vecka": _l("a week"), "månad": _l("a month"), "kvartal": _l("a quarter"),
    "tertial": _l("every four months"), "termin": _l("a term"), "halvår": _l("a half-year"),
    "år": _l("a year"), PERIOD: _l("in the whole period"),
}  # fmt: skip
_OPEN: dict[Kind, LazyString] = {
    Kind.CONTINUOUS: _l(
        "All along. What is done is counted, and you say when you last looked at it."
    ),
    Kind.ON_DEMAND: _l(
        "When needed. What is done is counted, and you say when the need was last looked at."
    ),
    Kind.AFTER_EACH: _l("After each time. What is done is counted; no date is set beforehand."),
    Kind.EACH_MEETING: _l(
        "At each meeting. The dates are those of the body that meets, once one is chosen."
    ),
}
_REASONS: dict[str, LazyString] = {
    "empty": _l("nothing is written"),
    "too_long": _l("it is too long"),
    "no_such_day": _l("it names a day that does not exist"),
    "negated": _l("it says that something is not done or does not apply"),
    "contradictory_numbers": _l("it gives two different numbers"),
    "fraction": _l("the number is not a whole one"),
    "negative": _l("the number is below zero"),
    "too_many": _l("the number is too large"),
    "vague_count": _l("“several” and the like say no number"),
    "size_of_occasion": _l("it says how long something takes and not how often"),
    "not_occasions": _l("it counts people, hours or money and not occasions"),
    "manner": _l("it says how something is done and not when"),
    "refers_elsewhere": _l("it points to another document"),
    "undecided": _l("the time is not decided"),
    "no_time": _l("it says no time"),
}
_NOTES: dict[str, LazyString] = {
    "mixed_script": _l(
        "Some letters belong to another alphabet and only look Swedish. Write them anew."
    ),
    "spelling": _l("A misspelt word was understood."),
    "unmeasurable_scope": _l("How much is not said in a way that can be measured."),
    "term_dates_vary": _l("Terms and school holidays have no fixed days, so nothing is expected."),
    "year_not_said": _l("Which year is not said."),
    "relative_date": _l("The day depends on something else. Write it as a date once it is known."),
    "from_signing": _l("The time begins when the last one has signed."),
    "no_latest_day": _l("No last day is said."),
}


def reading_words(schedule: Schedule, window: Window | None) -> str:
    """The reading in sentences: what it says, what that makes in ``window``, and what is unsure."""
    if schedule.kind is Kind.UNPARSED:
        reason = _REASONS.get(schedule.reason or "", _REASONS["no_time"])
        first = _("This cannot be read as a time, since %(reason)s. It is kept as text.",
                  reason=reason)  # fmt: skip
        sentences = [first]
    else:
        sentences = [_capital(_SAYS[schedule.kind](schedule)), _expected_words(schedule, window)]
    sentences += [str(_NOTES[note]) for note in schedule.notes if note in _NOTES]
    return " ".join(sentence for sentence in sentences if sentence)


def _counted(schedule: Schedule) -> str:
    if schedule.days:
        return _("on these days: %(days)s.", days=", ".join(map(date_long, schedule.days)))
    times = _limited(schedule, ngettext("%(num)s time", "%(num)s times", schedule.count or 0))
    said = f"{times} {_PER[schedule.unit or PERIOD]}"
    if schedule.rule:
        said = f"{said}, {rule_words(schedule.rule)}"
    return f"{said}{_span_words(schedule)}{_pause_words(schedule)}."


def _limited(schedule: Schedule, times: str) -> str:
    if schedule.limit is Limit.AT_LEAST:
        return _("at least %(times)s", times=times)
    if schedule.limit is Limit.AT_MOST:
        return _("at most %(times)s", times=times)
    return _("about %(times)s", times=times) if schedule.limit is Limit.ABOUT else times


def _recurring(schedule: Schedule) -> str:
    said = rule_words(schedule.rule) if schedule.rule else ""
    if schedule.count and schedule.count > 1:
        times = ngettext("%(num)s time", "%(num)s times", schedule.count)
        said = _("%(times)s %(when)s", times=_limited(schedule, times), when=said)
    return f"{said}{_span_words(schedule)}."


def _deadline(schedule: Schedule) -> str:
    if schedule.deadline is None:
        return _("no later than a day that is not said in full.")
    return _("no later than %(day)s.", day=date_long(schedule.deadline))


def _during(schedule: Schedule) -> str:
    first, last = schedule.starts_on, schedule.deadline
    if first is None and last is None:
        return _("some time during the period.")
    return _("some time %(span)s.", span=_span(first, last))


def _open(schedule: Schedule) -> str:
    return str(_OPEN[schedule.kind])


_SAYS: dict[Kind, Callable[[Schedule], str]] = {
    Kind.COUNTED: _counted,
    Kind.RECURRING: _recurring,
    Kind.DEADLINE: _deadline,
    Kind.DURING: _during,
    **dict.fromkeys(_OPEN, _open),
}


def _span_words(schedule: Schedule) -> str:
    if schedule.starts_on is None and schedule.deadline is None:
        return ""
    return f" {_span(schedule.starts_on, schedule.deadline)}"


def _span(first: date | None, last: date | None) -> str:
    if first and last:
        return _in_days(Window(first, last))
    if first:
        return _("from %(day)s", day=date_long(first))
    return _("until %(day)s", day=date_long(last))


def _in_days(window: Window) -> str:
    first, last = window.starts_on, window.ends_on
    if (first.month, first.day) == (1, 1) and (last.month, last.day) == (12, 31):
        return _("in %(years)s", years=years(first, last))
    return _("from %(days)s", days=day_range(first, last))


def _pause_words(schedule: Schedule) -> str:
    if not schedule.pauses or (schedule.rule and schedule.rule.months):
        return ""
    return _(", with a break in %(months)s", months=month_words(schedule.pauses))


def _expected_words(schedule: Schedule, window: Window | None) -> str:
    if window is None:
        return ""
    found: Expectation = expect(schedule, window)
    if found.expected is None:
        return ""
    times = ngettext("%(num)s occasion", "%(num)s occasions", found.expected)
    said = _("That makes %(times)s %(span)s", times=times, span=_in_days(window))
    if not found.excused:
        return f"{said}."
    red = ngettext(
        "%(num)s public holiday left out", "%(num)s public holidays left out", len(found.excused)
    )
    return f"{said}, {red}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def init_schedule_words(app: Flask) -> None:
    """Make the reading known to templates."""
    app.add_template_global(reading_words, "reading_words")
