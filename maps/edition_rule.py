"""When a published map may say something new: never because of one person.

Readers keep what they have seen, so each edition of a map is read beside all earlier ones. A cell
is told as a class, "at least 5 persons", and a new edition may move a cell to another class only
when at least as many persons have come to the cell, or as many have left it, since the edition
before. The two are not added: whoever withdraws and answers again has done both, and is one.

The standard library only, so that the web process may import it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# The lowest number of persons of each class, in multiples of the limit.
CLASS_STEPS = (1, 2, 4, 8, 16)


@dataclass(frozen=True, slots=True)
class Told:
    """What an edition tells of a cell: its class, 0 for too few, and who had marked it by then."""

    level: int
    persons: frozenset[str]


NOBODY = Told(0, frozenset())


def class_limits(least: int) -> tuple[int, ...]:
    """The lowest number of persons of the classes 1 to 5."""
    return tuple(step * least for step in CLASS_STEPS)


def level_of(n: int, least: int) -> int:
    """The class of ``n`` persons: 0 for fewer than ``least``, else 1 to 5."""
    return bisect_right(class_limits(least), n)


def n_moved(before: frozenset[str], now: frozenset[str]) -> int:
    """How many persons have moved at least: those who came or those who left, if they are more.

    Added, three who withdraw and answer again would count as six, and could so have a number
    counted anew whenever they like, with or without the one whom they look for.
    """
    return max(len(now - before), len(before - now))


def highest_level(n_all: int, least: int) -> int:
    """The highest class of a map of ``n_all`` persons: so many less ``least`` reach it.

    Ten have said in public that they feel unsafe somewhere: "at least 10" of one cell would place
    each of them. As a table withholds "everybody", a map leaves room for as many as the limit to
    have marked nothing but other places.
    """
    return level_of(n_all - least, least)


def tell(
    now: Mapping[str, frozenset[str]],
    before: Mapping[str, Told] | None,
    least: int,
    n_all: int,
) -> dict[str, Told]:
    """What the next edition tells of each cell; ``before`` is the last one that was published.

    ``n_all`` is how many have marked any place, those that no map shows among them: no cell is
    given a class above `highest_level`. Where fewer than ``least`` have moved, the class stays,
    also where it is one that the cell would not reach today: whoever withdrew an answer of their
    own to see it fall would learn how many others there are.
    """
    highest = highest_level(n_all, least)
    told = {}
    earlier_cells = before or {}
    for cell in sorted(now.keys() | earlier_cells.keys()):
        who, earlier = now.get(cell, frozenset()), earlier_cells.get(cell, NOBODY)
        has_moved = n_moved(earlier.persons, who) >= least
        level = min(level_of(len(who), least), highest) if has_moved else earlier.level
        told[cell] = Told(level, who)
    return told


def stands(told: Iterable[Told], gone: frozenset[str], leaving: frozenset[str], least: int) -> bool:
    """Whether an edition stays public when ``leaving`` leave at once; ``gone`` had left before.

    It falls only where at least ``least`` of them leave one cell whose class is then too high. One
    who leaves alone never takes it down, whatever is left behind.
    """
    return all(
        len(cell.persons & leaving) < least
        or level_of(len(cell.persons - gone - leaving), least) >= cell.level
        for cell in told
    )


def told_total(
    persons: frozenset[str],
    levels: Iterable[int],
    before: tuple[int, frozenset[str]] | None,
    k: int,
    n_all: int,
) -> int:
    """ "At least so many persons", a class of its own; as before where fewer than k moved.

    ``levels`` are those of the cells that the total counts, `before` the total that was told and
    whom it counted, ``n_all`` how many have marked any place. Never more than the cells leave open
    (`total_limit`), and told anew never more than all but k.
    """
    limit = total_limit(levels, k)
    if before is not None:
        total, earlier = before
        if n_moved(earlier, persons) < k:
            return total if limit is None or total <= limit else doubled_down(limit, k)
    n = min(len(persons), n_all - k)
    return doubled_down(n if limit is None else min(n, limit), k)


def total_limit(levels: Iterable[int], k: int) -> int | None:
    """The most that a total may tell without narrowing any cell's class; None: there is no limit.

    Nine cells of five to nine and one of ten to nineteen hold 100 at most: "at least 100" would
    tell each one's number, and beside the number of all who have marked a place, which is published
    too, how few are elsewhere. So the total always leaves room for each cell to hold its lowest
    number. A cell of the last class has no highest, so it leaves any room.
    """
    bounds = class_limits(k)
    shown = [level for level in levels if level]
    if any(level == len(bounds) for level in shown):
        return None
    most = sum(bounds[level] - 1 for level in shown)
    return most - max((bounds[level] - 1 - bounds[level - 1] for level in shown), default=0)


def doubled_down(n: int, k: int) -> int:
    """The largest of k, 2k, 4k, 8k … that is at most ``n``; 0 for fewer than k.

    As the classes of cells, so that no cell tells more than all together.
    """
    return k << (n // k).bit_length() - 1 if n >= k else 0
