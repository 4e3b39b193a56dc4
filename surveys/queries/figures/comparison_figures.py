"""One question in two rounds as a figure that can be frozen and asked for again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.dialogue import Dialogue, QuestionKind
from surveys.models.municipality import Municipality
from surveys.queries.figures.figures import DialogueFacts, get_facts
from surveys.queries.results.comparison import (
    ComparedMeasure,
    ComparedRow,
    NotCompared,
    compare_rounds,
)
from surveys.queries.results.plain import as_json
from surveys.queries.results.rounds import Break, Told
from surveys.statistics.comparison import Difference, DifferenceTest
from surveys.statistics.proportions import Proportion


@dataclass(frozen=True, slots=True)
class ComparisonFigure:
    """One question, or one family of themes, in two rounds. ``dialogue`` is the later one."""

    dialogue: DialogueFacts
    earlier: DialogueFacts
    measure: ComparedMeasure

    @property
    def n(self) -> int:
        """Respondents behind the smaller round; 0 where either may not be told."""
        return min(self.measure.n_earlier or 0, self.measure.n_later or 0)

    def as_json(self) -> dict[str, Any]:
        """The numbers as they are stored."""
        return as_json(self)


def get_comparison_figure(
    session: Session, municipality: Municipality, dialogues: tuple[Dialogue, Dialogue], key: str
) -> ComparisonFigure:
    """The question or the family that the later round calls ``key``, within the limits.

    Raise NotFound where the two have no such thing in common.
    """
    found = compare_rounds(session, municipality, *dialogues, sees_rows=False)
    measures = {measure.measure: measure for measure in (*found.questions, *found.families)}
    if key not in measures:
        raise NotFound(key)
    earlier, later = sorted(dialogues, key=lambda each: (each.opens_at, each.id))
    return ComparisonFigure(
        dialogue=get_facts(session, municipality, later),
        earlier=get_facts(session, municipality, earlier),
        measure=measures[key],
    )


def measure_from_json(stored: Mapping[str, Any]) -> ComparedMeasure:
    """The compared question as it was frozen, to be drawn again."""
    first, second = stored["wordings"]
    versions = stored["versions"]
    return ComparedMeasure(
        measure=stored["measure"],
        code=stored["code"],
        kind=QuestionKind(stored["kind"]) if stored["kind"] else None,
        wordings=(first, second),
        versions=(versions[0], versions[1]),
        n_earlier=stored["n_earlier"],
        n_later=stored["n_later"],
        breaks=tuple(Break(each) for each in stored["breaks"]),
        rows=tuple(_row(row) for row in stored["rows"]),
    )


def _row(stored: Mapping[str, Any]) -> ComparedRow:
    why_not, difference = stored["why_not"], stored["difference"]
    return ComparedRow(
        key=stored["key"],
        title=stored["title"],
        earlier=_told(stored["earlier"]),
        later=_told(stored["later"]),
        difference=difference_from_json(difference) if difference else None,
        why_not=NotCompared(why_not) if why_not else None,
        adjusted_p=stored["adjusted_p"],
    )


def _told(stored: Mapping[str, Any]) -> Told:
    share = stored["share"]
    return Told(Proportion(**share) if share else None, stored["is_withheld"], stored["n"])


def difference_from_json(stored: Mapping[str, Any]) -> Difference:
    """A difference as it was frozen."""
    return Difference(
        **dict(stored)
        | {
            "earlier": Proportion(**stored["earlier"]),
            "later": Proportion(**stored["later"]),
            "test": DifferenceTest(stored["test"]),
        }
    )
