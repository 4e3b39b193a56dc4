"""A crossed table on the page, in its chart, in each file and frozen: the same numbers."""

import csv
import io
import json
from collections.abc import Callable

import openpyxl
import pytest
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.coding import Coding, CodingTheme
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.evidence import Evidence, EvidenceKind
from surveys.models.municipality import Municipality
from surveys.models.response import Gender
from surveys.models.theme import Polarity, Theme
from surveys.permissions import StaffRole
from surveys.queries.results.crosstabs import make_crosstab
from surveys.queries.results.groups import Group
from surveys.queries.results.table_records import table_as_json, table_from_json
from tests.factories.answers import give, give_by_gender
from tests.factories.dialogues import make_dialogue
from tests.factories.municipalities import make_account
from tests.factories.noise import NOISE_TEXT
from tests.page import Page, PageClient

SignIn = Callable[[User], PageClient]
TABLE = "/soderhamn/handlaggning/dialoger/oppen/resultat/korstabell"
ASKED = "?matt=q1&uppdelning=kon"
FORMULA = '=HYPERLINK("http://ond.example","Läs mer")'


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    """Women less safe than men, and two groups with cells too small to be shown."""
    dialogue = make_dialogue(session, municipality)
    give_by_gender(
        session,
        dialogue,
        {
            Gender.WOMAN: {"5": 20, "1": 30, "vet_ej": 6},
            Gender.MAN: {"5": 40, "1": 20},
            Gender.OTHER: {"1": 3, "5": 12},
            Gender.NOT_SAID: {"1": 12, "5": 3},
        },
    )
    return dialogue


@pytest.fixture
def police(sign_in: SignIn, session: Session, municipality: Municipality) -> PageClient:
    """An account that sees what everybody in the house may see."""
    return sign_in(make_account(session, municipality, StaffRole.POLICE))


@pytest.fixture
def analyst(sign_in: SignIn, session: Session, municipality: Municipality) -> PageClient:
    """An account that sees numbers under the limits too."""
    return sign_in(make_account(session, municipality, StaffRole.ANALYST))


def workbook(client: PageClient, address: str) -> openpyxl.Workbook:
    sent = client.get(address).response
    assert sent.headers["Content-Disposition"].startswith("attachment; filename=soderhamn-oppen-q")
    return openpyxl.load_workbook(io.BytesIO(sent.get_data()))


def long_rows(book: openpyxl.Workbook) -> dict[tuple[str, str], tuple[object, ...]]:
    head, *rows = book.worksheets[2].iter_rows(values_only=True)
    assert head[:5] == ("Svar", "Grupp", "Antal", "Av (n)", "Andel")
    return {(str(row[0]), str(row[1])): row[2:] for row in rows}


def csv_rows(client: PageClient, address: str) -> tuple[dict[tuple[str, str], list[str]], str]:
    raw = client.get(address).response.get_data()
    assert raw.startswith(b"\xef\xbb\xbf"), "Excel reads it as UTF-8"
    table, _, note = raw.decode("utf-8-sig").partition("\r\n\r\n")
    head, *rows = csv.reader(io.StringIO(table), delimiter=";")
    assert head[:5] == ["Svar", "Grupp", "Antal", "Av (n)", "Andel"]
    return {(row[0], row[1]): row[2:] for row in rows}, note


def page_cells(page: Page) -> dict[tuple[str, str], str]:
    """The counts of the table on the page by answer and group."""
    head = page.all_words("table.cross thead th")[1:]
    found = {}
    for line in page.soup.select("table.cross tbody tr"):
        row = line.select_one("th").get_text(" ").strip()  # type: ignore[union-attr]
        for group, cell in zip(head, line.select("td"), strict=True):
            found[row, group] = cell.get_text(" ").split()[0]
    return found


def test_page_workbook_csv_and_json_hold_the_same_numbers(
    session: Session, municipality: Municipality, dialogue: Dialogue, police: PageClient
) -> None:
    table = make_crosstab(session, municipality, dialogue, measure="q1", by=Group.GENDER)
    page = police.get(TABLE + ASKED)
    shown = page_cells(page)
    in_book = long_rows(workbook(police, f"{TABLE}.xlsx{ASKED}"))
    in_csv, _note = csv_rows(police, f"{TABLE}.csv{ASKED}")
    record = json.loads(police.get(f"{TABLE}.json{ASKED}").response.get_data())["tabell"]
    assert table_from_json(record) == table

    assert shown["Otrygg (1–2)", "Kvinna"] == "30"
    assert {"Alla", "Kvinna", "Man"} <= {group for _, group in shown}
    for (answer, group), said in shown.items():
        count, n, share, *_ = in_book[answer, group]
        line = in_csv[answer, group]
        if said == "visas":  # "visas inte"
            assert (count, line[0]) == (None, "")
        else:
            assert (str(count), line[0]) == (said, said)
        assert line[1] == ("" if n is None else str(n))
        if share is not None:
            assert float(line[2].replace(",", ".")) == pytest.approx(float(str(share)), abs=5e-5)


