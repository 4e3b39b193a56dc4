"""When a published table may say something new, on sets of persons without a database."""

from surveys.disclosure.classes import merge_small, settle_crossed, settle_one_way
from surveys.disclosure.editions import Ledger, Limits, admit, extend, renew
from surveys.disclosure.tables import (
    Crossed,
    OneWay,
    Pattern,
    Persons,
    Segment,
    Several,
    number_name,
    row_partitions,
)

LIMITS = Limits(5, 10)
SCALE = ("5", "4", "3", "2", "1")
STEPS = ((("5", "4"), ("3",), ("2", "1")), (("5", "4", "3"), ("2", "1")))


def people(name: str, n: int) -> Persons:
    return frozenset(f"{name}{i}" for i in range(n))


def question(**counts: int) -> OneWay:
    """Answers by code, ``a5=12`` for twelve on 5; ``dont`` and ``none`` are segments alone."""
    persons = {name.removeprefix("a"): people(name, n) for name, n in counts.items()}
    segments = (Segment(SCALE), Segment(("dont",)), Segment(("none",)))
    return OneWay("q1", segments, persons, is_core=True)


def everybody(table: OneWay) -> Persons:
    return table.members(table.persons)


def tell(table: OneWay, before: Ledger | None = None, pattern: Pattern | None = None):  # type: ignore[no-untyped-def]
    """Admit, renew and extend for one core table: (renewed or None, ledger)."""
    before = before or Ledger()
    patterns = {"q1": pattern} if pattern else {}
    admitted = admit([table], patterns, before, everybody(table), LIMITS.least)
    found = renew(table, {"q1": table}, patterns, before, admitted, LIMITS)
    return found, extend(before, [found] if found else [], admitted)


def test_answers_with_too_few_are_told_with_their_smaller_neighbour() -> None:
    sizes = {"5": 20, "4": 9, "3": 3, "2": 6, "1": 2}
    rows = merge_small(Segment(SCALE), lambda row: sum(sizes[c] for c in row), 5)
    assert rows == [("5",), ("4",), ("3", "2", "1")]


def test_a_neighbour_with_nobody_is_no_cover() -> None:
    sizes = {"5": 20, "4": 9, "3": 3, "2": 0, "1": 6}
    rows = merge_small(Segment(SCALE), lambda row: sum(sizes[c] for c in row), 5)
    assert rows == [("5",), ("4",), ("3", "2", "1")]


def test_channels_with_too_few_are_told_with_the_smallest_other() -> None:
    sizes = {"web": 50, "paper": 3, "meeting": 30, "school": 1}
    segment = Segment(tuple(sizes), is_ordered=False)
    rows = merge_small(segment, lambda row: sum(sizes[c] for c in row), 5)
    assert sorted(map(sorted, rows)) == [["meeting", "paper", "school"], ["web"]]


def test_a_table_in_which_all_said_the_same_is_not_told() -> None:
    table = question(a5=40)
    assert settle_one_way(table, everybody(table), 5) is None


def test_few_who_did_not_know_wait_instead_of_being_added_to_something_else() -> None:
    found, ledger = tell(question(a5=20, a4=9, dont=3, none=6))
    assert len(ledger.members) == 35
    assert found.numbers[number_name("q1", ["dont"])] == frozenset()
    assert len(found.numbers[number_name("q1", ["none"])]) == 6


def test_nobody_waits_for_a_table_that_is_not_told() -> None:
    table = question(a5=40, none=3)
    assert admit([table], {}, Ledger(), everybody(table), 5) == everybody(table)


def test_one_more_answer_changes_nothing() -> None:
    first, ledger = tell(question(a5=20, a2=9))
    again, after = tell(question(a5=21, a2=9), ledger, first.pattern)
    assert again.numbers == first.numbers
    assert after == ledger


