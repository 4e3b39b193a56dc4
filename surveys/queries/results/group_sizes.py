"""How many respondents each group of a dialogue has, as they may be told."""

from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.queries.results.crosstabs import Group, make_crosstab
from surveys.queries.results.filters import Filters
from surveys.queries.results.groups import ALL
from surveys.queries.results.tallies import Scope, tally_sizes


def get_group_sizes(
    session: Session, municipality: Municipality, dialogue: Dialogue, by: Group, *, sees_rows: bool
) -> dict[str, int | None]:
    """Respondents by group and, under ALL, in all; None where the number is withheld.

    Withheld as in the dialogue's first table split the same way, so that the two tell no more
    together. Who may see rows sees every number, so for them respondents are only counted.
    """
    if sees_rows:
        sizes = tally_sizes(session, Scope(municipality, dialogue, Filters()), by)
        return {ALL: sum(sizes.values()), **sizes}
    first = f"q{dialogue.questions[0].position}"
    table = make_crosstab(session, municipality, dialogue, measure=first, by=by)
    return {column.key: column.n_respondents for column in table.columns}
