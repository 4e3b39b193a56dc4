"""Population counts to test with: those of Söderhamn, and tables that tell them."""

from sqlalchemy.orm import Session

from surveys.demo.population_2019 import MEN, WOMEN
from surveys.drafts.geography import Origin
from surveys.models.municipality import Municipality
from surveys.services.ground.population import replace_population_counts
from surveys.services.ground.population_rows import read_population_table

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
