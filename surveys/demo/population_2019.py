"""How many lived in Söderhamn on 31 December 2019, by age and gender.

Facts: Statistics Sweden (SCB), population by municipality, age and sex, open data (CC0). SCB's
five-year groups from 0-4 to 80-84, and 85 and older.
"""

from sqlalchemy.orm import Session

from surveys.drafts.geography import Origin
from surveys.models.municipality import Municipality
from surveys.services.ground.population import replace_population_counts
from surveys.services.ground.population_rows import read_population_table

WOMEN = (646, 676, 671, 624, 477, 692, 670, 528, 615, 806, 852, 858, 877, 920, 982, 735, 523, 544)
MEN = (695, 721, 688, 708, 625, 797, 731, 582, 596, 806, 895, 868, 884, 928, 1021, 661, 410, 331)
_AGES = (*(f"{first}-{first + 4}" for first in range(0, 85, 5)), "85+")


def add_population(session: Session, municipality: Municipality) -> int:
    """The counts, through the same import that a municipality uses; return how many live there."""
    rows = [
        f"{gender},{ages},{n},2019"
        for gender, counts in (("kvinnor", WOMEN), ("män", MEN))
        for ages, n in zip(_AGES, counts, strict=True)
    ]
    table = read_population_table(
        "\n".join(["kon,aldersgrupp,folkmangd,referensar", *rows]).encode()
    )
    report = replace_population_counts(session, municipality, table, Origin("SCB"))
    return report.n_people
