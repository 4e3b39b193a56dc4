"""What an edition may tell, held against somebody who keeps every edition and knows who moved."""

import itertools
import random

import pytest

from maps import edition_rule
from maps.edition_rule import Told, class_limits, doubled_down, level_of, stands

K = 5
MANY = 10_000  # who have marked some place in a dialogue of many


def people(*numbers):
    return frozenset(f"p{number}" for number in numbers)


def crowd(n, first=0):
    return people(*range(first, first + n))


def tell(now, before, least, n_all=MANY):
    return edition_rule.tell(now, before, least, n_all)


def told_total(persons, levels, before, k, n_all=MANY):
    return edition_rule.told_total(persons, levels, before, k, n_all)


def levels(told):
    return {cell: row.level for cell, row in told.items() if row.level}


def test_classes_are_told_from_the_limit_on_and_double():
    counts = (0, 4, 5, 9, 10, 19, 20, 39, 40, 79, 80, 5000)
    assert [level_of(n, K) for n in counts] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert (level_of(9, 10), level_of(10, 10)) == (0, 1)


def test_the_first_edition_tells_each_cell_by_its_persons():
    told = tell({"few": crowd(4), "some": crowd(5), "many": crowd(40)}, None, K)
    assert levels(told) == {"some": 1, "many": 4}


def test_the_fifth_person_does_not_make_a_cell_appear():
    first = tell({"a": crowd(4)}, None, K)
    second = tell({"a": crowd(5)}, first, K)
    third = tell({"a": crowd(6)}, second, K)
    assert levels(second) == levels(third) == {}


def test_a_cell_appears_when_five_have_come_since_the_edition_before():
    first = tell({"a": crowd(4)}, None, K)
    assert levels(tell({"a": crowd(9)}, first, K)) == {"a": 1}
    assert levels(tell({"b": crowd(5, 100)}, first, K)) == {"b": 1}


def test_those_who_come_and_those_who_leave_are_not_added():
    first = tell({"a": crowd(9)}, None, K)
    assert levels(tell({"a": people(*range(4, 9), *range(20, 24))}, first, K)) == {"a": 1}
    assert levels(tell({"a": people(*range(1, 9), *range(20, 24))}, first, K)) == {"a": 1}
    assert levels(tell({"a": people(*range(1, 9), *range(20, 25))}, first, K)) == {"a": 2}


@pytest.mark.parametrize("n_others", range(10))
def test_four_who_withdraw_and_answer_again_see_nothing_of_the_others(n_others):
    """With one of theirs fewer than before, or with one more who has come: the map is the same."""
    others, elsewhere = crowd(n_others, 100), crowd(30, 500)
    first = tell({"a": others | crowd(4), "b": elsewhere}, None, K)
    for again in (crowd(4, 10), crowd(3, 10)):
        second = tell({"a": others | again, "b": elsewhere}, first, K)
        assert levels(second) == levels(first)
    with_one_more = tell({"a": others | people(99) | crowd(3, 10), "b": elsewhere}, first, K)
    assert levels(with_one_more) == levels(first)


@pytest.mark.parametrize("n_left", range(1, K))
def test_who_leaves_with_fewer_than_the_limit_changes_no_class(n_left):
    first = tell({"a": crowd(5), "b": crowd(20, 50)}, None, K)
    second = tell({"a": crowd(5 - n_left), "b": crowd(20, 50)}, first, K)
    assert levels(second) == levels(first)


def test_a_class_falls_once_enough_have_left():
    first = tell({"a": crowd(12), "b": crowd(20, 50)}, None, K)
    assert levels(tell({"a": crowd(7), "b": crowd(20, 50)}, first, K)) == {"a": 1, "b": 3}


@pytest.mark.parametrize("n_others", range(12))
def test_an_edition_never_falls_for_one_who_leaves_alone(n_others):
    told = tell({"a": crowd(n_others) | people(99), "b": crowd(20, 50)}, None, K)
    gone: frozenset[str] = frozenset()
    for one in [people(99), *(people(number) for number in range(n_others))]:
        assert stands(told.values(), gone, one, K)
        gone |= one


def test_an_edition_falls_where_enough_leave_one_cell_together():
    told = tell({"a": crowd(9), "b": crowd(20, 50)}, None, K).values()
    assert stands(told, frozenset(), crowd(4), K)
    assert not stands(told, frozenset(), crowd(5), K)
    assert stands(told, frozenset(), crowd(4) | people(50), K)  # five, of no one cell
    assert not stands(tell({"a": crowd(10)}, None, K).values(), people(9), crowd(5), K)


