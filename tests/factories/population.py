"""Population counts to test with: facts of one municipality, and tables that tell them."""

from sqlalchemy.orm import Session

from surveys.drafts.geography import Origin
from surveys.models.municipality import Municipality
from surveys.services.population import replace_population_counts
from surveys.services.population_rows import read_population_table

# Söderhamn on 31 December 2019 by five-year groups from 0-4 to 80-84, and 85 and older. Source:
# Statistics Sweden (SCB), population by municipality, age and sex, CC0.
WOMEN = (646, 676, 671, 624, 477, 692, 670, 528, 615, 806, 852, 858, 877, 920, 982, 735, 523, 544)
MEN = (695, 721, 688, 708, 625, 797, 731, 582, 596, 806, 895, 868, 884, 928, 1021, 661, 410, 331)
AGES = (*(f"{first}-{first + 4}" for first in range(0, 85, 5)), "85+")
HEADER = "kommunkod,kommun,kon,aldersgrupp,folkmangd,referensar"


def table_rows(code: str = "2182", name: str = "Söderhamn") -> list[str]:
    """The rows of one municipality, women first, as the file of the whole country has them."""
    return [
        f"{code},{name},{gender},{ages},{n},2019"
        for gender, counts in (("kvinnor", WOMEN), ("män", MEN))
        for ages, n in zip(AGES, counts, strict=True)
    ]


def table_of(rows: list[str], header: str = HEADER) -> bytes:
    """The file: a header and the rows, in UTF-8."""
    return "\n".join([header, *rows, ""]).encode()


def make_population(
    session: Session,
    municipality: Municipality,
    rows: list[str] | None = None,
    header: str = HEADER,
    source: str = "SCB",
) -> None:
    """Store the counts, by the same way as an import."""
    rows = table_rows(municipality.code, municipality.name) if rows is None else rows
    table = read_population_table(table_of(rows, header))
    replace_population_counts(session, municipality, table, Origin(source))
