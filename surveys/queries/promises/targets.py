"""What a text about when makes of a target: for a point that is written in words."""

from datetime import date

from surveys.drafts.promises import TargetDraft
from surveys.models.plan import Comparator, TargetPeriod
from surveys.schedule.grammar import parse
from surveys.schedule.grammar_schedule import Schedule
from surveys.schedule.periods import Window
from surveys.schedule.targets import said_target


def read_words(words: str | None, window: Window | None) -> Schedule | None:
    """``words`` as the grammar reads them within ``window``; None without any."""
    return parse(words.strip(), window) if words and words.strip() else None


def target_of(schedule: Schedule | None) -> TargetDraft | None:
    """The target that ``schedule`` sets; None where it sets no number that can be missed."""
    said = said_target(schedule) if schedule else None
    if said is None:
        return None
    return TargetDraft(
        count=said.count,
        comparator=Comparator(said.comparator),
        per=TargetPeriod(said.per),
        weekday=said.weekday,
    )


def due_day_of(schedule: Schedule | None, window: Window | None) -> date | None:
    """The last day that the words name, where it is another than that of the whole period."""
    if schedule is None or schedule.deadline is None:
        return None
    return None if window is not None and schedule.deadline >= window.ends_on else schedule.deadline