def test_the_chart_is_drawn_from_the_same_numbers(dialogue: Dialogue, police: PageClient) -> None:
    page = police.get(TABLE + ASKED)
    share = long_rows(workbook(police, f"{TABLE}.xlsx{ASKED}"))["Otrygg (1–2)", "Kvinna"][2]
    assert share == pytest.approx(30 / 50)
    groups = page.all_words(".grp")
    assert any("Kvinna" in words and "60 %" in words for words in groups)
    wide = workbook(police, f"{TABLE}.xlsx{ASKED}").worksheets[0]
    head, *rows = wide.iter_rows(values_only=True)
    line = next(row for row in rows if row[0] == "Otrygg (1–2)")
    by_head = dict(zip(head, line, strict=True))
    assert (by_head["Kvinna, antal"], by_head["Man, antal"]) == (30, 20)
    assert by_head["Kvinna, andel"] == pytest.approx(0.6)


def test_small_numbers_are_in_no_file_of_those_who_may_not_see_them(
    dialogue: Dialogue, police: PageClient
) -> None:
    in_book = long_rows(workbook(police, f"{TABLE}.xlsx{ASKED}"))
    in_csv, _note = csv_rows(police, f"{TABLE}.csv{ASKED}")
    for rows in (in_book, in_csv):
        for answer in ("Trygg (4–5)", "Otrygg (1–2)", "Mycket otrygg"):
            numbers = rows[answer, "Vill ej svara"]
            assert (numbers[0], numbers[2]) in ((None, None), ("", "")), numbers
            assert numbers[-1] == "visas inte"
    record = json.loads(police.get(f"{TABLE}.json{ASKED}").response.get_data())["tabell"]
    not_said = [c["key"] for c in record["columns"]].index(Gender.NOT_SAID.value)
    answers = {
        row["key"]: cells for row, cells in zip(record["rows"], record["cells"], strict=True)
    }
    assert answers["unsafe"][not_said]["count"] is answers["1"][not_said]["share"] is None


def test_those_who_may_see_rows_get_them_marked(dialogue: Dialogue, analyst: PageClient) -> None:
    theirs = long_rows(workbook(analyst, f"{TABLE}.xlsx{ASKED}"))
    assert theirs["Otrygg (1–2)", "Annat"][0] == 3
    assert theirs["Otrygg (1–2)", "Annat"][-1] == "under gränsen, får inte föras vidare"


def test_a_note_on_method_is_in_each_file(dialogue: Dialogue, police: PageClient) -> None:
    asked = "?matt=q1&kanal=web"
    book = workbook(police, f"{TABLE}.xlsx{asked}")
    assert book.sheetnames == ["Tabell", "Metod", "Rader"]
    in_book = {str(a): str(b) for a, b in book["Metod"].iter_rows(values_only=True)}
    _rows, note = csv_rows(police, f"{TABLE}.csv{asked}")
    in_csv = dict(csv.reader(io.StringIO(note), delimiter=";"))
    in_json = {
        line["vad"]: line["hur"]
        for line in json.loads(police.get(f"{TABLE}.json{asked}").response.get_data())["metod"]
    }
    for method in (in_book, in_csv, in_json):
        assert method["Vad"] in ("Hur", "Känner du dig trygg i Söderhamns kommun?")
        assert "Känner du dig trygg i Söderhamns kommun? (trygg_kommun" in method["Fråga 1"]
        assert method["Bara: Svarsväg"] == "På webben"
        assert method["Period"]
        assert method["Intervall"].startswith("95 % enligt Wilsons metod.")
        assert "På webben 146" in method["Hur svaren kom in"]
        assert method["Viktning"] == "Ingen. Varje svar räknas en gång."
        assert "Färre än 5 svarande visas inte" in method["Små tal"]
        assert method["Trygghetsdialog"]
        assert method["Uttaget"] == "1 augusti 2023 av Police" or "Police" in method["Uttaget"]


