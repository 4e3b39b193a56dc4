"""Population counts, brought in by staff on a page."""

import io
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.models.population import PopulationCount
from surveys.permissions import StaffRole
from tests.factories.municipalities import make_account
from tests.factories.population import table_of, table_rows
from tests.page import Page, PageClient

PAGE = "/soderhamn/handlaggning/installningar/folkmangd"
SETTINGS = "/soderhamn/handlaggning/installningar/"


@pytest.fixture
def staff(
    sign_in: Callable[[User], PageClient], session: Session, municipality: Municipality
) -> PageClient:
    return sign_in(make_account(session, municipality))


def send(staff: PageClient, content: bytes | None, status: int = 303, **typed: str) -> Page:
    data: dict[str, object] = dict(staff.get(PAGE).fields("form.form")) | {"source": "SCB"} | typed
    data["file"] = (io.BytesIO(content or b""), "folkmangd.csv" if content is not None else "")
    return staff.post(PAGE, data, status, content_type="multipart/form-data")


def stored(session: Session, municipality: Municipality) -> int:
    session.rollback()
    rows = session.scalars(
        select(PopulationCount.n).where(PopulationCount.municipality_id == municipality.id)
    )
    return sum(rows)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_table_is_brought_in_and_shown_by_the_survey_s_age_groups(
    staff: PageClient, session: Session, municipality: Municipality, encoding: str
) -> None:
    assert "Ingen folkmängd än." in staff.get(PAGE).text
    send(staff, table_of(table_rows()).decode().encode(encoding))
    page = staff.get(PAGE)
    said = page.words("section[aria-labelledby=there]")
    assert all(words in said for words in ("25 643 invånare", "31 december 2019", "Källa: SCB."))
    rows = page.all_words("table tr")
    assert "Under 15 år 1 993 2 104 4 097" in rows
    assert "80 år eller äldre 1 067 741 1 808" in rows
    assert "25 643 invånare" in staff.get(SETTINGS).words("section[aria-labelledby=population]")


def test_a_table_that_misses_a_group_is_refused_with_the_group_and_what_was_there_stands(
    staff: PageClient, session: Session, municipality: Municipality
) -> None:
    send(staff, table_of(table_rows()))
    short = [row for row in table_rows() if ",män,65-69," not in row]
    page = send(staff, table_of(short), 422, source="SCB, ny tabell")
    assert "Gruppen män i åldern 65-69 saknas i tabellen." in page.text
    assert "Det som fanns finns kvar." in page.text
    assert page.fields("form.form")["source"] == "SCB, ny tabell"
    assert stored(session, municipality) == 25643


def test_a_row_that_cannot_be_read_is_told_by_its_line(
    staff: PageClient, session: Session, municipality: Municipality
) -> None:
    rows = [row.replace("män,15-19,708", "män,15-19,<b>många</b>") for row in table_rows()]
    page = send(staff, table_of(rows), 422)
    assert "rad 23: antalet är ”<b>många</b>”." in page.text
    assert stored(session, municipality) == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "Välj en fil."), (b"PK\x03\x04\x00\x00", "Spara den som CSV"), (b"\x00\x00", "tom")],
    ids=["none", "spreadsheet", "NULs"],
)
def test_what_is_no_table_is_told(staff: PageClient, content: bytes | None, words: str) -> None:
    assert words in send(staff, content, 422).text


def test_who_made_the_figures_is_asked_for(staff: PageClient) -> None:
    page = send(staff, table_of(table_rows()), 422, source="")
    assert "Skriv vem som har tagit fram siffrorna." in page.text


@pytest.mark.parametrize("role", [StaffRole.POLICE, StaffRole.ANALYST])
def test_only_those_who_manage_settings_bring_it_in(
    sign_in: Callable[[User], PageClient],
    session: Session,
    municipality: Municipality,
    role: StaffRole,
) -> None:
    client = sign_in(
        make_account(session, municipality, role=role, email=f"{role.value}@x.example")
    )
    client.get(PAGE, 403)
