"""What may be told of persons at the same places in two rounds."""

from itertools import product
from typing import Any

from surveys.queries.maps.round_counts import ZONES, Untold, tell_counts


def findings(
    areas: dict[str, tuple[int, int]] | None = None,
    places: dict[int, tuple[int, int, int]] | None = None,
    within: dict[str, list[str]] | None = None,
    n: int = 60,
) -> dict[str, Any]:
    """Both rounds of ``n`` persons; places (at it, in the ring, in the rest) alike in both."""
    told = [*(areas or {}), *(f"{zone}{id_}" for id_ in places or {} for zone in ZONES)]
    return {
        "rounds": [{"n": n}, {"n": n}],
        "areas": [{"key": key, "persons": persons} for key, persons in (areas or {}).items()],
        "places": [{"id": id_, "persons": [zones, zones]} for id_, zones in (places or {}).items()],
        "within": within or {},
        "told": [told, told],
    }


def test_few_persons_are_not_told_nor_all_but_a_few() -> None:
    told = tell_counts(findings({"a1": (4, 56), "a2": (5, 55), "a3": (0, 60)}), 5)
    assert told.counts == ({"a2": 5, "a3": 0}, {"a2": 55, "a3": 60})


def test_only_what_may_be_told_beside_the_round_s_own_map_is() -> None:
    found = findings({"a1": (10, 30), "a2": (20, 20)})
    assert tell_counts(found | {"told": [["a2"], ["a1"]]}, 5).counts == ({"a2": 20}, {"a1": 30})
    del found["told"]  # drawn before that was decided
    assert tell_counts(found, 5).counts == ({}, {})


def test_nobody_is_not_told_of_a_small_round() -> None:
    told = tell_counts(findings({"a1": (0, 7)}, n=14), 5)
    assert told.counts[0] == {}
    assert told.pair("a1").untold is Untold.TOO_FEW


def test_a_round_of_few_tells_nothing() -> None:
    told = tell_counts(findings({"a1": (4, 4)}, n=4), 5)
    assert told.persons == (None, None)
    assert told.counts == ({}, {})
    assert tell_counts(findings(n=0), 5).persons == (0, 0)


def test_what_is_left_of_a_region_without_one_inside_it_is_no_few_persons() -> None:
    within = {"p1": ["a1"]}
    told = tell_counts(findings({"a1": (12, 12)}, {1: (9, 5, 50)}, within), 5)
    assert told.counts[0] == {"a1": 12}
    told = tell_counts(findings({"a1": (14, 14)}, {1: (9, 5, 50)}, within), 5)
    assert told.counts[0]["p1"] == 9
    told = tell_counts(findings({"a1": (9, 9)}, {1: (9, 5, 50)}, within), 5)
    assert told.counts[0]["p1"] == 9  # the same persons: nothing is left to tell of


def test_no_small_number_follows_from_what_is_told_of_a_place() -> None:
    """For every way in which 40 persons may lie: no difference of told numbers is one to four."""
    for at, ring in product(range(41), range(41)):
        rest = max(0, 40 - at - ring)
        told = tell_counts(findings(places={1: (at, ring, rest)}, n=40), 5).counts[0]
        known = [*told.values(), *(40 - number for number in told.values())]
        if len(told) > 1:  # where nobody is in two zones, the third follows from the others
            assert len(told) == 3
        assert not any(0 < number < 5 for number in known)


def test_differences_only_where_both_are_told_and_may_be_compared() -> None:
    told = tell_counts(findings({"a1": (10, 25), "a2": (10, 3)}), 5)
    pair = told.pair("a1")
    assert pair.difference is not None
    assert (pair.difference.earlier.count, pair.difference.later.count) == (10, 25)
    assert pair.difference.is_clear_of_zero
    assert told.pair("a1", Untold.BREAK).difference is None
    assert told.pair("a1", Untold.BREAK).later is not None
    assert told.pair("a2", Untold.BREAK).untold is Untold.TOO_FEW