def test_an_answer_is_never_a_formula(
    session: Session, municipality: Municipality, dialogue: Dialogue, analyst: PageClient
) -> None:
    """A resident's area and a theme's name are texts that somebody wrote."""
    theme = Theme(municipality_id=municipality.id, code="FORMULA", name={"sv": FORMULA})
    session.add(theme)
    for response in give(session, dialogue, 12, q1="1", area=FORMULA, channel=Channel.PAPER):
        coding = Coding(
            municipality_id=municipality.id,
            dialogue_id=dialogue.id,
            response_id=response.id,
            coder_title="Analytiker",
            is_current=True,
            coded_on=response.answered_on,
            saw_suggestions=False,
        )
        coding.themes = [CodingTheme(theme=theme, polarity=Polarity.PROBLEM)]
        session.add(coding)
    session.commit()
    for asked in ("?matt=q1&uppdelning=omrade", "?matt=problem"):
        sent = analyst.get(f"{TABLE}.xlsx{asked}").response.get_data()
        book = openpyxl.load_workbook(io.BytesIO(sent))
        cells = [c for page in book.worksheets for row in page.iter_rows() for c in row]
        assert not [c.coordinate for c in cells if c.data_type == "f" or c.hyperlink]
        assert any(FORMULA in str(c.value) for c in cells)
        text = analyst.get(f"{TABLE}.csv{asked}").response.get_data().decode("utf-8-sig")
        words = [word for row in csv.reader(io.StringIO(text), delimiter=";") for word in row]
        assert any(word.startswith(f"'{FORMULA}") for word in words)
        assert not [word for word in words if word.startswith(("=", "+", "@", "\t"))]


def freeze(client: PageClient, kind: str, asked: str = ASKED) -> Page:
    page = client.get(TABLE + asked)
    form = "form[action$='/korstabell/underlag']"
    sent = client.post(f"{TABLE}/underlag", page.fields(form) | {"kind": kind}, status=303)
    return client.get(str(sent.response.headers["Location"]))


@pytest.mark.parametrize("kind", ["table", "chart"])
def test_a_frozen_table_is_drawn_again_from_what_was_stored(
    session: Session, municipality: Municipality, dialogue: Dialogue, analyst: PageClient, kind: str
) -> None:
    page = freeze(analyst, kind)
    before = page_cells(page)
    assert before["Otrygg (1–2)", "Kvinna"] == "30"
    assert before["Otrygg (1–2)", "Vill ej svara"] == "visas", "within the limits for everybody"
    assert "Kön" in page.text
    assert ("60 %" in " ".join(page.all_words(".grp"))) is (kind == "chart")

    session.commit()
    give(session, dialogue, 30, q1="1", gender=Gender.WOMAN)
    session.commit()
    again = analyst.get(str(page.response.request.path))
    assert page_cells(again) == before
    evidence = session.query(Evidence).filter_by(municipality_id=municipality.id).one()
    assert evidence.kind is (EvidenceKind.CHART if kind == "chart" else EvidenceKind.TABLE)
    assert (evidence.n, evidence.query["measure"], evidence.query["by"]) == (140, "q1", "gender")
    assert "Otrygg (1–2): Alla" in evidence.statement
    assert NOISE_TEXT not in json.dumps(evidence.figures)

    form = again.one("form[action$='/prova']")
    token = str(form.select_one("input")["value"])  # type: ignore[index]
    analyst.post(str(form["action"]), {"csrf_token": token}, status=303)
    checked = analyst.get(str(page.response.request.path))
    assert "Data har ändrats sedan dess" in checked.all_words(".tag")
    assert page_cells(checked) == before
    assert "Kvinna 75 %" in checked.words("section[aria-labelledby=idag]")


def test_freezing_the_same_table_twice_is_one_row(
    session: Session, municipality: Municipality, dialogue: Dialogue, analyst: PageClient
) -> None:
    one, two = freeze(analyst, "table"), freeze(analyst, "table")
    assert one.response.request.path == two.response.request.path
    assert freeze(analyst, "chart").response.request.path != one.response.request.path


def test_a_table_only_rows_may_show_is_not_frozen_and_the_page_says_why(
    session: Session, municipality: Municipality, dialogue: Dialogue, analyst: PageClient
) -> None:
    page = freeze(analyst, "table", f"{ASKED}&kanal=web")
    assert "Underlag sparas inom de gränser som gäller för alla." in page.text
    assert session.query(Evidence).filter_by(municipality_id=municipality.id).all() == []


def test_a_table_survives_being_stored(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    for measure, by in (("q1", Group.GENDER), ("q2", None), ("reasons", Group.AGE_GROUP)):
        table = make_crosstab(session, municipality, dialogue, measure=measure, by=by)
        stored = json.loads(json.dumps(table_as_json(table)))
        assert table_from_json(stored) == table
