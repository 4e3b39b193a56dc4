"""One respondent counts once per place."""

from maps.engine.marks import read_marks
from maps.engine.stand_ins import stand_ins
from maps.places import Place, Precision


def pin(lat: float, lon: float, who: str) -> Place:
    return Place(lat, lon, respondent=who)


def name(lat: float, lon: float, who: str, extent_m: float = 400) -> Place:
    return Place(lat, lon, Precision.PLACE, respondent=who, extent_m=extent_m)


def kept(*places: Place) -> int:
    """How many of the marks count."""
    return len(set(stand_ins(read_marks(places)).tolist()))


def test_pins_of_one_person_on_one_spot_count_once() -> None:
    assert kept(*[pin(61.3, 17.05, "a") for _ in range(30)]) == 1
    assert kept(pin(61.3, 17.05, "a"), pin(61.3, 17.05, "b")) == 2
    assert kept(pin(61.3, 17.05, "a"), pin(61.32, 17.05, "a")) == 2


def test_a_name_given_twice_counts_once_and_two_names_twice() -> None:
    assert kept(name(61.3, 17.05, "a"), name(61.3, 17.05, "a")) == 1
    assert kept(name(61.3, 17.05, "a"), name(61.35, 17.05, "a")) == 2
    assert kept(name(61.3, 17.05, "a"), name(61.3, 17.05, "b")) == 2


def test_a_name_and_a_pin_within_it_are_one_place_told_by_the_pin() -> None:
    marks = read_marks([name(61.3, 17.05, "a"), pin(61.302, 17.05, "a"), pin(61.302, 17.05, "b")])
    assert stand_ins(marks).tolist() == [1, 1, 2]
    assert kept(name(61.3, 17.05, "a"), pin(61.31, 17.05, "a")) == 2  # a kilometre away


def test_no_marks() -> None:
    assert stand_ins(read_marks([])).tolist() == []
