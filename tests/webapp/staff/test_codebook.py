"""The codebook's pages: found, written, changed, merged, split, taken out and in as a file."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.models.theme import Theme
from surveys.permissions import StaffRole
from surveys.text.themes_examples import CODES
from tests.factories.coding import make_codebook, make_coding
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import make_account
from tests.factories.noise import NOISE_TEXT
from tests.page import Page, PageClient

HERE = "/soderhamn/handlaggning/kodbok"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def staff(session: Session, municipality: Municipality, sign_in: SignIn) -> PageClient:
    return sign_in(make_account(session, municipality))


def theme_page(session: Session, code: str) -> str:
    session.rollback()  # see what the pages have written since
    statement = select(Theme.id).where(Theme.code == code, Theme.municipality.has(slug="soderhamn"))
    return f"{HERE}/{session.scalars(statement).one()}"


def press(staff: PageClient, here: str, what: str, status: int) -> Page:
    token = staff.get(here).fields("header form")
    return staff.post(f"{here}/{what}", token, status)


def upload(staff: PageClient, content: bytes, status: int) -> Page:
    page = staff.get(f"{HERE}/fil")
    fields: dict[str, Any] = {
        "csrf_token": page.fields().get("csrf_token", ""),
        "file": (io.BytesIO(content), "kodbok.csv"),
    }
    return staff.post(f"{HERE}/fil", fields, status, content_type="multipart/form-data")


def test_the_first_look_finds_the_seventeen_themes(staff: PageClient) -> None:
    for _ in range(2):
        page = staff.get(HERE)
        assert "17 teman i bruk" in page.text
        assert "Ungdomskriminalitet" in page.text
        assert NOISE_TEXT not in page.text


def test_a_search_looks_in_all_words_of_a_theme(staff: PageClient) -> None:
    page = staff.get(f"{HERE}?sok=SKOTRAR")
    assert page.all_words(".points h3") == ["Trafik"]
    assert "älgar" in staff.get(f"{HERE}?sok=älgar").text


def test_a_new_theme_is_written_and_its_change_is_told(staff: PageClient) -> None:
    page = staff.get(f"{HERE}/ny")
    sent = staff.send(f"{HERE}/ny", page, 303, name="Lösa hundar", definition="Hundar utan koppel")
    told = staff.get(str(sent.response.location))
    assert told.heading == "Lösa hundar"
    assert "losa_hundar" in told.text
    assert "Skapat" in told.text


def test_a_theme_about_who_people_are_is_refused_with_the_reason(staff: PageClient) -> None:
    page = staff.get(f"{HERE}/ny")
    refused = staff.send(f"{HERE}/ny", page, 422, name="Somaliska ungdomar")
    assert "aldrig om människors etnicitet" in refused.text
    assert refused.fields()["name"] == "Somaliska ungdomar"


def test_an_edit_on_top_of_somebody_else_s_is_told_and_keeps_the_text(
    staff: PageClient, session: Session
) -> None:
    staff.get(HERE)
    here = theme_page(session, "traffic")
    mine = staff.get(f"{here}/redigera")
    staff.send(f"{here}/redigera", mine, 303, name="Trafik och mopeder")
    late = staff.send(f"{here}/redigera", mine, 409, name="Fordon")
    assert "Trafik och mopeder" in late.text
    assert late.fields()["name"] == "Fordon"
    staff.send(f"{here}/redigera", late, 303)
    page = staff.get(here)
    assert page.heading == "Fordon"
    assert page.all_words("del")[0] == "Trafik och mopeder"


def test_two_themes_become_one(
    staff: PageClient, session: Session, municipality: Municipality
) -> None:
    themes = make_codebook(session, municipality)
    dialogue = make_dialogue(session, municipality)
    make_coding(session, make_response(session, dialogue), themes["drugs"], themes["alcohol"])
    session.commit()
    here = theme_page(session, "drugs")
    page = staff.get(f"{here}/sla-ihop")
    staff.send(f"{here}/sla-ihop", page, 422, into="")
    sent = staff.send(f"{here}/sla-ihop", page, 303, into=str(themes["alcohol"].id))
    told = staff.get(str(sent.response.location))
    assert told.heading == "Alkohol"
    assert "1 kodning flyttades" in told.text
    assert "sammanslaget med Alkohol" in staff.get(here).text


def test_a_theme_is_split_by_a_search(
    staff: PageClient, session: Session, municipality: Municipality
) -> None:
    themes = make_codebook(session, municipality)
    dialogue = make_dialogue(session, municipality)
    for text in ("Mopeder på torget", "Lastbilar på Kungsgatan", "Moped i parken 0701234567"):
        make_coding(session, make_response(session, dialogue, {2: (None, text)}), themes["traffic"])
    session.commit()
    here = f"{theme_page(session, 'traffic')}/dela"
    assert "3 svar har det här temat" in staff.get(here).text
    page = staff.get(f"{here}?sok=moped")
    assert len(page.soup.select("input[name=responses][checked]")) == 2
    assert "0701234567" not in page.text
    ids = [str(box["value"]) for box in page.soup.select("input[name=responses]")]
    fields = page.fields("main form.form") | {"name": "Mopeder", "responses": ids}
    sent = staff.post(f"{here}?sok=moped", fields, 303)
    assert "Mopeder" in staff.get(str(sent.response.location)).heading
    assert "1 svar har det här temat" in staff.get(here).text


def test_a_theme_out_of_use_can_be_taken_back(staff: PageClient, session: Session) -> None:
    staff.get(HERE)
    here = theme_page(session, "other")
    press(staff, here, "ta-ur-bruk", 303)
    assert "Ur bruk" in staff.get(here).text
    assert "16 teman i bruk" in staff.get(HERE).text
    press(staff, here, "ta-i-bruk", 303)
    assert "17 teman i bruk" in staff.get(HERE).text


def test_the_code_for_no_theme_is_kept(staff: PageClient, session: Session) -> None:
    staff.get(HERE)
    page = press(staff, theme_page(session, "none"), "ta-ur-bruk", 422)
    assert "är kvar som det är" in page.text


def test_what_is_taken_out_can_be_taken_in_again(staff: PageClient) -> None:
    file = staff.get(f"{HERE}.csv")
    rows = list(csv.DictReader(io.StringIO(file.html.lstrip("\ufeff"))))
    assert [row["code"] for row in rows] == list(CODES)
    upload(staff, file.response.get_data(), 303)
    assert "0 nya, 0 ändrade, 17 som förut" in staff.get(HERE).text


def test_a_theme_s_name_is_no_formula_in_the_file_and_comes_back_as_it_was(
    staff: PageClient, session: Session
) -> None:
    upload(staff, b"code,name_sv,definition_sv\nny,=1+1,'-citat\n", 303)
    file = staff.get(f"{HERE}.csv")
    rows = {r["code"]: r for r in csv.DictReader(io.StringIO(file.html.lstrip("\ufeff")))}
    assert rows["ny"]["name_sv"] == "'=1+1"
    upload(staff, file.response.get_data(), 303)
    assert "0 nya, 0 ändrade, 18 som förut" in staff.get(HERE).text
    assert staff.get(theme_page(session, "ny")).heading == "=1+1"


FAULTY = (
    ("code,name_sv,parent\na,A,b\nb,B,c\nc,C,a\n", ("Rad 2", "Rad 3", "Rad 4", "under sig självt")),
    ("code,name_sv\nny,Hundar\nny,Katter\n", ("Rad 3", "står redan på rad 2")),
    ("code,name_sv\nny,\n", ("Rad 2", "svenskt namn")),
    ("code,name_sv\nÅkå,Hundar\n", ("Rad 2", "a–z")),
    ("code,name_sv\nny,Romer\n", ("Rad 2", "etnicitet")),
    ("code,name_sv\nny,Trafik\n", ("Rad 2", "hör redan till")),
    ("code,name_sv,parent\nny,Hundar,saknas\n", ("Rad 2", "saknas")),
    ('code,name_sv\nny,"Hundar\n', ("Rad 2", "citattecken")),
    ("code,name_sv\n", ("Rad 2",)),
    ("namn,text\nx,y\n", ("code",)),
)


@pytest.mark.parametrize(("text", "told"), FAULTY)
def test_a_faulty_file_is_refused_whole_with_its_lines(
    staff: PageClient, session: Session, text: str, told: tuple[str, ...]
) -> None:
    staff.get(HERE)
    session.rollback()
    before = sorted(session.scalars(select(Theme.code)))
    page = upload(staff, text.encode(), 422)
    for words in told:
        assert words in page.text
    session.rollback()  # see what the pages have written since
    assert sorted(session.scalars(select(Theme.code))) == before


@pytest.mark.parametrize(
    "content",
    [
        "code;name_sv;parent\r\nlosa;Lösa hundar;other\r\n".encode("cp1252"),
        "\ufeffcode\tname_sv\tparent\nlosa\tLösa hundar\tother\n".encode(),
        "code,name_sv,parent,färg\nlosa,Lösa hundar,other,röd\n".encode("utf-16"),
    ],
    ids=["excel-ansi", "tab-bom", "utf-16"],
)
def test_files_as_spreadsheets_save_them_are_read(
    staff: PageClient, session: Session, content: bytes
) -> None:
    upload(staff, content, 303)
    page = staff.get(theme_page(session, "losa"))
    assert page.heading == "Lösa hundar"
    assert "Annat" in page.text


def test_the_police_read_the_codebook_and_change_nothing(
    session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    make_codebook(session, municipality)
    police = sign_in(make_account(session, municipality, StaffRole.POLICE))
    assert "Skriv ett nytt tema" not in police.get(HERE).text
    police.get(f"{HERE}/ny", 403)
    police.get(f"{HERE}/fil", 403)
