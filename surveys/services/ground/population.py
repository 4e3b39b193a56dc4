"""Stores how many live in a municipality by age, gender and area, whole or not at all."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from surveys.drafts.geography import Origin
from surveys.drafts.population import WHOLE
from surveys.errors import InvalidInput
from surveys.models.municipality import Municipality
from surveys.models.population import PopulationCount
from surveys.services.editions.input_rules import required_text
from surveys.services.ground.population_rows import read_population
from surveys.text.csv_table import Table

MAX_SOURCE = 300


@dataclass(frozen=True, slots=True)
class PopulationReport:
    """What was stored: ``n_people`` live there, in ``n_groups`` groups and ``n_areas`` areas."""

    n_people: int
    n_groups: int
    n_areas: int
    dated_on: date | None
    n_before: int  # groups that were there and are replaced


def replace_population_counts(
    session: Session, municipality: Municipality, table: Table, origin: Origin
) -> PopulationReport:
    """Store ``municipality``'s rows of ``table`` in place of the counts before.

    Without a day in ``origin`` they are of the last day of the year that the table names. Raises
    PopulationRefused, or InvalidInput where no source is named; then nothing has changed.
    """
    source = required_text(origin.source, "source", MAX_SOURCE)
    drafts, year = read_population(table, municipality.code, municipality.name)
    dated_on = origin.dated_on or (date(year, 12, 31) if year else None)
    if not any(draft.n for draft in drafts):
        raise InvalidInput("population_empty", "file")
    own = PopulationCount.municipality_id == municipality.id
    before = session.scalar(select(func.count()).select_from(PopulationCount).where(own)) or 0
    session.execute(delete(PopulationCount).where(own))
    session.add_all(
        PopulationCount(
            municipality_id=municipality.id,
            area=draft.area,
            gender=draft.gender,
            age_from=draft.ages.first,
            age_to=draft.ages.last,
            n=draft.n,
            source=source,
            dated_on=dated_on,
        )
        for draft in drafts
    )
    session.flush()
    areas = {draft.area for draft in drafts} - {WHOLE}
    of_all = [draft.n for draft in drafts if draft.area == WHOLE]
    return PopulationReport(
        n_people=sum(of_all or [draft.n for draft in drafts]),
        n_groups=len(drafts),
        n_areas=len(areas),
        dated_on=dated_on,
        n_before=before,
    )
