"""Respondents who are chosen, held to those who have set marks."""

import numpy as np

from surveys.queries.maps.mark_choice import Choice


def _ids(*pairs: tuple[int, int]) -> np.ndarray:
    return np.array(pairs, dtype=np.uint64).reshape(-1, 2).T


def test_whoever_is_on_every_list_is_chosen():
    known = _ids((1, 9), (2, 9), (3, 9))
    chosen, part = Choice((_ids((3, 9), (1, 9)), _ids((7, 9), (3, 9), (2, 9)))).of(known)
    assert chosen.tolist() == [False, False, True]
    assert part.tolist() == [0, 0, 0]


def test_an_id_that_only_begins_as_a_known_one_is_not_that_one():
    for known in (_ids((1, 9), (2, 9)), _ids((1, 8), (1, 9), (2, 9))):
        chosen, _ = Choice((_ids((2, 7), (1, 9)),)).of(known)
        assert known[:, chosen].T.tolist() == [[1, 9]]


def test_those_whose_part_was_not_read_are_of_none():
    known = _ids((1, 9), (2, 9), (3, 9))
    parts = (_ids((3, 9), (2, 9), (4, 9)), np.array([2, 1, 2]), np.array([False, True, False]))
    chosen, part = Choice((), parts).of(known)
    assert part.tolist() == [0, 1, 2]
    assert chosen.tolist() == [False, True, False]


def test_nobody_is_chosen_where_nobody_has_set_marks():
    chosen, part = Choice((_ids((1, 9)),)).of(_ids())
    assert chosen.size == part.size == 0
