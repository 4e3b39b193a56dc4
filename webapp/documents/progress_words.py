"""How far something has come, in words that all reports share."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from surveys.models.plan import OccasionState
from surveys.queries.plans.yearly import ActivityYear
from surveys.queries.promises.counters import Counter, OccasionView, PointState
from surveys.schedule.pace import Status
from webapp.formatters import date_long, number
from webapp.words.counter import count_words, tally_words, target_words, times_words, week_notes

STATUS_WORDS: dict[str, LazyString] = {
    "done": _l("Done"),
    "on_track": _l("On track"),
    "ahead": _l("Ahead of plan"),
    "ongoing": _l("Under way"),
    "not_begun": _l("Not begun"),
    "behind": _l("Behind plan"),
    "not_reached": _l("Not reached"),
    "cancelled": _l("Cancelled"),
    "not_measurable": _l("Cannot be measured"),
    "stale": _l("Not updated"),
}
STATE_WORDS: dict[OccasionState, LazyString] = {
    OccasionState.HELD: _l("Carried out"),
    OccasionState.MISSED: _l("Did not take place"),
    OccasionState.EXCUSED: _l("Excused"),
}


def status_words(status: Status, reason: str | None = None) -> str:
    """I fas; Avbrutet: skäl."""
    word = str(STATUS_WORDS.get(status.value, status.value))
    return f"{word}: {reason}" if reason else word


def count_of(point: PointState) -> str:
    """3 av 4 insatser mot narkotika; "not counted" where nothing is."""
    if point.counter is None:
        return _("not counted")
    return _count(point.counter, count_words(point))


def activity_count(counter: Counter | None, n_occasions: int) -> str:
    """1 av 2, or how many times."""
    return _count(counter, "") if counter and counter.wanted else times_words(n_occasions)


def pace_words(point: PointState, today: date) -> str:
    """What was promised and how it has gone part by part."""
    counter = point.counter
    if counter is None or counter.target is None:
        return ""
    if counter.weeks:
        return " ".join(week_notes(counter))
    return _(
        "Promised: %(target)s. So far: %(n)s.",
        target=target_words(counter.target),
        n=tally_words(counter, today),
    )


def expected_words(counter: Counter | None, today: date) -> str:
    """How many there would be by now at an even pace; nothing before and after the period."""
    standing = counter.standing if counter else None
    if counter is None or standing is None or standing.expected is None:
        return ""
    if counter.window is None or not counter.window.holds(today):
        return ""
    return _("At an even pace there would be %(n)s by now.", n=number(standing.expected))


def year_words(year: ActivityYear) -> str:
    """3 tillfällen, 1 uteblev."""
    missed = (
        [ngettext("%(num)s did not take place", "%(num)s did not take place", year.missed)]
        if year.missed
        else []
    )
    return ", ".join([times_words(year.held), *missed])


def condition_in(occasions: Sequence[OccasionView]) -> str:
    """Uppfyllt vid 2 av 3 tillfällen; empty where nobody has answered."""
    asked = [o for o in occasions if o.state is OccasionState.HELD and o.condition_met is not None]
    if not asked:
        return ""
    met = sum(bool(o.condition_met) for o in asked)
    return ngettext(
        "Met on %(met)s of %(num)s occasion.",
        "Met on %(met)s of %(num)s occasions.",
        len(asked),
        met=number(met),
    )


def occasion_cells(occasion: OccasionView) -> tuple[str, str, str]:
    """Day, what became of it, and what is told of it."""
    told = [occasion.note or ""]
    if occasion.condition_met is not None:
        told.append(_("Condition met.") if occasion.condition_met else _("Condition not met."))
    return (
        date_long(occasion.held_on),
        str(STATE_WORDS[occasion.state]),
        " ".join(part for part in told if part) or "–",
    )


def _count(counter: Counter, what: str) -> str:
    if not counter.wanted:
        return f"{number(counter.held)} {what}".strip()
    told = _("%(done)s of %(target)s", done=number(counter.held), target=number(counter.wanted))
    return f"{told} {what}".strip()
