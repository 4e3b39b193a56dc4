"""How far coders agree, and how far a machine agrees with people: plain labels in, numbers out."""

import enum
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

FIRM_FROM = 0.80
TENTATIVE_FROM = 0.667


class Reliability(enum.Enum):
    """What an agreement allows: figures that stand, tentative ones, or coding anew."""

    FIRM = "firm"
    TENTATIVE = "tentative"
    RECODE = "recode"


def judge(agreement: float | None) -> Reliability | None:
    """What ``agreement`` (alpha or kappa) allows; None where there is nothing to judge.

    Limits 0.80 and 0.667 after K. Krippendorff, Content Analysis (4th ed. 2018), section 12.3.1.
    """
    if agreement is None:
        return None
    if agreement >= FIRM_FROM:
        return Reliability.FIRM
    return Reliability.TENTATIVE if agreement >= TENTATIVE_FROM else Reliability.RECODE


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """Cohen's kappa of two coders' labels for the same units, -1 to 1.

    None where both use one and the same label throughout, or there are no units: agreement by
    chance is then complete and kappa is not defined. Raises ValueError for unequal lengths.

    Source: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological
    Measurement 20 (1960) 37-46. Held in tests to ``sklearn.metrics.cohen_kappa_score``.
    """
    n = len(first)
    if n != len(second):
        raise ValueError(f"{n} units by one coder and {len(second)} by the other")
    if n == 0:
        return None
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    theirs = Counter(second)
    by_chance = sum(count * theirs[label] for label, count in Counter(first).items()) / n**2
    return None if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)


def krippendorff_alpha(units: Sequence[Sequence[Hashable | None]]) -> float | None:
    """Krippendorff's alpha for nominal labels, at most 1; 0 is what chance would give.

    One row for each unit with the labels that its coders gave; None is a label not given, and a
    unit with fewer than two labels tells nothing. Any number of coders. None where all labels are
    the same or no unit has two: alpha is then not defined.

    Source: K. Krippendorff, Computing Krippendorff's alpha-reliability (2011), University of
    Pennsylvania, whose examples A to C it is held to in tests, and to the package ``krippendorff``.
    """
    paired = [[label for label in unit if label is not None] for unit in units]
    paired = [labels for labels in paired if len(labels) > 1]
    totals: Counter[Hashable] = Counter(label for labels in paired for label in labels)
    n = sum(totals.values())
    expected = n * n - sum(count * count for count in totals.values())
    if not expected:
        return None
    observed = 0.0  # pairs that differ, each unit's weighed by 1 / (labels - 1)
    for labels in paired:
        alike = sum(count * count for count in Counter(labels).values())
        observed += (len(labels) ** 2 - alike) / (len(labels) - 1)
    return 1 - (n - 1) * observed / expected


@dataclass(frozen=True, slots=True)
class Match:
    """How suggestions fit what people said: ``hits`` in both, and what only the one has.

    ``n`` is the number of units that were compared.
    """

    n: int
    hits: int
    only_machine: int
    only_people: int

    @property
    def precision(self) -> float | None:
        """The share of the suggestions that people agree with; None where nothing is suggested."""
        return _share(self.hits, self.hits + self.only_machine)

    @property
    def recall(self) -> float | None:
        """The share of people's labels that were suggested; None where people gave none."""
        return _share(self.hits, self.hits + self.only_people)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of the two; None where nobody labelled anything."""
        return _share(2 * self.hits, 2 * self.hits + self.only_machine + self.only_people)


def match_labels(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> Match:
    """Over all units (micro): each pair is what people gave and what was suggested.

    Held in tests to scikit-learn's ``precision_recall_fscore_support`` with ``average="micro"``.
    """
    hits = sum(len(people & machine) for people, machine in pairs)
    return Match(
        n=len(pairs),
        hits=hits,
        only_machine=sum(len(machine) for _people, machine in pairs) - hits,
        only_people=sum(len(people) for people, _machine in pairs) - hits,
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
