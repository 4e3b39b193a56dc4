"""When a published map may say something new: never because of one person.

Readers keep what they have seen, so each edition of a map is read beside all earlier ones. A cell
is told as a class, "at least 5 persons", and a new edition may move a cell to another class only
when at least as many persons have come to the cell or left it since the edition before.

The standard library only, so that the web process may import it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

# The lowest number of persons of each class, in multiples of the limit.
CLASS_STEPS = (1, 2, 4, 8, 16)
_ROUND = (1, 2, 5)


class WouldTell(ValueError):
    """No edition can be both true and silent about who has left: it must wait for more answers."""


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


def tell(
    now: Mapping[str, frozenset[str]], before: Mapping[str, Told] | None, least: int
) -> dict[str, Told]:
    """What the next edition tells of each cell; ``before`` is the last one that was published.

    Raises WouldTell where somebody has left a cell that then has too few for its class, and too
    few other cells can step down with it to hide which one it was.
    """
    if before is None:
        return {cell: Told(level_of(len(who), least), who) for cell, who in now.items()}
    told, kept = {}, set()
    for cell in sorted(now.keys() | before.keys()):
        who, earlier = now.get(cell, frozenset()), before.get(cell, NOBODY)
        if len(who ^ earlier.persons) >= least:
            told[cell] = Told(level_of(len(who), least), who)
        else:
            told[cell] = Told(earlier.level, who)
            kept.add(cell)
    return _stepped_down(told, kept, least)


def holds(told: Iterable[Told], gone: frozenset[str], least: int) -> bool:
    """Whether each class is still true without the answers of those who are ``gone``."""
    return all(level_of(len(cell.persons - gone), least) >= cell.level for cell in told)


def told_total(persons: frozenset[str], before: tuple[int, frozenset[str]] | None, k: int) -> int:
    """ "At least so many persons", by 1, 2, 5 and tens of them; as before where fewer than k moved.

    ``before`` is the total that was told and whom it counted.
    """
    if before is not None:
        total, earlier = before
        if len(persons ^ earlier) < k and total <= len(persons):
            return total
    return rounded_down(len(persons))


def rounded_down(n: int) -> int:
    """The largest of 1, 2, 5, 10, 20, 50, 100 … that is at most ``n``; 0 for none."""
    if n < 1:
        return 0
    tens = 10 ** (len(str(n)) - 1)
    return max(step * tens for step in _ROUND if step * tens <= n)


def _stepped_down(told: dict[str, Told], kept: set[str], least: int) -> dict[str, Told]:
    """Cells that no longer hold go down together with every other cell of their classes."""
    true = {cell: level_of(len(told[cell].persons), least) for cell in kept}
    failing = [cell for cell in kept if true[cell] < told[cell].level]
    if not failing:
        return told
    floor = min(true[cell] for cell in failing)
    ceiling = max(told[cell].level for cell in failing)
    among = [cell for cell in kept if floor < told[cell].level <= ceiling]
    if len(among) < least:
        raise WouldTell(f"{len(among)} cells could have changed")
    return {
        cell: replace(now, level=floor) if floor < now.level <= ceiling else now
        for cell, now in told.items()
    }