def test_totals_are_told_as_classes_and_do_not_follow_single_persons():
    open_end = [5]  # a cell of the last class leaves any total room
    assert [doubled_down(n, K) for n in (0, 4, 7, 19, 20, 49, 412)] == [0, 0, 5, 10, 20, 40, 320]
    assert [doubled_down(n, 10) for n in (9, 10, 45)] == [0, 10, 40]
    assert told_total(crowd(51), open_end, None, K) == 40
    assert told_total(crowd(41), open_end, (20, crowd(39)), K) == 20
    assert told_total(crowd(44), open_end, (20, crowd(39)), K) == 40
    assert told_total(crowd(19), open_end, (20, crowd(20)), K) == 20
    assert told_total(crowd(15), open_end, (20, crowd(20)), K) == 10
    assert told_total(crowd(16) | crowd(3, 50), open_end, (20, crowd(20)), K) == 20


def test_a_total_never_narrows_the_class_of_a_square():
    """Three squares of nine and seven of nineteen hold 160: told, each one's number would be."""
    full = crowd(3 * 9 + 7 * 19)
    assert told_total(full, [1] * 3 + [2] * 7, None, K) == 80
    assert told_total(full, [1] * 3 + [2] * 7, (160, full), K) == 80  # told before there was a rule
    chance = random.Random(7)
    for _ in range(500):
        numbers = [
            chance.choice((5, 9, 10, 19, 20, 39, 40, 79)) for _ in range(chance.randint(1, 12))
        ]
        levels = [level_of(n, K) for n in numbers]
        total = told_total(crowd(sum(numbers)), levels, None, K)
        assert total >= max(class_limits(K)[level - 1] for level in levels)
        highest = [class_limits(K)[level] - 1 for level in levels]
        for cell, level in enumerate(levels):
            others = sum(highest) - highest[cell]
            assert class_limits(K)[level - 1] + others >= total, (numbers, total)


@pytest.mark.parametrize("n", [*range(40), 85, 200])
def test_a_map_leaves_room_for_as_many_as_the_limit_to_have_marked_other_places(n):
    """All that are known to feel unsafe somewhere would else be known to do so here."""
    here, k_elsewhere = crowd(n), n + K
    [told] = tell({"a": here}, None, K, n_all=n).values()
    least = class_limits(K)[told.level - 1] if told.level else 0
    assert least <= max(n - K, 0)
    assert told_total(here, [told.level], None, K, n_all=n) <= max(n - K, 0)
    assert told.level == level_of(n - K, K), "no less than may be told"
    assert levels(tell({"a": here}, None, K, k_elsewhere)) == levels(tell({"a": here}, None, K))


def test_a_class_that_was_held_down_moves_with_many_and_not_with_one_who_marks_elsewhere():
    first = tell({"a": crowd(12)}, None, K, n_all=14)
    assert levels(first) == {"a": 1}
    second = tell({"a": crowd(12)}, first, K, n_all=15)
    assert levels(second) == {"a": 1}
    assert levels(tell({"a": crowd(17)}, second, K, n_all=20)) == {"a": 2}


@pytest.mark.parametrize("seed", range(60))
def test_nobody_who_knows_that_one_person_moved_finds_out_where(seed):
    """All differences between two editions, when one answer came or left in between."""
    chance = random.Random(seed)
    cells = {f"c{i}": set(crowd(chance.randint(0, 24), 1000 * i)) for i in range(14)}
    first = tell({cell: frozenset(who) for cell, who in cells.items()}, None, K)
    victim_cell = chance.choice(sorted(cells))
    if chance.random() < 0.5 or not cells[victim_cell]:
        cells[victim_cell].add("victim")
    else:
        cells[victim_cell].pop()
    second = tell({cell: frozenset(who) for cell, who in cells.items()}, first, K)
    assert levels(second) == levels(first)


@pytest.mark.parametrize("seed", range(20))
def test_through_a_whole_series_a_class_moves_only_with_many(seed):
    chance = random.Random(seed)
    cells: dict[str, frozenset[str]] = {}
    editions: list[dict[str, Told]] = []
    for number in range(12):
        for cell in (f"c{i}" for i in range(8)):
            come = crowd(chance.choice((0, 0, 1, 2, 4, 5, 9)), 1000 * number)
            stay = sorted(cells.get(cell, frozenset()))[chance.choice((0, 0, 1, 4, 6)) :]
            cells[cell] = frozenset(stay) | come
        editions.append(tell(cells, editions[-1] if editions else None, K))
    for before, after in itertools.pairwise(editions):
        for cell in after:
            earlier = before.get(cell, Told(0, frozenset()))
            if after[cell].level != earlier.level:
                came = len(after[cell].persons - earlier.persons)
                assert max(came, len(earlier.persons - after[cell].persons)) >= K
                assert after[cell].level == level_of(len(after[cell].persons), K)
