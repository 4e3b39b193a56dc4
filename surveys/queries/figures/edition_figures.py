"""Tables of published editions as figures that can be frozen, and what they tell of answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.disclosure.tables import TableKind
from surveys.errors import NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.evidence import Evidence, EvidenceKind
from surveys.models.municipality import Municipality
from surveys.queries.figures.figures import DialogueFacts
from surveys.queries.results.plain import as_json
from surveys.queries.results.result_editions import ResultEditionView, get_public_results

QUERY_NAME = "edition"
_QUESTION_GROUPS = {None: "", "gender": "_gender", "age_group": "_age"}
_OTHER_TABLES = {"problems": "themes", "wishes": "themes", "reasons": "reasons", "times": "times"}


@dataclass(frozen=True, slots=True)
class EditionFigure:
    """One table as an edition tells it to readers. ``edition`` is the one that it was taken from.

    ``table`` is as in ``ResultEdition.tables``; ``least`` the fewest persons of a number in it.
    """

    dialogue: DialogueFacts
    edition: int
    least: int
    table: Mapping[str, Any]

    @property
    def n(self) -> int:
        """The persons that the table is about."""
        return int(self.table["n"])

    def as_json(self) -> dict[str, Any]:
        """The numbers as they are stored: what readers have of them, and nothing else."""
        return {
            "dialogue": as_json(self.dialogue),
            "edition": self.edition,
            "least": self.least,
            "table": dict(self.table),
        }


def get_edition_figure(
    session: Session, municipality: Municipality, dialogue: Dialogue, key: str
) -> EditionFigure:
    """The table ``key`` of what readers see now; raise NotFound where it is not told."""
    edition = get_public_results(session, municipality, dialogue)
    table = find_table(edition, key) if edition else None
    if edition is None or table is None:
        raise NotFound(f"no published table {key}")
    return EditionFigure(_facts(dialogue, edition), edition.number, edition.least, table)


def find_table(edition: ResultEditionView, key: str) -> Mapping[str, Any] | None:
    """The edition's table ``key``, or None."""
    return next((table for table in edition.tables if table["key"] == key), None)


def is_from_edition(evidence: Evidence) -> bool:
    """Whether the evidence was frozen from a published edition."""
    return evidence.query.get("name") == QUERY_NAME


def table_key(evidence: Evidence) -> str | None:
    """The key under which an edition tells the same as the evidence; None where none does."""
    if is_from_edition(evidence):
        return str(evidence.query["table"])
    if evidence.kind is EvidenceKind.SURVEY_FIGURE:
        return f"q{evidence.figures['position']}"
    if evidence.kind not in (EvidenceKind.TABLE, EvidenceKind.CHART) or evidence.query["filters"]:
        return None
    measure, by = evidence.query["measure"], evidence.query["by"]
    if measure.startswith("q"):
        ending = _QUESTION_GROUPS.get(by)
        return None if ending is None else measure + ending
    return _OTHER_TABLES.get(measure) if by is None else None


def count_in(table: Mapping[str, Any], codes: Iterable[str]) -> int | None:
    """How many the table says gave one of ``codes``; None where it cannot be read from it."""
    wanted = set(codes)
    if table["kind"] == TableKind.CROSSED.value:
        return None
    rows = [row for row in table["rows"] if wanted & set(row["codes"])]
    if table["kind"] == TableKind.SEVERAL.value:
        return rows[0]["count"] if len(rows) == 1 == len(wanted) else None
    inside = all(set(row["codes"]) <= wanted for row in rows)
    return sum(row["count"] for row in rows) if rows and inside else None


def _facts(dialogue: Dialogue, edition: ResultEditionView) -> DialogueFacts:
    """Of the dialogue, what readers have: no day on which a single answer came."""
    return DialogueFacts(
        title=dialogue.title,
        opens_at=dialogue.opens_at,
        closes_at=dialogue.closes_at,
        first_on=None,
        last_on=swedish_day(min(edition.requested_at, dialogue.closes_at)),
        n_responses=edition.n,
        channels=(),
    )