def test_new_answers_wait_only_where_they_are_too_few() -> None:
    first, ledger = tell(question(a5=20, a2=9))
    again, _ = tell(question(a5=27, a2=11), ledger, first.pattern)
    assert len(again.numbers["q1=5"]) == 27
    assert len(again.numbers["q1=2"]) == 9
    assert len(again.numbers["n"]) == 36


def test_those_who_waited_are_counted_once_they_are_enough() -> None:
    first, ledger = tell(question(a5=20, a2=9))
    _, ledger = tell(question(a5=27, a2=11), ledger, first.pattern)
    third, _ = tell(question(a5=27, a2=14), ledger, first.pattern)
    assert len(third.numbers["q1=2"]) == 14


def test_somebody_who_leaves_is_not_seen_to_leave() -> None:
    """The table stands as it was, until so many have come that the one cannot be told."""
    first, ledger = tell(question(a5=20, a2=9))
    found, _ = tell(question(a5=19, a2=9), ledger, first.pattern)
    assert found is None
    later = question(a5=26, a2=9)
    later = OneWay("q1", later.segments, {**later.persons, "5": later.persons["5"] - {"a50"}}, True)
    found, _ = tell(later, ledger, first.pattern)
    assert len(found.numbers["q1=5"]) == 25


def test_three_who_answer_anew_let_nobody_see_who_came_beside_them() -> None:
    """Counted as six who moved, they would be told anew exactly when somebody replaced the one."""
    first, ledger = tell(question(a5=40, a4=30))
    assert first is not None
    others = people("a5", 37)
    again = others | people("again", 2) | people("somebody", 1)
    name = number_name("q1", ("5",))
    assert not ledger.allows(name, again, LIMITS.least)
    assert not ledger.allows(name, others | people("again", 3), LIMITS.least)
    assert ledger.allows(name, people("a5", 35) | people("again", 5), LIMITS.least)


def test_a_number_is_held_to_all_earlier_editions_not_only_to_the_last() -> None:
    ledger = Ledger(told={"x": people("a", 27)}, counts={"x": (20, 27)})
    assert not ledger.allows("x", people("b", 22), 5)
    assert ledger.allows("x", people("b", 20), 5)
    assert ledger.allows("x", people("b", 15), 5)


def test_a_class_that_was_once_joined_is_never_parted_again() -> None:
    first, ledger = tell(question(a5=20, a2=9, a1=3))
    again, _ = tell(question(a5=20, a2=15, a1=30), ledger, first.pattern)
    assert ("2", "1") in again.pattern.rows
    assert len(again.numbers["q1=1+2"]) == 45


def crossed(groups: dict[str, Persons], *, is_ordered: bool = False) -> Crossed:
    codes = ("woman", "man", "other", "none")
    return Crossed("q1_gender", "q1", Segment(codes, is_ordered), groups, codes[2:], SCALE, STEPS)


def split(table: OneWay, **shares: dict[str, int]) -> dict[str, Persons]:
    """The groups, with so many of each answer."""
    left = {code: sorted(who) for code, who in table.persons.items()}
    groups: dict[str, set[str]] = {}
    for group, counts in shares.items():
        for code, n in counts.items():
            groups.setdefault(group, set()).update(left[code.removeprefix("a")][:n])
            del left[code.removeprefix("a")][:n]
    return {group: frozenset(who) for group, who in groups.items()}


def test_a_crossed_table_keeps_groups_apart_before_answers() -> None:
    table = question(a5=40, a4=40, a3=40, a2=40, a1=40)
    groups = split(
        table,
        woman={"a5": 15, "a4": 15, "a3": 15, "a2": 15, "a1": 15},
        man={"a5": 15, "a4": 15, "a3": 15, "a2": 15, "a1": 15},
        other={"a5": 6, "a4": 5, "a3": 6, "a2": 4, "a1": 3},
        none={"a5": 4, "a4": 5, "a3": 4, "a2": 6, "a1": 7},
    )
    pattern = settle_crossed(
        crossed(groups), table, Pattern(tuple((c,) for c in SCALE)), everybody(table), 10
    )
    assert pattern is not None
    assert pattern.columns == (("woman",), ("man",), ("other", "none"))
    assert pattern.rows == tuple((c,) for c in SCALE)


