"""What a person has to look at before the rows become a plan. Asked anew after each change."""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.plan_files.found import FIELDS, Doubt, FoundPlan, FoundRow
from surveys.plan_files.repeats import find_alike
from surveys.schedule.grammar import parse
from surveys.schedule.grammar_schedule import Kind, Schedule
from surveys.schedule.periods import Window
from surveys.text.masking import find_personal_data
from surveys.text.scripts import find_mixed_words, latin_text, latin_words

# What keeps a plan from being made: a person has to decide it.
BLOCKING = frozenset({"activity_missing", "area_missing", "title_missing", "period_missing"})
_TIMED = ("when", "follow_up")


@dataclass(frozen=True, slots=True)
class RowReading:
    """A row's doubts and how its two times are read; None where the cell is empty."""

    doubts: tuple[Doubt, ...]
    when: Schedule | None
    follow_up: Schedule | None

    @property
    def is_blocked(self) -> bool:
        """Whether the row cannot become an activity as it stands."""
        return any(doubt.code in BLOCKING for doubt in self.doubts)


def head_doubts(plan: FoundPlan) -> tuple[Doubt, ...]:
    """What the head lacks, and what was told of the whole document."""
    found = [] if plan.head.title.strip() else [Doubt("title_missing")]
    if plan.head.starts_on is None or plan.head.ends_on is None:
        found.append(Doubt("period_missing"))
    return (*found, *plan.doubts)


def read_rows(plan: FoundPlan) -> Mapping[int, RowReading]:
    """The reading of each row by its number; dropped rows have no doubts."""
    known = known_words(plan)
    window = plan_window(plan)
    alike = {pair.row: pair.other for pair in find_alike(plan.rows)}
    by_number = {row.number: row for row in plan.rows}
    places: dict[tuple[int, int], int] = {}
    readings = {}
    for row in plan.rows:
        if row.is_dropped:
            readings[row.number] = RowReading((), None, None)
            continue
        when, follow_up = (_reading(getattr(row, name), window) for name in _TIMED)
        doubts = [*_standing(row), *_gaps(row), *_mixed(row, known)]
        doubts += [*_persons(row), *_unread(row, when, follow_up)]
        doubts += _repeats(row, by_number, places)
        if row.number in alike:
            doubts.append(Doubt("alike", {"row": alike[row.number]}))
        readings[row.number] = RowReading(tuple(doubts), when, follow_up)
    return readings


def known_words(plan: FoundPlan) -> frozenset[str]:
    """The Latin words of the plan, which decide between two readings of a mixed one."""
    texts = (getattr(row, name) for row in plan.rows for name in FIELDS)
    return frozenset(word for text in texts for word in latin_words(text))


def with_latin(row: FoundRow, known: frozenset[str]) -> dict[str, str]:
    """The cells of ``row`` that change when its mixed words get their Latin reading."""
    read = {name: latin_text(getattr(row, name), known) for name in FIELDS}
    return {name: text for name, text in read.items() if text != getattr(row, name)}


def plan_window(plan: FoundPlan) -> Window | None:
    """The plan's period, which gives a day without a year its year."""
    head = plan.head
    if head.starts_on is None or head.ends_on is None or head.ends_on < head.starts_on:
        return None
    return Window(head.starts_on, head.ends_on)


def _reading(text: str, window: Window | None) -> Schedule | None:
    return parse(text, window) if text.strip() else None


def _standing(row: FoundRow) -> list[Doubt]:
    """What was odd about the row in its table, unless it is a gap that has been filled since."""
    filled = {name for name in FIELDS if getattr(row, name)}
    return [d for d in row.doubts if not (d.code == "merged_across" and d.field in filled)]


def _gaps(row: FoundRow) -> list[Doubt]:
    explained = {doubt.field for doubt in row.doubts if doubt.code == "merged_across"}
    empty = [name for name in FIELDS if not getattr(row, name) and name not in explained]
    if row.same_as is not None:  # the rest stands in the row that it repeats
        empty = [name for name in empty if name == "follow_up"]
    area = [Doubt("area_missing", field="area")] if row.area is None else []
    return [*(Doubt(f"{name}_missing", field=name) for name in empty), *area]


def _mixed(row: FoundRow, known: frozenset[str]) -> list[Doubt]:
    found = []
    for name in FIELDS:
        for word in find_mixed_words(getattr(row, name), known):
            letters = ", ".join(f"{letter} ({code})" for letter, code, _ in word.strangers)
            values: dict[str, str | int] = {"word": word.word, "letters": letters}
            code = "mixed_script" if word.proposed else "mixed_script_unread"
            values |= {"proposed": word.proposed} if word.proposed else {}
            names = "; ".join(full for _, _, full in word.strangers)
            found.append(Doubt(code, values | {"names": names}, name))
    return found


def _persons(row: FoundRow) -> list[Doubt]:
    """What points somebody out: readers of the plan are given roles, never a name or a number."""
    cells = [(name, getattr(row, name)) for name in FIELDS]
    return [
        Doubt("person", {"text": text[span.start : span.end]}, name)
        for name, text in cells
        for span in find_personal_data(text)
    ]


def _unread(row: FoundRow, when: Schedule | None, follow_up: Schedule | None) -> list[Doubt]:
    read = [("follow_up", follow_up)] if row.same_as is not None else [
        ("when", when), ("follow_up", follow_up),
    ]  # fmt: skip
    return [
        Doubt("time_unread", {"reason": schedule.reason or ""}, name)
        for name, schedule in read
        if schedule is not None and schedule.kind is Kind.UNPARSED
    ]


def _repeats(
    row: FoundRow, by_number: Mapping[int, FoundRow], places: dict[tuple[int, int], int]
) -> list[Doubt]:
    """That the row is another's activity, where they differ, and a second time under one area."""
    found = []
    first = by_number.get(row.same_as or 0)
    if first is not None:
        found.append(Doubt("repeated", {"row": first.number}))
        for name in ("activity", "when", "who"):
            ours, theirs = getattr(row, name), getattr(first, name)
            if ours and ours.casefold() != theirs.casefold():
                found.append(Doubt("differs", {"row": first.number, "text": theirs}, name))
    if row.area is not None:
        key = (row.same_as or row.number, row.area)
        if key in places:
            found.append(Doubt("twice_in_area", {"row": places[key]}))
        places.setdefault(key, row.number)
    return found