def test_a_group_too_small_for_any_row_is_told_with_another() -> None:
    table = question(a5=45, a2=45)
    groups = split(
        table, woman={"a5": 25, "a2": 20}, man={"a5": 18, "a2": 23}, none={"a5": 2, "a2": 2}
    )
    pattern = settle_crossed(
        crossed(groups), table, Pattern((("5",), ("2",))), everybody(table), 10
    )
    assert pattern is not None
    assert pattern.columns == (("woman",), ("man", "none", "other"))


def test_who_comes_with_a_group_that_nobody_had_has_a_column() -> None:
    table = question(a5=45, a2=45)
    groups = split(table, woman={"a5": 25, "a2": 20}, man={"a5": 20, "a2": 25})
    pattern = settle_crossed(
        crossed(groups), table, Pattern((("5",), ("2",))), everybody(table), 10
    )
    assert pattern is not None
    assert sorted(sum(pattern.columns, ())) == ["man", "none", "other", "woman"]


def test_rows_that_were_joined_stay_joined_in_coarser_tables() -> None:
    rows = [("5",), ("4", "3"), ("2",), ("1",)]
    assert row_partitions(rows, STEPS)[1:] == [[("5", "4", "3"), ("2", "1")]]


def reasons(base: Persons | None = None, **counts: int) -> Several:
    return Several("reasons", {code: people("p", n) for code, n in counts.items()}, base)


def test_of_several_answers_those_with_too_few_or_nearly_all_are_held_back() -> None:
    all_of_us = people("p", 40)
    found = renew(
        reasons(dark=20, drugs=4, traffic=37, damage=0), {}, {}, Ledger(), all_of_us, LIMITS
    )
    assert found is not None
    assert {name for name in found.numbers if name not in found.hidden} == {
        "n", "reasons=dark", "reasons=-dark",
    }  # fmt: skip


def test_a_reason_that_was_held_back_is_told_when_enough_have_come() -> None:
    all_of_us = people("p", 40)
    first = renew(reasons(dark=20, drugs=3), {}, {}, Ledger(), all_of_us, LIMITS)
    assert first is not None
    ledger = extend(Ledger(), [first], all_of_us)
    few = renew(reasons(dark=20, drugs=6), {}, {}, ledger, all_of_us, LIMITS)
    assert few is not None
    assert "reasons=drugs" in few.hidden
    ledger = extend(ledger, [few], all_of_us)
    enough = renew(reasons(dark=20, drugs=8), {}, {}, ledger, all_of_us, LIMITS)
    assert enough is not None
    assert "reasons=drugs" not in enough.hidden


def test_a_told_reason_is_not_taken_away_for_one_who_left() -> None:
    all_of_us = people("p", 40)
    first = renew(reasons(dark=20, drugs=5), {}, {}, Ledger(), all_of_us, LIMITS)
    assert first is not None
    ledger = extend(Ledger(), [first], all_of_us)
    assert renew(reasons(dark=20, drugs=4), {}, {}, ledger, all_of_us, LIMITS) is None


def test_those_who_are_not_yet_coded_are_none_or_enough() -> None:
    all_of_us = people("p", 40)
    for n_coded, is_told in ((40, True), (37, False), (35, True)):
        themes = reasons(people("p", n_coded), light=30, dark=25)
        found = renew(themes, {}, {}, Ledger(), all_of_us, LIMITS)
        assert (found is not None) is is_told, n_coded


def test_themes_whose_held_back_rest_could_be_worked_out_are_not_told() -> None:
    """All who are coded have a theme: 40 coded, 36 with light, leaves four for the rest."""
    everyone = people("p", 60)
    themes = Several(
        "themes",
        {"light": people("p", 36), "knives": frozenset({"p36", "p37", "p38", "p39"})},
        people("p", 40),
    )
    assert renew(themes, {}, {}, Ledger(), everyone, LIMITS) is None
